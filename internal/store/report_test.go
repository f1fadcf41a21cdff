package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// update writes the facts that the papers of package report are composed from.
var update = flag.Bool("update", false, "write golden files")

// story is an association with a past: branches, people who come, move, leave
// and die, a board with vacant seats, figures brought forward, deeds of two
// years, money and goods, and plans.
type story struct {
	t        *testing.T
	b        *store.Book
	root     body.Body
	branches []body.Body
	members  []int64
	people   []person.ID
}

func (s *story) write(do func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	storetest.Write(s.t, s.b, do)
}

func tell(t *testing.T, b *store.Book) *story {
	s := &story{t: t, b: b}
	s.found()
	s.enrol()
	s.seat()
	s.act()
	s.spend()
	return s
}

func (s *story) found() {
	s.write(func(ctx context.Context, tx *store.Tx) error {
		root, err := tx.Body(ctx, s.b.Root())
		if err != nil {
			return err
		}
		root.Code, root.Founded = "hai-duong-dien-bien", on("2003-10")
		root.Names = []body.Name{
			{Lang: "vi", Full: "Hội đồng hương Hải Dương khu vực Điện Biên Phủ", Since: calendar.Earliest, Until: calendar.Latest},
			{Lang: "en", Full: "Association of Hai Duong Fellow-Countrymen in Dien Bien Phu", Since: calendar.Earliest, Until: calendar.Latest},
			{Lang: "fr", Full: "Amicale des originaires de Hai Duong à Diên Biên Phu", Since: calendar.Earliest, Until: calendar.Latest},
		}
		if s.root, err = body.Describe(ctx, tx, root, root.Revision); err != nil {
			return err
		}
		for name, value := range map[string]string{
			report.SettingVoice: "Ban Liên lạc", report.SettingSymbol: "BLL", report.SettingPlace: "Điện Biên Phủ",
			report.SettingName: "Ban Liên lạc\nkhu vực Điện Biên Phủ", report.SettingParents: "Hội đồng hương Hải Dương",
			report.SettingRecipients: "Thường trực Hội\nCác chi hội",
		} {
			if err := tx.SetSetting(ctx, s.root.ID, name, value); err != nil {
				return err
			}
		}
		return nil
	})
	for _, name := range []string{"Chi hội Him Lam", "Chi hội Mường Thanh", "Chi hội Noong Bua"} {
		s.branches = append(s.branches, storetest.Branch(s.t, s.b, name))
	}
}

func (s *story) enrol() {
	names := []string{"Phạm Văn Khoát", "Đoàn Thị Lựu", "Vũ Thị Ngần", "Bùi Thị Hạnh", "Tiêu Công Dĩnh", "Mạc Văn Giới", "Đặng Thị Hương", "Ngô Quang Lịch"}
	joined := []string{"2003-10", "2003-10", "2010", "2015-03-02", "2025-02-10", "2025", "2024/2025", "2012-05"}
	for i, name := range names {
		consent := person.Yes
		if i%2 == 1 {
			consent = person.Unasked
		}
		p := person.Person{Body: s.root.ID, Name: name, Consent: consent}
		s.write(func(ctx context.Context, tx *store.Tx) error {
			m := &person.Membership{Body: s.branches[i%3].ID, Joined: on(joined[i])}
			kept, err := person.Enrol(ctx, tx, storetest.Operator(), p, m)
			if err != nil {
				return err
			}
			of, err := tx.MembershipsOf(ctx, kept.ID)
			s.people, s.members = append(s.people, kept.ID), append(s.members, of[0].ID)
			return err
		})
	}
	s.write(func(ctx context.Context, tx *store.Tx) error {
		by := storetest.Operator()
		if err := person.Leave(ctx, tx, by, s.members[2], on("2025-06"), person.ReasonLeft); err != nil {
			return err
		}
		if err := person.Die(ctx, tx, by, s.people[3], on("2025-09-17")); err != nil {
			return err
		}
		_, err := person.Move(ctx, tx, by, s.members[7], s.branches[0].ID, on("2025-08-01"))
		return err
	})
}

func (s *story) seat() {
	s.write(func(ctx context.Context, tx *store.Tx) error {
		by := storetest.Operator()
		for i, o := range []person.Office{
			{Kind: string(access.Head), Title: "Trưởng ban", Seats: 1, Board: "executive"},
			{Kind: string(access.Deputy), Title: "Phó Trưởng ban", Seats: 2, Board: "executive"},
			{Kind: string(access.Treasurer), Title: "Thủ quỹ", Seats: 1, Board: "executive"},
			{Kind: string(access.Member), Title: "Ủy viên", Seats: 3, Board: "executive"},
		} {
			o.Body, o.Rank, o.Since, o.Until = s.root.ID, i+1, calendar.Earliest, calendar.Latest
			office, err := person.Create(ctx, tx, by, o)
			if err != nil {
				return err
			}
			if i == 3 {
				break
			}
			_, err = person.Appoint(ctx, tx, by, person.Holding{Office: office.ID, Person: s.people[i], From: on("2023-10-15"), PlannedEnd: on("2028-10")})
			if err != nil {
				return err
			}
		}
		_, err := deed.State(ctx, tx, by, deed.Stated{
			Body: s.root.ID, Measure: "member.persons", Day: on("2024-05"), Quantity: 500, Qualifier: deed.Over,
			Source: source.Source{Kind: source.Article, Title: "bài báo tháng 5 năm 2024"},
		})
		return err
	})
}

// do posts one deed of a kind: counts by unit, in the order given.
func (s *story) do(home body.ID, kind, day, title string, lines ...deed.Line) deed.Deed {
	return post(s.t, s.b, deed.Deed{Body: home, Kind: kind, Day: on(day), Title: title, Lines: lines})
}

func n(unit deed.Unit, qty int64) deed.Line { return deed.Line{Unit: unit, Quantity: qty} }

func vnd(qty int64) deed.Line {
	return deed.Line{Unit: deed.Money, Currency: money.VND, Quantity: qty}
}

func (s *story) act() {
	root, him, muong := s.root.ID, s.branches[0].ID, s.branches[1].ID
	post(s.t, s.b, deed.Deed{Body: root, Kind: "sick-visit", Day: on("2003-10/2024-05"), Brought: true, Lines: []deed.Line{n(deed.Acts, 1094)}})
	post(s.t, s.b, deed.Deed{Body: root, Kind: "relief-home", Day: on("2021"), Brought: true, Lines: []deed.Line{vnd(50_000_000)}})
	for i, day := range []string{"2024-08-03", "2024-11-20", "2025-01-15", "2025-03-02", "2025-07", "2025"} {
		d := visit(him, day, 1)
		if i%2 == 0 {
			d.Body = muong
			d.Parties = []deed.Party{{Role: deed.Receiver, Person: s.people[6]}}
		}
		post(s.t, s.b, d)
	}
	post(s.t, s.b, visit(root, "", 2))
	post(s.t, s.b, visit(root, "2024-12/2025-01", 3))
	s.do(root, "meeting-spring", "2025-02-12", "Gặp mặt đồng hương đầu xuân Ất Tỵ", n(deed.Acts, 1), n(deed.Persons, 210))
	s.do(root, "home-trip", "2025-04-12/2025-04-15", "", n(deed.Acts, 1), n(deed.Persons, 38), vnd(45_600_000))
	over := n(deed.Persons, 90)
	over.Qualifier = deed.Over
	s.do(root, "study-award", "2025-08-20", "", over, vnd(28_800_000))
	s.do(root, "relief-home", "2025-09-20", "Ủng hộ đồng bào quê hương sau bão", deed.Line{Unit: deed.Money, Currency: money.VND, Quantity: 37_450_000},
		deed.Line{Unit: deed.Things, Quantity: 120, Item: "Áo ấm"})
	s.do(root, "donation", "2025-09-10", "", n(deed.Acts, 1), deed.Line{Unit: deed.Things, Quantity: 150, Item: "Áo ấm"})
	post(s.t, s.b, deed.Deed{Body: root, Kind: "congress", Status: deed.Planned, Day: on("2027-03"), Title: "Đại hội nhiệm kỳ 2027 - 2032"})
	post(s.t, s.b, deed.Deed{Body: him, Kind: "meeting-board", Status: deed.Planned, Day: on("2026-12-20")})
	post(s.t, s.b, deed.Deed{Body: root, Kind: "home-trip", Status: deed.Planned, Day: on("2026"), Title: "Đưa hội viên về thăm quê"})
}

func (s *story) spend() {
	openFund(s.t, s.b, s.root.ID)
	day := func(edtf string) calendar.Date { return on(edtf) }
	for _, d := range []fund.Draft{
		{Kind: fund.Receipt, Day: day("2024-12-20"), Parts: []fund.Part{dong("dues", 12_000_000)}},
		{Kind: fund.Receipt, Day: day("2025-01-10"), Parts: []fund.Part{dong("dues", 52_700_000)}},
		{Kind: fund.Receipt, Day: day("2025-09-12"), Parts: []fund.Part{dong("donation", 20_000_000)}, Slip: fund.Slip{Person: s.people[4]}},
		{Kind: fund.Receipt, Day: day("2025-09-13"), Parts: []fund.Part{dong("donation", 5_000_000)}, Slip: fund.Slip{Person: s.people[5]}},
		{Kind: fund.Receipt, Day: day("2025-09-14"), Parts: []fund.Part{dong("sponsor", 15_000_000)}, Slip: fund.Slip{Name: "Công ty Xây dựng Thành Đạt", Consent: person.Yes}},
		{Kind: fund.Receipt, Day: day("2025-09-15"), Parts: []fund.Part{dong("donation", 1_000_000)}, Slip: fund.Slip{Name: "Một người qua đường"}},
		{Kind: fund.Payment, Day: day("2025-09-20"), Parts: []fund.Part{dong("relief-home", 37_450_000)}},
		{Kind: fund.Payment, Day: day("2025-08-20"), Parts: []fund.Part{dong("study-award", 28_800_000)}},
	} {
		d.Body = s.root.ID
		enter(s.t, s.b, d)
	}
}

func (s *story) facts(by access.Actor, kind report.Kind, period string) *report.Facts {
	s.t.Helper()
	view := s.b.As(by)
	ask, err := report.AskFor(s.root, kind, period, storetest.Today())
	if err != nil {
		s.t.Fatal(err)
	}
	facts, err := report.Gather(context.Background(), view, ask)
	if err != nil {
		s.t.Fatal(err)
	}
	return facts
}

// plain writes facts without the ids of this one book.
func (s *story) plain(facts *report.Facts) []byte {
	raw, err := json.MarshalIndent(facts, "", " ")
	if err != nil {
		s.t.Fatal(err)
	}
	text := strings.ReplaceAll(string(raw), fmt.Sprint(int64(s.root.ID)), "1")
	for i, b := range s.branches {
		text = strings.ReplaceAll(text, fmt.Sprint(int64(b.ID)), fmt.Sprint(11+i))
	}
	for i, m := range append(append([]report.Mention(nil), facts.Deeds...), facts.Planned...) {
		text = strings.ReplaceAll(text, fmt.Sprint(int64(m.ID)), fmt.Sprint(101+i))
	}
	for i, p := range s.people {
		text = strings.ReplaceAll(text, fmt.Sprint(int64(p)), fmt.Sprint(201+i))
	}
	return append([]byte(text), '\n')
}

func TestReportsFactsAreReadFromTheBook(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		for name, ask := range map[string]struct {
			kind   report.Kind
			period string
		}{"annual": {report.Annual, "2025"}, "founding": {report.Founding, "2024-05"}, "quarterly": {report.Quarterly, "2025-33"}} {
			file := filepath.Join("..", "report", "testdata", name+".facts.json")
			got := s.plain(s.facts(storetest.Operator(), ask.kind, ask.period))
			if *update {
				if err := os.WriteFile(file, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: facts differ (-want +got):\n%s", name, cmp.Diff(string(want), string(got)))
			}
		}
	})
}

// What was brought forward ends in May 2024: of that year the book tells single
// deeds from June on, which a report of the next year has to say.
func TestReportsSayFromWhenSingleDeedsAreKept(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := &story{t: t, b: b}
		s.found()
		for day, brought := range map[string]bool{"2003-10/2024-05": true, "2024-06-03": false, "2025-03": false} {
			post(t, b, deed.Deed{Body: s.root.ID, Kind: "sick-visit", Day: on(day), Brought: brought, Lines: []deed.Line{n(deed.Acts, 7)}})
		}
		for period, want := range map[string]string{"2024": "2024-06", "2025": "2024-06", "2026": ""} {
			var f report.Facts
			if err := json.Unmarshal(s.plain(s.facts(storetest.Operator(), report.Annual, period)), &f); err != nil {
				t.Fatal(err)
			}
			if f.KeptFrom != want {
				t.Errorf("report of %s: kept from %q, want %q", period, f.KeptFrom, want)
			}
		}
	})
}
