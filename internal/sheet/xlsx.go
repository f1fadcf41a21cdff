package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// book is a workbook being read. Every part of it is unpacked through the same
// budget, so that a small file cannot swell without end.
type book struct {
	name   string // of the file
	parts  map[string]*zip.File
	budget int64
	shared []string
	styles styles
	sheets []bookSheet
	since  epoch
}

type bookSheet struct{ name, part string }

// errSwollen says that a workbook unpacks to more than is read.
var errSwollen = errors.New("the workbook unpacks to too much")

func readBook(name, wanted string, from io.ReaderAt, size int64) (*Sheet, error) {
	b, err := openBook(name, from, size, bytesMax)
	if err != nil {
		return nil, err
	}
	s, err := b.read(wanted)
	var refused *fault.Fault
	switch {
	case err == nil:
		return s, nil
	case errors.As(err, &refused):
		return nil, err
	case errors.Is(err, errSwollen):
		return nil, fault.Refuse("sheet.huge", name)
	}
	return nil, fault.Refuse("sheet.broken", name)
}

// openBook reads the table of contents of a workbook. What says that it is too
// large is refused at once, what lies about it when the budget is used up.
func openBook(name string, from io.ReaderAt, size, budget int64) (*book, error) {
	packed, err := zip.NewReader(from, size)
	if err != nil {
		return nil, fault.Refuse("sheet.broken", name)
	}
	b := &book{name: name, parts: map[string]*zip.File{}, budget: budget}
	for _, f := range packed.File {
		b.parts[strings.TrimPrefix(f.Name, "/")] = f
		if strings.HasSuffix(f.Name, ".xml") && f.UncompressedSize64 > uint64(budget) {
			return nil, fault.Refuse("sheet.huge", name)
		}
	}
	return b, b.isWorkbook()
}

// isWorkbook refuses the other things that come in a zip.
func (b *book) isWorkbook() error {
	switch {
	case b.parts["xl/workbook.xml"] != nil:
		return nil
	case b.parts["xl/workbook.bin"] != nil:
		return fault.Refuse("sheet.old", b.name)
	case b.parts["content.xml"] != nil:
		return fault.Refuse("sheet.openDocument", b.name)
	case b.parts["[Content_Types].xml"] != nil && b.parts["word/document.xml"] == nil && b.parts["ppt/presentation.xml"] == nil:
		return nil // a workbook may keep its parts elsewhere
	}
	return fault.Refuse("sheet.notWorkbook", b.name)
}

func (b *book) read(wanted string) (*Sheet, error) {
	if err := b.readIndex(); err != nil {
		return nil, err
	}
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	if err := b.readShared(); err != nil {
		return nil, err
	}
	return b.choose(wanted)
}

// choose reads the sheet wanted, or the first that holds anything, and names the
// others that do.
func (b *book) choose(wanted string) (*Sheet, error) {
	var chosen *Sheet
	var others []string
	for _, each := range b.sheets {
		if chosen != nil || wanted != "" && each.name != wanted {
			if holds, err := b.holds(each); err != nil {
				return nil, err
			} else if holds {
				others = append(others, each.name)
			}
			continue
		}
		s, err := b.readSheet(each)
		if err != nil {
			return nil, err
		}
		if len(s.Rows) > 0 {
			chosen = s
		}
	}
	if chosen == nil {
		return nil, fault.Refuse("sheet.empty", b.name)
	}
	chosen.Others = others
	chosen.Encoding, chosen.Sure = text.UTF8, 100
	return chosen, nil
}

// part opens one part of the workbook within the budget.
func (b *book) part(name string) (io.ReadCloser, error) {
	f := b.parts[name]
	if f == nil {
		return nil, fmt.Errorf("the workbook has no part %s", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open the part %s: %w", name, err)
	}
	return &rationed{r, &b.budget}, nil
}

// rationed reads until the budget of its workbook is used up.
type rationed struct {
	io.ReadCloser
	left *int64
}

func (r *rationed) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	*r.left -= int64(n)
	if *r.left < 0 {
		return n, errSwollen
	}
	return n, err
}

// each calls with every start of an element of a part, until told to stop.
func (b *book) each(part string, visit func(x *scanner) (more bool, err error)) error {
	r, err := b.part(part)
	if err != nil {
		return err
	}
	defer r.Close()
	x := newScanner(r)
	for {
		found, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the part %s: %w", part, err)
		}
		if found != starts {
			continue
		}
		if more, err := visit(x); err != nil || !more {
			return err
		}
	}
}

// readIndex reads which sheets there are, in the order of their tabs, and from
// when days are counted. Hidden sheets are left out: people do not see them.
func (b *book) readIndex() error {
	main := b.mainPart()
	targets, err := b.relations(main)
	if err != nil {
		return err
	}
	return b.each(main, func(x *scanner) (bool, error) {
		switch string(x.name) {
		case "workbookPr":
			b.since = epoch(truth(x.attr("date1904")))
		case "sheet":
			seen := x.attr("state") == "" || x.attr("state") == "visible"
			if part := targets[x.attr("id")]; part != "" && seen {
				b.sheets = append(b.sheets, bookSheet{x.attr("name"), part})
			}
		}
		return true, nil
	})
}

// mainPart finds the part that lists the sheets.
func (b *book) mainPart() string {
	const usual = "xl/workbook.xml"
	if b.parts[usual] != nil {
		return usual
	}
	found := usual
	_ = b.each("_rels/.rels", func(x *scanner) (bool, error) {
		if strings.HasSuffix(x.attr("Type"), "/officeDocument") {
			found = strings.TrimPrefix(x.attr("Target"), "/")
		}
		return true, nil
	})
	return found
}

// relations gives the parts that a part refers to, by the names it has for them.
func (b *book) relations(of string) (map[string]string, error) {
	targets := map[string]string{}
	dir := path.Dir(of)
	err := b.each(path.Join(dir, "_rels", path.Base(of)+".rels"), func(x *scanner) (bool, error) {
		if string(x.name) == "Relationship" {
			target := x.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			targets[x.attr("Id")] = strings.TrimPrefix(target, "/")
			if strings.HasSuffix(x.attr("Type"), "/sharedStrings") {
				targets["sharedStrings"] = targets[x.attr("Id")]
			}
			if strings.HasSuffix(x.attr("Type"), "/styles") {
				targets["styles"] = targets[x.attr("Id")]
			}
		}
		return true, nil
	})
	return targets, err
}

// readShared reads the texts that cells refer to by number.
func (b *book) readShared() error {
	part := b.related("sharedStrings")
	if part == "" {
		return nil
	}
	return b.each(part, func(x *scanner) (bool, error) {
		if string(x.name) != "si" {
			return true, nil
		}
		s, err := joinedText(x, "si")
		b.shared = append(b.shared, s)
		return true, err
	})
}

// related gives the part of a kind that the workbook refers to; blank if none.
func (b *book) related(kind string) string {
	targets, err := b.relations(b.mainPart())
	if err != nil || b.parts[targets[kind]] == nil {
		return ""
	}
	return targets[kind]
}

// joinedText gives the text within an element up to its end, without the reading
// aids of East Asian text.
func joinedText(x *scanner, until string) (string, error) {
	var joined []byte
	inText, aid := false, false
	for {
		found, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		switch found {
		case starts:
			inText = string(x.name) == "t"
			aid = aid || string(x.name) == "rPh"
		case ends:
			inText = false
			if string(x.name) == until {
				return escaped(string(joined)), nil
			}
			aid = aid && string(x.name) != "rPh"
		case says:
			if inText && !aid {
				joined = append(joined, x.text...)
			}
		}
	}
}

// escaped writes out the characters that a workbook cannot hold as they are.
func escaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return strings.NewReplacer("_x000D_", "", "_x000A_", "\n", "_x0009_", " ", "_x005F_", "_").Replace(s)
}

func truth(s string) bool { return s == "1" || s == "true" }
