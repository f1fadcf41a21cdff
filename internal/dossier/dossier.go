// Package dossier composes the papers of a contest: what is signed at its beginning,
// what the units and the conference decide, what is handed out at its end. Each takes
// plain data and gives a paper in the language of its reader; what is not known is left
// as dots for the pen, never guessed.
package dossier

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

// Kind is one paper of a contest.
type Kind string

// The papers, in the order of the year.
const (
	Contract       Kind = "contract"
	Criteria       Kind = "criteria"
	Sheet          Kind = "sheet" // of one unit
	Matrix         Kind = "matrix"
	CrossCheck     Kind = "cross-check"
	BallotMinutes  Kind = "ballot"
	Minutes        Kind = "minutes" // of the conference
	UnitSubmission Kind = "unit-submission"
	Submission     Kind = "submission" // of the lead
	Decision       Kind = "decision"
	Certificates   Kind = "certificates"
	Programme      Kind = "programme"
	Cards          Kind = "name-cards"
	Invitation     Kind = "invitation" // to the conference, one a unit
	Seating        Kind = "seating"
	Hosting        Kind = "hosting"   // gifts and costs of the conference
	FileList       Kind = "file-list" // papers of the proposals, what lacks
	Speech         Kind = "speech-facts"
)

// Kinds lists the papers in the order of the year.
func Kinds() []Kind {
	return []Kind{Contract, Criteria, Sheet, Matrix, CrossCheck, BallotMinutes, Minutes, UnitSubmission, Submission, Decision, Certificates, Invitation, Programme, Seating, Cards, Hosting, Speech, FileList}
}

// OfUnit tells whether a paper is that of one unit.
func (k Kind) OfUnit() bool { return k == Sheet || k == UnitSubmission }

// Tabular tells whether a paper is a table above all, so that it is worth having as a
// workbook.
func (k Kind) Tabular() bool {
	return slices.Contains([]Kind{Contract, Criteria, Sheet, Matrix, CrossCheck, Decision, Speech, Programme, Seating, Hosting, FileList}, k)
}

// Inside tells whether a paper shows what only those inside may see before the end.
func (k Kind) Inside() bool {
	return slices.Contains([]Kind{Matrix, CrossCheck, BallotMinutes, Minutes, Submission, Decision, Certificates, Speech, Hosting, FileList}, k)
}

// Scores tells whether a paper shows what stays with those inside after the end too:
// the scores of single units, what the host gave and paid, the files of proposals.
func (k Kind) Scores() bool {
	return k == Matrix || k == CrossCheck || k == Hosting || k == FileList || k.OfUnit()
}

// Facts is what the papers are composed of.
type Facts struct {
	House     report.House  // who issues: the unit in the lead, or the unit whose paper it is
	Numbered  string        // number of the paper, whole; empty prints dots
	Date      calendar.Date // of the paper; unknown prints dots
	Contest   contest.Contest
	Table     *contest.Table
	Units     []contest.Unit
	Called    map[body.ID]string // the cluster and the units, in full
	Short     map[body.ID]string // the same, short, for columns
	Heads     map[body.ID]string // who heads a unit, where known
	Next      body.ID            // who takes the lead next year; 0: not known
	Contracts []contest.Contract
	Results   []contest.Result // as published and amended since, or as they stand
	Standing  bool             // the results are not yet published
	Decisions []contest.Amendment
	Ballots   []contest.Ballot
	Honours   []contest.Honour
	Items     []contest.Item // of the conference
	Scores    map[body.ID]map[string]map[contest.CriterionID]contest.Score
	Moves     map[body.ID][]contest.Move
	Totals    appraisal.Totals // of the cluster, for the speech
	Kinds     []deed.Kind      // of its deeds, by which totals are called
	Unit      body.ID          // whose paper it is
}

// writer words one paper.
type writer struct {
	locale.Speaker
	Facts
	b *document.Builder
}

// Compose makes a paper; certificates and name cards are several.
func Compose(to locale.Speaker, k Kind, f Facts) []*document.Document {
	one := map[Kind]func(*writer){
		Contract: (*writer).contract, Criteria: (*writer).criteria, Sheet: (*writer).unitSheet, Matrix: (*writer).matrix, CrossCheck: (*writer).crossCheck,
		BallotMinutes: (*writer).ballots, Minutes: (*writer).minutes, UnitSubmission: (*writer).unitSubmission, Submission: (*writer).submission,
		Decision: (*writer).decision, Programme: (*writer).programme, Seating: (*writer).seating, Hosting: (*writer).hosting, FileList: (*writer).fileList, Cards: (*writer).cards, Speech: (*writer).speech,
	}
	switch k {
	case Certificates:
		return certificates(to, f)
	case Invitation:
		return (&writer{Speaker: to, Facts: f}).invitations()
	}
	compose, ok := one[k]
	if !ok {
		return nil
	}
	page := document.A4()
	if k == Matrix || k == CrossCheck {
		page = document.A4Wide()
	}
	w := &writer{Speaker: to, Facts: f, b: f.House.Sheet(to, page, f.Numbered, f.Date)}
	if f.Numbered == "" && !slices.Contains([]Kind{Submission, UnitSubmission, Decision}, k) {
		w.b.Paper().Head.Number = nil
	}
	compose(w)
	return []*document.Document{w.b.Paper()}
}

// title sets what paper it is.
func (w *writer) title(k Kind) {
	w.b.Title(strings.ToUpper(w.Say("dossier."+string(k))), w.heading())
}

// heading names the contest.
func (w *writer) heading() string {
	return w.Contest.Title(string(w.Lang))
}

func (w *writer) year() string { return strconv.Itoa(w.Contest.Year) }

// points writes points as the language does.
func (w *writer) points(p contest.Points) document.Run {
	plain := p.String()
	_, decimals, _ := strings.Cut(plain, ".")
	n := int64(p)
	for range 4 - len(decimals) {
		n /= 10
	}
	return document.Num(locale.Decimal(n, len(decimals), w.Lang), plain, "")
}

// known writes points that may not be known.
func (w *writer) known(p *contest.Points) document.Run {
	if p == nil {
		return document.T("")
	}
	return w.points(*p)
}

// name is how a criterion is told: its number and words.
func (w *writer) name(c contest.Criterion) string { return c.Name(string(w.Lang)) }

func (w *writer) lead() body.ID { return contest.LedBy(w.Contest.Year, w.Units).Lead }

// orDots leaves what is not known to the pen.
func orDots(text string) string {
	if text == "" {
		return "……………………"
	}
	return text
}

// day writes a day, or dots.
func (w *writer) day(d calendar.Day) string {
	if d == 0 {
		return orDots("")
	}
	return w.DatePaper(calendar.OnDay(d))
}

// short writes a day in a column.
func (w *writer) short(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return w.DateShort(calendar.OnDay(d))
}

// pen is a signature left to the pen.
func (w *writer) pen(position, name string) document.Signature {
	return document.Signature{Position: position, Note: w.Say("paper.sign"), Name: name}
}

// latest are the scores of a unit as they stand: of the last stage that gave one.
func (w *writer) latest(unit body.ID) map[contest.CriterionID]contest.Score {
	return w.upTo(unit, w.Contest.Stages[len(w.Contest.Stages)-1].Code)
}

// upTo are the scores of a unit when it left a stage. A later stage that gave the
// same points and no reason of its own leaves standing why they were given.
func (w *writer) upTo(unit body.ID, last string) map[contest.CriterionID]contest.Score {
	all := map[contest.CriterionID]contest.Score{}
	for _, stage := range w.Contest.Stages {
		for id, s := range w.Scores[unit][stage.Code] {
			if was, ok := all[id]; ok && s.Reason == "" && was.Points == s.Points && was.Bonus == s.Bonus && was.Stage != w.Contest.Stages[0].Code {
				s.Reason = was.Reason
			}
			all[id] = s
		}
		if stage.Code == last {
			break
		}
	}
	return all
}

// checking is the stage after which units have been checked: the last of the peers,
// the last of all where peers have none.
func (w *writer) checking() string {
	code := w.Contest.Stages[len(w.Contest.Stages)-1].Code
	for _, stage := range slices.Backward(w.Contest.Stages) {
		if stage.By == contest.ByPeers {
			return stage.Code
		}
	}
	return code
}

// ranked gives the results in order of rank, those without one last.
func (w *writer) ranked() []contest.Result {
	all := slices.Clone(w.Results)
	slices.SortStableFunc(all, func(a, b contest.Result) int {
		if (a.Rank == 0) != (b.Rank == 0) {
			return b.Rank - a.Rank
		}
		return a.Rank - b.Rank
	})
	return all
}

// award names an award of the contest.
func (w *writer) award(code string) string {
	for _, a := range w.Contest.Awards {
		if a.Code == code {
			return a.Name(string(w.Lang))
		}
	}
	return code
}

// class names a class.
func (w *writer) class(code string) string {
	for _, c := range w.Contest.Classes {
		if c.Code == code {
			return c.Name(string(w.Lang))
		}
	}
	return ""
}
