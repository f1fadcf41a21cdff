package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// errNoTable says that the library wrote a file of another build than the one it
// is known for.
var errNoTable = errors.New("tag pdf: the table of objects is not where it was")

// file is a finished PDF whose objects are replaced and added to. The library that
// writes it knows no structure; it is added afterwards: pages and catalogue are
// written once more at the end, and the table of objects leads to those.
type file struct {
	body    []byte
	offsets []int // by number of the object; the first is not used
	trailer string
}

// structured adds the structure of the paper to a file that was written.
func structured(written []byte, t *tags) ([]byte, error) {
	f, err := open(written)
	if err != nil {
		return nil, err
	}
	catalogue := len(f.offsets) - 1
	root := len(f.offsets)
	f.offsets = append(f.offsets, 0)
	numbers := map[*node]int{}
	f.number(t.root, numbers)
	f.elements(t.root, root, numbers)
	f.replace(root, fmt.Sprintf("<</Type /StructTreeRoot\n/K [%d 0 R]\n/ParentTree <</Nums [%s]>>\n>>", numbers[t.root], parents(t, numbers)))
	for _, page := range slices.Sorted(maps.Keys(t.held)) {
		if err := f.extend(pageObject(page), "/Type /Page", fmt.Sprintf("/Type /Page\n/StructParents %d\n/Tabs /S", page-1)); err != nil {
			return nil, err
		}
	}
	err = f.extend(catalogue, "/Type /Catalog", fmt.Sprintf("/Type /Catalog\n/StructTreeRoot %d 0 R\n/MarkInfo <</Marked true>>\n/ViewerPreferences <</DisplayDocTitle true>>", root))
	return f.close(), err
}

// pageObject gives the number of the object of a page: the library writes page and
// content in turn, from the third object on.
func pageObject(page int) int { return 1 + 2*page }

// open reads where the objects of a file stand and takes the table off.
func open(written []byte) (*file, error) {
	at := bytes.LastIndex(written, []byte("startxref\n"))
	if at < 0 {
		return nil, errNoTable
	}
	number, _, _ := bytes.Cut(written[at+len("startxref\n"):], []byte("\n"))
	from, err := strconv.Atoi(string(number))
	if err != nil || from <= 0 || from >= at {
		return nil, errNoTable
	}
	table, trailer, found := strings.Cut(string(written[from:at]), "trailer\n")
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if !found || len(lines) < 3 || lines[0] != "xref" {
		return nil, errNoTable
	}
	f := &file{body: written[:from:from], offsets: []int{0}, trailer: trailer}
	copy(f.body, "%PDF-1.4") // the first version that knows structure
	for _, line := range lines[3:] {
		offset, err := strconv.Atoi(strings.TrimSpace(line[:min(10, len(line))]))
		if err != nil {
			return nil, errNoTable
		}
		f.offsets = append(f.offsets, offset)
	}
	return f, nil
}

// replace writes an object at the end of the file, in place of what it was.
func (f *file) replace(number int, content string) {
	f.offsets[number] = len(f.body)
	f.body = fmt.Appendf(f.body, "%d 0 obj\n%s\nendobj\n", number, content)
}

// extend writes an object once more with more in it.
func (f *file) extend(number int, old, more string) error {
	if number >= len(f.offsets) {
		return errNoTable
	}
	head := fmt.Sprintf("%d 0 obj\n", number)
	content, found := bytes.CutPrefix(f.body[f.offsets[number]:], []byte(head))
	end := bytes.Index(content, []byte("\nendobj"))
	if !found || end < 0 || !bytes.Contains(content[:end], []byte(old)) {
		return errNoTable
	}
	f.replace(number, strings.Replace(string(content[:end]), old, more, 1))
	return nil
}

// close writes the table of objects anew.
func (f *file) close() []byte {
	from := len(f.body)
	f.body = fmt.Appendf(f.body, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets))
	for _, offset := range f.offsets[1:] {
		f.body = fmt.Appendf(f.body, "%010d 00000 n \n", offset)
	}
	_, rest, _ := strings.Cut(f.trailer, "/Root")
	f.body = fmt.Appendf(f.body, "trailer\n<<\n/Size %d\n/Root%s", len(f.offsets), rest)
	return fmt.Appendf(f.body, "startxref\n%d\n%%%%EOF\n", from)
}

// number gives each part the number of its object.
func (f *file) number(n *node, numbers map[*node]int) {
	numbers[n] = len(f.offsets)
	f.offsets = append(f.offsets, 0)
	for _, kid := range n.kids {
		f.number(kid, numbers)
	}
}

// elements writes a part and all in it.
func (f *file) elements(n *node, parent int, numbers map[*node]int) {
	var b strings.Builder
	fmt.Fprintf(&b, "<</S /%s /P %d 0 R", n.kind, parent)
	if n.alt != "" {
		fmt.Fprintf(&b, " /Alt %s", spoken(n.alt))
	}
	if n.kind == tagHead || n.span > 1 {
		fmt.Fprintf(&b, " /A <</O /Table%s>>", n.asCell())
	}
	if len(n.spots) > 0 {
		fmt.Fprintf(&b, " /Pg %d 0 R", pageObject(n.spots[0].page))
	}
	b.WriteString(" /K [")
	for i, s := range n.spots {
		if i > 0 {
			b.WriteByte(' ')
		}
		if s.page == n.spots[0].page {
			b.WriteString(strconv.Itoa(s.id))
			continue
		}
		fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>>", pageObject(s.page), s.id)
	}
	for i, kid := range n.kids {
		if i > 0 || len(n.spots) > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d 0 R", numbers[kid])
	}
	b.WriteString("]>>")
	f.replace(numbers[n], b.String())
	for _, kid := range n.kids {
		f.elements(kid, numbers[n], numbers)
	}
}

// asCell tells what a cell heads and how many columns it covers.
func (n *node) asCell() string {
	said := ""
	if n.kind == tagHead {
		said = " /Scope /Column"
	}
	if n.span > 1 {
		said += fmt.Sprintf(" /ColSpan %d", n.span)
	}
	return said
}

// parents gives, page by page, whose each stretch is.
func parents(t *tags, numbers map[*node]int) string {
	var b strings.Builder
	for _, page := range slices.Sorted(maps.Keys(t.held)) {
		fmt.Fprintf(&b, "%d [", page-1)
		for i, n := range t.held[page] {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%d 0 R", numbers[n])
		}
		b.WriteString("]\n")
	}
	return b.String()
}

// spoken writes words as PDF holds text of every language.
func spoken(words string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(words)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}
