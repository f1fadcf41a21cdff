package document

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// WriteJSON writes the paper for machines: its words, its figures exactly, and
// its key figures once more by themselves.
func WriteJSON(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	out := struct {
		*Document
		Figures []KeyFigure `json:"figures,omitempty"`
	}{d, d.KeyFigures()}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// MarshalJSON writes each block with a word for its kind: "paragraph",
// "table".
func (bs Blocks) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('[')
	for i, block := range bs {
		if i > 0 {
			b.WriteByte(',')
		}
		fields, err := json.Marshal(block)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, `{"block":%q`, kindOf(block))
		if len(fields) > 2 {
			b.WriteByte(',')
		}
		b.Write(fields[1:])
	}
	b.WriteByte(']')
	return []byte(b.String()), nil
}

// kindOf names the kind of a block as its type is named.
func kindOf(b Block) string {
	if _, ok := b.(SignatureRow); ok {
		return "signatures"
	}
	return strings.ToLower(reflect.TypeOf(b).Name())
}
