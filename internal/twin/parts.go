package twin

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/tie"
)

// Parts words the whole file, matter by matter, in the order of the paper.
func (t Teller) Parts() []Part {
	return []Part{
		t.about(), t.parties(), t.history(), t.contradictions(), t.under(), t.visits(), t.gave(), t.promises(), t.reviews(), t.sideBySide(), t.answers(), t.papers(),
	}
}

func (t Teller) part(key string) Part { return Part{Key: key, Head: t.Say(key)} }

// about is what the tie is and how it stands.
func (t Teller) about() Part {
	p := t.part("twin.about")
	f, one := t.File, t.File.Tie
	add := func(key, text string) { p.Facts = append(p.Facts, Fact{Name: t.Say(key), Text: text}) }
	add("tie.kind", f.Kind.Name(t.lang()))
	standing := t.Status()
	if one.Standing.Status == tie.Ended || one.Standing.Status == tie.Paused {
		standing = joined(" · ", standing, t.dateOrNot(one.Standing.Since), one.Standing.Reason)
	}
	add("common.status", standing)
	contact := joined(" · ", t.dateOrNot(one.Standing.Contact), t.Silence())
	if contact == "" {
		contact = t.Say("tie.contact.none")
	}
	add("tie.contact", contact)
	add("tie.origin", t.date(one.Origin))
	if f.Next.Years > 0 {
		add("tie.next", t.Say("tie.anniversary", f.Next.Years, f.Next.On))
	}
	if f.NextRound.Years > 0 {
		add("tie.next.round", t.Say("tie.anniversary", f.NextRound.Years, f.NextRound.On))
	}
	add("tie.reason", one.Reason)
	var fields []string
	for _, field := range one.Fields {
		fields = append(fields, FieldSaid(t, field))
	}
	add("tie.fields", strings.Join(fields, ", "))
	if one.Rank != "" {
		add("tie.rank", t.Say("tie.rank."+one.Rank))
	}
	p.Facts = append(p.Facts, t.kinFacts()...)
	add("tie.keeper", t.bodyNow(one.Body))
	t.terms(add)
	add("common.note", one.Note)
	add("tie.source", t.Source(one.Source))
	return p
}

// FieldSaid words a field of cooperation, a tie's own as it is written.
func FieldSaid(t interface {
	Say(key string, args ...any) string
}, field string,
) string {
	for _, known := range tie.Fields() {
		if known == field {
			return t.Say("tie.field." + field)
		}
	}
	return strings.ReplaceAll(field, "_", " ")
}

// kinFacts are the ties before, after and above.
func (t Teller) kinFacts() []Fact {
	var facts []Fact
	add := func(key string, rows ...tie.Row) {
		for _, row := range rows {
			facts = append(facts, Fact{Name: t.Say(key), Text: CalledTie(t.Speaker, row.Tie, t.File.Bodies), Note: t.dateOrNot(row.Signed()), Ref: "tie:" + row.Code})
		}
	}
	add("tie.before", t.File.Before...)
	add("tie.after", t.File.After...)
	if t.File.Parent != nil {
		add("tie.parent", *t.File.Parent)
	}
	return facts
}

// under lists the pairs that hang under the tie: fronts, youth unions, schools,
// firms, villages of both sides.
func (t Teller) under() Part {
	p := t.part("twin.under")
	p.Empty = t.Say("twin.under.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("tie.one"), Chief: true, Share: 3.4}, {Head: t.Say("twin.under.who"), Share: 2.2}, {Head: t.Say("tie.kind"), Share: 1.8}, {Head: t.Say("tie.origin"), Share: 1.6}, {Head: t.Say("common.status"), Share: 1.8},
	}}
	for _, row := range t.File.Under {
		p.Table.Rows = append(p.Table.Rows, []Cell{
			{Text: CalledTie(t.Speaker, row.Tie, t.File.Bodies), Ref: "tie:" + row.Code},
			{Text: t.kindsOf(row)},
			{Text: t.kindSaid(row.Kind)},
			{Text: t.dateOrNot(row.Origin)},
			{Text: t.Say("tie.status." + string(row.Standing.Status)), Note: row.Standing.Reason},
		})
	}
	if len(t.File.Under) > 0 {
		p.Lines = []string{t.Say("twin.under.count", len(t.File.Under))}
	}
	return p
}

// kindsOf says of what kinds the parties of a tie are, each once.
func (t Teller) kindsOf(row tie.Row) string {
	var kinds []string
	for _, id := range row.Bodies() {
		if said := t.Say("body.kind." + string(t.File.Bodies[id].Kind)); !slices.Contains(kinds, said) {
			kinds = append(kinds, said)
		}
	}
	return strings.Join(kinds, ", ")
}

// kindSaid names a kind of tie.
func (t Teller) kindSaid(code string) string {
	for _, k := range t.File.Kinds {
		if k.Code == code {
			return k.Name(t.lang())
		}
	}
	return code
}

// terms are effect, expiry, notice, renewal, permission, the signed text.
func (t Teller) terms(add func(key, text string)) {
	one := t.File.Tie
	add("tie.effect", t.dateOrNot(one.Effect))
	add("tie.expiry", t.dateOrNot(one.Standing.Expiry))
	if one.Renews && one.RenewMonths > 0 {
		add("tie.renews", t.Say("tie.renews.for", one.RenewMonths))
	} else if one.Renews {
		add("tie.renews", t.Say("tie.renews.always"))
	}
	if one.NoticeMonths > 0 {
		add("tie.notice", t.Say("tie.months", one.NoticeMonths))
	}
	if one.ReviewMonths > 0 {
		add("tie.reviewing", t.Say("tie.months", one.ReviewMonths))
	}
	add("tie.permit", t.Paper(one.Permit))
	var langs []string
	for _, l := range one.Langs {
		langs = append(langs, LangSaid(t, l))
	}
	add("tie.langs", strings.Join(langs, ", "))
	add("tie.original", one.Original)
}

// LangSaid names a language of a signed text; one without a word is left as it
// was written.
func LangSaid(t interface {
	Say(key string, args ...any) string
}, lang string,
) string {
	switch lang {
	case "vi", "en", "fr", "lo", "km", "zh", "ja", "ko", "ru", "de", "es":
		return t.Say("tie.lang." + lang)
	}
	return lang
}

// parties lists who stands on which side, and who stood there.
func (t Teller) parties() Part {
	p := t.part("twin.parties")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("tie.party"), Chief: true, Share: 3.4}, {Head: t.Say("tie.side"), Share: 2}, {Head: t.Say("tie.level"), Share: 1.3}, {Head: t.Say("tie.signer"), Share: 2.6}, {Head: t.Say("tie.party.time"), Share: 2.2},
	}}
	for side := 1; side <= t.File.Tie.Sides(); side++ {
		for _, one := range t.File.Tie.Parties {
			if one.Side == side {
				p.Table.Rows = append(p.Table.Rows, t.partyRow(one))
			}
		}
	}
	return p
}

func (t Teller) partyRow(one tie.Party) []Cell {
	name := Cell{Text: t.bodyNow(one.Body), Ref: "body:" + strconv.FormatInt(int64(one.Body), 10)}
	if one.Before != 0 {
		name.Note = t.Say("tie.party.before", t.bodyNow(one.Before))
	}
	if b := t.File.Bodies[one.Body]; !b.Ended.IsUnknown() {
		name.Note = joined(" · ", name.Note, t.Say("tie.party.gone", b.Ended))
	}
	level := ""
	if one.Level != tie.NoLevel {
		level = t.Say("tie.level." + string(one.Level))
	}
	when := ""
	if !one.From.IsUnknown() {
		when = t.Say("tie.from", one.From)
	}
	if !one.Until.IsUnknown() {
		when = joined(" ", when, t.Say("tie.until", one.Until))
	}
	signer := Cell{Text: joined(", ", one.Signer, one.Office)}
	if one.SignedBy != 0 {
		signer.Ref = "person:" + strconv.FormatInt(int64(one.SignedBy), 10)
	}
	side := t.File.Kind.SideName(one.Side, t.lang())
	if side == "" {
		side = t.side(one.Side)
	}
	return []Cell{name, {Text: side}, {Text: level}, signer, {Text: when}}
}

// history tells the stages with their papers and sources, reviews and handings
// on among them.
func (t Teller) history() Part {
	p := t.part("twin.history")
	p.Empty = t.Say("twin.history.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("tie.stage"), Chief: true, Share: 2.2}, {Head: t.Say("common.date"), Share: 1.6}, {Head: t.Say("tie.stage.where"), Share: 2}, {Head: t.Say("tie.stage.paper"), Share: 2.2}, {Head: t.Say("tie.source"), Share: 4},
	}}
	for _, row := range append(t.File.Before, t.File.Tie) {
		for _, s := range row.InOrder() {
			p.Table.Rows = append(p.Table.Rows, t.stageRow(row, s))
		}
		for _, h := range row.Handed {
			var heirs []string
			for _, to := range h.To {
				heirs = append(heirs, t.bodyNow(to))
			}
			what := Cell{Text: t.Say("twin.handed", t.bodyNow(h.From)), Note: t.Say("twin.handed.to", strings.Join(heirs, ", "))}
			p.Table.Rows = append(p.Table.Rows, []Cell{what, {Text: t.date(h.Day)}, {}, {Text: t.Paper(h.Paper)}, {Text: h.Note}})
		}
	}
	return p
}

func (t Teller) stageRow(row tie.Row, s tie.Stage) []Cell {
	what := Cell{Text: t.Say("tie.stage." + string(s.Kind))}
	if s.Side != 0 {
		what.Note = SideCalled(t.Speaker, row.Tie, t.File.Bodies, s.Side)
	}
	if row.ID != t.File.Tie.ID {
		what.Note = joined(" · ", what.Note, CalledTie(t.Speaker, row.Tie, t.File.Bodies))
	}
	note := s.Note
	if strings.HasPrefix(note, "tie:") {
		note = ""
	}
	what.Note = joined(" · ", what.Note, s.Reason, note)
	if !s.Until.IsUnknown() {
		what.Note = joined(" · ", what.Note, t.Say("tie.until", s.Until))
	}
	day := Cell{Text: t.date(s.Date)}
	if s.Contested() {
		day.Note = t.Say("twin.contested")
	}
	return []Cell{what, day, {Text: s.Place}, {Text: t.Paper(s.Paper)}, {Text: t.Source(s.Source)}}
}

// contradictions lists dates on which sources disagree.
func (t Teller) contradictions() Part {
	p := t.part("twin.contradictions")
	p.Empty = t.Say("twin.contradictions.none")
	for _, s := range t.File.Tie.Contested() {
		said := []string{t.Say("twin.claim.held", t.Say("tie.stage."+string(s.Kind)), t.date(s.Date), or(t.Source(s.Source), t.Say("twin.source.unsaid")))}
		for _, c := range s.Others {
			said = append(said, t.Say("twin.claim.other", t.date(c.Date), or(t.Source(c.Source), t.Say("twin.source.unsaid"))))
		}
		if s.Why != "" {
			said = append(said, t.Say("twin.claim.why", s.Why))
		}
		p.Lines = append(p.Lines, strings.Join(said, " "))
	}
	return p
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// visits lists who came and who went.
func (t Teller) visits() Part {
	p := t.part("twin.visits")
	p.Empty = t.Say("twin.visits.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("twin.visit"), Chief: true, Share: 3}, {Head: t.Say("common.date"), Share: 1.4}, {Head: t.Say("twin.way"), Share: 2.6}, {Head: t.Say("twin.head"), Share: 2.6}, {Head: t.Say("twin.given"), Share: 2.4},
	}}
	counts := map[[2]int]int{}
	for _, v := range t.File.Visits {
		var given Sums
		for _, l := range v.Deed.Lines {
			if l.Unit != deed.Acts {
				given = given.add(l, v.Deed.ID)
			}
		}
		way := t.Say("twin.way.unsaid")
		if v.From != 0 || v.To != 0 {
			way = t.Say("twin.way.fromto", t.side(v.From), t.side(v.To))
		}
		counts[[2]int{v.From, v.To}]++
		p.Table.Rows = append(p.Table.Rows, []Cell{
			{Text: or(v.Deed.Title, t.Say("twin.visit.untitled")), Ref: "deed:" + strconv.FormatInt(int64(v.Deed.ID), 10)}, {Text: t.date(v.Deed.Day)}, {Text: way}, {Text: t.Heads(v)}, t.sums(given.Of(gifts...)),
		})
	}
	for from := 0; from <= t.File.Tie.Sides(); from++ {
		for to := 0; to <= t.File.Tie.Sides(); to++ {
			if n := counts[[2]int{from, to}]; n > 0 && (from != 0 || to != 0) {
				p.Lines = append(p.Lines, t.Say("twin.visits.count", n, t.side(from), t.side(to)))
			}
		}
	}
	return p
}

// gave tells what each side gave by year, money, goods, houses and people each in
// a column of their own.
func (t Teller) gave() Part {
	p := t.part("twin.gave")
	p.Empty = t.Say("twin.gave.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("twin.giver"), Chief: true, Share: 2.6},
		{Head: t.Say("twin.year"), Share: 1},
		{Head: t.Say("deed.unit.money"), Figure: true, Share: 2.2},
		{Head: t.Say("twin.goods"), Figure: true, Share: 2.2},
		{Head: t.Say("twin.houses"), Figure: true, Share: 1.8},
		{Head: t.Say("twin.people"), Figure: true, Share: 1.8},
		{Head: t.Say("deed.unit.workdays"), Figure: true, Share: 1.4},
	}}
	row := func(g GivenIn, year string) []Cell {
		cell := Cell{Text: t.side(g.Side)}
		return []Cell{
			cell,
			{Text: year},
			t.sums(g.Sums.Of(deed.Money)), t.sums(g.Sums.Of(deed.Things, deed.GoodsValue)), t.sums(g.Sums.Of(deed.Built, deed.Repaired)),
			t.sums(g.Sums.Of(deed.Persons, deed.Families)), t.sums(g.Sums.Of(deed.WorkDays)),
		}
	}
	for _, g := range t.File.Gave {
		year := t.Say("twin.year.unsaid")
		if g.Year != 0 {
			year = strconv.Itoa(g.Year)
		}
		p.Table.Rows = append(p.Table.Rows, row(g, year))
	}
	for _, g := range t.File.InAll {
		p.Table.Totals = append(p.Table.Totals, row(g, t.Say("twin.in.all")))
	}
	return p
}

// promises lists what is promised, the open first.
func (t Teller) promises() Part {
	p := t.part("twin.promises")
	p.Empty = t.Say("twin.promises.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("tie.promise"), Chief: true, Share: 4}, {Head: t.Say("tie.promise.by"), Share: 2.4}, {Head: t.Say("tie.promise.due"), Share: 1.5}, {Head: t.Say("common.status"), Share: 2.2},
	}}
	open := t.File.Open()
	all := open
	for _, one := range t.File.Promises {
		if s := one.On(t.File.On); s == tie.PromiseKept || s == tie.PromiseDropped {
			all = append(all, one)
		}
	}
	for _, one := range all {
		state := t.Say("tie.promise." + string(one.On(t.File.On)))
		if !one.Ended.IsUnknown() {
			state = joined(" · ", state, t.DateShort(one.Ended))
		}
		p.Table.Rows = append(p.Table.Rows, []Cell{
			{Text: t.Promised(one), Note: joined(" · ", t.Paper(one.Paper), t.Source(one.Source)), Ref: "promise:" + strconv.FormatInt(int64(one.ID), 10)},
			{Text: t.Who(one)},
			{Text: t.dateOrNot(one.Due)},
			{Text: state, Note: one.Reason},
		})
	}
	if len(all) > 0 {
		p.Lines = []string{t.Say("twin.promises.open", len(open))}
	}
	return p
}

// reviews lists the reviews held and the next one due.
func (t Teller) reviews() Part {
	p := t.part("twin.reviews")
	p.Empty = t.Say("twin.reviews.none")
	p.Table = &Table{Columns: []Column{
		{Head: t.Say("tie.review"), Chief: true, Share: 2.4}, {Head: t.Say("tie.review.when"), Share: 1.5}, {Head: t.Say("tie.review.held"), Share: 1.5}, {Head: t.Say("tie.review.outcome"), Share: 4},
	}}
	for _, r := range t.File.Reviews {
		p.Table.Rows = append(p.Table.Rows, []Cell{
			{Text: or(r.Covers, t.Say("tie.review.any")), Ref: "review:" + strconv.FormatInt(int64(r.ID), 10)}, {Text: t.dateOrNot(r.Due)}, {Text: t.dateOrNot(r.Held)}, {Text: r.Outcome, Note: t.Paper(r.Paper)},
		})
	}
	if !t.File.Review.IsUnknown() {
		key := "twin.review.next"
		if t.File.Review.LastOr(calendar.Latest) < t.File.On {
			key = "twin.review.over"
		}
		p.Lines = []string{t.Say(key, t.File.Review)}
	}
	return p
}

// sideBySide lays the figures that each side stated beside each other.
func (t Teller) sideBySide() Part {
	p := t.part("twin.figures")
	p.Empty = t.Say("twin.figures.none")
	p.Table = &Table{Columns: []Column{{Head: t.Say("twin.measure"), Chief: true, Share: 3}}}
	for side := 1; side <= t.File.Tie.Sides(); side++ {
		p.Table.Columns = append(p.Table.Columns, Column{Head: t.side(side), Share: 3})
	}
	for _, row := range t.File.Figures {
		cells := []Cell{{Text: row.Measure}}
		for side := 1; side <= t.File.Tie.Sides(); side++ {
			var lines, from []string
			for _, s := range row.Of[side] {
				lines, from = append(lines, joined(" · ", t.Figure(s), t.shortOther(side, s))), append(from, t.Source(s.Source))
			}
			cells = append(cells, Cell{Text: strings.Join(lines, "\n"), Note: joined("; ", from...)})
		}
		p.Table.Rows = append(p.Table.Rows, cells)
	}
	return p
}

// shortOther names the body of a figure where its side has several.
func (t Teller) shortOther(side int, s deed.Stated) string {
	n := 0
	for _, p := range t.File.Tie.Parties {
		if p.Side == side {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return t.bodyNow(s.Body)
}

// answers says who answers for the tie today, and plainly where nobody does.
func (t Teller) answers() Part {
	p := t.part("twin.answers")
	for _, a := range t.File.Answers {
		side := t.side(a.Side)
		where := side
		if a.Body != 0 {
			where = t.bodyNow(a.Body)
		}
		switch {
		case a.Ended:
			p.Lines = append(p.Lines, t.Say("twin.answers.ended", where, t.File.Bodies[a.Body].Ended))
		case a.Nobody:
			p.Lines = append(p.Lines, t.Say("twin.answers.nobody", where))
		default:
			p.Facts = append(p.Facts, Fact{Name: or(where, t.Say("twin.answers.committee")), Text: joined(", ", a.Name, t.title(a))})
		}
	}
	if !t.File.Answered() {
		p.Lines = append([]string{t.Say("twin.answers.none")}, p.Lines...)
	}
	return p
}

// papers lists the papers kept with the tie.
func (t Teller) papers() Part {
	p := t.part("twin.papers")
	p.Empty = t.Say("twin.papers.none")
	for _, a := range t.File.Papers {
		p.Facts = append(p.Facts, Fact{Name: a.Name, Text: " ", Ref: "paper:" + strconv.FormatInt(a.ID, 10)})
	}
	return p
}
