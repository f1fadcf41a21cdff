package report

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// noBreak keeps a figure and its unit on one line.
const noBreak = "\u00a0"

// number writes the bare figure, with "over" or "about" where it is so stated.
func (c *composer) number(f Figure) string { return c.Qualified(c.bare(f, f.Qty), qualifier(f)) }

func qualifier(f Figure) string {
	if f.Qualifier == deed.Exact {
		return ""
	}
	return f.Qualifier.String()
}

func (c *composer) bare(f Figure, qty int64) string {
	switch {
	case f.Currency != "":
		return money.Figure(qty, f.Currency, c.Lang)
	case f.Decimals > 0:
		return locale.Decimal(qty, f.Decimals, c.Lang)
	}
	return c.Number(qty)
}

// exact writes a figure for machines, as a plain decimal.
func exact(f Figure) string {
	decimals := f.Decimals
	if f.Currency != "" {
		decimals = f.Currency.Digits()
	}
	if decimals == 0 {
		return strconv.FormatInt(f.Qty, 10)
	}
	return strings.ReplaceAll(locale.Decimal(f.Qty, decimals, locale.En), ",", "")
}

// run is a figure on paper: as it reads, as it is, and what it opens.
func (c *composer) run(f Figure) document.Run { return document.Num(c.number(f), exact(f), f.Ref) }

// cell is a figure in a table; an empty one where the report has none.
func (c *composer) cell(f Figure) document.Cell {
	if !f.Known() {
		return document.C("")
	}
	return document.CR(c.run(f))
}

// key is a figure in a table that stands among the key figures by a name.
func (c *composer) key(f Figure, label, unit string) document.Cell {
	if !f.Known() {
		return document.C("")
	}
	return document.CR(c.run(f).Of(label, unit))
}

// amount writes a quantity with its unit: "64 lượt thăm", "19.200.000 đồng".
func (c *composer) amount(f Figure, qty int64, acts Label) string {
	value := c.bare(f, qty)
	if f.Currency != "" && c.Lang != locale.Vi {
		value = money.Format(money.Of(qty, f.Currency), c.Lang)
		return c.Qualified(value, qualifier(f))
	}
	value = c.Qualified(value, qualifier(f))
	if unit := c.unit(f, qty, acts); unit != "" {
		return value + noBreak + unit
	}
	return value
}

// unit names what a figure counts. A kind's own word for its acts is used where
// the number allows it.
func (c *composer) unit(f Figure, qty int64, acts Label) string {
	switch {
	case f.Currency == money.VND:
		return c.Say("report.unit.dong")
	case f.Currency != "":
		return string(f.Currency)
	case f.Unit == string(deed.Acts) && acts.In(string(c.Lang)) != "":
		if qty == 1 && c.Lang != locale.Vi {
			return ""
		}
		return acts.In(string(c.Lang))
	}
	return c.Say("report.unit."+f.Unit, qty)
}

// full is a figure with its unit, which opens its deeds.
func (c *composer) full(f Figure, acts Label) document.Run {
	return document.Num(c.amount(f, f.Qty, acts), exact(f), f.Ref)
}

// span writes a period given in EDTF.
func (c *composer) span(edtf string) string {
	d, err := calendar.ParseEDTF(edtf)
	if err != nil {
		return edtf
	}
	return c.DateShort(d)
}

// join puts pieces of a sentence together with a mark between them.
func join(mark string, pieces ...document.Runs) document.Runs {
	var all document.Runs
	for _, p := range pieces {
		if len(p) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, document.T(mark))
		}
		all = append(all, p...)
	}
	return all
}

// list adds a list of dashes, a semicolon after each and a full stop at the end.
func (c *composer) list(items []document.Runs) {
	for i := range items {
		mark := c.Say("report.semicolon", "")
		if i == len(items)-1 {
			mark = "."
		}
		items[i] = append(items[i], document.T(mark))
	}
	c.b.Items(items...)
}

// Amount writes a figure with its unit, for pages.
func Amount(to locale.Speaker, f Figure, acts Label) string {
	c := &composer{Speaker: to}
	return c.amount(f, f.Qty, acts)
}
