package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/occasion"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// secret stands in everything that a branch of the test wrote; who has no office
// there must never read it.
const secret = "Bímật"

// guarded is a book in which one branch holds a record of every sort.
type guarded struct {
	t        *testing.T
	book     *store.Book
	mine     body.Body // where the neighbour is the head
	home     body.Body // which holds what is secret
	answers  map[reflect.Type]any
	by       map[string][]any // for methods that a type alone does not ask well
	stranger access.Actor     // signed in, without any office
}

// newGuarded founds what is secret as a branch of the association, or as an
// organisation beside it.
func newGuarded(t *testing.T, found func(testing.TB, *store.Book, string) body.Body) *guarded {
	t.Helper()
	b := storetest.Open(t)
	g := &guarded{t: t, book: b, mine: storetest.Branch(t, b, "Chi hội Láng Giềng"), home: found(t, b, "Chi hội Kín"), answers: map[reflect.Type]any{}}
	plain := enrol(t, b, person.Person{Name: "Hội viên thường", Body: g.mine.ID})[0]
	g.stranger = access.Actor{Account: 1, Person: int64(plain.ID), Name: plain.Name, Tree: b.Tree(), Today: storetest.Today()}
	openFund(t, b, g.home.ID)
	g.by = map[string][]any{
		"SameFile": {"abc"}, "Kind": {"sick-visit"}, "Setting": {body.ID(0), "lang"}, "Settings": {body.ID(0), ""}, "Households": {"", 9}, "Meetings": {0, 9},
		"Budgets": {g.home.ID, 2026}, "AgainstBudget": {g.home.ID, 2026}, "Dues": {g.home.ID, 2026}, "DuesUnnamed": {g.home.ID, 2026}, "MissingNumbers": {g.home.ID, 2026}, "BodiesNamed": {secret, 9}, "BodiesCoded": {body.Official, secret, storetest.Today()},
	}
	for _, write := range []func(context.Context, *store.Tx) error{g.people, g.deeds, g.money, g.bank, g.office, g.lineage, g.ties, g.contest, g.calendar, g.yearOfUnion, g.visit, g.forms, g.plans} {
		storetest.Write(t, b, write)
	}
	year := calendar.Year(2026)
	g.knows(g.home.ID, storetest.Today(), year, access.ReadRoll, true, false, 2026, store.DeedQuery{}, store.EntryQuery{EntriesAsked: store.EntriesAsked{Period: year, Most: 9}},
		store.EntriesAsked{Period: year, Most: 9}, store.PeopleQuery{}, store.ChangeQuery{Most: 999}, store.PapersAsked{}, store.TasksAsked{}, report.Annual, office.In,
		tally.Query{Body: g.home.ID, Measure: acts, Period: year}, tally.Borders{Extent: tally.Today}, store.ActivitiesAsked{Period: year}, store.DelegationsAsked{}, store.GiftsAsked{}, occasion.DutiesAsked{}, occasion.Asked{Period: year}, report.Telling{Of: g.home.ID, Period: year, Status: deed.Done, Kinds: []string{acts.Kind}},
		fund.Occasion{Kind: acts.Kind, On: storetest.Today()}, []body.Kind{}, person.Ladder{Steps: []int{80}}, acts, secret, deed.Receiver)
	return g
}

// acts is what the tests of reach count.
var acts = deed.Measure{Kind: "sick-visit", Unit: deed.Acts}

// knows gives answers to questions of their types.
func (g *guarded) knows(answers ...any) {
	for _, one := range answers {
		g.answers[reflect.TypeOf(one)] = one
	}
}

// people are somebody with all there is, a twin, a record merged away, a
// household, an office.
func (g *guarded) people(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	p, err := person.Enrol(ctx, tx, by, person.Person{Body: g.home.ID, Name: "Lê " + secret, Phone: "0900", Address: secret, Note: secret, Birth: calendar.InYear(1946), Sex: person.Male},
		&person.Membership{Body: g.home.ID, Category: person.Full, Joined: calendar.InYear(2010), Number: secret})
	if err != nil {
		return err
	}
	twin, err := person.Enrol(ctx, tx, by, person.Person{Body: g.home.ID, Name: "Lê " + secret, Phone: "0900", Birth: calendar.InYear(1946)}, nil)
	if err != nil {
		return err
	}
	goes, err := person.Enrol(ctx, tx, by, person.Person{Body: g.home.ID, Name: "Lê Trùng " + secret}, nil)
	if err != nil {
		return err
	}
	if _, err = person.Merge(ctx, tx, by, twin.ID, goes.ID); err != nil {
		return err
	}
	house, err := person.House(ctx, tx, by, p.ID, "Hộ "+secret)
	if err != nil {
		return err
	}
	seat, err := person.Create(ctx, tx, by, person.Office{Body: g.home.ID, Kind: string(access.Treasurer), Seats: 2})
	if err != nil {
		return err
	}
	held, err := person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: p.ID, From: calendar.InYear(2024)})
	if err != nil {
		return err
	}
	g.knows(p.ID, []person.ID{p.ID}, []body.ID{g.home.ID, house.ID})
	maps.Copy(g.by, map[string][]any{
		"Office": {seat.ID}, "Holder": {held.ID}, "LentOffice": {held.ID}, "GrantsAlready": {held.ID, p.ID}, "Holders": {seat.ID}, "BodyByCode": {house.Code}, "Body": {house.ID}, "HouseholdOf": {house.ID},
		"History": {"person", int64(p.ID)}, "MergedInto": {twin.ID}, "OfficeNames": {twin.ID},
		"Longevity": {g.home.ID, person.Ladder{Steps: []int{80}}, 2026}, "TurningRoll": {g.home.ID, person.Ladder{Steps: []int{80}}, 2026, ""},
		"NameDues": {g.home.ID, 2026, []fund.Due{{Member: fund.DueMember{Person: p.ID}}}},
	})
	hand, err := office.HandOver(ctx, tx, by, office.Handover{Holding: held.ID, Day: tx.Today() - 1, Since: tx.Today(), Things: secret, Note: secret})
	g.knows(hand.ID)
	return err
}

// deeds are a visit with a paper, corrected after it was reported, a meeting and
// a figure that was stated.
func (g *guarded) deeds(ctx context.Context, tx *store.Tx) error {
	by, to := storetest.Operator(), g.answers[reflect.TypeFor[person.ID]()].(person.ID)
	d, err := deed.Post(ctx, tx, by, deed.Deed{
		Body: g.home.ID, Kind: acts.Kind, Title: secret, Note: secret, Day: calendar.On(2026, 3, 4),
		Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Things, Quantity: 2, Item: secret}},
		Parties: []deed.Party{{Role: deed.Receiver, Person: to, Note: secret}},
	})
	if err != nil {
		return err
	}
	paper, err := deed.Attach(ctx, tx, by, d.ID, source.Attachment{Digest: strings.Repeat("a", 64), Name: secret + ".pdf", Type: "application/pdf", Size: 1})
	if err != nil {
		return err
	}
	meet, err := deed.Post(ctx, tx, by, deed.Deed{Body: g.home.ID, Kind: "meeting-board", Title: secret, Day: calendar.On(2026, 5, 4), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
	if err != nil {
		return err
	}
	if _, err = office.Convene(ctx, tx, by, office.Meeting{Deed: meet.ID, Body: g.home.ID, Attendees: []office.Attendee{{Name: secret}}}); err != nil {
		return err
	}
	_, err = deed.State(ctx, tx, by, deed.Stated{Body: g.home.ID, Measure: acts.Code(), Day: calendar.InYear(2025), Quantity: 7, Source: source.Source{Title: secret}})
	if err != nil {
		return err
	}
	filed, err := report.Begin(ctx, tx, by, report.Ask{Body: g.home.ID, Kind: report.Annual, Period: calendar.Year(2025)}, "vi")
	if err != nil {
		return err
	}
	if filed, err = report.File(ctx, tx, by, filed.ID, filed.Revision, words(g.t)); err != nil {
		return err
	}
	g.knows(d.ID, d, []deed.Deed{d}, filed.ID, filed)
	year := calendar.Year(2026)
	maps.Copy(g.by, map[string][]any{
		"DeedPapers": {int64(d.ID)}, "DeedPaper": {paper.ID}, "Meeting": {meet.ID}, "NamedReceivers": {g.home.ID, acts.Kind, year},
		"TallyRows": {g.home.ID, acts, false}, "MeasuresKept": {g.home.ID}, "LinesBetween": {g.home.ID, acts, false, year}, "FiledBefore": {g.home.ID, report.Annual, tx.Today()},
		"StockOn": {tally.Query{Body: g.home.ID}, tally.Members, tx.Today()}, "Borders": {g.home.ID, tally.Borders{Extent: tally.Today}},
	})
	d.Note = secret + " 2"
	_, err = deed.Correct(ctx, tx, by, d, d.Revision)
	return err
}

// money is a gift, a loan, a purpose, goods, a budget, dues and a norm.
func (g *guarded) money(ctx context.Context, tx *store.Tx) error {
	by, five := storetest.Operator(), money.Of(5, money.VND)
	entry, err := fund.Enter(ctx, tx, by, fund.Draft{
		Body: g.home.ID, Kind: fund.Receipt, Day: calendar.On(2026, 2, 1), Parts: []fund.Part{dong(fund.DonationCode, 900)},
		Slip: fund.Slip{Name: secret, Consent: person.Yes, Text: secret},
	})
	if err != nil {
		return err
	}
	since := calendar.DayOf(2026, 3, 1)
	loan, _, err := fund.Lend(ctx, tx, by, fund.Loan{Body: g.home.ID, Name: secret, Amount: five, Since: since, Due: calendar.Latest, Note: secret}, fund.Payout{Day: calendar.OnDay(since)})
	if err != nil {
		return err
	}
	g.knows(entry.ID, loan.ID)
	scan, err := fund.Scan(ctx, tx, by, entry.ID, source.Attachment{Digest: strings.Repeat("0", 64), Name: secret, Type: "image/png", Size: 1})
	if err != nil {
		return err
	}
	g.by["EntryScan"] = []any{scan.ID}
	if _, err = fund.SetPurpose(ctx, tx, by, fund.Purpose{Body: g.home.ID, Code: "kin", Names: map[string]string{"vi": secret}}, 0); err != nil {
		return err
	}
	if _, err = fund.MoveStock(ctx, tx, by, fund.StockMove{Body: g.home.ID, Day: calendar.On(2026, 2, 2), Item: secret, Quantity: 3}); err != nil {
		return err
	}
	if err = fund.SetBudget(ctx, tx, by, fund.Budget{Body: g.home.ID, Year: 2026, Class: fund.Income, Code: fund.DonationCode, Amount: five, Note: secret}); err != nil {
		return err
	}
	if _, err = fund.SetRate(ctx, tx, by, fund.Rate{Body: g.home.ID, Amount: five, Since: 2026}); err != nil {
		return err
	}
	_, err = fund.SetNorm(ctx, tx, by, fund.Norm{Body: g.home.ID, Kind: acts.Kind, Amount: five, Note: secret})
	return err
}

// bank is a bank account with a line of its statement, and a count of the cash.
func (g *guarded) bank(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	all, err := tx.View().FundAccounts(ctx, g.home.ID)
	if err != nil {
		return err
	}
	cash := all[slices.IndexFunc(all, func(a fund.Account) bool { return a.Class == fund.Cash })]
	if _, err = fund.CountCash(ctx, tx, by, fund.Count{Body: g.home.ID, Account: cash.ID, Day: tx.Today(), Counted: 895, Reason: secret, People: []string{secret}}); err != nil {
		return err
	}
	account, err := fund.AddAccount(ctx, tx, by, fund.Account{Body: g.home.ID, Class: fund.Bank, Code: "bank-kin", Currency: money.VND, Names: map[string]string{"vi": secret}})
	if err != nil {
		return err
	}
	g.knows(account.ID)
	_, _, err = fund.TakeStatement(ctx, tx, by, account.ID, []fund.BankRow{{Day: calendar.DayOf(2026, 3, 1), Amount: 5, Text: secret}})
	return err
}

// office is a paper that came, a task and an import.
func (g *guarded) office(ctx context.Context, tx *store.Tx) error {
	by, today := storetest.Operator(), tx.Today()
	came, err := office.Enter(ctx, tx, by, office.Draft{Paper: office.Paper{
		Body: g.home.ID, Way: office.In, Kind: office.Letter, Subject: secret, From: secret, Day: today - 9, Deadline: today - 1,
	}})
	if err != nil {
		return err
	}
	task, err := office.Resolve(ctx, tx, by, office.Task{Body: g.home.ID, Text: secret, Name: secret, Due: today - 2})
	if err != nil {
		return err
	}
	job := intake.Job{ID: tx.NewID(), Subject: intake.People, File: secret + ".xlsx", SHA256: "abc", At: 1, Name: secret, Body: g.home.ID}
	g.knows(came.ID, task.ID)
	maps.Copy(g.by, map[string][]any{"Import": {job.ID}, "NextPaperNumber": {g.home.ID, office.In, office.Letter, today}})
	return tx.InsertJob(ctx, job)
}

// lineage is an event; what became of bodies is no secret inside the book.
func (g *guarded) lineage(ctx context.Context, tx *store.Tx) error {
	e := body.Event{ID: tx.NewID(), Kind: body.Renaming, Day: storetest.Today(), Edges: []body.Succession{{From: g.mine.ID, To: g.mine.ID}}}
	g.by["Event"] = []any{e.ID}
	if err := tx.InsertEvent(ctx, e); err != nil {
		return err
	}
	end := body.Event{ID: tx.NewID(), Kind: body.Renaming, Day: storetest.Today(), Edges: []body.Succession{{From: g.home.ID, To: g.home.ID}}}
	if err := tx.InsertEvent(ctx, end); err != nil {
		return err
	}
	g.by["Compared"] = []any{end.ID, storetest.Today()}
	g.by["IncenseVisits"] = []any{g.home.ID, []union.Memorial{{ID: 1, Name: secret, As: union.Martyr, Where: secret}}}
	act := lineage.Settlement{ID: tx.NewID(), Body: g.home.ID, What: lineage.Members, Way: lineage.Close, Day: storetest.Today(), Note: secret, Count: 1}
	if err := tx.InsertSettlement(ctx, act); err != nil {
		return err
	}
	paper, err := lineage.Attach(ctx, tx, storetest.Operator(), lineage.EventPapers, end.ID, source.Attachment{Digest: strings.Repeat("c", 64), Name: secret + ".pdf"})
	maps.Copy(g.by, map[string][]any{"Settlement": {act.ID}, "LinePapers": {lineage.EventPapers, end.ID}, "LinePaper": {lineage.EventPapers, paper.ID}})
	return err
}

// ties are two bodies bound by a tie with a promise, a review and a paper.
func (g *guarded) ties(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	other := storetest.Named("Đơn vị bạn", body.Locality)
	other.Ended = calendar.On(2025, 6, 30)
	other, err := body.Found(ctx, tx, other)
	if err != nil {
		return err
	}
	old, err := tie.Enter(ctx, tx, by, tie.Tie{
		Kind: "twinning", Body: g.home.ID, Code: "ket-nghia-kin", Reason: secret, Parties: []tie.Party{{Side: 1, Body: g.home.ID}, {Side: 2, Body: other.ID}},
		Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.InYear(2020), Note: secret}}, ReviewMonths: 12,
	})
	if err != nil {
		return err
	}
	_, err = tie.Enter(ctx, tx, by, tie.Tie{Kind: "twinning", Body: g.home.ID, Reason: secret, Before: []tie.ID{old.ID}, Parties: []tie.Party{{Side: 1, Body: g.home.ID}, {Side: 2, Body: other.ID}}})
	if err != nil {
		return err
	}
	promise, err := tie.Undertake(ctx, tx, by, tie.Promise{Tie: old.ID, Side: 1, Text: secret})
	if err != nil {
		return err
	}
	review, err := tie.PlanReview(ctx, tx, by, tie.Review{Tie: old.ID, Due: calendar.InYear(2026), Outcome: secret})
	if err != nil {
		return err
	}
	paper, err := tie.Attach(ctx, tx, by, old.ID, source.Attachment{Digest: strings.Repeat("b", 64), Name: secret})
	if err != nil {
		return err
	}
	_, err = deed.Post(ctx, tx, by, deed.Deed{Body: g.home.ID, Kind: acts.Kind, Title: secret, Day: calendar.On(2026, 3, 9), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}, Ties: []tie.ID{old.ID}})
	g.knows(old.ID, []tie.ID{old.ID}, old, promise.ID, review.ID, store.TieQuery{}, store.PromiseQuery{})
	maps.Copy(g.by, map[string][]any{"TieByCode": {old.Code}, "TiePaper": {paper.ID}, "TiesDue": {tx.Today() + 400}})
	return err
}

// ask calls a method of a view and gives what it answers beside its error. A
// method whose questions the test does not know is a new one: it must be taught.
func (g *guarded) ask(t *testing.T, v *store.View, name string) (answers []any, err error) {
	t.Helper()
	m := reflect.ValueOf(v).MethodByName(name)
	var args []reflect.Value
	given, known := g.by[name]
	n := 0
	for i := range m.Type().NumIn() {
		in := m.Type().In(i)
		if in == reflect.TypeFor[context.Context]() {
			args = append(args, reflect.ValueOf(context.Background()))
			continue
		}
		var one any
		if known {
			one = given[n]
			n++
		} else if one = g.answers[in]; one == nil {
			t.Fatalf("View.%s asks for %s: tell newGuarded what to answer", name, in)
		}
		args = append(args, reflect.ValueOf(one))
	}
	call := m.Call
	if m.Type().IsVariadic() && !known {
		call = m.CallSlice
	}
	for _, out := range call(args) {
		if e, ok := out.Interface().(error); ok {
			err = e
		} else if out.Type() != reflect.TypeFor[error]() {
			answers = append(answers, out.Interface())
		}
	}
	return answers, err
}

// open lists what everybody inside may ask: it holds nothing of anybody.
var open = []string{"Actor", "Root", "Today", "Tree", "Kinds", "Kind", "TieKinds", "Setting", "Settings", "Measures", "Lineage", "Borders"}

func methodsOfView() []string {
	var names []string
	for m := range reflect.TypeFor[*store.View]().Methods() {
		names = append(names, m.Name)
	}
	return names
}

// Nobody without an office reads anything, by whatever method: also by those
// that will be written after this test.
func TestWithoutAnOfficeNothingIsRead(t *testing.T) {
	g := newGuarded(t, storetest.Branch)
	for _, who := range []access.Actor{{}, g.stranger} {
		for _, name := range methodsOfView() {
			if slices.Contains(open, name) {
				continue
			}
			answers, err := g.ask(t, g.book.As(who), name)
			if err != nil && fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v, want a refusal", name, err)
			}
			for _, a := range answers {
				if told := telling(a); told != "" && !ownRecord(who, name, a) {
					t.Errorf("%s tells somebody without an office: %s", name, told)
				}
			}
		}
	}
}

// ownRecord lets through what everybody may read of themselves.
func ownRecord(who access.Actor, name string, answer any) bool {
	switch name {
	case "People", "PeopleIDs", "Alike", "KnownPeople", "CountPeople":
		return who.Person != 0 && !strings.Contains(asJSON(answer), secret)
	}
	return false
}

// telling gives what an answer says, empty when it says nothing.
func telling(answer any) string {
	v := reflect.ValueOf(answer)
	if !v.IsValid() || v.IsZero() {
		return ""
	}
	if k := v.Kind(); (k == reflect.Slice || k == reflect.Map) && v.Len() == 0 {
		return ""
	}
	return asJSON(answer)
}

func asJSON(answer any) string {
	data, err := json.Marshal(answer)
	if err != nil {
		return fmt.Sprintf("%+v", answer)
	}
	return string(data)
}

// What one branch wrote stays with it: the head of another, who may do
// everything at home, reads none of it.
func TestTheHeadOfAnotherBranchReadsNothingOfThisOne(t *testing.T) {
	g := newGuarded(t, storetest.Branch)
	g.keptFrom(t, officer(g.book, access.Head, g.mine.ID))
}

func TestTheHeadOfTheBookReadsNothingOfAnOrganisationBesideIt(t *testing.T) {
	g := newGuarded(t, storetest.Beside)
	g.keptFrom(t, officer(g.book, access.Head, g.book.Root()))
}

// keptFrom asks everything as somebody who must not be told what is secret, and
// as the operator, so that the questions are known to be good ones.
func (g *guarded) keptFrom(t *testing.T, neighbour access.Actor) {
	t.Helper()
	spoke := map[string]bool{}
	// Who holds an office is no secret inside the book.
	public := map[string]bool{"Board": true, "Holder": true, "Holders": true, "WhoMay": true, "OfficesOf": true}
	for _, name := range methodsOfView() {
		all, err := g.ask(t, g.book.As(storetest.Operator()), name)
		if err != nil {
			t.Errorf("%s by the operator: %v", name, err)
		}
		spoke[name] = strings.Contains(asJSON(all), secret)
		answers, err := g.ask(t, g.book.As(neighbour), name)
		if err != nil && fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v, want a refusal", name, err)
		}
		if got := asJSON(answers); strings.Contains(got, secret) && !public[name] {
			t.Errorf("%s tells the head of another branch: %s", name, got)
		}
	}
	n := 0
	for _, said := range spoke {
		if said {
			n++
		}
	}
	if n < 45 {
		t.Errorf("only %d methods told the operator anything of the branch: the test asks badly: %v", n, slices.Sorted(maps.Keys(spoke)))
	}
}
