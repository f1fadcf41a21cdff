package web

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// draftAsked reads the draft that the address names, for those who may file it.
func (q *request) draftAsked() (report.Report, error) {
	id, err := q.number("id")
	if err != nil {
		return report.Report{}, err
	}
	r, err := q.view().Report(q.Context(), report.ID(id))
	if err != nil {
		return r, err
	}
	if r.Status != report.Draft {
		return r, fault.Refuse("report.filed.final")
	}
	return r, q.actor.May(access.FileReports, r.Body)
}

// reportAsk is a page that asks about a draft.
func (q *request) reportAsk(r report.Report, title, doing string, refused error) page.AskPage {
	a := page.AskPage{
		Shell: q.shell(title), Wrong: page.ProblemsOf(refused, q.reader), Leave: reportPath(r.ID),
		Head: page.FormHead{Action: reportPath(r.ID) + "/" + doing, Revision: idText(r.Revision), Rejected: refused != nil},
	}
	a.Shell.Crumbs = []page.Link{{Text: q.say("menu.reports"), Href: "/reports"}, {Text: q.reportName(r), Href: reportPath(r.ID)}}
	return a
}

// reportWordsAsk asks for the secretary's own words.
func (s *Server) reportWordsAsk(q *request) error {
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.reportWordsPage(r, r.Texts, nil)))
}

func (q *request) reportWordsPage(r report.Report, t report.Texts, refused error) page.AskPage {
	a := q.reportAsk(r, q.say("report.page.words"), "words", refused)
	a.Head.Draft = "report-" + idText(r.ID)
	a.Text, a.Do = q.say("report.page.words.text"), q.say("common.save")
	for _, part := range []struct{ name, words string }{
		{"advantages", t.Advantages}, {"limits", t.Limits}, {"causes", t.Causes}, {"directions", t.Directions}, {"requests", t.Requests},
	} {
		a.Fields = append(a.Fields, page.TextArea(q.reader, page.Field{Name: part.name, Label: q.say("report.own." + part.name), Value: part.words, Whole: true}, 5))
	}
	return a
}

// reportWords keeps the secretary's own words.
func (s *Server) reportWords(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	t := report.Texts{
		Advantages: q.lines("advantages"), Limits: q.lines("limits"), Causes: q.lines("causes"), Directions: q.lines("directions"), Requests: q.lines("requests"),
	}
	err = q.write("report.why.words", func(ctx context.Context, tx *store.Tx) error {
		_, err := report.Edit(ctx, tx, q.actor, r.ID, q.id("revision"), t)
		return err
	})
	return q.answered(err,
		func() error { return q.doneAt(reportPath(r.ID), q.well("common.saved")) },
		func(refused error) page.AskPage { return q.reportWordsPage(r, t, refused) })
}

// reportFileAsk says what filing means before it is done.
func (s *Server) reportFileAsk(q *request) error {
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.reportFilePage(r, nil)))
}

func (q *request) reportFilePage(r report.Report, refused error) page.AskPage {
	a := q.reportAsk(r, q.say("report.page.file"), "file", refused)
	a.Text, a.Do = q.say("report.page.file.text"), q.say("report.page.file")
	a.Facts = []page.Fact{{Name: q.say("report.page.what"), Text: q.reportName(r)}}
	return a
}

// reportFile files a draft: its number is drawn, its figures are frozen.
func (s *Server) reportFile(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	err = q.writeFigures("report.why.file", func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = report.File(ctx, tx, q.actor, r.ID, q.id("revision"), s.words.Load())
		return err
	})
	if fault.KindOf(err) == fault.Invalid {
		// File gives no report back when it refuses; the draft is as it was.
		if r, err2 := q.draftAsked(); err2 == nil {
			return q.again(page.AskFor(q.reportFilePage(r, err)))
		}
	}
	if err != nil {
		return err
	}
	return q.doneAt(reportPath(r.ID), q.well("report.page.file.done", r.Symbol))
}

// reportDropAsk asks before a draft is put away.
func (s *Server) reportDropAsk(q *request) error {
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	a := q.reportAsk(r, q.say("report.page.drop"), "drop", nil)
	a.Text, a.Do, a.Danger = q.say("report.page.drop.text"), q.say("report.page.drop"), true
	return q.show(page.AskFor(a))
}

// reportDrop puts a draft away.
func (s *Server) reportDrop(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	r, err := q.draftAsked()
	if err != nil {
		return err
	}
	err = q.write("report.why.drop", func(ctx context.Context, tx *store.Tx) error {
		return report.Drop(ctx, tx, q.actor, r.ID, q.id("revision"))
	})
	if err != nil {
		return err
	}
	return q.doneAt("/reports", q.well("report.page.drop.done"))
}
