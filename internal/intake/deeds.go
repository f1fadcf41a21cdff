package intake

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/text"
)

// deedBook is what a table of deeds is compared with.
type deedBook struct {
	kinds   map[string]deed.Kind // by folded code and names
	names   fault.Saying         // of all kinds, to be told as choices
	people  *roll
	called  map[person.ID]string
	bodies  map[body.ID]string
	ids     map[deed.ID]*deed.Deed
	refs    map[string]*deed.Deed   // by the number they have in another list
	prints  map[string][]*deed.Deed // by what they say
	claimed map[*deed.Deed]bool

	receipts map[string]bool       // kinds by which money comes in
	funds    map[body.ID]fund.Fund // that pay for a body; the zero Fund where none does
	keeper   func(body.ID) (fund.Fund, error)
}

// refMark stands before the number that a deed has in the list it came from.
const refMark = "ref:"

// newIDs is from where on a number can be the id of a deed in another book.
const newIDs = 1 << 40

// deeds proposes what becomes of every row of a table of deeds. Rows that name
// the same deed are one deed with several lines or parties.
func (p *proposal) deeds(ctx context.Context, b Book) error {
	known, err := p.knownDeeds(ctx, b)
	if err != nil {
		return err
	}
	for ref, rows := range p.grouped("kind", "who", "title") {
		p.deed(known, rows, ref)
	}
	return nil
}

func (p *proposal) knownDeeds(ctx context.Context, b Book) (*deedBook, error) {
	k := &deedBook{kinds: map[string]deed.Kind{}, ids: map[deed.ID]*deed.Deed{}, refs: map[string]*deed.Deed{}, prints: map[string][]*deed.Deed{}, claimed: map[*deed.Deed]bool{}, funds: map[body.ID]fund.Fund{}, receipts: map[string]bool{}}
	k.keeper = func(of body.ID) (fund.Fund, error) { return b.FundKeeper(ctx, of) }
	kinds, err := b.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	k.names = choicesOf(kinds, deed.Kind.Name)
	for _, kind := range kinds {
		k.kinds[text.Fold(kind.Code)], k.receipts[kind.Code] = kind, kind.Receipt
		for _, lang := range locale.Langs() {
			k.kinds[text.Fold(kind.Names[string(lang)])] = kind
		}
	}
	for _, kind := range kinds { // the short names after all whole ones, which go before
		for _, lang := range locale.Langs() {
			if short := text.Fold(kind.Shorts[string(lang)]); k.kinds[short].Code == "" {
				k.kinds[short] = kind
			}
		}
	}
	delete(k.kinds, "")
	people, err := b.KnownPeople(ctx)
	if err != nil {
		return nil, err
	}
	k.people, k.bodies, k.called = newRoll(people, p.ours), p.branches.names, make(map[person.ID]string, len(people))
	for i := range people {
		k.called[people[i].ID] = people[i].Name
	}
	all, err := b.KnownDeeds(ctx)
	for i := range all {
		k.know(&all[i])
	}
	return k, err
}

func (k *deedBook) know(d *deed.Deed) {
	k.ids[d.ID] = d
	if ref, ok := strings.CutPrefix(d.Source.Where, refMark); ok {
		k.refs[ref] = d
	}
	k.prints[fingerprint(*d)] = append(k.prints[fingerprint(*d)], d)
}

// fingerprint says all of a deed by which a row is known again.
func fingerprint(d deed.Deed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%d|%s|%v", d.Kind, d.Day.EDTF(), d.Body, d.Status, d.Brought)
	lines := make([]string, len(d.Lines))
	for i, l := range d.Lines {
		lines[i] = fmt.Sprintf("|%s %s %s %d %d %s", l.Unit, l.Stage, l.Currency, l.Quantity, l.Qualifier, text.Fold(l.Item))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	for _, party := range d.Parties {
		fmt.Fprintf(&b, "|%s %d %d %s", party.Role, party.Person, party.Body, text.Fold(party.Name))
	}
	return b.String()
}

// deedDraft proposes to post a deed or to correct one the book knows.
type deedDraft struct {
	deed       deed.Deed
	branchSaid string
	based      int64      // revision of the deed that is corrected, 0 for a new one
	spent      fund.Draft // what the fund pays, or receives
	receipt    bool
}

func (p *proposal) deed(known *deedBook, rows []*reading, ref string) {
	r := rows[0]
	d := &deedDraft{}
	p.readDeed(r, known, d)
	kind := known.kinds[text.Fold(r.text("kind"))]
	for _, one := range rows {
		p.addLines(one, kind, d, ref == "")
		p.addParty(one, kind, known, d)
		if one != r {
			r.problems = append(r.problems, one.problems...)
		}
	}
	row := Row{Name: deedName(d.deed, kind), What: Trouble}
	if len(r.problems) == 0 {
		r.refuseFields(d.deed.Check(p.today))
	}
	if len(r.problems) == 0 {
		p.compareDeed(r, known, ref, d, &row)
	}
	p.add(r, row)
}

// deedName is how lists call a deed that has no title.
func deedName(d deed.Deed, k deed.Kind) string {
	name := d.Title
	if name == "" {
		name = k.Name("vi")
	}
	for _, party := range d.Parties {
		if party.Name != "" && name != "" {
			return name + ": " + party.Name
		}
		if party.Name != "" {
			return party.Name
		}
	}
	return name
}

// readDeed reads what a row says of the deed as a whole.
func (p *proposal) readDeed(r *reading, known *deedBook, d *deedDraft) {
	said := r.text("kind")
	kind, ok := known.kinds[text.Fold(said)]
	switch {
	case said == "":
		r.refuse("kind", fault.Field("kind", "deed.kind.missing"))
	case !ok:
		r.refuse("kind", fault.Field("kind", "intake.word.unknown", said, known.names))
	}
	d.deed = deed.Deed{
		Kind: kind.Code, Day: r.date("day"), Title: r.text("title"), Note: r.lines("note"), Status: deed.Status(r.coded("status", "status")),
		Brought: r.coded("brought", "truth") == "yes", Source: source.Source{Kind: source.Cell, Title: p.table.Sheet.Name},
	}
	if d.deed.Status == "" {
		d.deed.Status = deed.Done
	}
	if n, ok := r.whole("series"); ok {
		d.deed.Series = n
	}
	at := r.place("place", "", "", "")
	d.deed.Place, d.deed.PlaceNote = int64(at.id), at.note
	p.deedBranch(r, d)
}

// deedBranch finds the body whose figures the deed counts in.
func (p *proposal) deedBranch(r *reading, d *deedDraft) {
	d.branchSaid, d.deed.Body = r.text("branch"), p.home
	if d.branchSaid != "" {
		id, err := p.branches.find(d.branchSaid)
		if err != nil {
			r.refuse("branch", err)
			return
		}
		d.deed.Body = id
	}
	if d.deed.Body == 0 {
		d.deed.Body = p.home // until the branch is founded
		return
	}
	d.branchSaid = ""
	if err := p.actor.May(access.PostDeeds, d.deed.Body); err != nil {
		r.refuse("branch", err)
	}
}

// addLines reads how much of what a row says. In the short form, without a
// number of its own, a row is one act, or one person or family that it names.
func (p *proposal) addLines(r *reading, kind deed.Kind, d *deedDraft, short bool) {
	unit := deed.Unit(r.coded("unit", "unit"))
	qualifier := slices.Index(qualifiers, r.coded("qualifier", "qualifier"))
	l := deed.Line{Stage: deed.Stage(r.coded("stage", "stage")), Qualifier: deed.Qualifier(max(qualifier, 0)), Item: r.text("item")}
	quantity, told := r.whole("quantity")
	if unit == "" {
		unit = counted(kind)
	}
	named := r.text("who") != "" || r.text("number") != ""
	if !told && short && (unit == deed.Acts || named && (unit == deed.Persons || unit == deed.Families)) {
		quantity, told = 1, true
	}
	if told {
		one := l
		one.Unit, one.Quantity = unit, quantity
		if unit != deed.Things && short {
			one.Item = ""
		}
		d.deed.Lines = append(d.deed.Lines, one)
	}
	if l.Item != "" && short && (!told || unit != deed.Things) {
		d.deed.Lines = append(d.deed.Lines, deed.Line{Unit: deed.Things, Quantity: 1, Item: l.Item})
	}
	if amount, ok := r.amount("amount"); ok {
		l.Unit, l.Quantity, l.Currency = deed.Money, amount.Minor, amount.Currency
		if unit == deed.GoodsValue && r.text("unit") != "" {
			l.Unit = deed.GoodsValue
		} else {
			l.Item = ""
		}
		d.deed.Lines = append(d.deed.Lines, l)
	}
}

// qualifiers are the words of values.txt in the order of deed.Qualifier.
var qualifiers = []string{"exact", "atleast", "over", "about", "nearly"}

// counted is what deeds of a kind are counted in besides money.
func counted(k deed.Kind) deed.Unit {
	for _, u := range k.Units {
		if !u.HasCurrency() {
			return u
		}
	}
	return deed.Acts
}

// amount reads an amount of money, in the currency of its column or in đồng.
func (r *reading) amount(f Field) (money.Amount, bool) {
	said := r.text(f)
	if said == "" {
		return money.Amount{}, false
	}
	currency := money.VND
	if told := r.text("currency"); told != "" {
		c, err := money.ParseCurrency(told)
		if err != nil {
			r.refuse("currency", err)
			return money.Amount{}, false
		}
		currency = c
	}
	amount, err := money.Parse(said, currency, "vi")
	if err != nil {
		r.refuse(f, err)
		return money.Amount{}, false
	}
	return amount, true
}

// addParty reads whom a row names: by member number, else as written.
func (p *proposal) addParty(r *reading, kind deed.Kind, known *deedBook, d *deedDraft) {
	number, name := r.text("number"), r.text("who")
	if number == "" && name == "" {
		return
	}
	party := deed.Party{Role: deed.Role(r.coded("role", "role")), Name: name}
	if party.Role == "" {
		party.Role = deed.Receiver
		if len(kind.Roles) > 0 {
			party.Role = kind.Roles[0]
		}
	}
	if number != "" {
		m, several := known.people.byNumber(&toldPerson{number: number, name: name})
		switch {
		case several:
			r.refuse("number", fault.Field("number", "intake.number.several", number))
		case m == nil:
			r.refuse("number", fault.Field("number", "intake.number.unknown", number))
		case name != "" && text.Similarity(m.Name, name) < 60:
			r.refuse("number", fault.Field("number", "intake.number.other", number, m.Name))
		default:
			party.Person, party.Name = m.ID, ""
		}
	}
	d.deed.Parties = append(d.deed.Parties, party)
}

// compareDeed finds out whether the book has the deed.
func (p *proposal) compareDeed(r *reading, known *deedBook, ref string, d *deedDraft, row *Row) {
	before := known.refs[ref]
	if id, err := strconv.ParseInt(ref, 10, 64); err == nil && id > newIDs {
		if before = known.ids[deed.ID(id)]; before == nil {
			d.deed.ID = deed.ID(id) // a deed of another book keeps its id
		}
	} else if ref != "" {
		d.deed.Source.Where = refMark + ref
	}
	if before != nil {
		known.sameParties(before, d)
	}
	print := fingerprint(d.deed)
	if before == nil && d.branchSaid == "" {
		for _, one := range known.prints[print] {
			if !known.claimed[one] && one.Status != deed.Cancelled {
				before = one
				break
			}
		}
	}
	if before == nil {
		row.What, row.draft = New, d
		d.spent, d.receipt = p.spent(r, known, d.deed), known.receipts[d.deed.Kind]
		return
	}
	if known.claimed[before] {
		row.What = Trouble
		r.refuse("ref", fault.Field("ref", "intake.same.twice", before.Title))
		return
	}
	known.claimed[before] = true
	if before.Entry != 0 && print != fingerprint(*before) && p.options.FiguresOnly {
		row.What = Trouble
		r.refuse("ref", fault.Field("ref", "intake.deed.paid"))
		return
	}
	row.Ref, row.What = int64(before.ID), Same
	p.deedChanges(before, d, row)
	if changed, ok := row.draft.(*deedDraft); ok && (before.Entry != 0 || before.Status != deed.Done) {
		changed.spent, changed.receipt = p.spent(r, known, changed.deed), known.receipts[changed.deed.Kind]
	}
}

// sameParties takes a name for the person or body that the deed has in the same
// place under that name: not everybody in the book has a number to be told by.
func (k *deedBook) sameParties(before *deed.Deed, d *deedDraft) {
	for i := range d.deed.Parties {
		told := &d.deed.Parties[i]
		if i >= len(before.Parties) || told.Person != 0 || told.Name == "" {
			continue
		}
		one := before.Parties[i]
		name := k.called[one.Person]
		if one.Body != 0 {
			name = k.bodies[one.Body]
		}
		if name != "" && text.Fold(name) == text.Fold(told.Name) {
			told.Person, told.Body, told.Name = one.Person, one.Body, one.Name
		}
	}
}

// deedChanges notes what a row would change of a deed the book has.
func (p *proposal) deedChanges(before *deed.Deed, d *deedDraft, row *Row) {
	c := &comparison{p: p, row: row}
	after := *before
	c.text("title", d.deed.Title, &after.Title)
	c.text("note", d.deed.Note, &after.Note)
	if was, is := fingerprint(*before), fingerprint(d.deed); was != is {
		c.note("quantity", was, is)
		after.Kind, after.Day, after.Body, after.Status, after.Brought = d.deed.Kind, d.deed.Day, d.deed.Body, d.deed.Status, d.deed.Brought
		after.Lines, after.Parties = d.deed.Lines, d.deed.Parties
	}
	if len(row.Changes) > 0 {
		row.What, row.draft = Update, &deedDraft{deed: after, branchSaid: d.branchSaid, based: before.Revision}
	}
}

// apply posts the deed or corrects it.
func (d *deedDraft) apply(ctx context.Context, w *writing) error {
	one := d.deed
	if d.branchSaid != "" {
		one.Body = w.plan.branches.id(body.ID(0), d.branchSaid)
	}
	if one.Reason == "" {
		one.Reason = w.plan.options.Why // a list of what was given tells no reason beyond the norm
	}
	if d.based != 0 {
		_, err := deed.CorrectPaid(ctx, w.tx, w.by, one, d.spent, deed.Correction{Based: d.based, Reason: w.plan.options.Why})
		return err
	}
	one.Job = w.tx.Job()
	_, err := deed.PostPaid(ctx, w.tx, w.by, one, d.spent)
	return err
}
