package report

import (
	"io"
	"slices"

	"kith.app/internal/document"
	"kith.app/internal/docx"
	"kith.app/internal/fault"
	"kith.app/internal/html"
	"kith.app/internal/pdf"
	"kith.app/internal/xlsx"
)

// Format is a way to write a paper as a file.
type Format string

// The formats.
const (
	Docx Format = "docx"
	PDF  Format = "pdf"
	Xlsx Format = "xlsx"
	HTML Format = "html"
	JSON Format = "json"
)

// Formats lists the formats in the order in which pages offer them.
func Formats() []Format { return []Format{Docx, PDF, Xlsx, HTML, JSON} }

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	if !slices.Contains(Formats(), Format(name)) {
		return "", fault.Field("as", "report.format.unknown", name)
	}
	return Format(name), nil
}

// IsText tells that the format can be read on a terminal.
func (f Format) IsText() bool { return f == HTML || f == JSON }

// Media is the type under which the file is sent.
func (f Format) Media() string {
	switch f {
	case Docx:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case PDF:
		return "application/pdf"
	case Xlsx:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case HTML:
		return "text/html; charset=utf-8"
	case JSON:
	}
	return "application/json"
}

// WriteAll writes several papers: as PDF or for Word into one file; other formats
// hold one.
func WriteAll(w io.Writer, papers []*document.Document, as Format) error {
	switch as {
	case PDF:
		return pdf.WriteAll(w, papers...)
	case Docx:
		return docx.WriteAll(w, papers...)
	}
	if len(papers) != 1 {
		return fault.Field("as", "report.format.single")
	}
	return Write(w, papers[0], as)
}

// Write writes a paper in a format. Pages and data keep what figures open.
func Write(w io.Writer, d *document.Document, as Format) error {
	switch as {
	case Docx:
		return docx.Write(w, d)
	case PDF:
		return pdf.Write(w, d)
	case Xlsx:
		return xlsx.Write(w, d)
	case HTML:
		return html.Page(w, d, func(ref string) string { return ref })
	case JSON:
	}
	return document.WriteJSON(w, d)
}
