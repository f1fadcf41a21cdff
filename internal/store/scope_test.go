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
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// secret stands in everything that a branch of the test wrote; who has no office
// there must never read it.
const secret = "Bímật"

// guarded is a book in which one branch holds a record of every sort.
type guarded struct {
	book     *store.Book
	mine     body.Body // where the neighbour is the head
	home     body.Body // which holds what is secret
	answers  map[reflect.Type]any
	by       map[string][]any // for methods that a type alone does not ask well
	stranger access.Actor     // signed in, without any office
}

func newGuarded(t *testing.T) *guarded {
	t.Helper()
	b := storetest.Open(t)
	g := &guarded{book: b, mine: storetest.Branch(t, b, "Chi hội Láng Giềng"), home: storetest.Branch(t, b, "Chi hội Kín")}
	by, today := storetest.Operator(), storetest.Today()
	plain := enrol(t, b, person.Person{Name: "Hội viên thường", Body: g.mine.ID})[0]
	g.stranger = access.Actor{Account: 1, Person: int64(plain.ID), Name: plain.Name, Tree: b.Tree(), Today: today}
	openFund(t, b, g.home.ID)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
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
		d, err := deed.Post(ctx, tx, by, deed.Deed{Body: g.home.ID, Kind: "sick-visit", Title: secret, Note: secret, Day: calendar.On(2026, 3, 4),
			Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Things, Quantity: 2, Item: secret}}, Parties: []deed.Party{{Role: deed.Receiver, Person: p.ID, Note: secret}}})
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
		entry, err := fund.Enter(ctx, tx, by, fund.Draft{Body: g.home.ID, Kind: fund.Receipt, Day: calendar.On(2026, 2, 1), Parts: []fund.Part{dong(fund.DonationCode, 900)},
			Slip: fund.Slip{Name: secret, Consent: person.Yes, Text: secret}})
		if err != nil {
			return err
		}
		loan, _, err := fund.Lend(ctx, tx, by, fund.Loan{Body: g.home.ID, Name: secret, Amount: money.Of(5, money.VND), Since: calendar.DayOf(2026, 3, 1), Due: calendar.Latest, Note: secret}, fund.Payout{Day: calendar.On(2026, 3, 1)})
		if err != nil {
			return err
		}
		if _, err = fund.SetPurpose(ctx, tx, by, fund.Purpose{Body: g.home.ID, Code: "kin", Names: map[string]string{"vi": secret}}, 0); err != nil {
			return err
		}
		if _, err = fund.MoveStock(ctx, tx, by, fund.StockMove{Body: g.home.ID, Day: calendar.On(2026, 2, 2), Item: secret, Quantity: 3}); err != nil {
			return err
		}
		if err = fund.SetBudget(ctx, tx, by, fund.Budget{Body: g.home.ID, Year: 2026, Class: fund.Income, Code: fund.DonationCode, Amount: money.Of(9, money.VND), Note: secret}); err != nil {
			return err
		}
		if _, err = fund.SetRate(ctx, tx, by, fund.Rate{Body: g.home.ID, Amount: money.Of(5, money.VND), Since: 2026}); err != nil {
			return err
		}
		if _, err = fund.SetNorm(ctx, tx, by, fund.Norm{Body: g.home.ID, Kind: "sick-visit", Amount: money.Of(5, money.VND), Note: secret}); err != nil {
			return err
		}
		if _, err = deed.State(ctx, tx, by, deed.Stated{Body: g.home.ID, Measure: "sick-visit.acts", Day: calendar.InYear(2025), Quantity: 7, Source: source.Source{Title: secret}}); err != nil {
			return err
		}
		account, err := fund.AddAccount(ctx, tx, by, fund.Account{Body: g.home.ID, Class: fund.Bank, Code: "bank-kin", Currency: money.VND, Names: map[string]string{"vi": secret}})
		if err != nil {
			return err
		}
		if _, _, err = fund.TakeStatement(ctx, tx, by, account.ID, []fund.BankRow{{Day: calendar.DayOf(2026, 3, 1), Amount: 5, Text: secret}}); err != nil {
			return err
		}
		if _, err = fund.CountCash(ctx, tx, by, fund.Count{Body: g.home.ID, Account: cashOf(ctx, tx, t, g.home.ID), Day: today, Counted: 895, Notes: nil, People: []string{secret}}); err != nil {
			return err
		}
		came, err := office.Enter(ctx, tx, by, office.Draft{Paper: office.Paper{Body: g.home.ID, Way: office.In, Kind: office.Letter, Subject: secret, From: secret, Day: today - 9, Deadline: today - 1}})
		if err != nil {
			return err
		}
		task, err := office.Resolve(ctx, tx, by, office.Task{Body: g.home.ID, Text: secret, Name: secret, Due: today - 2})
		if err != nil {
			return err
		}
		if err = tx.InsertJob(ctx, intake.Job{ID: tx.NewID(), Subject: "people", File: secret + ".xlsx", SHA256: "abc", At: 1, Name: secret, Body: g.home.ID}); err != nil {
			return err
		}
		filed, err := report.Begin(ctx, tx, by, report.Ask{Body: g.home.ID, Kind: report.Annual, Period: calendar.Year(2025)}, "vi")
		if err != nil {
			return err
		}
		if filed, err = report.File(ctx, tx, by, filed.ID, filed.Revision, words(t)); err != nil {
			return err
		}
		if _, err = deed.Correct(ctx, tx, by, withNote(d, secret+" 2"), d.Revision); err != nil {
			return err
		}
		hand, err := office.HandOver(ctx, tx, by, office.Handover{Holding: held.ID, Day: today - 1, Since: today, Things: secret, Note: secret})
		if err != nil {
			return err
		}
		acts := deed.Measure{Kind: "sick-visit", Unit: deed.Acts}
		year := calendar.Year(2026)
		g.answers = map[reflect.Type]any{}
		for _, one := range []any{
			g.home.ID, p.ID, today, year, d.ID, entry.ID, loan.ID, account.ID, came.ID, task.ID, hand.ID, filed.ID, filed, d, acts, access.ReadRoll, true, false,
			store.DeedQuery{}, store.EntryQuery{EntriesAsked: store.EntriesAsked{Most: 9}}, store.EntriesAsked{Most: 9}, store.PeopleQuery{}, store.ChangeQuery{Most: 999}, store.PapersAsked{}, store.TasksAsked{},
			tally.Query{Body: g.home.ID, Measure: acts, Period: year}, report.Telling{Of: g.home.ID, Period: year, Status: deed.Done, Kinds: []string{"sick-visit"}},
			report.Annual, office.In, fund.Occasion{Kind: "sick-visit", On: today}, []body.ID{g.home.ID, house.ID}, []body.Kind{}, []deed.Deed{d}, []person.ID{p.ID},
			person.Ladder{Steps: []int{80}},
		} {
			g.answers[reflect.TypeOf(one)] = one
		}
		g.by = map[string][]any{
			"DeedPapers": {int64(d.ID)}, "DeedPaper": {paper.ID}, "Office": {seat.ID}, "Holder": {held.ID}, "Holders": {seat.ID}, "Import": nil,
			"BodyByCode": {house.Code}, "Body": {house.ID}, "BodiesNamed": {secret, 9}, "Households": {"", 9}, "HouseholdOf": {house.ID}, "SameFile": {"abc"},
			"History": {"person", int64(p.ID)}, "Kind": {"sick-visit"}, "Setting": {body.ID(0), "lang"}, "Settings": {body.ID(0), ""},
			"Budgets": {g.home.ID, 2026}, "AgainstBudget": {g.home.ID, 2026}, "Dues": {g.home.ID, 2026}, "MissingNumbers": {g.home.ID, 2026},
			"Meeting": {meet.ID}, "Meetings": {0, 9}, "MergedInto": {twin.ID}, "Longevity": {g.home.ID, person.Ladder{Steps: []int{80}}, 2026},
			"NamedReceivers": {g.home.ID, "sick-visit", year}, "NextPaperNumber": {g.home.ID, office.In, office.Letter, today},
			"TallyRows": {g.home.ID, acts, false}, "LinesBetween": {g.home.ID, acts, false, year}, "PurposeBalances": {g.home.ID, today},
			"OfficeNames": {twin.ID}, "FiledBefore": {g.home.ID, report.Annual, today},
		}
		return nil
	})
	jobs, err := b.As(by).Imports(context.Background())
	if err != nil || len(jobs) != 1 {
		t.Fatalf("imports: %v %v", jobs, err)
	}
	g.by["Import"] = []any{jobs[0].ID}
	return g
}

func withNote(d deed.Deed, note string) deed.Deed {
	d.Note = note
	return d
}

func cashOf(ctx context.Context, tx *store.Tx, t *testing.T, of body.ID) fund.AccountID {
	t.Helper()
	all, err := tx.View().FundAccounts(ctx, of)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(a fund.Account) bool { return a.Class == fund.Cash })
	return all[at].ID
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
var open = []string{"Actor", "Root", "Today", "Tree", "Kinds", "Kind", "Setting", "Settings", "Measures"}

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
	g := newGuarded(t)
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
	case "People", "Alike", "KnownPeople", "CountPeople":
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
	g := newGuarded(t)
	neighbour := officer(g.book, access.Head, g.mine.ID)
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
