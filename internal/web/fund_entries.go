package web

import (
	"iter"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// entriesShown is how many entries a page of the list has.
const entriesShown = 50

// fundEntries lists receipts, payments and all other entries.
func (s *Server) fundEntries(d *desk) error {
	query, wrong := d.entryQuery()
	query.Most = entriesShown
	entries, next, err := d.view().EntryPage(d.Context(), query)
	if err != nil {
		return err
	}
	sums, err := d.view().SumEntries(d.Context(), query)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.entries")), Print: true}
	if d.keeps() {
		p.Shell.Actions = d.quickActions()
	}
	for _, w := range page.ProblemsOf(wrong, d.reader) {
		p.Notes = append(p.Notes, page.Flash{Tone: page.Late, Text: w.Text})
	}
	d.entryFilter(&p)
	p.Parts = []page.FundPart{{Table: d.entryTable(entries, next, sums)}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: d.say("common.export.xlsx"), Href: "/fund/entries.xlsx?" + d.URL.RawQuery}}
	return d.show(page.FundLists(p))
}

// entryQuery reads how the list is narrowed. What cannot be read narrows
// nothing, and is said.
func (d *desk) entryQuery() (store.EntryQuery, error) {
	q := store.EntryQuery{After: d.value("after")}
	q.Body, q.Kind, q.Typed = d.fund.Body, fund.Kind(d.value("kind")), d.value("q")
	q.Unapproved, q.Person, q.Deed = d.value("unapproved") != "", d.idGiven("person"), d.idGiven("deed")
	q.Branch, q.Purpose = body.ID(d.idGiven("branch")), fund.PurposeID(d.idGiven("purpose"))
	if class, code := splitHeading(d.value("heading")); code != "" {
		for _, a := range d.accounts {
			if a.Code == code && (a.Class == class || class == "") {
				q.Accounts = append(q.Accounts, a.ID)
			}
		}
	}
	if id := d.idGiven("purse"); id != 0 {
		q.Accounts = []fund.AccountID{fund.AccountID(id)}
	}
	var err error
	q.Period, err = d.periodGiven()
	return q, err
}

// splitHeading takes CLASS.CODE apart.
func splitHeading(s string) (fund.Class, string) {
	class, code, whole := strings.Cut(s, ".")
	if !whole {
		return "", s
	}
	return fund.Class(class), code
}

// periodGiven reads period=, or from= and to=, each a day, month or year; without either,
// all time.
func (d *desk) periodGiven() (calendar.Period, error) {
	p := calendar.Always()
	if whole := d.value("period"); whole != "" {
		asked, err := calendar.ParsePeriod(whole)
		if err != nil {
			return p, fault.Field("from", "fundpages.period.form")
		}
		return asked, nil
	}
	from, err := d.dateGiven("from")
	if err != nil {
		return p, err
	}
	to, err := d.dateGiven("to")
	if err != nil {
		return p, err
	}
	p.From, p.To = from.FirstOr(calendar.Earliest), to.LastOr(calendar.Latest)
	return p, nil
}

// entryFilter offers what narrows the list.
func (d *desk) entryFilter(p *page.FundList) {
	p.Filter = &page.FilterHead{Action: "/fund/entries", Results: "entries", Query: d.value("q"), Label: d.say("fundpages.entries.find")}
	if d.URL.RawQuery != "" {
		p.Filter.Clear = d.to("/fund/entries")
	}
	kinds := []page.Option{{Text: d.say("fundpages.kind.all")}}
	for _, k := range fund.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: d.say("fund.kind." + string(k))})
	}
	pick := func(name, key string, options ...page.Option) page.FundPick {
		return page.FundPick{Field: page.Field{Name: name, ID: "by-" + name, Label: d.say(key), Value: d.value(name)}, Options: options}
	}
	p.Picks = []page.FundPick{
		pick("kind", "common.kind", kinds...), pick("from", "common.from"), pick("to", "common.to"),
	}
	p.More = []page.FundPick{
		pick("heading", "fundpages.heading", d.headingOptions(d.say("fundpages.heading.all"), "", fund.Income, fund.Expense)...),
		pick("branch", "fundpages.branch", d.branchOptions(d.say("fundpages.branch.all"))...),
		pick("purse", "fundpages.purse", append([]page.Option{{Text: d.say("fundpages.purse.all")}}, plainOptions(d.purseOptions())...)...),
		pick("unapproved", "fundpages.state", page.Option{Text: d.say("fundpages.state.all")}, page.Option{Value: "yes", Text: d.say("fundpages.state.lacking")}),
	}
	if d.fund.Body != d.root() {
		p.More = append(p.More, pick("fund", "fundpages.funds", page.Option{Value: decimal(d.fund.Body), Text: d.bodies[d.fund.Body]}))
	}
	for _, m := range p.More {
		p.Open = p.Open || m.Value != "" && m.Name != "fund"
	}
}

// plainOptions are options of which none stands chosen by itself.
func plainOptions(options []page.Option) []page.Option {
	for i := range options {
		options[i].Chosen = false
	}
	return options
}

// headingOptions offers the headings of some classes, each once whatever its
// currencies. A value is CLASS.CODE, or the code alone where prefix says "code".
func (d *desk) headingOptions(blank, prefix string, classes ...fund.Class) []page.Option {
	options := []page.Option{{Text: blank}}
	seen := map[string]bool{}
	for _, class := range classes {
		for _, a := range d.accounts {
			if a.Class != class || a.Retired || seen[string(class)+a.Code] {
				continue
			}
			seen[string(class)+a.Code] = true
			value := a.Code
			if prefix == "" {
				value = string(a.Class) + "." + a.Code
			}
			text := a.Name(d.lang())
			if len(classes) > 1 {
				text = d.say("fund.class."+string(class)) + ": " + text
			}
			options = append(options, page.Option{Value: value, Text: text})
		}
	}
	return options
}

// entryTable lays entries out, with what they sum up to.
func (d *desk) entryTable(entries []fund.Entry, next string, sums []store.EntrySum) page.Table {
	t := page.Table{
		Caption: d.say("fundpages.entries"), Quiet: true, Empty: d.noEntries(),
		Columns: []page.Column{
			{Head: d.say("common.day")},
			{Head: d.say("common.number")},
			{Head: d.say("common.content"), Chief: true},
			{Head: d.say("fundpages.received"), Figure: true},
			{Head: d.say("fundpages.paid"), Figure: true},
			{Head: d.say("common.status")},
		},
	}
	for _, e := range entries {
		t.Rows = append(t.Rows, d.entryRow(e))
	}
	if next != "" {
		t.Next = d.with("after", next)
	}
	if d.value("after") != "" {
		t.First = d.with("after", "")
	}
	var in, out []string
	for _, s := range sums {
		in, out = append(in, d.sum(s.In, s.Currency)), append(out, d.sum(s.Out, s.Currency))
	}
	if len(sums) > 0 {
		t.Total = []page.Cell{{}, {}, {Text: d.say("fundpages.total.all")}, {Text: strings.Join(in, " + ")}, {Text: strings.Join(out, " + ")}, {}}
	}
	return t
}

// with gives the address of this page with one answer changed.
func (d *desk) with(name, value string) string {
	v := d.URL.Query()
	v.Del(name)
	if value != "" {
		v.Set(name, value)
	}
	if len(v) == 0 {
		return d.URL.Path
	}
	return d.URL.Path + "?" + v.Encode()
}

func (d *desk) noEntries() page.Empty {
	if d.URL.RawQuery != "" {
		return page.Empty{Glyph: page.GlyphSearch, Head: d.say("fundpages.entries.nomatch"), Text: d.say("fundpages.entries.nomatch.text"), Do: page.Link{Text: d.say("filter.clear"), Href: d.to("/fund/entries")}}
	}
	e := page.Empty{Glyph: page.GlyphFund, Head: d.say("fundpages.entries.none"), Text: d.say("fundpages.entries.none.text")}
	if d.keeps() {
		e.Do = page.Link{Text: d.say("fundpages.opening"), Href: d.to("/fund/opening")}
		e.Or = page.Link{Text: d.say("fundpages.do.receipt"), Href: d.to("/fund/entries/new", "kind", "receipt")}
	}
	return e
}

func (d *desk) entryRow(e fund.Entry) page.Row {
	figure, in := d.moved(e)
	cells := []page.Cell{
		{Text: d.on(e.Day), Note: d.refers(e)},
		{Text: e.Label()},
		{Text: d.about(e), Note: e.Names.Who},
		{},
		{Text: figure},
		d.stateCell(e),
	}
	if in {
		cells[3], cells[4] = page.Cell{Text: figure, Tone: page.Done}, page.Cell{}
	}
	return page.Row{Href: d.entryPath(e.ID), Cells: cells}
}

func (d *desk) entryPath(id fund.EntryID) string { return d.to("/fund/entries/" + decimal(id)) }

// refers says what an entry entered later is about.
func (d *desk) refers(e fund.Entry) string {
	if e.Refers.IsUnknown() {
		return ""
	}
	return d.say("fundpages.refers", d.words().DateShort(e.Refers))
}

// about says what an entry is for: its own words, or its headings.
func (d *desk) about(e fund.Entry) string {
	if e.Text != "" && e.Reverses != 0 {
		return d.say("fund.kind.reversal") + ": " + e.Text
	}
	if e.Text != "" {
		return e.Text
	}
	var names []string
	seen := map[string]bool{}
	for _, p := range e.Postings {
		a := d.account(p.Account)
		name := a.Name(d.lang())
		if a.Class != fund.Cash && a.Class != fund.Bank && name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	if len(names) == 0 || e.Kind == fund.Opening {
		return d.say("fund.kind." + string(e.Kind))
	}
	return strings.Join(names, ", ")
}

// moved says how much an entry moved, and whether it came in.
func (d *desk) moved(e fund.Entry) (figure string, in bool) {
	net := int64(0)
	for _, p := range e.Postings {
		if d.account(p.Account).Class.IsPurse() {
			net += p.Amount
		}
	}
	total := e.Total()
	for i := range total {
		total[i].Minor = max(total[i].Minor, -total[i].Minor)
	}
	if e.Kind == fund.Transfer {
		total = total[len(total)-1:]
	}
	return d.sums(total), net > 0
}

// state says how an entry stands, where there is something to say.
func (d *desk) state(e fund.Entry) page.Mark {
	approver, voucher := e.Lacks()
	switch {
	case e.Reversed != 0:
		return page.Mark{Tone: page.Plain, Text: d.say("fundpages.state.reversed")}
	case e.Reverses != 0 && !approver:
		return page.Mark{Tone: page.Plain, Text: d.say("fund.kind.reversal")}
	case approver:
		return page.Mark{Tone: page.Due, Text: d.say("fundpages.state.unapproved")}
	case voucher:
		return page.Mark{Tone: page.Due, Text: d.say("fundpages.state.novoucher")}
	case e.Approver != 0:
		return page.Mark{Tone: page.Done, Text: d.say("fundpages.state.approved")}
	}
	return page.Mark{}
}

func (d *desk) stateCell(e fund.Entry) page.Cell {
	m := d.state(e)
	if m.Text == "" {
		return page.Cell{}
	}
	return page.Marked(m)
}

// entryLines lists entries in few words.
func (d *desk) entryLines(entries []fund.Entry) []page.Entry {
	var lines []page.Entry
	for _, e := range entries {
		line := page.Entry{Text: d.about(e), Note: d.on(e.Day) + " · " + e.Label(), Href: d.entryPath(e.ID)}
		if e.Names.Who != "" {
			line.Note += " · " + e.Names.Who
		}
		if m := d.state(e); m.Text != "" && m.Tone != page.Done {
			line.Note += " · " + m.Text
		}
		var in bool
		if line.Figure, in = d.moved(e); in {
			line.Figure, line.Tone = "+"+line.Figure, page.Done
		}
		lines = append(lines, line)
	}
	return lines
}

// fundEntriesSheet gives the list as a workbook, all of it.
func (s *Server) fundEntriesSheet(d *desk) error {
	query, err := d.entryQuery()
	if err != nil {
		return err
	}
	query.After, query.Most = "", entriesAtOnce
	var failed error
	t := sheet.Table{Name: d.say("fundpages.entries"), Rows: d.entryValues(query, &failed)}
	for _, key := range []string{"common.day", "common.number", "common.kind", "common.content", "fundpages.who", "fundpages.heading", "fundpages.branch", "common.amount", "common.currency", "fundpages.approver", "fundpages.voucher"} {
		t.Columns = append(t.Columns, sheet.Column{Title: d.say(key)})
	}
	return d.sendSheet("so-quy.xlsx", t, &failed)
}

// entriesAtOnce is how many entries a workbook reads at a time.
const entriesAtOnce = 500

// entryValues goes through all entries of a list: one row for each posting
// that says what the money was for.
func (d *desk) entryValues(query store.EntryQuery, failed *error) iter.Seq[[]sheet.Value] {
	return func(yield func([]sheet.Value) bool) {
		for {
			entries, next, err := d.view().EntryPage(d.Context(), query)
			if err != nil {
				*failed = err
				return
			}
			for _, e := range entries {
				for _, p := range e.Postings {
					if row := d.postingValues(e, p); row != nil && !yield(row) {
						return
					}
				}
			}
			if query.After = next; next == "" {
				return
			}
		}
	}
}

func (d *desk) postingValues(e fund.Entry, p fund.Posting) []sheet.Value {
	a := d.account(p.Account)
	if a.Class.IsPurse() && e.Kind != fund.Transfer {
		return nil
	}
	amount := amountOf(p)
	if !a.Class.IsPurse() {
		amount.Minor = -amount.Minor
	}
	return []sheet.Value{
		sheet.On(calendar.OnDay(e.Day)), sheet.Words(e.Label()), sheet.Words(d.say("fund.kind." + string(e.Kind))), sheet.Words(d.about(e)),
		sheet.Words(e.Names.Who), sheet.Words(a.Name(d.lang())), sheet.Words(d.bodies[p.Branch]), sheet.Sum(amount), sheet.Words(string(p.Currency)),
		sheet.Words(e.Names.Approver), sheet.Words(e.Voucher),
	}
}
