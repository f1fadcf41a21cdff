package sheet

import "strings"

// Heading is where a table says what its columns are.
type Heading struct {
	First, Last int      // places in Rows; two rows where groups are named above
	Titles      []string // one for each column, blank where there is none
	Known       int      // how many of them were recognised
}

// headingWithin is how many rows are looked at: above the heading stand at most
// the name of the body, the motto and the title.
const headingWithin = 30

// Heading finds the row of headings: the one in which the caller recognises most
// cells, at least two of them and at least a third of those filled. A cell merged
// downwards is the heading of its column; one merged across names a group, and is
// joined with what stands below it ("Năm sinh" above "Nam" and "Nữ").
func (s *Sheet) Heading(known func(title string) bool) (Heading, bool) {
	best := Heading{}
	for i := range s.Rows[:min(len(s.Rows), headingWithin)] {
		h := s.headingAt(i, known)
		if h.Known >= 2 && h.Known > best.Known {
			best = h
		}
	}
	return best, best.Known > 0
}

// headingAt takes a row for the heading; Known is 0 when it cannot be.
func (s *Sheet) headingAt(i int, known func(string) bool) Heading {
	h := Heading{First: i, Last: i}
	row := s.Rows[i]
	filled := 0
	for column, c := range row.Cells {
		h.Titles = append(h.Titles, flat(c.Text))
		if c.Text == "" || c.Spread && column > 0 && row.Cells[column-1].Text == c.Text {
			continue
		}
		filled++
		if c.Kind == Text && known(flat(c.Text)) {
			h.Known++
		}
	}
	if h.Known*3 < filled {
		h.Known = 0
	}
	if h.Known > 0 && i+1 < len(s.Rows) && s.continues(i+1) {
		h.Last = i + 1
		h.join(s.Rows[i+1])
	}
	return h
}

// continues says whether a row goes on with the heading above it: some of its
// cells are merged with those above and none is a number or date.
func (s *Sheet) continues(i int) bool {
	spread := 0
	for column, c := range s.Rows[i].Cells {
		above := s.Rows[i-1].At(column)
		switch {
		case c.Kind == Number || c.Kind == Date:
			return false
		case c.Spread && c.Text == above.Text:
			spread++
		}
	}
	return spread > 0
}

// join adds the second row of a heading to the titles.
func (h *Heading) join(below Row) {
	for column, c := range below.Cells {
		title := flat(c.Text)
		if column >= len(h.Titles) {
			h.Titles = append(h.Titles, title)
			continue
		}
		if title != "" && title != h.Titles[column] {
			h.Titles[column] = strings.TrimSpace(h.Titles[column] + " " + title)
		}
	}
}

// flat gives a title on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
