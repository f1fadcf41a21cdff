package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// half is the source of figures of half a year.
var half = source.Source{Kind: source.Word, Title: "Báo cáo 6 tháng"}

// drawn is a plan of a body for 2026 with one target of 13 that the province put
// at 12, not yet adopted.
func drawn(ctx context.Context, tx *store.Tx, of body.ID, code string) (programme.Plan, programme.Target, error) {
	by := storetest.Operator()
	p, err := programme.Draw(ctx, tx, by, programme.Plan{
		Body: of, Code: code, Titles: programme.Words{"vi": "Kế hoạch " + code}, Period: calendar.Year(2026),
		Authorities: []programme.Authority{{Code: "district", Names: programme.Words{"vi": "HĐND huyện"}}, {Code: "province", Names: programme.Words{"vi": "UBND tỉnh"}}},
	})
	if err != nil {
		return p, programme.Target{}, err
	}
	t, err := programme.Set(ctx, tx, by, programme.Target{Plan: p.ID, Code: "xa-dat-chuan", Def: programme.Definition{
		Names: programme.Words{"vi": "Xã đạt chuẩn"}, Units: programme.Words{"vi": "xã"}, Direction: programme.More, Rule: programme.Sum,
		Values: []programme.Value{{Authority: "district", Plan: programme.Whole(13)}, {Authority: "province", Plan: programme.Whole(12)}},
	}}, 0)
	return p, t, err
}

func TestAPlanIsFrozenAndReported(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by, branch := storetest.Operator(), storetest.Branch(t, b, "Chi hội Một")
		var plan programme.Plan
		var target programme.Target
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			plan, target, err = drawn(ctx, tx, branch.ID, "ke-hoach-2026")
			if err != nil {
				return err
			}
			plan, err = programme.Adopt(ctx, tx, by, plan.ID, calendar.DayOf(2026, 1, 5), plan.Revision)
			return err
		})
		refused := func(key string, do func(ctx context.Context, tx *store.Tx) error) {
			t.Helper()
			err := b.Write(context.Background(), store.Writing{By: by}, do)
			if all := fault.All(err); len(all) == 0 || all[0].Key != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		refused("plan.frozen", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Set(ctx, tx, by, target, target.Revision)
			return err
		})
		refused("plan.change.reason", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Change(ctx, tx, by, target, target.Revision, programme.Version{Since: calendar.DayOf(2026, 7, 1)})
			return err
		})
		refused("plan.drafted", func(ctx context.Context, tx *store.Tx) error {
			_, draft, err := drawn(ctx, tx, branch.ID, "du-thao")
			if err != nil {
				return err
			}
			_, err = programme.Report(ctx, tx, by, programme.Actual{Target: draft.ID, On: tx.Today(), Value: programme.Known(programme.Whole(1)), Source: half}, 0)
			return err
		})
		refused("plan.code.taken", func(ctx context.Context, tx *store.Tx) error {
			_, _, err := drawn(ctx, tx, branch.ID, "ke-hoach-2026")
			return err
		})
		june := calendar.DayOf(2026, 6, 30)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error { return corrected(ctx, tx, t, target.ID, june) })
		file, err := b.As(by).PlanFile(t.Context(), "ke-hoach-2026")
		if err != nil || len(file.Targets) != 1 || len(file.Targets[0].Actuals) != 1 {
			t.Fatalf("%+v %v", file, err)
		}
		r := programme.Reckon(file.Plan, file.Targets, june)
		if r.Tally != (programme.Tally{Targets: 1, OverHalf: 1}) || r.By["province"].Met != 1 {
			t.Errorf("%+v %+v", r.Tally, r.By)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			target.Def.Values = target.Def.Values[:1]
			target.Def.Values[0].Plan = programme.Whole(20)
			_, err := programme.Change(ctx, tx, by, target, target.Revision, programme.Version{Since: calendar.DayOf(2026, 7, 1), Reason: "HĐND điều chỉnh"})
			return err
		})
		file, err = b.As(by).PlanFileByID(t.Context(), plan.ID)
		if err != nil || len(file.Targets[0].Versions) != 2 || file.Targets[0].Versions[0].Def.Values[0].Plan != programme.Whole(13) {
			t.Errorf("the first version stays as it was: %+v %v", file.Targets, err)
		}
		history, err := b.As(by).History(t.Context(), "plan_target", int64(target.ID))
		if err != nil || len(history) != 4 {
			t.Errorf("history %d %v, want target, two figures, one change", len(history), err)
		}
		sound(t, b)
	})
}

// corrected reports nought for a day, tries to report it again, and corrects it to 12.
func corrected(ctx context.Context, tx *store.Tx, t *testing.T, target programme.TargetID, on calendar.Day) error {
	by := storetest.Operator()
	a, err := programme.Report(ctx, tx, by, programme.Actual{Target: target, On: on, Value: programme.Known(programme.Whole(0)), Source: half}, 0)
	if err != nil {
		return err
	}
	if _, err := programme.Report(ctx, tx, by, programme.Actual{Target: target, On: on, Value: programme.Known(programme.Whole(5)), Source: half}, 0); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a second figure of one day: %v", err)
	}
	a.Value = programme.Known(programme.Whole(12))
	_, err = programme.Report(ctx, tx, by, a, a.Revision)
	return err
}

func TestPlansAreListedAndRolledUp(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		for i, of := range []body.ID{one.ID, two.ID} {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				p, target, err := drawn(ctx, tx, of, "ke-hoach-"+string(rune('a'+i)))
				if err != nil {
					return err
				}
				if _, err := programme.Adopt(ctx, tx, by, p.ID, calendar.DayOf(2026, 1, 5), p.Revision); err != nil {
					return err
				}
				_, err = programme.Report(ctx, tx, by, programme.Actual{Target: target.ID, On: calendar.DayOf(2026, 6, 30), Value: programme.Known(programme.Whole(int64(13 * i))), Source: half}, 0)
				return err
			})
		}
		files, err := b.As(by).PlanFiles(t.Context(), programme.Asked{Body: b.Root(), Below: true, Period: calendar.Year(2026), Dated: true, Limit: -1})
		if err != nil || len(files) != 2 {
			t.Fatalf("%d %v", len(files), err)
		}
		var reviews []programme.Review
		for _, f := range files {
			reviews = append(reviews, programme.Reckon(f.Plan, f.Targets, calendar.DayOf(2026, 6, 30)))
		}
		up := programme.RollUp(reviews)
		if up.Tally != (programme.Tally{Targets: 2, Met: 1, AtOrUnderHalf: 1}) || up.Targets[0].Rat.FloatString(0) != "13" || up.Targets[0].Plan.FloatString(0) != "26" {
			t.Errorf("%+v", up)
		}
		if found, all, err := b.As(by).TargetPlans(t.Context(), programme.Asked{Typed: "KE HOACH b"}); err != nil || all != 1 || found[0].Code != "ke-hoach-b" {
			t.Errorf("%v %d %v", found, all, err)
		}
		head := officer(b, access.Head, one.ID)
		if found, all, err := b.As(head).TargetPlans(t.Context(), programme.Asked{}); err != nil || all != 1 || found[0].Body != one.ID {
			t.Errorf("the head of one branch sees %v %d %v", found, all, err)
		}
		if _, err := b.As(head).PlanFile(t.Context(), "ke-hoach-b"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the other branch's plan: %v", err)
		}
	})
}

func TestEveryVerbOfPlansAsksWhoActs(t *testing.T) {
	b := storetest.Open(t)
	mine, theirs := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
	var plan programme.Plan
	var target programme.Target
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		plan, target, err = drawn(ctx, tx, theirs.ID, "ke-hoach")
		return err
	})
	unit := storetest.Branch(t, b, "Chi hội Ba")
	for _, kind := range []access.OfficeKind{access.Head, access.Member} {
		at := mine.ID
		if kind == access.Member {
			at = theirs.ID // who only reads there
		}
		by := officer(b, kind, at)
		for name, do := range map[string]func(ctx context.Context, tx *store.Tx) error{
			"draw": func(ctx context.Context, tx *store.Tx) error {
				p := plan
				p.Code = "khac"
				_, err := programme.Draw(ctx, tx, by, p)
				return err
			},
			"amend": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Amend(ctx, tx, by, plan, plan.Revision)
				return err
			},
			"adopt": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Adopt(ctx, tx, by, plan.ID, tx.Today(), plan.Revision)
				return err
			},
			"set": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Set(ctx, tx, by, target, target.Revision)
				return err
			},
			"change": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Change(ctx, tx, by, target, target.Revision, programme.Version{})
				return err
			},
			"strike": func(ctx context.Context, tx *store.Tx) error { return programme.Strike(ctx, tx, by, target.ID) },
			"report": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Report(ctx, tx, by, programme.Actual{Target: target.ID, On: tx.Today(), Value: programme.Known(programme.Whole(1)), Source: half}, 0)
				return err
			},
			"state": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.State(ctx, tx, by, programme.Status{Body: theirs.ID, Unit: unit.ID, Standard: "ntm-commune-2021", On: calendar.DayOf(2024, 6, 30), Outcome: programme.Meets, Source: half})
				return err
			},
			"lay": func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Lay(ctx, tx, by, programme.Standard{Body: theirs.ID, Code: "rieng"}, 0)
				return err
			},
		} {
			if err := as(b, by, do); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s by the %s of %d: %v", name, kind, at, err)
			}
		}
	}
}

func TestUnitsStandAgainstAStandardByDay(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		var district body.Body
		var communes []body.Body
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			district = storetest.Named("Huyện Một", body.Locality)
			district.Levels = []body.Standing{{Level: body.District, Since: calendar.Earliest, Until: calendar.Latest}}
			if district, err = body.Found(ctx, tx, district); err != nil {
				return err
			}
			for _, name := range []string{"Xã An", "Xã Bình", "Xã Cường", "Thị trấn Đông"} {
				c := storetest.Named(name, body.Locality)
				c.Parent = district.ID
				c.Levels = []body.Standing{{Level: body.Commune, Since: calendar.Earliest, Until: calendar.Latest}}
				if c, err = body.Found(ctx, tx, c); err != nil {
					return err
				}
				communes = append(communes, c)
			}
			return nil
		})
		june := calendar.DayOf(2024, 6, 30)
		state := func(unit body.ID, on calendar.Day, outcome programme.Outcome, missing ...string) error {
			return b.Write(t.Context(), store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.State(ctx, tx, by, programme.Status{Body: b.Root(), Unit: unit, Standard: "ntm-commune-2021", On: on, Outcome: outcome, Missing: missing, Source: half})
				return err
			})
		}
		for _, err := range []error{state(communes[0].ID, june-200, programme.Meets), state(communes[1].ID, june, programme.Falls, "17", "10")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		board, err := b.As(by).StandardBoard(t.Context(), district.ID, "ntm-commune-2021", june)
		if err != nil || len(board.Units) != 3 || board.Met() != 1 || board.Short() != 1 || board.Unknown() != 1 || board.Lacking()["17"] != 1 || len(board.Series) != 2 || board.Replaced != "ntm-commune-2026" {
			t.Fatalf("%+v %v", board, err)
		}
		if board, err = b.As(by).StandardBoard(t.Context(), district.ID, "ntm-commune-2021", june-300); err != nil || board.Unknown() != 3 {
			t.Errorf("before anything was said: %+v %v", board, err)
		}
		if err := state(communes[0].ID, june, programme.Withdrawn); err != nil {
			t.Fatal(err)
		}
		if board, err = b.As(by).StandardBoard(t.Context(), district.ID, "ntm-commune-2021", june); err != nil || board.Met() != 0 || board.Short() != 2 {
			t.Errorf("after it was withdrawn: %+v %v", board, err)
		}
		for key, err := range map[string]error{
			"plan.status.outside":   state(communes[2].ID, calendar.DayOf(2026, 3, 1), programme.Meets),
			"plan.status.criterion": state(communes[2].ID, june, programme.Falls, "99"),
			"plan.status.meets":     state(communes[2].ID, june, programme.Meets, "17"),
		} {
			if all := fault.All(err); len(all) != 1 || all[0].Key != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		if areas, err := b.As(by).StatusAreas(t.Context()); err != nil || len(areas) != 1 || areas[0].Of != district.ID {
			t.Errorf("%+v %v", areas, err)
		}
		if areas, err := b.As(officer(b, access.Head, storetest.Branch(t, b, "Chi hội Xa").ID)).StatusAreas(t.Context()); err != nil || len(areas) != 0 {
			t.Errorf("who reads no figures of the keeper sees %+v %v", areas, err)
		}
	})
}

// plans are a plan with a target, its figure, a standard and a status that the
// secret body keeps.
func (g *guarded) plans(ctx context.Context, tx *store.Tx) error {
	by, year := storetest.Operator(), tx.Today().Year()
	p, err := programme.Draw(ctx, tx, by, programme.Plan{
		Body: g.home.ID, Code: "ke-hoach-kin", Titles: programme.Words{"vi": secret}, Period: calendar.Year(year), Due: []calendar.Day{tx.Today() + 5},
		Authorities: []programme.Authority{{Code: "own", Names: programme.Words{"vi": secret}}},
	})
	if err != nil {
		return err
	}
	target, err := programme.Set(ctx, tx, by, programme.Target{Plan: p.ID, Def: programme.Definition{
		Names: programme.Words{"vi": secret}, Direction: programme.More, Rule: programme.Sum, Values: []programme.Value{{Authority: "own", Plan: programme.Whole(3)}},
	}}, 0)
	if err != nil {
		return err
	}
	if _, err := programme.Adopt(ctx, tx, by, p.ID, tx.Today(), p.Revision); err != nil {
		return err
	}
	if _, err := programme.Report(ctx, tx, by, programme.Actual{Target: target.ID, On: tx.Today(), Value: programme.Known(programme.Whole(1)), Source: source.Source{Kind: source.Word, Title: secret}}, 0); err != nil {
		return err
	}
	laid := programme.Shipped()[0]
	laid.Code, laid.Body, laid.Names, laid.Only, laid.Revision = "chuan-kin", g.home.ID, programme.Words{"vi": secret}, "", 0
	laid.Period = calendar.Year(year)
	if _, err := programme.Lay(ctx, tx, by, laid, 0); err != nil {
		return err
	}
	place := storetest.Named("Xã thấy được", body.Locality)
	place.Levels = []body.Standing{{Level: body.Commune, Since: calendar.Earliest, Until: calendar.Latest}}
	if place, err = body.Found(ctx, tx, place); err != nil {
		return err
	}
	_, err = programme.State(ctx, tx, by, programme.Status{Body: g.home.ID, Unit: place.ID, Standard: laid.Code, On: tx.Today(), Outcome: programme.Meets, Note: secret, Paper: body.Paper{Number: secret}})
	g.knows(p.ID, programme.Asked{})
	g.by["PlanFile"] = []any{"ke-hoach-kin"}
	g.by["UnitStatuses"] = []any{place.ID}
	g.by["StandardByCode"] = []any{laid.Code}
	g.by["StandardPast"] = []any{laid.Code}
	g.by["StandardBoard"] = []any{place.ID, laid.Code, tx.Today()}
	return err
}
