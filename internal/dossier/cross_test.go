package dossier_test

import (
	"bytes"
	"strings"
	"testing"

	"kith.app/internal/contest"
	"kith.app/internal/dossier"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

// What the lead changed after the cross-check is no part of its minutes, and a
// stage that let points stand leaves why they were given.
func TestMinutesOfTheCrossCheckEndWithTheCrossCheck(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := facts(t)
	f.Contest.Stages = append(f.Contest.Stages, contest.Stage{Code: "lead", Names: map[string]string{"vi": "Cụm trưởng"}, By: contest.ByLead, Edits: true})
	lead := map[contest.CriterionID]contest.Score{}
	for id, s := range f.Scores[two]["peers"] {
		s.Stage, s.Reason = "lead", ""
		lead[id] = s
	}
	lead[2] = contest.Score{Stage: "lead", Points: 1 * contest.Point, Reason: "Kế hoạch ban hành muộn"}
	f.Scores[two]["lead"] = lead
	for id, s := range f.Scores[two]["peers"] {
		s.Stage = "peers"
		f.Scores[two]["peers"][id] = s
	}
	told := func(k dossier.Kind) string {
		var b bytes.Buffer
		if err := report.Write(&b, dossier.Compose(words.In(locale.Vi), k, f)[0], report.JSON); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	minutes, sheet := told(dossier.CrossCheck), told(dossier.Sheet)
	if !strings.Contains(minutes, "Thiếu bài quý III") || strings.Contains(minutes, "Kế hoạch ban hành muộn") {
		t.Errorf("the minutes of the cross-check say %s", minutes)
	}
	if !strings.Contains(sheet, "Thiếu bài quý III") || !strings.Contains(sheet, "Kế hoạch ban hành muộn") {
		t.Errorf("the sheet says %s", sheet)
	}
}
