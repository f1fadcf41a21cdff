package programme

import (
	"encoding/json"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

func number(t *testing.T, text string) Number {
	t.Helper()
	n, err := ReadNumber("", text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNumbersAreReadAsTheirLanguageWritesThem(t *testing.T) {
	for _, c := range []struct{ lang, typed, want string }{
		{"vi", "2.522,81", "2522.81"},
		{"vi", "25.271,9", "25271.9"},
		{"vi", "13", "13"},
		{"vi", "0", "0"},
		{"vi", "-0,5", "-0.5"},
		{"vi", "2.5", "2.5"},
		{"vi", "2.500", "2500"},
		{"vi", "0.750", "0.75"},
		{"vi", "48.000.000", "48000000"},
		{"en", "2,522.81", "2522.81"},
		{"en", "2,5", "2.5"},
		{"fr", "2 522,81", "2522.81"},
		{"fr", "1 000", "1000"},
		{"vi", "0,50", "0.5"},
		{"vi", "00,5", "0.5"},
	} {
		got, err := ParseNumber("value", c.typed, c.lang)
		if err != nil || got.String() != c.want {
			t.Errorf("%s %q: %s %v, want %s", c.lang, c.typed, got, err, c.want)
		}
	}
	for _, typed := range []string{"", "abc", "1.23.4", "1,", "--1", "1e9", "1,1234567", "123456789012345678", "1.2345.678", ",5x", "-"} {
		if got, err := ParseNumber("value", typed, "vi"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q was read as %s: %v", typed, got, err)
		}
	}
}

func TestANumberSurvivesBeingWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := Number{units: rapid.Int64Range(-1e15, 1e15).Draw(t, "units"), decimals: uint8(rapid.IntRange(0, 4).Draw(t, "decimals"))}
		raw, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		var back Number
		if err := json.Unmarshal(raw, &back); err != nil || back.Rat().Cmp(n.Rat()) != 0 {
			t.Fatalf("%s came back as %s %v", raw, back, err)
		}
		for _, lang := range []string{"vi", "en", "fr"} {
			said := Said(n.Rat(), "vi")
			if again, err := ParseNumber("", said, "vi"); err != nil || again.Rat().Cmp(n.Rat()) != 0 {
				t.Fatalf("%s: %s said %q, read %s %v", lang, n, said, again, err)
			}
		}
	})
}

func TestBandsAreReckonedExactly(t *testing.T) {
	three, half := number(t, "3.5"), number(t, "2.5")
	poverty := Definition{Direction: Less, Baseline: &three, FromBaseline: true}
	for _, c := range []struct {
		name   string
		d      Definition
		plan   string
		actual string
		want   Band
	}{
		{"zero is a figure", Definition{Direction: More}, "13", "0", UnderHalf},
		{"exactly half is not over half", Definition{Direction: More}, "13", "6.5", UnderHalf},
		{"a hair over half", Definition{Direction: More}, "13", "6.500001", OverHalf},
		{"a hair below the plan", Definition{Direction: More}, "13", "12.999999", OverHalf},
		{"the plan", Definition{Direction: More}, "13", "13", Met},
		{"past the plan", Definition{Direction: More}, "13", "20", Met},
		{"a loss", Definition{Direction: More}, "13", "-4", UnderHalf},
		{"less is better", Definition{Direction: Less}, "10", "9", Met},
		{"less, above its plan", Definition{Direction: Less}, "10", "19", OverHalf},
		{"less, twice its plan", Definition{Direction: Less}, "10", "20", UnderHalf},
		{"none at all", Definition{Direction: Less}, "0", "0", Met},
		{"one where none is allowed", Definition{Direction: Less}, "0", "1", UnderHalf},
		{"half the way down", poverty, half.String(), "3", UnderHalf},
		{"over half the way down", poverty, half.String(), "2.9", OverHalf},
		{"all the way down", poverty, half.String(), "2.5", Met},
		{"up instead of down", poverty, half.String(), "4", UnderHalf},
		{"done", Definition{Direction: YesNo}, "1", "1", Met},
		{"not done", Definition{Direction: YesNo}, "1", "0", UnderHalf},
	} {
		if got := c.d.Judge(number(t, c.plan), number(t, c.actual).Rat()); got.Band != c.want {
			t.Errorf("%s: %s of %s is %s, want %s", c.name, c.actual, c.plan, got.Band, c.want)
		}
	}
	if got := (Definition{Direction: More}).Judge(number(t, "13"), nil); got.Band != NoData || got.Share != nil {
		t.Errorf("nothing known gave %+v", got)
	}
}

func TestEveryTargetFallsIntoOneBand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Definition{Direction: rapid.SampledFrom(Directions()).Draw(t, "direction")}
		plan, actual := Whole(rapid.Int64Range(0, 50).Draw(t, "plan")), big.NewRat(rapid.Int64Range(-20, 120).Draw(t, "actual"), rapid.Int64Range(1, 9).Draw(t, "by"))
		v := d.Judge(plan, actual)
		var tally Tally
		tally.Add(v.Band)
		if tally.Targets != 1 || tally.Met+tally.OverHalf+tally.AtOrUnderHalf+tally.NoData != 1 || v.Band == NoData {
			t.Fatalf("%+v of %s: %+v", actual, plan, v)
		}
	})
}

func planned() Plan {
	return Plan{
		ID: 1, Code: "ke-hoach", Kind: Plain, Titles: Words{"vi": "Kế hoạch"}, Period: calendar.Year(2024), Standing: Adopted,
		Authorities: []Authority{{Code: "district", Names: Words{"vi": "HĐND huyện"}}, {Code: "province", Names: Words{"vi": "UBND tỉnh"}}},
	}
}

func target(values ...Value) Definition {
	return Definition{No: "1", Names: Words{"vi": "Xã"}, Units: Words{"vi": "xã"}, Direction: More, Rule: Sum, Values: values}
}

func TestWhatMakesNoSenseInATargetIsRefused(t *testing.T) {
	p := planned()
	three, two := number(t, "3"), number(t, "2")
	for _, c := range []struct {
		name, field, key string
		d                Definition
	}{
		{"plan of nought in a ratio", "value-district", "plan.value.zero", target(Value{Authority: "district"})},
		{"two values by one authority", "value-district", "plan.value.twice", target(Value{Authority: "district", Plan: three}, Value{Authority: "district", Plan: two})},
		{"an authority the plan has not", "value", "plan.value.authority", target(Value{Authority: "nobody", Plan: three})},
		{"reversed", "direction", "plan.direction.reversed", func() Definition {
			d := target(Value{Authority: "district", Plan: two})
			d.Baseline, d.FromBaseline = &three, true
			return d
		}()},
		{"baseline that is the plan", "value-district", "plan.value.baseline", func() Definition {
			d := target(Value{Authority: "district", Plan: three})
			d.Baseline, d.FromBaseline = &three, true
			return d
		}()},
		{"weighted without a ratio", "rule", "plan.rule.ratio", func() Definition {
			d := target(Value{Authority: "district", Plan: three})
			d.Rule = Weighted
			return d
		}()},
	} {
		err := c.d.Check(p)
		all := fault.All(err)
		if len(all) == 0 || all[0].Field != c.field || all[0].Key != c.key {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	d := target(Value{Authority: "district"})
	d.Direction = Less
	if err := d.Check(p); err != nil {
		t.Errorf("none at all is a plan where less is better: %v", err)
	}
}

func TestWhatMakesNoSenseInAFigureIsRefused(t *testing.T) {
	p, d, today := planned(), target(Value{Authority: "district", Plan: Whole(3)}), calendar.DayOf(2024, 7, 1)
	said := source.Source{Kind: source.Word, Title: "Báo cáo"}
	ten := Known(Whole(10))
	for _, c := range []struct {
		name, key string
		a         Actual
	}{
		{"before the period", "plan.actual.early", Actual{On: calendar.DayOf(2023, 12, 31), Value: ten, Source: said}},
		{"in the future", "plan.actual.future", Actual{On: today + 1, Value: ten, Source: said}},
		{"no figure", "plan.actual.missing", Actual{On: today, Source: said}},
		{"no source", "plan.actual.source", Actual{On: today, Value: ten}},
		{"parts of what is no ratio", "plan.actual.parts", Actual{On: today, Num: ten, Den: ten, Source: said}},
	} {
		all := fault.All(c.a.Check(p, d, today))
		if len(all) != 1 || all[0].Key != c.key {
			t.Errorf("%s: %v", c.name, all)
		}
	}
	if err := (Actual{On: today, Value: Known(Whole(0)), Source: said}).Check(p, d, today); err != nil {
		t.Errorf("nought is a figure: %v", err)
	}
	if all := fault.All((Actual{On: calendar.DayOf(2025, 1, 1), Value: ten, Source: said}).Check(p, d, calendar.DayOf(2025, 7, 1))); len(all) != 1 || all[0].Key != "plan.actual.late" {
		t.Errorf("after the period: %v", all)
	}
	d.Per = 100
	if all := fault.All((Actual{On: today, Num: ten, Den: Known(Whole(0)), Source: said}).Check(p, d, today)); len(all) != 1 || all[0].Key != "plan.actual.den" {
		t.Errorf("a ratio of nothing: %v", all)
	}
}

func TestAPlanStandsByAuthorityAndDay(t *testing.T) {
	p := planned()
	d := target(Value{Authority: "district", Plan: Whole(13)}, Value{Authority: "province", Plan: Whole(12)})
	later := d
	later.Values = []Value{{Authority: "district", Plan: Whole(20)}, {Authority: "province", Plan: Whole(12)}}
	july := calendar.DayOf(2024, 7, 1)
	f := File{
		Target:   Target{ID: 1, Code: "xa"},
		Versions: []Version{{N: 1, Since: p.Period.From, Def: d}, {N: 2, Since: july, Def: later, Reason: "điều chỉnh"}},
		Actuals:  []Actual{{On: calendar.DayOf(2024, 3, 31), Value: Known(Whole(5))}, {On: calendar.DayOf(2024, 6, 30), Value: Known(Whole(12)), Qualifier: deed.Exact}},
	}
	g := File{Target: Target{ID: 2, Code: "khac"}, Versions: []Version{{N: 1, Since: p.Period.From, Def: target(Value{Authority: "district", Plan: Whole(1)})}}}
	at := func(m, day int) Review {
		return Reckon(p, []File{f, g}, calendar.DayOf(2024, 1, 1).AddMonths(m-1)+calendar.Day(day-1))
	}
	if r := at(2, 1); r.Tally != (Tally{Targets: 2, NoData: 2}) {
		t.Errorf("before any figure: %+v", r.Tally)
	}
	if r := at(4, 1); r.Tally != (Tally{Targets: 2, AtOrUnderHalf: 1, NoData: 1}) {
		t.Errorf("in April: %+v", r.Tally)
	}
	r := at(6, 30)
	if r.Tally != (Tally{Targets: 2, OverHalf: 1, NoData: 1}) || r.By["province"] != (Tally{Targets: 1, Met: 1}) || r.By["district"] != (Tally{Targets: 2, OverHalf: 1, NoData: 1}) {
		t.Errorf("in June: %+v %+v", r.Tally, r.By)
	}
	if r := at(7, 2); r.Lines[0].Version.N != 2 || r.Lines[0].Band != OverHalf || r.Lines[0].Share.Cmp(big.NewRat(12, 20)) != 0 {
		t.Errorf("after the change: %+v", r.Lines[0])
	}
	f.Versions[1].Breaks = true
	if r := at(7, 2); r.Lines[0].Band != NoData {
		t.Errorf("what was counted before the break says nothing after it: %+v", r.Lines[0])
	}
}

func TestWhatWasReachedAndLostIsSaid(t *testing.T) {
	p := planned()
	d := target(Value{Authority: "district", Plan: Whole(95)})
	d.Direction = Keep
	f := File{Versions: []Version{{N: 1, Since: p.Period.From, Def: d}}, Actuals: []Actual{{On: p.Period.From + 10, Value: Known(Whole(96))}, {On: p.Period.From + 20, Value: Known(Whole(94))}}}
	r := Reckon(p, []File{f}, p.Period.From+30)
	if l := r.Lines[0]; l.Band != OverHalf || !l.Lost {
		t.Errorf("%+v", l)
	}
}

// line is a target of one of several plans.
func line(code string, d Definition, a *Actual) Progress {
	l := Progress{Target: Target{Code: code}, Def: d, Band: NoData, Actual: a}
	if a != nil {
		l.Rat = a.Rat(d.Per)
		v, _ := d.By("district")
		l.Band = d.Judge(v.Plan, l.Rat).Band
	}
	return l
}

func TestPercentagesAreNeverAveraged(t *testing.T) {
	d := target(Value{Authority: "district", Plan: Whole(50)})
	d.Rule, d.Per = Weighted, 100
	small := Actual{Num: Known(Whole(9)), Den: Known(Whole(10))}    // 90 %
	large := Actual{Num: Known(Whole(100)), Den: Known(Whole(990))} // 10 %
	up := RollUp([]Review{{Plan: planned(), Lines: []Progress{line("nuoc", d, &small)}}, {Plan: planned(), Lines: []Progress{line("nuoc", d, &large)}}})
	r := up.Targets[0]
	if r.Rat.Cmp(big.NewRat(10900, 1000)) != 0 || !r.Complete() || r.Band != UnderHalf || r.Num.Cmp(big.NewRat(109, 1)) != 0 || r.Den.Cmp(big.NewRat(1000, 1)) != 0 {
		t.Errorf("109 of 1,000 is 10.9 per cent, not 50: %+v", r)
	}
	bare := Actual{Value: Known(Whole(90))}
	up = RollUp([]Review{{Plan: planned(), Lines: []Progress{line("nuoc", d, &bare)}}, {Plan: planned(), Lines: []Progress{line("nuoc", d, &large)}}})
	if r := up.Targets[0]; r.Known != 1 || r.Band != NoData {
		t.Errorf("a percentage without its weight stays out: %+v", r)
	}
}

func TestASumWithPartsMissingOnlySaysWhatIsCertain(t *testing.T) {
	d := target(Value{Authority: "district", Plan: Whole(10)})
	six, twenty := Actual{Value: Known(Whole(6))}, Actual{Value: Known(Whole(20))}
	roll := func(actuals ...*Actual) Rolled {
		var reviews []Review
		for _, a := range actuals {
			reviews = append(reviews, Review{Plan: planned(), Lines: []Progress{line("xa", d, a)}})
		}
		return RollUp(reviews).Targets[0]
	}
	if r := roll(&six, &six); r.Band != OverHalf || r.Rat.Cmp(big.NewRat(12, 1)) != 0 {
		t.Errorf("12 of 20: %+v", r)
	}
	if r := roll(&six, nil); r.Band != NoData || r.Known != 1 {
		t.Errorf("6 of 20 with one missing may still be anything: %+v", r)
	}
	if r := roll(&twenty, nil); r.Band != Met {
		t.Errorf("20 of 20 is met whatever is missing: %+v", r)
	}
	other := d
	other.Units = Words{"vi": "tỷ đồng"}
	up := RollUp([]Review{{Plan: planned(), Lines: []Progress{line("xa", d, &six)}}, {Plan: planned(), Lines: []Progress{line("xa", other, &six)}}})
	if !up.Targets[0].Mixed || up.Targets[0].Rat != nil {
		t.Errorf("communes and đồng were added: %+v", up.Targets[0])
	}
}

func TestCountsOfManyPlansAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var reviews []Review
		met, all := 0, 0
		for range rapid.IntRange(0, 6).Draw(t, "plans") {
			var tally Tally
			for range rapid.IntRange(0, 9).Draw(t, "targets") {
				b := rapid.SampledFrom(Bands()).Draw(t, "band")
				tally.Add(b)
				all++
				if b == Met {
					met++
				}
			}
			reviews = append(reviews, Review{Tally: tally})
		}
		up := RollUp(reviews)
		if up.Tally.Targets != all || up.Tally.Met != met || len(up.Ranked()) != len(reviews) {
			t.Fatalf("%+v, want %d of %d met", up.Tally, met, all)
		}
	})
}

func TestTheShippedStandardsAreWhole(t *testing.T) {
	all := Shipped()
	for _, s := range all {
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", s.Code, err)
		}
		for _, lang := range []string{"vi", "en", "fr"} {
			if s.Names[lang] == "" {
				t.Errorf("%s has no name in %s", s.Code, lang)
			}
		}
	}
	if len(all[0].Criteria) != 19 || all[1].After != all[0].Code {
		t.Errorf("%+v", all)
	}
}
