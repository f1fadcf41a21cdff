package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// planTargetsSheet gives the targets of a plan with their figures as a workbook, with
// the columns that bring them in again.
func (s *Server) planTargetsSheet(q *request) error {
	file, err := q.planFileAsked()
	if err != nil {
		return err
	}
	return q.sendSheet(file.Plan.Code, intake.TargetTable(file, q.speaker()))
}

// planBrought tells whether the reader may bring a table into a plan: who keeps it, or
// who reports its figures.
func (q *request) planBrought() (programme.PlanFile, error) {
	file, err := q.planFileAsked()
	if err != nil || q.may(access.KeepOffice, file.Plan.Body) {
		return file, err
	}
	return file, q.actor.May(access.PostDeeds, file.Plan.Body)
}

// planImport asks for a table of targets and figures.
func (s *Server) planImport(q *request) error {
	file, err := q.planBrought()
	if err != nil {
		return err
	}
	return q.planImportPage(file, carriedTargets{}, nil, nil)
}

// carriedTargets is a table that was looked at and waits to be brought in: the page
// itself carries it.
type carriedTargets struct {
	File intake.File        `json:"file"`
	Rows []intake.TargetRow `json:"rows"`
}

// planImportPage asks for a file, and shows what would become of every row of the one
// that was looked at.
func (q *request) planImportPage(file programme.PlanFile, rows carriedTargets, found *intake.TargetsBrought, refused error) error {
	path := targetPlanPath(file.Plan.Code)
	p := page.PlanPage{Shell: q.shell(q.say("plan.import"))}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: file.Plan.Titles.In(q.lang()), Href: path})
	p.Shell.Lead = q.say("plan.import.text")
	if found != nil {
		parts, err := q.rehearsedParts(file, rows, *found)
		if err != nil {
			return err
		}
		p.Parts = parts
		if found.Wrong > 0 {
			p.Notes = []page.NoteLine{{Tone: page.Late, Text: q.say("plan.import.wrong", found.Wrong)}}
		} else if found.Targets+found.Figures == 0 {
			p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("plan.import.nothing")}}
		}
	}
	wrong := page.ProblemsOf(refused, q.reader)
	form := page.DeskForm{
		Head: page.FormHead{Action: path + "/import", Files: true, Rejected: refused != nil}, Wrong: wrong, Do: q.say("plan.import.look"), Quiet: found != nil,
		Fields: []templ.Component{page.FileInput(q.reader, wrong.Mark(page.Field{Name: "file", Label: q.say("plan.import.file"), Whole: true}), ".xlsx,.csv")}, Leave: page.Link{Text: q.say("common.cancel"), Href: path},
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("plan.sheet"), Href: path + "/sheet"}}})
	if refused != nil || found != nil && found.Wrong > 0 {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// rehearsedParts tell of every row what would become of it, and offer to do it.
func (q *request) rehearsedParts(file programme.PlanFile, rows carriedTargets, found intake.TargetsBrought) ([]page.DeskPart, error) {
	t := page.Table{Caption: q.say("plan.import.rehearsal"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.import.row"), Figure: true}, {Head: q.say("plan.target"), Chief: true}, {Head: q.say("plan.import.what")}, {Head: q.say("plan.import.problem")}}}
	for _, row := range found.Rows {
		var what, wrong []string
		for _, w := range row.What {
			what = append(what, q.say("plan.import."+w))
		}
		for _, err := range row.Problems {
			for _, problem := range page.ProblemsOf(err, q.reader) {
				wrong = append(wrong, problem.Text)
			}
		}
		cell := page.Cell{Part: page.Stacked(wrong), Tone: page.Late}
		if len(wrong) == 0 {
			cell = page.Cell{}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(row.Number)}, {Text: row.Name}, {Text: strings.Join(what, ", ")}, cell}})
	}
	parts := []page.DeskPart{{Plain: true, Head: q.say("plan.import.rehearsal"), Table: &t}}
	if found.Wrong > 0 || found.Targets+found.Figures == 0 {
		return parts, nil
	}
	carried, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	form := page.DeskForm{Head: page.FormHead{Action: targetPlanPath(file.Plan.Code) + "/import/do"}, Do: q.say("plan.import.do", len(rows.Rows)), Fields: []templ.Component{page.Hidden("rows", string(carried))}}
	return append(parts, page.DeskPart{Plain: true, Form: &form}), nil
}

// planImportLook reads a file and shows what would become of it; nothing is written.
func (s *Server) planImportLook(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planBrought()
	if err != nil {
		return err
	}
	rows, err := q.targetRows(file.Plan)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return q.planImportPage(file, carriedTargets{}, nil, besideFile(err))
		}
		return err
	}
	var found intake.TargetsBrought
	err = s.Book.Rehearse(q.Context(), store.Writing{By: q.actor, Why: "plan.why.import"}, func(ctx context.Context, tx *store.Tx) (err error) {
		found, err = intake.BringTargets(ctx, tx, q.actor, intake.TargetsGiven{Plan: file.Plan, Rows: rows.Rows, Words: q.server.words.Load(), Lang: q.reader.Lang})
		return err
	})
	if err != nil {
		return err
	}
	return q.planImportPage(file, rows, &found, nil)
}

// targetRows reads the file that was sent.
func (q *request) targetRows(p programme.Plan) (carriedTargets, error) {
	var c carriedTargets
	from, head, err := q.FormFile("file")
	if err != nil {
		return c, fault.Field("file", "importweb.file.missing")
	}
	defer from.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, io.NewSectionReader(from, 0, head.Size)); err != nil {
		return c, fmt.Errorf("read a table: %w", err)
	}
	c.File = intake.File{Name: path.Base(strings.ReplaceAll(head.Filename, `\`, "/")), SHA256: hex.EncodeToString(digest.Sum(nil)), Size: head.Size}
	read, err := sheet.Open(c.File.Name, from, head.Size)
	if err != nil {
		return c, err
	}
	c.Rows, err = intake.ReadTargets(read, p, q.server.words.Load())
	return c, err
}

// planImportDo brings in the rows that were looked at, all or none, as an import that
// can be taken back.
func (s *Server) planImportDo(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planBrought()
	if err != nil {
		return err
	}
	var rows carriedTargets
	if err := json.Unmarshal([]byte(q.FormValue("rows")), &rows); err != nil || len(rows.Rows) == 0 {
		return q.planImportPage(file, carriedTargets{}, nil, fault.Field("file", "plan.import.empty"))
	}
	var found intake.TargetsBrought
	how := store.Writing{By: q.actor, Why: q.say("intake.why", rows.File.Name), Job: s.Book.NewID()}
	err = q.writeAs(how, func(ctx context.Context, tx *store.Tx) (err error) {
		found, err = intake.CarryTargets(ctx, tx, q.actor, intake.TargetsGiven{Plan: file.Plan, Rows: rows.Rows, Words: q.server.words.Load(), Lang: q.reader.Lang}, rows.File)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.planImportPage(file, rows, &found, nil)
	}
	if err != nil {
		return err
	}
	done := q.well("plan.import.done", strconv.Itoa(found.Targets), strconv.Itoa(found.Figures))
	if found.Targets+found.Figures > 0 {
		done.Link = page.Link{Text: q.say("importweb.undo"), Href: importPath(how.Job) + "/undo"}
	}
	return q.doneAt(targetPlanPath(file.Plan.Code), done)
}
