package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/occasion"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

// What stands in the records of the branch under test, by the right that reading
// it needs. Whoever lacks the right must not meet the word on any page.
var marks = map[access.Right]string{
	access.ReadRoll: "Dấukín-sổ", access.ReadDeeds: "Dấukín-việc", access.ReadFund: "Dấukín-quỹ", access.ReadOffice: "Dấukín-giấy",
	access.TravelPapers: "Dấukín-hộ chiếu",
}

// rights is a book in which one branch has a record of every sort, and somebody
// signs in for every kind of office.
type rights struct {
	t      *testing.T
	book   *store.Book
	server *Server
	base   string
	branch body.Body
	ids    map[string]string // of a record of the branch, by the beginning of its address
	actors map[string]access.Actor
}

// roles says who holds what where: at the top, in the branch, or in another one.
func (r *rights) roles(other body.ID) map[string]person.Office {
	all := map[string]person.Office{
		"plain": {}, "neighbour": {Body: other, Kind: string(access.Head)}, "branch head": {Body: r.branch.ID, Kind: string(access.Head)},
	}
	for _, kind := range access.OfficeKinds() {
		all[string(kind)] = person.Office{Body: r.book.Root(), Kind: string(kind)}
	}
	return all
}

func newRights(t *testing.T) *rights {
	t.Helper()
	r := &rights{t: t, book: storetest.Open(t), ids: map[string]string{}, actors: map[string]access.Actor{}}
	r.branch = storetest.Branch(t, r.book, "Chi hội Kín")
	other := storetest.Branch(t, r.book, "Chi hội Láng Giềng")
	storetest.Write(t, r.book, r.ties)
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	for _, write := range []func(context.Context, *store.Tx) error{r.people, r.deeds, r.money, r.papers, r.friendship, r.contest, r.askedOfBranch, r.plan} {
		storetest.Write(t, r.book, write)
	}
	for role, o := range r.roles(other.ID) {
		storetest.Write(t, r.book, func(ctx context.Context, tx *store.Tx) error { return r.admit(ctx, tx, role, o, hash) })
	}
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	if r.server, err = New(Config{Book: r.book, Lang: locale.Vi, Words: words, Log: testLog(t)}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(r.server.Handler())
	t.Cleanup(server.Close)
	r.base = server.URL
	return r
}

// admit enters somebody who signs in under the name of their role.
func (r *rights) admit(ctx context.Context, tx *store.Tx, role string, o person.Office, hash string) error {
	by := storetest.Operator()
	p, err := person.Enrol(ctx, tx, by, person.Person{Body: cmp.Or(o.Body, r.book.Root()), Name: "Bác " + role}, nil)
	if err != nil {
		return err
	}
	login := strings.ReplaceAll(role, " ", "-")
	a, err := store.Admit(ctx, tx, store.Account{Login: login, Person: p.ID, Hash: hash, Lang: "vi"})
	if err != nil {
		return err
	}
	if o.Kind != "" {
		o.Seats = 1
		if o, err = person.Create(ctx, tx, by, o); err != nil {
			return err
		}
		if _, err = person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020)}); err != nil {
			return err
		}
	}
	r.actors[role] = access.Actor{Account: a.ID, Person: int64(p.ID), Tree: r.book.Tree(), Today: storetest.Today()}
	if o.Kind != "" {
		actor := r.actors[role]
		actor.Grants = access.GrantsOf(access.OfficeKind(o.Kind), o.Body)
		r.actors[role] = actor
	}
	r.ids["/settings/users/"] = fmt.Sprint(a.ID)
	return nil
}

func (r *rights) people(ctx context.Context, tx *store.Tx) error {
	by, mark := storetest.Operator(), marks[access.ReadRoll]
	p, err := person.Enrol(ctx, tx, by, person.Person{Body: r.branch.ID, Name: "Đặng Thị Hương", Birth: calendar.InYear(1946), Sex: person.Female, Phone: "0900", Address: mark, Note: mark},
		&person.Membership{Body: r.branch.ID, Category: person.Full, Joined: calendar.InYear(2010), Number: mark})
	if err != nil {
		return err
	}
	twin, err := person.Enrol(ctx, tx, by, person.Person{Body: r.branch.ID, Name: "Đặng Thị Hương", Phone: "0900", Birth: calendar.InYear(1946), Address: mark},
		&person.Membership{Body: r.branch.ID, Category: person.Full, Joined: calendar.InYear(2010)})
	if err != nil {
		return err
	}
	house, err := person.House(ctx, tx, by, p.ID, "Hộ "+mark)
	if err != nil {
		return err
	}
	seat, err := person.Create(ctx, tx, by, person.Office{Body: r.branch.ID, Kind: string(access.Honorary), Seats: 3})
	if err != nil {
		return err
	}
	held, err := person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: twin.ID, From: calendar.InYear(2024)})
	r.ids["/people/"], r.ids["twin"], r.ids["/households/"], r.ids["/body/"] = idText(p.ID), idText(twin.ID), idText(house.ID), idText(r.branch.ID)
	r.ids["/bodies/"], r.ids["/offices/"], r.ids["/holdings/"] = r.branch.Code, fmt.Sprint(seat.ID), fmt.Sprint(held.ID)
	r.ids["house code"] = house.Code
	return err
}

func (r *rights) deeds(ctx context.Context, tx *store.Tx) error {
	by, mark := storetest.Operator(), marks[access.ReadDeeds]
	id, _ := idNumber(r.ids["/people/"])
	d, err := deed.Post(ctx, tx, by, deed.Deed{
		Body: r.branch.ID, Kind: "sick-visit", Title: mark, Note: mark, Day: calendar.On(2026, 3, 4),
		Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}, Parties: []deed.Party{{Role: deed.Receiver, Person: person.ID(id), Note: mark}},
	})
	if err != nil {
		return err
	}
	paper, err := deed.Attach(ctx, tx, by, d.ID, source.Attachment{Digest: strings.Repeat("a", 64), Name: mark + ".pdf", Type: "application/pdf", Size: 1})
	if err != nil {
		return err
	}
	meet, err := deed.Post(ctx, tx, by, deed.Deed{Body: r.branch.ID, Kind: "meeting-board", Title: mark, Day: calendar.On(2026, 5, 4), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}})
	if err != nil {
		return err
	}
	filed, err := report.Begin(ctx, tx, by, report.Ask{Body: r.branch.ID, Kind: report.Annual, Period: calendar.Year(2025)}, "vi")
	r.ids["/deeds/"], r.ids["{paper}"], r.ids["/office/meetings/"], r.ids["/reports/"] = idText(d.ID), fmt.Sprint(paper.ID), idText(meet.ID), idText(filed.ID)
	return err
}

func (r *rights) money(ctx context.Context, tx *store.Tx) error {
	by, mark := storetest.Operator(), marks[access.ReadFund]
	for _, of := range []body.ID{r.book.Root(), r.branch.ID} {
		if _, err := fund.Open(ctx, tx, by, of, money.VND); err != nil {
			return err
		}
	}
	e, err := fund.Enter(ctx, tx, by, fund.Draft{
		Body: r.branch.ID, Kind: fund.Receipt, Day: calendar.On(2026, 2, 1), Parts: []fund.Part{{Heading: fund.DonationCode, Amount: money.Of(900, money.VND)}},
		Slip: fund.Slip{Name: mark, Consent: person.Yes, Text: mark},
	})
	if err != nil {
		return err
	}
	all, err := tx.View().FundAccounts(ctx, r.branch.ID)
	r.ids["/fund/entries/"], r.ids["/fund/ledger/"] = idText(e.ID), idText(all[0].ID)
	r.ids["/fund/dues/"] = r.ids["/people/"]
	return err
}

func (r *rights) papers(ctx context.Context, tx *store.Tx) error {
	by, mark, today := storetest.Operator(), marks[access.ReadOffice], tx.Today()
	came, err := office.Enter(ctx, tx, by, office.Draft{Paper: office.Paper{
		Body: r.branch.ID, Way: office.In, Kind: office.Letter, Subject: mark, From: mark, Day: today - 9, Deadline: today - 1,
	}})
	if err != nil {
		return err
	}
	task, err := office.Resolve(ctx, tx, by, office.Task{Body: r.branch.ID, Text: mark, Name: mark, Due: today - 2})
	r.ids["/office/papers/"], r.ids["/office/tasks/"], r.ids["{digest}"] = idText(came.ID), idText(task.ID), strings.Repeat("a", 64)
	if err != nil {
		return err
	}
	duty, err := occasion.Begin(ctx, tx, by, occasion.Duty{
		Body: r.branch.ID, Do: occasion.Letter, ToName: mark, Text: mark, Lang: "vi", For: occasion.Occurrence{Code: "national.LA", Kind: occasion.National, Day: today + 10, Until: today + 10},
	})
	r.ids["/calendar/duties/"], r.ids["/calendar/feasts/"], r.ids["{key}"] = idText(duty.ID), "national.LA", "national.LA-2026"
	return err
}

func (r *rights) ties(ctx context.Context, tx *store.Tx) error {
	by, mark := storetest.Operator(), marks[access.ReadDeeds]
	other, err := body.Found(ctx, tx, storetest.Named("Đơn vị kết nghĩa", body.Locality))
	if err != nil {
		return err
	}
	one, err := tie.Enter(ctx, tx, by, tie.Tie{
		Kind: "twinning", Code: "ket-nghia-thu", Body: r.branch.ID, Reason: mark, Titles: []tie.Title{{Lang: "vi", Text: mark}}, ReviewMonths: 12,
		Parties: []tie.Party{{Side: 1, Body: r.branch.ID}, {Side: 2, Body: other.ID}}, Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.InYear(2020), Note: mark}},
	})
	if err != nil {
		return err
	}
	promise, err := tie.Undertake(ctx, tx, by, tie.Promise{Tie: one.ID, Side: 1, Text: mark})
	if err != nil {
		return err
	}
	paper, err := tie.Attach(ctx, tx, by, one.ID, source.Attachment{Digest: strings.Repeat("a", 64), Name: mark + ".pdf", Type: "application/pdf", Size: 1})
	r.ids["/tie/"], r.ids["/ties/promises/"], r.ids["/ties/of/"], r.ids["tie paper"], r.ids["stage"] = one.Code, idText(promise.ID), r.branch.Code, fmt.Sprint(paper.ID), fmt.Sprint(one.Stages[0].ID)
	return err
}

// tieAddress fills an address of ties, which have papers, stages and kinds of their own.
func (r *rights) tieAddress(path string) string {
	switch {
	case strings.HasPrefix(path, "/tie/"):
		path = strings.ReplaceAll(path, "{paper}", r.ids["tie paper"])
	case strings.HasPrefix(path, "/ties/kinds/"):
		path = strings.ReplaceAll(path, "{code}", "twinning")
	}
	if path == "/tie/{code}/claim" {
		path += "?stage=" + r.ids["stage"]
	}
	return path
}

// path fills an address with records of the branch.
func (r *rights) path(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	path = r.formAddress(r.tieAddress(path))
	for _, part := range []string{"{paper}", "{digest}", "{register}", "{key}", "{criterion}", "{unit}", "{body}", "{target}"} {
		path = strings.ReplaceAll(path, part, r.ids[part])
	}
	longest := ""
	for prefix := range r.ids {
		if strings.HasPrefix(path, prefix) && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	for _, part := range []string{"{id}", "{code}"} {
		path = strings.ReplaceAll(path, part, cmp.Or(r.ids[longest], "1"))
	}
	return strings.NewReplacer("{$}", "", "{as}", "html").Replace(path)
}

// anything is a form that could do harm if it were taken.
func (r *rights) anything() string {
	return form("revision", "1", "name", "Kẻ Phá", "login", "pha", "person", "Kẻ Phá", "person_id", r.ids["/people/"], "do", "password", "reason", "phá", "why", "phá",
		"day", "1/3/2026", "on", "1/3/2026", "from", "1/3/2026", "until", "2026-03-01", "death", "1/3/2026", "to", idText(r.book.Root()), "body", idText(r.branch.ID),
		"parent", idText(r.branch.ID), "kind", "head", "seats", "1", "category", "full", "joined", "2020", "amount", "1000", "heading", "donation", "fund", idText(r.branch.ID),
		"text", "phá", "subject", "phá", "title", "phá", "keep", r.ids["/people/"], "goes", r.ids["twin"], "other", r.ids["twin"], "with", r.ids["twin"], "a", r.ids["/people/"], "b", r.ids["twin"],
		"membership", "1", "household", r.ids["/households/"], "voucher", "V1", "currency", "VND", "value", "phá", "key", "menu.people", "lang", "vi", "steps", "70 80", "way", "in",
		"old", "x", "password", "phá hoại 123", "office", r.ids["/offices/"], "status", "done", "year", "2026", "public", "yes", "on", "yes", "confirm", "yes", "holding", r.ids["/holdings/"])
}

// own lists the addresses by which everybody changes only what is their own.
var own = []string{"POST /me", "POST /language", "POST /sign-out", "POST /sign-in", "POST /begin"}

func TestNoPageTellsMoreThanItsReaderMayRead(t *testing.T) {
	r := newRights(t)
	met := map[access.Right]bool{}
	for role, actor := range r.actors {
		v := r.as(role)
		for _, pattern := range r.server.patterns {
			method, _, _ := strings.Cut(pattern, " ")
			if method != "GET" || pattern == "GET /begin" {
				continue
			}
			for _, query := range []string{"", "?q=D%E1%BA%A5uk%C3%ADn", "?q=huong&status=all", "?body=" + idText(r.branch.ID) + "&fund=" + idText(r.branch.ID)} {
				answer, got := v.ask("GET", r.path(pattern)+query, "")
				if answer.StatusCode >= 500 {
					t.Errorf("%s: %s%s: %d", role, pattern, query, answer.StatusCode)
				}
				if query != "" && strings.Contains(query, "q=D") {
					got = strings.ReplaceAll(got, `value="Dấukín"`, "")
				}
				for right, mark := range marks {
					if !strings.Contains(got, mark) {
						continue
					}
					met[right] = true
					if !actor.Can(right, r.branch.ID) && !actor.Can(access.ReadHistory, r.branch.ID) {
						t.Errorf("%s reads at %s%s what needs %s: …%s…", role, pattern, query, right, near(got, mark))
					}
				}
			}
		}
	}
	for right := range marks {
		if !met[right] {
			t.Errorf("nobody met what needs %s: the test looks in the wrong places", right)
		}
	}
}

func near(page, mark string) string {
	i := strings.Index(page, mark)
	return plainText(page[max(0, i-200):min(len(page), i+100)])
}

// as signs in under the name of a role.
func (r *rights) as(role string) visitor {
	r.t.Helper()
	v := visit(r.t, r.base)
	if answer, got := v.ask("POST", "/sign-in", form("login", strings.ReplaceAll(role, " ", "-"), "password", password)); answer.StatusCode != 303 {
		r.t.Fatalf("%s cannot sign in: %d %s", role, answer.StatusCode, plainText(got))
	}
	return v
}

func TestStrangersSeeTheDoorOnly(t *testing.T) {
	r := newRights(t)
	outside := []string{
		"GET /begin", "GET /sign-in", "POST /begin", "POST /sign-in", "POST /sign-out", "POST /language", "GET /p/{code}", "GET /paper.css", "GET /feed/{token}", "/",
		"GET /r/{token}", "POST /r/{token}", "POST /r/{token}/save", "GET /r/{token}/sent", "GET /r/{token}/picture/{n}",
	} // a unit's own address: another token gives nothing
	link, head := r.book.Head()
	for _, pattern := range r.server.patterns {
		method, _, _ := strings.Cut(pattern, " ")
		if slices.Contains(outside, pattern) {
			continue
		}
		answer, got := visit(t, r.base).ask(method, r.path(pattern), r.anything())
		if !strings.HasPrefix(answer.Header.Get("Location"), "/sign-in") || strings.Contains(got, "Dấukín") {
			t.Errorf("%s: status %d to %q", pattern, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
	if after, now := r.book.Head(); after != link || !bytes.Equal(head, now) {
		t.Error("a stranger wrote into the book")
	}
	if answer, got := visit(t, r.base).ask("GET", "/p/"+r.branch.Code, ""); answer.StatusCode != 404 {
		t.Errorf("a public page that nobody switched on: %d %s", answer.StatusCode, plainText(got))
	}
}

// Whoever has no office in the branch and none above it changes nothing of it,
// whatever they send.
func TestWhoMayNotWriteWritesNothing(t *testing.T) {
	r := newRights(t)
	for _, role := range []string{"plain", "neighbour", string(access.Member), string(access.Inspector), string(access.Honorary)} {
		v := r.as(role)
		for _, pattern := range r.server.patterns {
			if method, _, _ := strings.Cut(pattern, " "); method != "POST" || slices.Contains(own, pattern) {
				continue
			}
			link, head := r.book.Head()
			answer, got := v.ask("POST", r.path(pattern), r.anything())
			if after, now := r.book.Head(); after != link || !bytes.Equal(head, now) {
				t.Errorf("%s wrote by %s: status %d to %q", role, pattern, answer.StatusCode, answer.Header.Get("Location"))
			}
			if answer.StatusCode >= 500 {
				t.Errorf("%s: %s: %d", role, pattern, answer.StatusCode)
			}
			for right, mark := range marks {
				if strings.Contains(got, mark) && !r.actors[role].Can(right, r.branch.ID) {
					t.Errorf("%s is told by %s what needs %s", role, pattern, right)
				}
			}
		}
	}
}
