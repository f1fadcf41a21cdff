package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner reads the XML of a workbook's part, as far as workbooks use it: no
// namespaces are resolved and no entities declared. It does so without making
// garbage, and several times as fast as a reader for all of XML; a roll has a
// hundred thousand cells.
type scanner struct {
	r      *bufio.Reader
	buf    []byte // what next read; valid until it is called again
	name   []byte // of the element that starts or ends, without its prefix
	attrs  []byte // of the element that starts, as written
	text   []byte // between two tags, entities written out
	closed bool   // the element just started ends at once
}

// token is what next found.
type token uint8

const (
	starts token = iota
	ends
	says
)

// longest is the longest tag or text that is read; a cell holds 32,767 characters.
const longest = 4 << 20

var errXML = errors.New("the XML is broken")

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

// next reads the next start or end of an element or text, over comments and
// instructions.
func (s *scanner) next() (token, error) {
	if s.closed {
		s.closed = false
		return ends, nil
	}
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != '<' {
			return says, s.readText(c)
		}
		if c, err = s.r.ReadByte(); err != nil {
			return 0, unexpected(err)
		}
		switch c {
		case '/':
			s.buf = s.buf[:0]
			err := s.until('>')
			s.name = local(bytes.TrimSpace(s.buf))
			return ends, err
		case '?':
			err = s.skip("?>")
		case '!':
			var isText bool
			if isText, err = s.readSpecial(); isText {
				return says, err
			}
		default:
			return starts, s.readTag(c)
		}
		if err != nil {
			return 0, err
		}
	}
}

// readText reads up to the next tag.
func (s *scanner) readText(first byte) error {
	s.buf = append(s.buf[:0], first)
	for {
		part, err := s.r.ReadSlice('<')
		s.buf = append(s.buf, part...)
		switch {
		case err == nil:
			s.text = entities(s.buf[:len(s.buf)-1])
			return s.r.UnreadByte()
		case errors.Is(err, io.EOF):
			s.text = entities(s.buf)
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		case len(s.buf) > longest:
			return errXML
		}
	}
}

// readSpecial reads what begins with an exclamation mark: a comment, a block of
// plain text, or a declaration.
func (s *scanner) readSpecial() (isText bool, err error) {
	start, err := s.r.Peek(2)
	if err != nil {
		return false, unexpected(err)
	}
	switch {
	case string(start) == "--":
		return false, s.skip("-->")
	case start[0] != '[':
		return false, s.skip(">")
	}
	if err := s.read("]]>"); err != nil {
		return true, err
	}
	text, is := bytes.CutPrefix(s.buf, []byte("[CDATA["))
	if !is {
		return true, errXML
	}
	s.text = text
	return true, nil
}

// readTag reads the start of an element, up to the first bracket that is not
// within quotes.
func (s *scanner) readTag(first byte) error {
	s.buf = append(s.buf[:0], first)
	quote, looked := byte(0), 0
	for {
		if err := s.until('>'); err != nil {
			return err
		}
		for _, c := range s.buf[looked:] {
			switch {
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			case c == quote:
				quote = 0
			}
		}
		if quote == 0 {
			break
		}
		s.buf = append(s.buf, '>')
		looked = len(s.buf)
	}
	var tag []byte
	tag, s.closed = bytes.CutSuffix(s.buf, []byte{'/'})
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	s.name, s.attrs = local(tag[:end]), tag[end:]
	return nil
}

// attr gives an attribute of the element that starts; blank if it has none.
func (s *scanner) attr(name string) string {
	rest := s.attrs
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		at := bytes.IndexByte(rest, '=')
		if at < 0 {
			return ""
		}
		key := local(bytes.TrimSpace(rest[:at]))
		rest = bytes.TrimLeft(rest[at+1:], " \t\r\n")
		if len(rest) == 0 {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return string(entities(rest[1 : end+1]))
		}
		rest = rest[end+2:]
	}
}

// until adds what comes up to a byte to the buffer, without that byte.
func (s *scanner) until(end byte) error {
	for {
		part, err := s.r.ReadSlice(end)
		s.buf = append(s.buf, part...)
		switch {
		case err == nil:
			s.buf = s.buf[:len(s.buf)-1]
			if len(s.buf) > longest {
				return errXML
			}
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return unexpected(err)
		case len(s.buf) > longest:
			return errXML
		}
	}
}

// read reads up to an end of several bytes into the buffer, without it.
func (s *scanner) read(end string) error {
	s.buf = s.buf[:0]
	for !bytes.HasSuffix(s.buf, []byte(end)) {
		c, err := s.r.ReadByte()
		if err != nil {
			return unexpected(err)
		}
		if s.buf = append(s.buf, c); len(s.buf) > longest {
			return errXML
		}
	}
	s.buf = s.buf[:len(s.buf)-len(end)]
	return nil
}

// skip reads over everything up to an end.
func (s *scanner) skip(end string) error {
	last := make([]byte, 0, 2*len(end))
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return unexpected(err)
		}
		if last = append(last, c); len(last) > len(end) {
			last = append(last[:0], last[1:]...)
		}
		if string(last) == end {
			return nil
		}
	}
}

// unexpected says that a part ends where it must not.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: it is cut short", errXML)
	}
	return err
}

// local takes the prefix off a name.
func local(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// entities writes out the entities of a text, in place: none is shorter than what
// it stands for.
func entities(s []byte) []byte {
	if bytes.IndexByte(s, '&') < 0 {
		return s
	}
	out := s[:0]
	for len(s) > 0 {
		if s[0] == '&' {
			if end := bytes.IndexByte(s[:min(len(s), 12)], ';'); end > 0 {
				if r := entity(string(s[1:end])); r >= 0 {
					s = s[end+1:]
					out = utf8.AppendRune(out, r)
					continue
				}
			}
		}
		out = append(out, s[0])
		s = s[1:]
	}
	return out
}

// entity gives the character that an entity stands for, -1 for one unknown.
func entity(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	digits, is := strings.CutPrefix(name, "#")
	if !is {
		return -1
	}
	base := 10
	if hex, is := strings.CutPrefix(digits, "x"); is {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return -1
	}
	return rune(n)
}
