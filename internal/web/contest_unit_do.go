package web

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/report"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// contestUnitScore saves the score of one criterion.
func (s *Server) contestUnitScore(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	id, err := q.number("criterion")
	if err != nil {
		return err
	}
	row, ok := u.Table.Of(contest.CriterionID(id))
	if !ok {
		return fault.Missing("contest.criterion.missing")
	}
	if err := q.saveScore(u, row); err != nil {
		if len(fault.All(err)) == 0 || fault.KindOf(err) == fault.Forbidden {
			return err
		}
		return q.contestUnitPage(u, unitRefusal{err: err, criterion: row.ID})
	}
	return q.doneAt(u.href("#"+contest.CriterionField(row.ID)), q.well("contest.score.saved", q.numbered(row)))
}

// saveScore reads the answers and gives the score, with its evidence, in one piece.
func (q *request) saveScore(u contestUnitSeen, row contest.Criterion) error {
	score, err := q.scoreTyped(u, row)
	if err != nil {
		return err
	}
	papers, err := q.sentPapers()
	if err != nil {
		return err
	}
	based := q.id("revision")
	return q.write("contest.why.score", func(ctx context.Context, tx *store.Tx) error {
		for _, a := range papers {
			kept, err := contest.Attach(ctx, tx, q.actor, u.Contest.ID, u.unit, a)
			if err != nil {
				return err
			}
			score.Papers = append(score.Papers, kept.ID)
		}
		_, err := contest.Enter(ctx, tx, q.actor, score, u.proposedFor(row.ID), based)
		return err
	})
}

// proposedFor is what a self-score is held against.
func (u contestUnitSeen) proposedFor(id contest.CriterionID) *contest.Points {
	p, ok := u.proposed[id]
	if !ok || !u.first() {
		return nil
	}
	return &p.Points
}

// scoreTyped reads the answers about one criterion.
func (q *request) scoreTyped(u contestUnitSeen, row contest.Criterion) (contest.Score, error) {
	before := u.shown()[row.ID]
	s := contest.Score{Contest: u.Contest.ID, Unit: u.unit, Criterion: row.ID, Reason: q.value("reason"), Deeds: before.Deeds, Papers: before.Papers, Input: before.Input}
	points, value := q.value("points"), q.value("value")
	var found []error
	if value != "" {
		s.Input = strings.ReplaceAll(value, ",", ".")
		if points == "" {
			worked, err := q.workedOut(u, row, s.Input)
			if err != nil {
				return s, err
			}
			points = worked.String()
		}
	}
	if points == "" {
		return s, fault.Field("points", "contest.score.points.missing")
	}
	var err error
	if s.Points, err = contest.ParsePoints("points", points); err != nil {
		found = append(found, err)
	}
	if bonus := q.value("bonus"); bonus != "" {
		if s.Bonus, err = contest.ParsePoints("bonus", bonus); err != nil {
			found = append(found, err)
		}
	}
	if u.first() && row.Evidence != contest.EvidenceNone {
		s.Deeds = nil
		if q.value("deeds") == "yes" {
			s.Deeds = u.proposed[row.ID].Deeds
		}
		ticked := q.values("papers")
		s.Papers = slices.DeleteFunc(slices.Clone(before.Papers), func(id int64) bool { return !slices.Contains(ticked, strconv.FormatInt(id, 10)) })
	}
	return s, fault.Gather(found...)
}

// workedOut reckons the points that a figure entered by hand gives.
func (q *request) workedOut(u contestUnitSeen, row contest.Criterion, value string) (contest.Points, error) {
	rat, ok := new(big.Rat).SetString(value)
	if !ok || strings.ContainsAny(value, "/eE") {
		return 0, fault.Field("value", "contest.points.form", value)
	}
	sheet := appraisal.Sheet{Contest: u.Contest, Table: u.Table, Unit: u.unit, Scores: u.file.Scores[u.stage.Code]}
	p, err := appraisal.Judge(q.Context(), q.view(), sheet, row, contest.Input{Value: rat})
	return p.Points, err
}

// contestUnitAccept takes over what the journal proposes for one criterion or for all
// that have no score yet; at a later stage what was given before.
func (s *Server) contestUnitAccept(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	if !u.first() {
		return q.acceptBefore(u)
	}
	only, taken := contest.CriterionID(q.id("criterion")), 0
	err = q.write("contest.why.accept", func(ctx context.Context, tx *store.Tx) error {
		for _, row := range u.Table.Leaves(u.unit) {
			p, known := u.proposed[row.ID]
			now, scored := u.file.Scores[u.stage.Code][row.ID]
			if !known || only != 0 && only != row.ID || only == 0 && scored {
				continue
			}
			based := int64(0)
			if scored {
				based = q.id("revision")
			}
			score := contest.Score{Contest: u.Contest.ID, Unit: u.unit, Criterion: row.ID, Points: p.Points, Bonus: now.Bonus, Deeds: p.Deeds, Papers: now.Papers}
			if _, err := contest.Enter(ctx, tx, q.actor, score, &p.Points, based); err != nil {
				return err
			}
			taken++
		}
		return nil
	})
	if err != nil {
		return q.unitRefused("", err)
	}
	under := ""
	if only != 0 {
		under = "#" + contest.CriterionField(only)
	}
	return q.doneAt(u.href(under), q.well("contest.sheet.accepted", taken))
}

func (q *request) acceptBefore(u contestUnitSeen) error {
	taken := 0
	err := q.write("contest.why.accept", func(ctx context.Context, tx *store.Tx) (err error) {
		taken, err = contest.Accept(ctx, tx, q.actor, u.Contest.ID, u.unit)
		return err
	})
	if err != nil {
		return q.unitRefused("", err)
	}
	return q.doneAt(u.href(""), q.well("contest.sheet.accepted", taken))
}

// unitRefused shows the page again with what was refused; who may not act hears it
// plainly.
func (q *request) unitRefused(form string, err error) error {
	if len(fault.All(err)) == 0 || fault.KindOf(err) == fault.Forbidden {
		return err
	}
	fresh, again := q.contestUnitAsked()
	if again != nil {
		return again
	}
	return q.contestUnitPage(fresh, unitRefusal{err: err, form: form})
}

// contestUnitOn hands the sheet on.
func (s *Server) contestUnitOn(q *request) error {
	return q.moveSheet("on", func(ctx context.Context, tx *store.Tx, w contest.Which) error {
		_, err := contest.HandOn(ctx, tx, q.actor, w, q.lines("note"))
		return err
	})
}

// contestUnitBack sends the sheet back.
func (s *Server) contestUnitBack(q *request) error {
	return q.moveSheet("back", func(ctx context.Context, tx *store.Tx, w contest.Which) error {
		_, err := contest.SendBack(ctx, tx, q.actor, w, q.lines("reason"))
		return err
	})
}

func (q *request) moveSheet(form string, move func(ctx context.Context, tx *store.Tx, w contest.Which) error) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	which := contest.Which{Contest: u.Contest.ID, Unit: u.unit, Based: q.id("revision")}
	err = q.write("contest.why."+form, func(ctx context.Context, tx *store.Tx) error { return move(ctx, tx, which) })
	if err != nil {
		return q.unitRefused(form, err)
	}
	return q.doneAt(u.href(""), q.well("contest."+form+".done", u.called[u.unit]))
}

// contestUnitFile hands out a file of evidence.
func (s *Server) contestUnitFile(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	id, err := q.number("paper")
	if err != nil {
		return err
	}
	a, err := q.view().ContestPaper(q.Context(), id)
	if err != nil {
		return err
	}
	if a.Body != int64(u.unit) || a.Ref != int64(u.Contest.ID) {
		return fault.Missing("deed.paper.missing")
	}
	return s.handOut(q, a)
}

// contestUnitSheet gives the sheet of one unit as a workbook.
func (s *Server) contestUnitSheet(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	return q.sendScores(u.contestSeen, []body.ID{u.unit}, q.say("contest.sheet.file")+"-"+u.codes[u.unit])
}

// sendScores gives the score sheets of units as one workbook.
func (q *request) sendScores(c contestSeen, units []body.ID, name string) error {
	a, err := q.view().ContestArena(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	t, failed, err := intake.ScoresTable(a, units, q.speaker(), func(batch []body.ID) (map[body.ID]intake.UnitScores, error) {
		return q.view().ContestUnitScores(q.Context(), c.Contest.ID, batch)
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := errors.Join(sheet.WriteXLSX(&b, t), failed()); err != nil {
		return err
	}
	q.attached(name+".xlsx", false)
	return q.send(http.StatusOK, report.Xlsx.Media(), b.Bytes())
}
