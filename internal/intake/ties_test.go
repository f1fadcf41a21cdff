package intake_test

import (
	"slices"
	"testing"

	"kith.app/internal/intake"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

const pairs = `a_qid|a_name|b_qid|b_name`

// Pairs as Wikidata has them come in once, whichever way round they stand; places
// of one name are told apart; the whole is taken back.
func TestPairsOfWikidataComeInOnce(t *testing.T) {
	b := storetest.Open(t)
	before, err := b.As(storetest.Operator()).KnownBodies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tab := table(t, intake.Ties, intake.Options{}, pairs, `Q100|Boston|Q1492|Barcelona`, `Q1492|Barcelona|Q100|Boston`, `Q100990|Boston|Q1492|Barcelona`, `Q1|Gəncə|Q1492|Barcelona`)
	plan := propose(t, b, tab, intake.Options{})
	if plan.Count(intake.New) != 3 || plan.Count(intake.Same) != 1 {
		t.Errorf("new %d, same %d", plan.Count(intake.New), plan.Count(intake.Same))
	}
	if r := plan.Rows[1].Remarks; len(r) != 1 || r[0].Fault.Key != "intake.tie.reverse" {
		t.Errorf("the reverse pair is told as %v", r)
	}
	if r := plan.Rows[0].Remarks; len(r) != 1 || r[0].Fault.Key != "intake.tie.homonym" {
		t.Errorf("two places called Boston are told as %v", r)
	}
	job := bring(t, b, tab, intake.Options{})
	if again := propose(t, b, tab, intake.Options{}); again.Writes() != 0 {
		t.Errorf("the same file again would write %d rows", again.Writes())
	}
	if rows, n, err := b.As(storetest.Operator()).Ties(t.Context(), store.TieQuery{Typed: "boston"}); err != nil || n != 2 {
		t.Errorf("found %d ties of Boston: %v %v", n, rows, err)
	}
	if done := undo(t, b, job.ID); len(done.Kept) != 0 {
		t.Errorf("kept %v", done.Kept)
	}
	after, err := b.As(storetest.Operator()).KnownBodies(t.Context())
	if err != nil || len(after) != len(before) {
		t.Errorf("%d bodies are left, were %d: %v", len(after), len(before), err)
	}
	clean(t, b)
}

// Units of Viet Nam are meant as they stood when the tie was signed.
func TestTiesOfUnitsAreReadOnTheirDate(t *testing.T) {
	b := storetest.Open(t)
	tab := table(t, intake.Ties, intake.Options{}, `a|b|kind|date|precision|note|source`,
		`Thành phố Hải Phòng|Kitakyushu (JP)|friendship exchange agreement|2009-04-17|day|5 năm|x`,
		`Huyện Quế Sơn (Quảng Nam)|Huyện Thọ Xuân (Thanh Hóa)|twinning|1968-11-20|day||x`,
		`Phường Hải Châu (Đà Nẵng)|Xã Hùng Sơn (Đà Nẵng)|twinning|2025|before 2025-09||x`,
		`Nơi Không Có|Kitakyushu (JP)|twinning||||x`)
	plan := propose(t, b, tab, intake.Options{})
	if plan.Count(intake.New) != 3 || plan.Count(intake.Trouble) != 1 || plan.Rows[3].Problems[0].Fault.Key != "intake.tie.unknown" {
		t.Fatalf("%+v", plan.Counts())
	}
	bring(t, b, tab, intake.Options{GoodRows: true})
	view := b.As(storetest.Operator())
	rows, _, err := view.Ties(t.Context(), store.TieQuery{})
	if err != nil || len(rows) != 3 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows {
		for _, p := range row.Parties {
			one, err := view.Body(t.Context(), p.Body)
			if err != nil {
				t.Fatal(err)
			}
			if signed, ok := row.Signed().First(); ok && !one.Life().Contains(signed) && !row.Signed().IsSpan() {
				t.Errorf("%s did not stand on %v", one.Code, row.Signed())
			}
		}
	}
}

// A row that bears the code of a tie and tells of other parties is refused with what
// the book has and what to do; the same parties by any name they bore, the other way
// round or left blank are no change.
func TestARowWithOtherPartiesThanItsTieIsRefused(t *testing.T) {
	b := storetest.Open(t)
	bring(t, b, table(t, intake.Ties, intake.Options{}, `a|b|kind|date|note`,
		`Thành phố Hải Phòng|Kitakyushu (JP)|friendship exchange agreement|2009-04-17|5 năm`,
		`Huyện Quế Sơn (Quảng Nam)|Huyện Thọ Xuân (Thanh Hóa)|twinning|1968-11-20|`), intake.Options{})
	rows, _, err := b.As(storetest.Operator()).Ties(t.Context(), store.TieQuery{})
	if err != nil || len(rows) != 2 {
		t.Fatal(len(rows), err)
	}
	codes := map[bool]string{}
	for _, row := range rows {
		codes[row.Kind == "twinning"] = row.Code
	}
	city, twins := codes[false], codes[true]
	for _, test := range []struct {
		row  string
		what intake.Outcome
		at   []string
	}{
		{city + `|Thành phố Hải Phòng|Kitakyushu|JP|`, intake.Same, nil},
		{city + `|Kitakyushu (JP)|Thành phố Hải Phòng||`, intake.Same, nil},
		{city + `||||Ghi thêm`, intake.Update, nil},
		{twins + `|Huyện Quế Sơn (Quảng Nam)|Huyện Thọ Xuân, tỉnh Thanh Hóa||`, intake.Same, nil},
		{city + `|Thành phố Hải Phòng|Daejeon|KR|`, intake.Trouble, []string{"b"}},
		{city + `|Thành phố Hải Phòng|Kitakyushu|KR|`, intake.Trouble, []string{"b"}},
		{city + `|Thành phố Hải Phòng; Huyện Thọ Xuân|Kitakyushu||`, intake.Trouble, []string{"a"}},
		{twins + `|Huyện Duy Xuyên (Quảng Nam)|Huyện Nông Cống (Thanh Hóa)||`, intake.Trouble, []string{"a", "b"}},
	} {
		plan := propose(t, b, table(t, intake.Ties, intake.Options{}, `code|a|b|b country|note`, test.row), intake.Options{})
		row := plan.Rows[0]
		var at []string
		for _, p := range row.Problems {
			if p.Fault.Key != "intake.tie.parties" || len(p.Fault.Args) != 3 {
				t.Errorf("%s: %+v", test.row, p.Fault)
			}
			at = append(at, p.Fault.Field)
		}
		if row.What != test.what || !slices.Equal(at, test.at) {
			t.Errorf("%s: %v, refused at %v; want %v, %v", test.row, row.What, at, test.what, test.at)
		}
	}
	clean(t, b)
}
