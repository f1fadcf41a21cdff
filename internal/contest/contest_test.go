package contest

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// facts are the measures of one unit for tests; criteria give points by number.
type facts struct {
	now, last map[string]Fact
	given     map[string]Points
}

func (f facts) Fact(measure string, last bool) (Fact, error) {
	from := f.now
	if last {
		from = f.last
	}
	fact, ok := from[measure]
	if !ok {
		return Fact{}, fault.Field("value", "contest.measure.unknown", measure)
	}
	return fact, nil
}

func (f facts) Given(no string) (Points, error) {
	p, ok := f.given[no]
	if !ok {
		return 0, fault.Field("value", "contest.criterion.unknown", no)
	}
	return p, nil
}

func count(n int64, unit string, deeds ...deed.ID) Fact {
	return Fact{Value: big.NewRat(n, 1), Unit: unit, Deeds: deeds}
}

func houses() facts {
	return facts{
		now: map[string]Fact{
			"house.built": count(12, "built", 1, 2), "house.repaired": count(30, "repaired", 3), "house.planned": count(40, "built"),
			"aid.money:VND": count(900_000_000, "money:VND", 4), "none.acts": count(0, "acts"),
		},
		last:  map[string]Fact{"aid.money:VND": count(600_000_000, "money:VND")},
		given: map[string]Points{"2.1": 5 * Point},
	}
}

func keyOf(err error) string {
	var f *fault.Fault
	if all := fault.All(err); len(all) > 0 {
		f = all[0]
		return f.Key
	}
	if err != nil {
		return errors.Unwrap(err).Error()
	}
	return ""
}

func TestPointsAreReadAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{"12": "12", "12,5": "12.5", " 0.25 ": "0.25", "19,50": "19.5", "-1,5": "-1.5", ",5": "0.5", "0": "0"} {
		got, err := ParsePoints("points", written)
		if err != nil || got.String() != want {
			t.Errorf("ParsePoints(%q) = %v %v, want %s", written, got, err, want)
		}
	}
	for _, written := range []string{"", "-", "1e3", "1,23456", "12 điểm", "9999999999", "1.2.3"} {
		if got, err := ParsePoints("points", written); err == nil {
			t.Errorf("ParsePoints(%q) = %v, want a refusal", written, got)
		}
	}
}

func TestPointsSurviveWritingAndReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Points(rapid.Int64Range(-int64(pointsMost), int64(pointsMost)).Draw(t, "points"))
		if got, err := ParsePoints("points", p.String()); err != nil || got != p {
			t.Fatalf("%d written %q read %d %v", p, p.String(), got, err)
		}
	})
}

func TestHalvesAreRoundedAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		decimals int
		want     string
	}{{5, 1000, 2, "0.01"}, {4, 1000, 2, "0"}, {-5, 1000, 2, "-0.01"}, {10, 3, 2, "3.33"}, {5, 2, 0, "3"}, {1, 3, 4, "0.3333"}} {
		if got := Rounded(big.NewRat(c.num, c.den), c.decimals); got.String() != c.want {
			t.Errorf("Rounded(%d/%d, %d) = %s, want %s", c.num, c.den, c.decimals, got, c.want)
		}
	}
}

func TestExpressionsAreExactAndExplained(t *testing.T) {
	for text, want := range map[string]string{
		"1/3 + 1/3 + 1/3":                         "1",
		"percent([house.built], [house.planned])": "30",
		"[aid.money:VND] / [aid.money:VND@last]":  "1.5",
		"min(10; 2 * {2.1}, 99)":                  "10",
		"-2 + 3 × 4":                              "10",
		"max(1,5; 1.4)":                           "1.5",
		"(7 - 2) : 4":                             "1.25",
		"[aid.money:VND] / [house.built] - [aid.money:VND@last] / [house.built]": "25000000",
	} {
		got, err := Evaluate("value", text, houses())
		if err != nil || exact(got.Value) != want {
			t.Errorf("%s = %v %v, want %s", text, got.Value, err, want)
			continue
		}
		if last := got.Steps[len(got.Steps)-1]; last.Value != want {
			t.Errorf("%s ends with the step %v, want %s", text, last, want)
		}
	}
	got, err := Evaluate("value", "percent([house.built], [house.planned]) - 1", houses())
	if err != nil || !slices.Equal(got.Deeds, []deed.ID{1, 2}) {
		t.Errorf("deeds behind it %v %v, want 1 and 2", got.Deeds, err)
	}
	want := []string{"[house.built] = 12", "[house.planned] = 40", "percent(12; 40) = 30", "30 - 1 = 29"}
	var steps []string
	for _, s := range got.Steps {
		steps = append(steps, s.Text+" = "+s.Value)
	}
	if !slices.Equal(steps, want) {
		t.Errorf("steps %q, want %q", steps, want)
	}
}

func TestExpressionsThatMakeNoSenseAreRefused(t *testing.T) {
	for text, key := range map[string]string{
		"[house.built] + [house.repaired]": "contest.formula.units",
		"[house.built] + 1":                "contest.formula.units",
		"percent([house.built], 3)":        "contest.formula.units",
		"[house.built] / [none.acts]":      "contest.formula.zero",
		"1 / (2 - 2)":                      "contest.formula.zero",
		"1 +":                              "contest.formula.ends",
		"(1":                               "contest.formula.ends",
		"1 2":                              "contest.formula.stray",
		"system(1)":                        "contest.formula.stray",
		"percent(1)":                       "contest.formula.args",
		"[":                                "contest.formula.ends",
		"[ ]":                              "contest.formula.empty",
		"[who.acts]":                       "contest.measure.unknown",
		"{9}":                              "contest.criterion.unknown",
		strings.Repeat("(", 40) + "1":      "contest.formula.deep",
		strings.Repeat("1+", 300) + "1":    "contest.formula.long",
		"":                                 "contest.formula.ends",
		strings.Repeat("999999999999999*", 30) + "9": "contest.formula.big",
	} {
		if _, err := Evaluate("value", text, houses()); keyOf(err) != key {
			t.Errorf("%.40q: %v, want %s", text, err, key)
		}
	}
}

func FuzzExpression(f *testing.F) {
	for _, text := range []string{"1+2", "percent([a.acts], [b.acts])", "min(1,2;3)", "{2.1} * -3", "((((1))))", "[x@last]/0"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Evaluate("value", text, houses())
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q: %v is no refusal", text, err)
		}
		if err == nil && got.Value == nil {
			t.Fatalf("%q gives nothing and no reason", text)
		}
	})
}

func TestEachMethodGivesItsPoints(t *testing.T) {
	scale := Scale{Decimals: 2}
	yes, no := true, false
	cases := map[string]struct {
		c     Criterion
		in    Input
		want  string
		known bool
	}{
		"by hand is left to people":      {Criterion{Method: ByHand, Max: 5 * Point, Value: "[house.built]"}, Input{}, "0", false},
		"yes":                            {Criterion{Method: YesNo, Max: 5 * Point}, Input{Yes: &yes}, "5", true},
		"no is zero, and known":          {Criterion{Method: YesNo, Max: 5 * Point}, Input{Yes: &no}, "0", true},
		"yes because there are deeds":    {Criterion{Method: YesNo, Max: 5 * Point, Value: "[house.built]"}, Input{}, "5", true},
		"one article a quarter":          {Criterion{Method: PerCount, Max: 3 * Point, Per: Point / 2, Value: "[house.built]"}, Input{}, "3", true},
		"fewer than the maximum":         {Criterion{Method: PerCount, Max: 10 * Point, Per: Point / 2, Value: "[house.built]"}, Input{}, "6", true},
		"tier: 80 per cent or more":      {Criterion{Method: Tiers, Max: 4 * Point, Tiers: []Tier{{"0", 2 * Point}, {"60", 3 * Point}, {"80", 4 * Point}}}, Input{Value: big.NewRat(80, 1)}, "4", true},
		"tier: just under":               {Criterion{Method: Tiers, Max: 4 * Point, Tiers: []Tier{{"80", 4 * Point}, {"60", 3 * Point}, {"0", 2 * Point}}}, Input{Value: big.NewRat(7999, 100)}, "3", true},
		"tier: below all":                {Criterion{Method: Tiers, Max: 4 * Point, Tiers: []Tier{{"60", 3 * Point}}}, Input{Value: big.NewRat(10, 1)}, "0", true},
		"in proportion":                  {Criterion{Method: ToTarget, Max: 10 * Point, Value: "[house.built]", Target: "[house.planned]"}, Input{}, "3", true},
		"beyond the target is no more":   {Criterion{Method: ToTarget, Max: 10 * Point, Value: "[house.planned]", Target: "[house.built]"}, Input{}, "10", true},
		"formula":                        {Criterion{Method: Formula, Max: 10 * Point, Value: "10 * ([aid.money:VND] / [aid.money:VND@last] - 1)"}, Input{}, "5", true},
		"a formula below zero gives nil": {Criterion{Method: Formula, Max: 10 * Point, Value: "1 - 3"}, Input{}, "0", true},
		"deduction per occurrence":       {Criterion{Method: Deduction, Max: 4 * Point, Per: Point}, Input{Value: big.NewRat(3, 1)}, "3", true},
	}
	for name, c := range cases {
		p, err := Propose(c.c, scale, houses(), c.in)
		if err != nil || p.Points.String() != c.want || p.Known != c.known {
			t.Errorf("%s: %s known %v %v, want %s %v", name, p.Points, p.Known, err, c.want, c.known)
		}
	}
	_, err := Propose(Criterion{No: "1", Method: ToTarget, Max: Point, Value: "[house.built]", Target: "[none.acts]"}, scale, houses(), Input{})
	if keyOf(err) != "contest.target.zero" {
		t.Errorf("a target of nothing: %v, want contest.target.zero", err)
	}
}

// cooperatives is the table of five cooperative alliances as far as it is known.
func cooperatives(t *testing.T) *Table {
	t.Helper()
	name := func(s string) map[string]string { return map[string]string{"vi": s} }
	table, err := NewTable([]Criterion{
		{ID: 5, Parent: 2, No: "2.3", Order: 3, Names: name("Tỷ lệ HTX là thành viên"), Max: 4 * Point, Method: Tiers, Tiers: []Tier{{"0", 2 * Point}, {"60", 3 * Point}, {"80", 4 * Point}}},
		{ID: 1, No: "1", Order: 1, Names: name("Thường trực Ban chỉ đạo"), Max: 10 * Point, Method: ByHand},
		{ID: 2, No: "2", Order: 2, Names: name("Tuyên truyền, phát triển thành viên"), Max: 10 * Point, Method: Group},
		{ID: 3, Parent: 2, No: "2.1", Order: 1, Names: name("Phương tiện thông tin"), Max: 3 * Point, Method: ByHand},
		{ID: 4, Parent: 2, No: "2.2", Order: 2, Names: name("Sự kiện"), Max: 3 * Point, Method: ByHand},
		{ID: 6, No: "+", Order: 3, Names: name("Sáng kiến"), Max: 5 * Point, Method: Bonus, Per: Point},
		{ID: 7, No: "-", Order: 4, Names: name("Báo cáo chậm"), Max: 3 * Point, Method: Deduction, Per: Point / 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTheTableTellsWhatDoesNotAddUp(t *testing.T) {
	table := cooperatives(t)
	if err := table.Check(Scale{Base: 20 * Point}); err != nil {
		t.Errorf("a sound table: %v", err)
	}
	if err := table.Check(Scale{Base: 90 * Point}); keyOf(err) != "contest.table.base" {
		t.Errorf("a base of 90: %v", err)
	}
	if got := table.All()[2].No; got != "2.1" {
		t.Errorf("the third row is %s, want 2.1: children follow their group", got)
	}
	if _, err := NewTable([]Criterion{{ID: 1, Parent: 2}, {ID: 2, Parent: 1}}); keyOf(err) != "contest.table.circle" {
		t.Errorf("a circle: %v", err)
	}
}

func TestAUnitsTotalKeepsCapsAndClamps(t *testing.T) {
	table := cooperatives(t)
	score := func(id CriterionID, points Points) Score { return Score{Criterion: id, Points: points} }
	scores := map[CriterionID]Score{1: score(1, 10*Point), 3: score(3, 3*Point), 4: score(4, 0), 5: score(5, 4*Point), 6: score(6, 5*Point), 7: score(7, 3*Point)}
	most := 20 * Point
	total := Sum(table, Scale{Base: 20 * Point, Bonus: 4 * Point, Deduction: 2 * Point, Most: &most}, 77, scores)
	if total.Base != 17*Point || total.Bonus != 4*Point || total.Deduction != 2*Point || total.Sum != 19*Point || total.Groups[2] != 7*Point {
		t.Errorf("total %+v", total)
	}
	if total.Scored != 4 || total.Of != 4 {
		t.Errorf("scored %d of %d, want 4 of 4: zero is a score", total.Scored, total.Of)
	}
	delete(scores, 4)
	if unscored, _ := Lacks(table, 77, scores); len(unscored) != 1 || unscored[0].ID != 4 {
		t.Errorf("lacks %v, want 2.2", unscored)
	}
}

func TestUnitsOnOneRankShareItUnlessTheRuleTellsThemApart(t *testing.T) {
	table := cooperatives(t)
	totals := []Total{
		{Unit: 1, Sum: 18 * Point, Base: 18 * Point},
		{Unit: 2, Sum: 19 * Point, Base: 19 * Point},
		{Unit: 3, Sum: 19 * Point, Base: 17 * Point, Bonus: 2 * Point},
		{Unit: 4, Sum: 17 * Point, Base: 17 * Point},
	}
	order := func(places []Place) (all []int) {
		for _, p := range places {
			all = append(all, int(p.Total.Unit)*10+p.Rank)
		}
		return all
	}
	if got := order(Rank(Ranking{By: ByPoints}, table, totals)); !slices.Equal(got, []int{21, 31, 13, 44}) {
		t.Errorf("shared: %v", got)
	}
	if got := order(Rank(Ranking{By: ByPoints, Ties: []string{KeyBase}}, table, totals)); !slices.Equal(got, []int{21, 32, 13, 44}) {
		t.Errorf("by base: %v", got)
	}
	decided := Ranking{By: ByPoints, Ties: []string{KeyDecided}, Decisions: []Decision{{Units: []body.ID{3, 2}, Reason: "hội nghị thống nhất"}}}
	places := Rank(decided, table, totals)
	if got := order(places); !slices.Equal(got, []int{31, 22, 13, 44}) || places[1].Reason != "hội nghị thống nhất" {
		t.Errorf("decided: %v %q", got, places[1].Reason)
	}
	shares := []Total{{Unit: 1, Sum: 80 * Point, Assigned: 100 * Point}, {Unit: 2, Sum: 60 * Point, Assigned: 70 * Point}}
	if got := order(Rank(Ranking{By: ByShare}, table, shares)); !slices.Equal(got, []int{21, 12}) {
		t.Errorf("by share of what was assigned: %v", got)
	}
}

func TestClassesMayLeaveGaps(t *testing.T) {
	to := func(n Points) *Points { n *= Point; return &n }
	c := Contest{Scale: Scale{Decimals: 2}, Classes: []Class{
		{Code: "weak", To: to(60)}, {Code: "fair", From: 61 * Point, To: to(70)}, {Code: "good", From: 71 * Point, To: to(80)}, {Code: "best", From: 81 * Point},
	}}
	for _, v := range []struct {
		total Points
		class string
		ok    bool
	}{{88*Point + Point/4, "best", true}, {80 * Point, "good", true}, {80*Point + Point/2, "good", false}, {0, "weak", true}} {
		if class, ok := c.ClassOf(v.total); class.Code != v.class || ok != v.ok {
			t.Errorf("%s is %s %v, want %s %v", v.total, class.Code, ok, v.class, v.ok)
		}
	}
	if gaps := c.Gaps(); len(gaps) != 3 {
		t.Errorf("gaps %v, want three", gaps)
	}
}

func TestSheetsGoTheWaysFoundInUse(t *testing.T) {
	presets, err := Presets()
	if err != nil || len(presets) != 5 {
		t.Fatalf("presets: %d %v", len(presets), err)
	}
	way := func(code string, moves string) string {
		i := slices.IndexFunc(presets, func(p Preset) bool { return p.Code == code })
		c := Contest{Stages: presets[i].Stages}
		if err := checkStages(c.Stages); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		w := c.Begin()
		for _, m := range moves {
			if m == '>' {
				w = c.Onward(w)
				continue
			}
			if w, err = c.Backward(w); err != nil {
				return keyOf(err)
			}
		}
		if w.Ready {
			return "ready"
		}
		return w.Stage
	}
	for _, c := range [][3]string{
		{"edited-up", ">>>>>", "ready"},
		{"edited-up", ">>>>", "board"},
		{"back-to-start", ">>>>", "board"},
		{"back-to-start", ">>>>~", "specialist"},
		{"back-to-start", ">>>>~>", "department"},
		{"one-step-back", ">>>~", "council"},
		{"one-step-back", ">>>~>", "board"},
		{"explain-twice", ">>>", "second"},
		{"explain-twice", ">>>~", "contest.back.not"},
		{"cross-check", ">>~", "contest.back.not"},
		{"cross-check", ">>>~", "self"},
		{"cross-check", ">>>~>", "lead"},
	} {
		if got := way(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s leads to %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func TestABallotNeedsItsQuorumAndItsShare(t *testing.T) {
	b := Ballot{
		Rule: VoteRule{Quorum: Ratio{2, 3}, Threshold: Ratio{80, 100}, Of: OfPresent}, Eligible: 9, Present: 6, Issued: 6, Collected: 6, Valid: 5,
		Candidates: []Candidate{{1, 5}, {2, 4}},
	}
	if err := b.Check(); err != nil || !b.Quorate() {
		t.Fatalf("check %v, quorate %v", err, b.Quorate())
	}
	if passed := b.Passed(); len(passed) != 1 || passed[0].Unit != 1 {
		t.Errorf("passed %v, want unit 1 with 5 of 6", passed)
	}
	b.Present = 5
	if b.Passed() != nil {
		t.Error("without a quorum somebody passed")
	}
	b.Valid = 7
	if keyOf(b.Check()) != "contest.ballot.issued" {
		t.Errorf("more papers than people: %v", b.Check())
	}
}

func TestOneAchievementOneAward(t *testing.T) {
	given := []Honour{{ID: 1, Unit: 3, Award: "flag", For: "Dẫn đầu phong trào", Deeds: []deed.ID{5}, Status: Given}}
	if same := SameAchievement(Honour{ID: 2, Unit: 3, Deeds: []deed.ID{5, 6}}, given); len(same) != 1 {
		t.Errorf("a deed in common: %v", same)
	}
	if same := SameAchievement(Honour{ID: 2, Unit: 4, For: "Dẫn đầu phong trào"}, given); len(same) != 0 {
		t.Errorf("another unit: %v", same)
	}
	err := Eligible(Award{Code: "flag", Quota: 1}, 4, Candidacy{}, given)
	if keyOf(err) != "contest.award.quota" {
		t.Errorf("a second flag of one: %v", err)
	}
	given[0].Status = Revoked
	if err := Eligible(Award{Code: "flag", Quota: 1}, 4, Candidacy{}, given); err != nil {
		t.Errorf("after revocation: %v", err)
	}
}

func TestTheSumOfTheLeavesIsTheTotalHoweverTheyAreGrouped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "rows")
		var criteria []Criterion
		scores := map[CriterionID]Score{}
		var sum Points
		for i := 1; i <= n; i++ {
			c := Criterion{ID: CriterionID(i), No: big.NewInt(int64(i)).String(), Names: map[string]string{"vi": "x"}, Method: Group}
			if i > 1 {
				c.Parent = CriterionID(rapid.IntRange(0, i-1).Draw(t, "parent"))
			}
			criteria = append(criteria, c)
		}
		parents := map[CriterionID]bool{}
		for _, c := range criteria {
			parents[c.Parent] = true
		}
		for i := range criteria {
			if !parents[criteria[i].ID] {
				criteria[i].Method, criteria[i].Max = ByHand, Points(rapid.Int64Range(1, 1_000_000).Draw(t, "max"))
				points := Points(rapid.Int64Range(0, int64(criteria[i].Max)).Draw(t, "points"))
				scores[criteria[i].ID] = Score{Criterion: criteria[i].ID, Points: points}
				sum += points
			}
		}
		table, err := NewTable(criteria)
		if err != nil {
			t.Fatal(err)
		}
		total := Sum(table, Scale{}, 1, scores)
		var tops Points
		for _, id := range table.Children(0) {
			if c, _ := table.Of(id); c.Method == Group {
				tops += total.Groups[id]
			} else {
				tops += scores[id].Points
			}
		}
		if total.Sum != sum || tops != sum {
			t.Fatalf("total %s, tops %s, leaves %s", total.Sum, tops, sum)
		}
	})
}
