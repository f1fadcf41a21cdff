// Package printer writes a paper in the format somebody asks for. The writers
// themselves stand in docx, pdf, xlsx, html and document.
package printer

import (
	"fmt"
	"io"

	"kith.app/internal/document"
	"kith.app/internal/docx"
	"kith.app/internal/html"
	"kith.app/internal/pdf"
	"kith.app/internal/xlsx"
)

// Format is a kind of file a paper can become; its text is the file's
// extension.
type Format string

// The formats.
const (
	Word  Format = "docx"
	PDF   Format = "pdf"
	Excel Format = "xlsx"
	HTML  Format = "html"
	JSON  Format = "json"
)

// Formats lists the formats in the order they are offered.
func Formats() []Format { return []Format{Word, PDF, Excel, HTML, JSON} }

// MediaType is the format's name on the web.
func (f Format) MediaType() string {
	switch f {
	case Word:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case PDF:
		return "application/pdf"
	case Excel:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case HTML:
		return "text/html; charset=utf-8"
	case JSON:
		return "application/json"
	}
	return "application/octet-stream"
}

// Print writes the paper. Only pages use the link, which may be nil.
func Print(w io.Writer, d *document.Document, as Format, link html.Link) error {
	switch as {
	case Word:
		return docx.Write(w, d)
	case PDF:
		return pdf.Write(w, d)
	case Excel:
		return xlsx.Write(w, d)
	case HTML:
		return html.Page(w, d, link)
	case JSON:
		return document.WriteJSON(w, d)
	}
	return fmt.Errorf("print paper: no format %q", string(as))
}
