package tie_test

import (
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/tie"
)

// sample is a twinning of two bodies that was signed on a day.
func sample(stages ...tie.Stage) tie.Tie {
	return tie.Tie{
		ID: 1, Code: "tho-xuan-que-son", Kind: "twinning", Body: 1, Stages: stages,
		Parties: []tie.Party{{Side: 1, Body: 1}, {Side: 2, Body: 2}},
	}
}

func signed(d calendar.Date) tie.Stage { return tie.Stage{ID: 1, Kind: tie.Signature, Date: d} }

func TestStanding(t *testing.T) {
	day := calendar.DayOf(2025, 6, 30)
	old := signed(calendar.On(1968, 11, 20))
	end := tie.Stage{ID: 9, Kind: tie.End, Date: calendar.On(2024, 1, 1), Reason: "cả hai bên thôi"}
	pause := tie.Stage{ID: 7, Kind: tie.Pause, Date: calendar.On(2024, 1, 1), Reason: "dịch bệnh"}
	term := sample(signed(calendar.On(2019, 5, 1)))
	term.Expiry = calendar.On(2024, 5, 1)
	soon := term
	soon.Expiry = calendar.On(2026, 5, 1)
	renewing := term
	renewing.Renews, renewing.RenewMonths = true, 60
	renewed := sample(signed(calendar.On(2019, 5, 1)), tie.Stage{ID: 2, Kind: tie.Renewal, Date: calendar.On(2024, 4, 1), Until: calendar.On(2029, 5, 1)})
	renewed.Expiry = calendar.On(2024, 5, 1)
	given := renewing
	given.Stages = append(given.Stages, tie.Stage{ID: 3, Kind: tie.Notice, Date: calendar.On(2024, 1, 1)})
	cases := []struct {
		name     string
		tie      tie.Tie
		contacts []calendar.Date
		want     tie.Status
		days     int
	}{
		{"a visit last year", sample(old), []calendar.Date{calendar.On(2024, 8, 2)}, tie.Active, 332},
		{"nothing for three years", sample(old), []calendar.Date{calendar.On(2022, 6, 30)}, tie.Quiet, 1096},
		{"nothing since the signing", sample(old), nil, tie.Dormant, 20676},
		{"a visit still to come is no contact", sample(old), []calendar.Date{calendar.On(2025, 12, 1)}, tie.Dormant, 20676},
		{"no date at all", sample(), nil, tie.Unheard, -1},
		{"only first letters", sample(tie.Stage{Kind: tie.Contact, Date: calendar.On(2025, 1, 1)}), nil, tie.Proposed, 180},
		{"ended", sample(old, end), []calendar.Date{calendar.On(2025, 6, 1)}, tie.Ended, 29},
		{"paused", sample(old, pause), nil, tie.Paused, 20676},
		{"paused and resumed", sample(old, pause, tie.Stage{ID: 8, Kind: tie.Resumption, Date: calendar.On(2025, 1, 1)}), nil, tie.Active, 180},
		{"its term is over", term, nil, tie.Expired, 2252},
		{"its term ends within a year", soon, nil, tie.Expiring, 2252},
		{"renewed by a paper", renewed, nil, tie.Active, 455},
		{"renews itself", renewing, []calendar.Date{calendar.On(2025, 1, 1)}, tie.Active, 180},
		{"was to renew itself, but notice was given", given, nil, tie.Expired, 2252},
		{"a contact of some time in a year is told from its last day", sample(old), []calendar.Date{calendar.InYear(2022)}, tie.Quiet, 912},
	}
	for _, c := range cases {
		got := c.tie.Stand(day, c.contacts, tie.UsualRule())
		if got.Status != c.want || got.Days != c.days {
			t.Errorf("%s: %s after %d days, want %s after %d", c.name, got.Status, got.Days, c.want, c.days)
		}
	}
	if got := sample(old, end).Stand(day, nil, tie.UsualRule()); got.Reason != end.Reason || got.Since != end.Date {
		t.Errorf("an ended tie gives %q since %v", got.Reason, got.Since)
	}
	if got := renewing.ExpiryOn(day); got.EDTF() != calendar.On(2029, 5, 1).Derived().EDTF() {
		t.Errorf("a tie that renews itself runs until %v", got)
	}
}

// As days go by without contact a tie only falls silent, and a contact makes it
// heard again: the standing is a function of its dates and of the day alone.
func TestSilenceOnlyGrows(t *testing.T) {
	rank := map[tie.Status]int{tie.Active: 0, tie.Quiet: 1, tie.Dormant: 2}
	rapid.Check(t, func(t *rapid.T) {
		first := calendar.DayOf(1960, 1, 1) + calendar.Day(rapid.IntRange(0, 20000).Draw(t, "signed"))
		var contacts []calendar.Date
		last := first
		for range rapid.IntRange(0, 6).Draw(t, "visits") {
			d := first + calendar.Day(rapid.IntRange(0, 5000).Draw(t, "after"))
			contacts = append(contacts, calendar.OnDay(d))
			last = max(last, d)
		}
		rule := tie.Rule{QuietMonths: rapid.IntRange(1, 60).Draw(t, "quiet")}
		rule.DormantMonths = rule.QuietMonths + rapid.IntRange(1, 60).Draw(t, "dormant")
		one := sample(signed(calendar.OnDay(first)))
		before := -1
		for step := range 40 {
			day := last + calendar.Day(step*97)
			got := one.Stand(day, contacts, rule)
			if got.Days != int(day-last) || !got.Exact {
				t.Fatalf("on %v %d days since %v, want %d", day, got.Days, last, day-last)
			}
			now, known := rank[got.Status]
			if !known || now < before {
				t.Fatalf("on %v the tie went to %s", day, got.Status)
			}
			before = now
		}
		if got := one.Stand(first-1, contacts, rule); got.Status != tie.Proposed {
			t.Fatalf("the day before it was signed it is %s", got.Status)
		}
	})
}

func TestOriginOutlivesWhatIsSignedAnew(t *testing.T) {
	first := sample(signed(calendar.On(1968, 11, 20)))
	second := tie.Tie{ID: 2, Before: []tie.ID{1}, Stages: []tie.Stage{signed(calendar.On(2025, 8, 19))}}
	third := tie.Tie{ID: 3, Before: []tie.ID{2, 3}}
	all := map[tie.ID]tie.Tie{1: first, 2: second, 3: third}
	date, id := tie.Origin(third, func(id tie.ID) (tie.Tie, bool) { t, ok := all[id]; return t, ok })
	if date != calendar.On(1968, 11, 20) || id != 1 {
		t.Errorf("the first signing is %v of tie %d", date, id)
	}
	on, count, ok := tie.NextRound(date, calendar.DayOf(2025, 6, 30))
	if !ok || count != 60 || on != calendar.On(2028, 11, 20) {
		t.Errorf("the next round anniversary is the %dth on %v", count, on)
	}
	if _, count, _ := tie.NextAnniversary(calendar.On(2025, 1, 2), calendar.DayOf(2025, 6, 30)); count != 1 {
		t.Errorf("the first anniversary of this year's signing is the %dth", count)
	}
	if _, _, ok := tie.NextRound(calendar.Date{}, calendar.DayOf(2025, 6, 30)); ok {
		t.Error("an unknown day has an anniversary")
	}
}

func TestNextReview(t *testing.T) {
	one := sample(signed(calendar.On(2019, 6, 1)))
	day := calendar.DayOf(2025, 6, 30)
	if got := one.NextReview(nil, day); !got.IsUnknown() {
		t.Errorf("without a rhythm: %v", got)
	}
	one.ReviewMonths = 60
	if got := one.NextReview(nil, day); got.Plain() != calendar.On(2024, 6, 1) {
		t.Errorf("five years after the signing: %v", got)
	}
	held := tie.Review{ID: 1, Due: calendar.On(2024, 6, 1), Held: calendar.InYear(2024)}
	if got := one.NextReview([]tie.Review{held}, day); got.Plain() != calendar.InYear(2029) {
		t.Errorf("five years after the one held in 2024: %v", got.EDTF())
	}
	set := tie.Review{ID: 2, Due: calendar.On(2026, 3, 1)}
	if got := one.NextReview([]tie.Review{held, set}, day); got != set.Due {
		t.Errorf("the one that was set: %v", got)
	}
}

func TestPromiseFallsLateByItself(t *testing.T) {
	p := tie.Promise{Text: "xây một nhà", Side: 1, Due: calendar.InYear(2024), Status: tie.PromiseOpen}
	if got := p.On(calendar.DayOf(2024, 12, 31)); got != tie.PromiseOpen {
		t.Errorf("on its last day it is %s", got)
	}
	if got := p.On(calendar.DayOf(2025, 1, 1)); got != tie.PromiseLate {
		t.Errorf("after it it is %s", got)
	}
	p.Status, p.Ended = tie.PromiseKept, calendar.On(2025, 2, 1)
	if got := p.On(calendar.DayOf(2025, 1, 1)); got != tie.PromiseLate {
		t.Errorf("kept in February, in January it was %s", got)
	}
}

func TestWhatATieNeeds(t *testing.T) {
	one := sample()
	one.Parties = one.Parties[:1]
	if one.Check() == nil {
		t.Error("a tie with one side was taken")
	}
	one = sample()
	one.Parties = append(one.Parties, tie.Party{Side: 1, Body: 2})
	if one.Check() == nil {
		t.Error("a body on both sides was taken")
	}
	one = sample(tie.Stage{Kind: tie.End})
	if one.Check() == nil {
		t.Error("an end without a reason was taken")
	}
	if err := sample(signed(calendar.On(1968, 11, 20))).Check(); err != nil {
		t.Error(err)
	}
}
