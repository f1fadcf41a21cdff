package intake

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/programme"
	"kith.app/internal/sheet"
	"kith.app/internal/source"
	"kith.app/internal/text"
)

// targetColumns are the columns of a table of targets: their keys, and the words of
// their headings. Between "direction" and "per" stands one for each authority.
var targetColumns = []struct{ key, word string }{
	{"code", "plan.target.code"},
	{"no", "plan.target.no"},
	{"name", "plan.title"},
	{"name-en", "plan.title.en"},
	{"name-fr", "plan.title.fr"},
	{"group", "plan.target.group"},
	{"unit", "plan.unit"},
	{"direction", "plan.direction"},
	{"per", "plan.per"},
	{"rule", "plan.rule"},
	{"baseline", "plan.baseline"},
	{"from", "plan.from.baseline"},
	{"measure", "plan.measure"},
	{"who", "plan.who"},
	{"on", "plan.figure.on"},
	{"value", "plan.figure.value"},
	{"num", "plan.figure.num"},
	{"den", "plan.figure.den"},
	{"last", "plan.figure.last"},
	{"how", "plan.figure.how"},
	{"source", "plan.figure.source"},
	{"note", "plan.note"},
}

// planned is the key of the column of an authority.
func planned(authority string) string { return "value-" + authority }

// TargetCell is one cell of a table of targets.
type TargetCell struct {
	Text   string `json:"t"`
	Number bool   `json:"n,omitempty"` // a number of a sheet: digits with a full stop
}

// TargetRow is one row of a table of targets: its cells by column.
type TargetRow struct {
	Number int                   `json:"row"`
	Cells  map[string]TargetCell `json:"cells"`
}

// targetRowsMost bounds a table of targets: every target of a plan twenty times over.
const targetRowsMost = 10_000

// ReadTargets finds the columns of a table of targets in whatever language its
// headings are, and reads its rows.
func ReadTargets(s *sheet.Sheet, p programme.Plan, words *locale.Catalogue) ([]TargetRow, error) {
	known := map[string]string{}
	for _, lang := range locale.Langs() {
		for _, c := range targetColumns {
			known[text.Fold(words.Say(lang, c.word))] = c.key
		}
		for _, a := range p.Authorities {
			known[text.Fold(words.Say(lang, "plan.value.by", a.Names.In(string(lang))))] = planned(a.Code)
		}
	}
	h, ok := s.Heading(func(title string) bool { return known[text.Fold(title)] != "" })
	if !ok {
		return nil, fault.Field("file", "plan.import.column", words.Say(locale.Vi, "plan.target.code"))
	}
	columns := map[string]int{}
	for i, title := range h.Titles {
		if key := known[text.Fold(title)]; key != "" {
			columns[key] = i
		}
	}
	if _, ok := columns["code"]; !ok {
		if _, ok := columns["name"]; !ok {
			return nil, fault.Field("file", "plan.import.column", words.Say(locale.Vi, "plan.target.code"))
		}
	}
	var rows []TargetRow
	for _, r := range s.Rows[h.Last+1:] {
		row := TargetRow{Number: r.Number, Cells: map[string]TargetCell{}}
		for key, i := range columns {
			if c := r.At(i); c.Kind != sheet.Blank && strings.TrimSpace(c.Text) != "" {
				row.Cells[key] = TargetCell{Text: strings.TrimSpace(c.Text), Number: c.Kind == sheet.Number}
			}
		}
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	switch {
	case len(rows) == 0:
		return nil, fault.Field("file", "plan.import.empty")
	case len(rows) > targetRowsMost:
		return nil, fault.Field("file", "plan.import.many", targetRowsMost)
	}
	return rows, nil
}

// TargetTold is what became of one row.
type TargetTold struct {
	Number   int
	Name     string
	What     []string // "new", "changed", "figure", "corrected", "same"
	Problems []error
}

// TargetsBrought is what became of a table of targets.
type TargetsBrought struct {
	Rows    []TargetTold
	Targets int // new and changed
	Figures int // new and corrected
	Wrong   int // rows with problems
}

// bringing is a table of targets on its way into a plan.
type bringing struct {
	tx    programme.Tx
	by    access.Actor
	plan  programme.Plan
	words *locale.Catalogue
	lang  locale.Lang
	seen  map[string]int // rows by target and day
}

// TargetsGiven is a table of targets for a plan, and the language it was written in.
type TargetsGiven struct {
	Plan  programme.Plan
	Rows  []TargetRow
	Words *locale.Catalogue
	Lang  locale.Lang
}

// BringTargets brings rows into a plan by the verbs that pages use, and tells of
// every row what became of it. Whoever calls takes all of it back when rows are wrong
// or when it was a rehearsal. A blank cell never erases.
func BringTargets(ctx context.Context, tx programme.Tx, by access.Actor, given TargetsGiven) (TargetsBrought, error) {
	b := &bringing{tx: tx, by: by, plan: given.Plan, words: given.Words, lang: given.Lang, seen: map[string]int{}}
	var all TargetsBrought
	for _, row := range given.Rows {
		told := TargetTold{Number: row.Number, Name: firstSaid(row.Cells["name"].Text, row.Cells["code"].Text)}
		err := b.row(ctx, row, &told)
		if err != nil && len(fault.All(err)) == 0 {
			return all, err
		}
		for _, f := range fault.All(err) {
			told.Problems = append(told.Problems, f)
		}
		if len(told.Problems) > 0 {
			all.Wrong++
		}
		for _, what := range told.What {
			switch what {
			case "new", "changed":
				all.Targets++
			case "figure", "corrected":
				all.Figures++
			}
		}
		if len(told.What) == 0 && len(told.Problems) == 0 {
			told.What = []string{"same"}
		}
		all.Rows = append(all.Rows, told)
	}
	return all, nil
}

func firstSaid(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// row brings one row in.
func (b *bringing) row(ctx context.Context, row TargetRow, told *TargetTold) error {
	targets, err := b.tx.Targets(ctx, b.plan.ID)
	if err != nil {
		return err
	}
	code, name := row.Cells["code"].Text, row.Cells["name"].Text
	if code == "" && name == "" {
		return fault.Field("code", "plan.import.code")
	}
	i := slices.IndexFunc(targets, func(t programme.Target) bool {
		return t.Code == code || code == "" && text.Fold(t.Def.Names["vi"]) == text.Fold(name)
	})
	t := programme.Target{Plan: b.plan.ID, Code: code, Def: programme.Definition{Direction: programme.More, Rule: programme.Sum}}
	if i >= 0 {
		t = targets[i]
		told.Name = t.Def.Names["vi"]
	} else if b.plan.Standing == programme.Adopted {
		return fault.Field("code", "plan.import.unknown", firstSaid(code, name))
	}
	def, err := b.definition(row, t.Def)
	if err != nil {
		return err
	}
	changed := !sameJSON(def, t.Def)
	if changed && b.plan.Standing == programme.Adopted {
		return fault.Field("name", "plan.import.frozen", strings.Join(b.differing(def, t.Def), ", "))
	}
	if changed || i < 0 {
		t.Def = def
		what := "changed"
		if i < 0 {
			what = "new"
		}
		if t, err = programme.Set(ctx, b.tx, b.by, t, t.Revision); err != nil {
			return err
		}
		told.What = append(told.What, what)
	}
	return b.figure(ctx, row, t, told)
}

// differing names the columns in which two definitions differ.
func (b *bringing) differing(x, y programme.Definition) []string {
	fx, fy := targetValues(programme.File{Target: programme.Target{Def: x}}, b.words.In(b.lang)), targetValues(programme.File{Target: programme.Target{Def: y}}, b.words.In(b.lang))
	var names []string
	for _, c := range targetColumns {
		if fx[c.key] != fy[c.key] {
			names = append(names, b.words.Say(b.lang, c.word))
		}
	}
	for _, a := range b.plan.Authorities {
		if fx[planned(a.Code)] != fy[planned(a.Code)] {
			names = append(names, b.words.Say(b.lang, "plan.value.by", a.Names.In(string(b.lang))))
		}
	}
	return names
}

func sameJSON(x, y any) bool {
	a, err1 := json.Marshal(x)
	b, err2 := json.Marshal(y)
	return err1 == nil && err2 == nil && string(a) == string(b)
}

// number reads the number of a cell; nil where it is blank.
func (b *bringing) number(row TargetRow, key string) (*programme.Number, error) {
	c, ok := row.Cells[key]
	if !ok {
		return nil, nil
	}
	if c.Number {
		n, err := programme.ReadNumber(key, c.Text)
		return &n, err
	}
	n, err := programme.ParseNumber(key, c.Text, b.lang)
	return &n, err
}

// choice reads a cell that says one of a few words, in any language, or its code.
func (b *bringing) choice(row TargetRow, key, prefix string, codes []string, was string) (string, error) {
	c, ok := row.Cells[key]
	if !ok {
		return was, nil
	}
	var offered []string
	for _, code := range codes {
		for _, lang := range locale.Langs() {
			if c.Text == code || text.Fold(b.words.Say(lang, prefix+code)) == text.Fold(c.Text) {
				return code, nil
			}
		}
		offered = append(offered, b.words.Say(b.lang, prefix+code))
	}
	return was, fault.Field(key, "plan.import.choice", c.Text, strings.Join(offered, ", "))
}

func codesOf[T ~string](all []T) []string {
	codes := make([]string, len(all))
	for i, one := range all {
		codes[i] = string(one)
	}
	return codes
}

// definition is what a target is after a row: what its filled cells say, the rest as
// it was.
func (b *bringing) definition(row TargetRow, was programme.Definition) (programme.Definition, error) {
	d := was
	d.Names, d.Group, d.Units, d.Values = maps.Clone(was.Names), was.Group, was.Units, slices.Clone(was.Values)
	if d.Names == nil {
		d.Names = programme.Words{}
	}
	for key, lang := range map[string]string{"name": "vi", "name-en": "en", "name-fr": "fr"} {
		if c, ok := row.Cells[key]; ok {
			d.Names[lang] = c.Text
		}
	}
	for key, words := range map[string]*programme.Words{"group": &d.Group, "unit": &d.Units} {
		if c, ok := row.Cells[key]; ok && c.Text != (*words)["vi"] {
			*words = programme.Words{"vi": c.Text}
		}
	}
	for key, into := range map[string]*string{"no": &d.No, "measure": &d.Measure, "who": &d.Who, "note": &d.Note} {
		if c, ok := row.Cells[key]; ok {
			*into = c.Text
		}
	}
	direction, err1 := b.choice(row, "direction", "plan.direction.", codesOf(programme.Directions()), string(was.Direction))
	rule, err2 := b.choice(row, "rule", "plan.rule.", codesOf(programme.Rules()), string(was.Rule))
	d.Direction, d.Rule = programme.Direction(direction), programme.Rule(rule)
	found := []error{err1, err2}
	if c, ok := row.Cells["per"]; ok {
		n, err := strconv.ParseInt(c.Text, 10, 64)
		if err != nil || n < 0 || n > 1_000_000 {
			found = append(found, fault.Field("per", "plan.number.form", c.Text))
		}
		d.Per = n
	}
	if c, ok := row.Cells["from"]; ok {
		yes, err := b.choice(TargetRow{Cells: map[string]TargetCell{"from": c}}, "from", "plan.", []string{"yes", "no"}, "no")
		found, d.FromBaseline = append(found, err), yes == "yes"
	}
	baseline, err := b.number(row, "baseline")
	if found = append(found, err); baseline != nil {
		d.Baseline = baseline
	}
	for _, a := range b.plan.Authorities {
		n, err := b.number(row, planned(a.Code))
		if found = append(found, err); n == nil || err != nil {
			continue
		}
		i := slices.IndexFunc(d.Values, func(v programme.Value) bool { return v.Authority == a.Code })
		if i < 0 {
			d.Values = append(d.Values, programme.Value{Authority: a.Code, Plan: *n})
		} else {
			d.Values[i].Plan = *n
		}
	}
	return d, fault.Gather(found...)
}

// figure reports what a row says was reached.
func (b *bringing) figure(ctx context.Context, row TargetRow, t programme.Target, told *TargetTold) error {
	a := programme.Actual{Target: t.ID, Source: source.Source{Kind: source.Cell, Title: row.Cells["source"].Text}}
	var errs [4]error
	a.Value, errs[0] = b.number(row, "value")
	a.Num, errs[1] = b.number(row, "num")
	a.Den, errs[2] = b.number(row, "den")
	a.LastYear, errs[3] = b.number(row, "last")
	if err := fault.Gather(errs[:]...); err != nil {
		return err
	}
	if a.Value == nil && a.Num == nil && a.Den == nil {
		return nil
	}
	on, ok := row.Cells["on"]
	if !ok {
		return fault.Field("on", "plan.import.day")
	}
	day, err := readTargetDay(on.Text)
	if err != nil {
		return err
	}
	a.On = day
	how, err := b.choice(row, "how", "plan.how.", []string{"exact", "at-least", "over", "about", "nearly"}, "exact")
	if err != nil {
		return err
	}
	if a.Qualifier, err = deed.ParseQualifier(how); err != nil {
		return err
	}
	if a.Source.Title == "" {
		a.Source = source.Source{}
	}
	key := t.Code + " " + day.String()
	if before, twice := b.seen[key]; twice {
		return fault.Field("on", "plan.import.twice", t.Code, strconv.Itoa(before))
	}
	b.seen[key] = row.Number
	actuals, err := b.tx.ActualsOf(ctx, t.ID)
	if err != nil {
		return err
	}
	what, based := "figure", int64(0)
	for _, o := range actuals {
		if o.On != a.On {
			continue
		}
		if sameFigure(o, a) {
			return nil
		}
		what, based = "corrected", o.Revision
		a.Note = o.Note
		if a.Source.IsZero() || a.Source.Title == o.Source.Title {
			a.Source = o.Source
		}
	}
	if _, err := programme.Report(ctx, b.tx, b.by, a, based); err != nil {
		return err
	}
	told.What = append(told.What, what)
	return nil
}

// readTargetDay reads the day of a figure as a sheet or a person writes it.
func readTargetDay(typed string) (calendar.Day, error) {
	d, err := calendar.ParseEDTF(typed)
	if err != nil {
		d, err = calendar.ReadInput(typed, calendar.Reading{})
	}
	last, ok := d.Last()
	if err != nil || !ok {
		return 0, fault.Field("on", "plan.import.date", typed)
	}
	return last, nil
}

// sameFigure tells whether a row says what the book has.
func sameFigure(has, row programme.Actual) bool {
	same := func(x, y *programme.Number) bool { return x == nil && y == nil || x != nil && y != nil && *x == *y }
	return same(has.Value, row.Value) && same(has.Num, row.Num) && same(has.Den, row.Den) && has.Qualifier == row.Qualifier &&
		(row.LastYear == nil || same(has.LastYear, row.LastYear)) && (row.Source.Title == "" || row.Source.Title == has.Source.Title)
}
