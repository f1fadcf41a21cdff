package document

import "fmt"

// Check says whether the paper can be written: it has a sheet to stand on and
// its tables are whole. A paper that fails it is a mistake of the composer,
// not of the user.
func (d *Document) Check() error {
	if err := d.Page.check(); err != nil {
		return err
	}
	if err := d.Blocks.check(); err != nil {
		return err
	}
	for _, a := range d.Annexes {
		if a.Page != nil {
			if err := a.Page.check(); err != nil {
				return fmt.Errorf("annex %q: %w", a.Number, err)
			}
		}
		if err := a.Blocks.check(); err != nil {
			return fmt.Errorf("annex %q: %w", a.Number, err)
		}
	}
	return nil
}

func (p Page) check() error {
	if p.Breadth() < 40 || p.Depth() < 40 || p.Size <= 0 {
		return fmt.Errorf("page of %g by %g mm leaves no room for text of %g points", p.Width, p.Height, p.Size)
	}
	return nil
}

func (bs Blocks) check() error {
	for _, b := range bs {
		var err error
		switch b := b.(type) {
		case Table:
			err = b.check()
		case Box:
			err = b.Blocks.check()
		case Picture:
			if b.Of == nil || b.Of.Width <= 0 || b.Of.Height <= 0 {
				err = fmt.Errorf("picture %q without a drawing", b.Alt)
			}
		case SignatureRow:
			if len(b.Columns) == 0 {
				err = fmt.Errorf("signatures without a column")
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Titled is the name of the paper for file properties and tabs.
func (d *Document) Titled() string {
	switch {
	case d.Name != "":
		return d.Name
	case d.Title.Kind == "":
		return d.Title.Subject
	case d.Title.Subject == "":
		return d.Title.Kind
	}
	return d.Title.Kind + " - " + d.Title.Subject
}

// Walk calls see for every block, those inside boxes and annexes too, in the
// order of the paper.
func (d *Document) Walk(see func(Block)) {
	d.Blocks.walk(see)
	for _, a := range d.Annexes {
		a.Blocks.walk(see)
	}
}

func (bs Blocks) walk(see func(Block)) {
	for _, b := range bs {
		see(b)
		if box, ok := b.(Box); ok {
			box.Blocks.walk(see)
		}
	}
}

// KeyFigure is a named figure of the text.
type KeyFigure struct {
	Figure
	Text string `json:"text"`
	Ref  string `json:"ref,omitempty"`
}

// KeyFigures gathers the figures of the text that have a name, each once, in
// the order of the paper.
func (d *Document) KeyFigures() []KeyFigure {
	var found []KeyFigure
	seen := map[Figure]bool{}
	d.Walk(func(b Block) {
		for _, runs := range runsOf(b) {
			for _, r := range runs {
				if r.Figure.Label == "" || seen[r.Figure] {
					continue
				}
				seen[r.Figure] = true
				found = append(found, KeyFigure{Figure: r.Figure, Text: r.Text, Ref: r.Ref})
			}
		}
	})
	return found
}

// runsOf gives the texts of one block.
func runsOf(b Block) []Runs {
	switch b := b.(type) {
	case Heading:
		return []Runs{b.Runs}
	case Paragraph:
		return []Runs{b.Runs}
	case Note:
		return []Runs{b.Runs}
	case List:
		return itemRuns(b.Items)
	case Fields:
		var all []Runs
		for _, f := range b.Items {
			all = append(all, f.Value)
		}
		return all
	case Pairs:
		var all []Runs
		for _, p := range b.Items {
			all = append(all, p.Value)
		}
		return all
	case Table:
		var all []Runs
		for _, row := range b.Rows {
			for _, c := range row.Cells {
				all = append(all, c.Runs)
			}
		}
		return all
	}
	return nil
}

func itemRuns(items []Item) []Runs {
	var all []Runs
	for _, it := range items {
		all = append(all, it.Runs)
		all = append(all, itemRuns(it.Sub)...)
	}
	return all
}
