package dossier_test

import (
	"slices"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/dossier"
	"kith.app/internal/locale"
)

// form gives one form of a year with its cells by the code of the row.
func form(t *testing.T, s dossier.Statistics, code string) (map[string][]string, dossier.StateForm) {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range dossier.StateForms(words.In(locale.Vi), s) {
		if f.Code != code {
			continue
		}
		rows := map[string][]string{}
		for _, r := range f.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				said := ""
				for _, run := range c.Runs {
					said += run.Text
				}
				cells = append(cells, said)
			}
			if len(cells) != len(f.Table.Columns) {
				t.Errorf("%s: %d cells under %d columns: %v", code, len(cells), len(f.Table.Columns), cells)
			}
			if r.Kind != document.GroupRow && r.Kind != document.SumRow {
				rows[cells[1]] = cells
			}
		}
		return rows, f
	}
	t.Fatalf("no form %s", code)
	return nil, dossier.StateForm{}
}

// holds tells whether a row has these cells from a column on.
func holds(t *testing.T, rows map[string][]string, code string, from int, want ...string) {
	t.Helper()
	row := rows[code]
	if len(row) < from+len(want) || !slices.Equal(row[from:from+len(want)], want) {
		t.Errorf("row %s is %q, want %q from column %d", code, row, want, from)
	}
}

func movement(name string, months int, l contest.Launch) dossier.Movement {
	from := calendar.DayOf(2026, 1, 1)
	return dossier.Movement{Name: name, Launch: l, Period: calendar.Period{From: from, To: from.AddMonths(months) - 1}}
}

func TestForm0601CountsMovementsByLevelScopeSpanAndManner(t *testing.T) {
	rows, f := form(t, dossier.Statistics{Year: 2026, Movements: []dossier.Movement{
		movement("Năm", 12, contest.Launch{Level: contest.OfMinistry, Scope: contest.OfCluster, Manner: contest.Regular}),
		movement("Đợt", 6, contest.Launch{Level: contest.OfCommune, Scope: contest.OfAgency, Manner: contest.Thematic}),
		movement("Năm năm", 60, contest.Launch{Level: contest.OfState, Scope: contest.Nationwide, Manner: contest.Thematic}),
		movement("Ba năm", 36, contest.Launch{Level: contest.OfProvince, Scope: contest.OfBranch, Manner: contest.Thematic}),
		movement("Hai năm", 24, contest.Launch{Scope: contest.OfAgency}),
	}}, "0601")
	holds(t, rows, "01", 2, "5", "1", "2", "1")
	holds(t, rows, "02", 2, "1", "1", "0", "0")
	holds(t, rows, "04", 2, "1", "0", "1", "0")
	holds(t, rows, "05", 2, "2", "0", "0", "1")
	holds(t, rows, "06", 2, "1", "0", "0", "1")
	holds(t, rows, "07", 2, "1", "0", "1", "0")
	holds(t, rows, "08", 2, "1", "0", "0", "0")
	holds(t, rows, "09", 2, "1", "0", "1", "0")
	holds(t, rows, "10", 2, "1", "1", "0", "0")
	holds(t, rows, "11", 2, "", "1", "1", "1") // of one the manner is not known: the sum is not either
	holds(t, rows, "12", 2, "", "0", "1", "0")
	if said := strings.Join(f.Notes, "\n"); strings.Count(said, "Hai năm") != 2 {
		t.Errorf("what is not known of a movement is not said: %q", said)
	}
}

func award(to dossier.Recipient, l contest.Level, f contest.Form, m contest.Manner) dossier.Honoured {
	return dossier.Honoured{Award: string(f), Whom: string(to), To: to, Grade: contest.Grade{Level: l, Form: f, Manner: m}}
}

func TestForms0602And0603AreToldApartByLevel(t *testing.T) {
	s := dossier.Statistics{Year: 2026, Awards: []dossier.Honoured{
		award(dossier.Collective, contest.OfState, contest.AnOrder, contest.Dedication),
		award(dossier.Individual, contest.OfState, contest.Merit, contest.Regular),
		award(dossier.Collective, contest.OfState, contest.AFlag, contest.Regular),
		award(dossier.Collective, contest.OfMinistry, contest.Merit, contest.Regular),
		award(dossier.Enterprise, contest.OfProvince, contest.Merit, contest.Thematic),
		award(dossier.Collective, contest.OfProvince, contest.AFlag, contest.Regular),
		award(dossier.Household, contest.OfProvince, contest.Badge, ""),
		award(dossier.Collective, contest.OfProvince, contest.Title, contest.Regular),
		award(dossier.Collective, contest.OfUnit, contest.Title, contest.Regular),
		award(dossier.Collective, contest.OfCommune, contest.Certificate, contest.Regular),
		award(dossier.Collective, "", contest.Merit, contest.Regular),
	}}
	state, _ := form(t, s, "0602")
	// 1 | orders ×2 | medals ×2 | HCM | State prize | honorary ×2 | flag | merit ×2 | fighter | others ×2
	holds(t, state, "01", 3, "3", "1", "0", "0", "0", "0", "0", "0", "0", "1", "0", "1", "0", "0", "0")
	holds(t, state, "02", 3, "", "", "0")
	holds(t, state, "06", 3, "2", "1")
	holds(t, state, "07", 3, "0", "0")
	holds(t, state, "09", 3, "1", "0")
	holds(t, state, "10", 3, "", "0") // the post of who got a merit is not in the book
	holds(t, state, "15", 3, "2", "0")
	holds(t, state, "19", 3, "1", "1")
	branch, f := form(t, s, "0603")
	holds(t, branch, "01", 3, "4", "2", "0", "1", "1")
	holds(t, branch, "02", 3, "3", "2", "0", "1", "0")
	holds(t, branch, "03", 3, "1", "1", "0", "0", "0")
	holds(t, branch, "04", 3, "1", "0", "0", "0", "1")
	holds(t, branch, "05", 3, "0", "0", "0", "0", "0")
	holds(t, branch, "06", 3, "0", "0", "0", "0", "0")
	holds(t, branch, "11", 3, "", "1", "0", "1", "")
	said := strings.Join(f.Notes, "\n")
	for _, want := range []string{"Chưa ghi cấp khen: merit", "Không có cột cho hình thức này, chưa đưa vào biểu: title", "chưa ghi phương thức"} {
		if !strings.Contains(said, want) {
			t.Errorf("form 0603 does not say %q: %q", want, said)
		}
	}
}

func TestWhatTheBookDoesNotKeepStaysBlankInForms0604And0605(t *testing.T) {
	for code, last := range map[string]string{"0604": "05", "0605": "15"} {
		rows, f := form(t, dossier.Statistics{Year: 2026}, code)
		if rows[last] == nil || len(f.Notes) == 0 {
			t.Errorf("%s: no row %s, or nothing is said of what is not kept", code, last)
		}
		for row, cells := range rows {
			if last := cells[len(cells)-1]; last != "" {
				t.Errorf("%s row %s says %q", code, row, last)
			}
		}
	}
}

func TestOfAContestTheStateCountsWhatIsKnownOfIt(t *testing.T) {
	m := dossier.MovementOf(contest.Contest{Titles: map[string]string{"vi": "Thi đua"}, Period: calendar.Year(2026)}, "Cụm", body.Body{Kind: body.Cluster}, "", "vi")
	if m.Launch != (contest.Launch{Scope: contest.OfCluster, Manner: contest.Regular}) {
		t.Errorf("of a cluster in a year: %+v", m.Launch)
	}
	set := contest.Launch{Level: contest.OfMinistry, Scope: contest.OfBranch, Manner: contest.Thematic}
	if m := dossier.MovementOf(contest.Contest{Launch: set, Period: calendar.Year(2026)}, "Cụm", body.Body{Kind: body.Cluster}, "province", "vi"); m.Launch != set {
		t.Errorf("what was set does not count: %+v", m.Launch)
	}
}
