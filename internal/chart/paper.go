package chart

import "kith.app/internal/document"

// Blocks gives the picture for a paper: the drawing with its title below, then the
// same as a table. A sheet, which holds no drawings, still has the table.
func (p Picture) Blocks() document.Blocks {
	var blocks document.Blocks
	if !p.Empty() {
		blocks = append(blocks, document.Picture{Of: p.Wide, Narrow: p.Narrow, Alt: p.alt(), Caption: p.Title})
	}
	if len(p.Table.Rows) == 0 {
		return blocks
	}
	t := document.Table{}
	for i, head := range p.Table.Head {
		column := document.Column{Head: head, Share: 3}
		if p.Table.Figure(i) {
			column.Align, column.Share = document.Right, 1
		}
		t.Columns = append(t.Columns, column)
	}
	for _, row := range p.Table.Rows {
		cells := make([]document.Cell, len(row))
		for i, c := range row {
			cells[i] = document.CR(document.Run{Text: c.Text, Ref: c.Ref})
		}
		t.Add(cells...)
	}
	return append(blocks, t)
}

// alt says what the picture shows to those who do not see it.
func (p Picture) alt() string {
	if p.Told == "" {
		return p.Title
	}
	return p.Title + ". " + p.Told
}
