package store_test

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/contest"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestThePapersOfAProposalAreTickedOff(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "one-step-back")
		by := storetest.Operator()
		k := m.c
		k.Awards = []contest.Award{{Code: "flag", Names: map[string]string{"vi": "Cờ thi đua"}, Grade: contest.Grade{Level: contest.OfMinistry, Form: contest.AFlag}, Papers: []contest.Paper{
			{Code: "submission", Names: map[string]string{"vi": "Tờ trình"}}, {Code: "report", Names: map[string]string{"vi": "Báo cáo thành tích"}}, {Code: "idea", Names: map[string]string{"vi": "Sáng kiến"}},
		}}}
		var h contest.Honour
		m.must(by, func(ctx context.Context, tx *store.Tx) (err error) {
			if k, err = contest.Amend(ctx, tx, by, k, k.Revision); err != nil {
				return err
			}
			for _, stage := range []string{"department", "council", "board"} {
				if err = contest.Name(ctx, tx, by, k.ID, stage, []person.ID{901}); err != nil {
					return err
				}
			}
			if k, err = contest.Open(ctx, tx, by, k.ID); err != nil {
				return err
			}
			h, err = contest.ProposeAward(ctx, tx, by, contest.Honour{Contest: k.ID, Award: "flag", Unit: m.units[0].ID, For: "Dẫn đầu"})
			return err
		})
		if h.Level != contest.OfMinistry || h.Form != contest.AFlag {
			t.Errorf("a proposal does not keep the level of its day: %+v", h.Grade)
		}
		file := func(f contest.Filing) error {
			f.Honour = h.ID
			return m.as(by, func(ctx context.Context, tx *store.Tx) error {
				now, err := contest.FilePapers(ctx, tx, by, f)
				if err == nil {
					h = now
				}
				return err
			})
		}
		for want, f := range map[string]contest.Filing{
			"contest.file.why":     {Based: h.Revision, Found: []contest.Filed{{Of: "idea", State: contest.NotNeeded}}},
			"contest.file.unknown": {Based: h.Revision, Found: []contest.Filed{{Of: "nothing", State: contest.OnFile}}},
			"contest.file.state":   {Based: h.Revision, Found: []contest.Filed{{Of: "idea", State: "lost"}}},
			"common.outdated":      {Based: h.Revision + 1},
		} {
			if err := file(f); keyOfFault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		scan := source.Attachment{Digest: strings.Repeat("a", 64), Name: "to-trinh.pdf", Type: "application/pdf", Size: 1}
		if err := file(contest.Filing{Based: h.Revision, Found: []contest.Filed{{Of: "submission", State: contest.OnFile, Note: "số 41"}, {Of: "idea", State: contest.NotNeeded, Note: "tập thể"}}, Scans: map[string][]source.Attachment{"submission": {scan}}}); err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, w := range k.Wanted(h) {
			said = append(said, w.Code+" "+string(w.State))
		}
		if got := strings.Join(said, ", "); got != "submission on-file, report missing, idea not-needed" {
			t.Errorf("the file stands %s", got)
		}
		paper := k.Wanted(h)[0].Files[0]
		if a, err := b.As(by).HonourPaper(context.Background(), paper); err != nil || a.Name != "to-trinh.pdf" {
			t.Errorf("the scan: %+v, %v", a, err)
		}
		if _, err := b.As(m.officer(1)).HonourPaper(context.Background(), paper); keyOfFault(err) != "contest.forbidden.inside" {
			t.Errorf("another unit reads the scan before the end: %v", err)
		}
		m.must(by, func(ctx context.Context, tx *store.Tx) (err error) {
			h, err = contest.Regrade(ctx, tx, by, h.ID, contest.Grade{Level: contest.OfProvince, Form: contest.AFlag}, h.Revision)
			return err
		})
		if g := k.Graded(h); g.Level != contest.OfProvince {
			t.Errorf("the level as corrected: %+v", g)
		}
	})
}
