package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/office"
)

// ID identifies a report.
type ID int64

// Status says how far a report is.
type Status string

// The statuses of a report.
const (
	Draft    Status = "draft"
	Filed    Status = "filed"    // numbered and frozen
	Received Status = "received" // of a branch, arrived on paper
	Dropped  Status = "dropped"  // a draft nobody wanted
)

// Report is one report: a draft, a filed one, or the note that one arrived.
type Report struct {
	ID ID `json:"id"`
	Ask
	Lang     string       `json:"lang"`
	Status   Status       `json:"status"`
	Number   int64        `json:"number,omitempty"`
	Year     int          `json:"year,omitempty"`
	Symbol   string       `json:"symbol,omitempty"` // "05/BC-BLL"
	Day      calendar.Day `json:"day"`              // on the paper, or when it arrived
	Texts    Texts        `json:"texts"`
	Frozen   *Frozen      `json:"frozen,omitempty"`
	Digest   string       `json:"digest,omitempty"` // of what is frozen
	FiledAt  int64        `json:"filedAt,omitempty"`
	Filer    int64        `json:"filer,omitempty"`
	Name     string       `json:"name,omitempty"` // the filer's, as it was then
	Head     string       `json:"head,omitempty"` // of the history before it was filed
	Note     string       `json:"note,omitempty"`
	Revision int64        `json:"revision"`
}

// Frozen is a report as it was filed: its facts, what stood beside them, and
// its words.
type Frozen struct {
	Facts *Facts          `json:"facts"`
	Paper Paper           `json:"paper"`
	Words json.RawMessage `json:"words"` // the paper in the language it was filed in
}

// Seal writes what is frozen with its digest.
func (f *Frozen) Seal() (raw []byte, digest string, err error) {
	if raw, err = json.Marshal(f); err != nil {
		return nil, "", fmt.Errorf("freeze a report: %w", err)
	}
	return raw, DigestOf(raw), nil
}

// DigestOf digests what is frozen, as it is written.
func DigestOf(frozen []byte) string {
	sum := sha256.Sum256(frozen)
	return hex.EncodeToString(sum[:])
}

// FilingBook is what is read while a report is being filed.
type FilingBook interface {
	Book
	HouseBook
}

// Tx is what the verbs of this package need of a transaction.
type Tx interface {
	office.Tx
	HeadText() string
	Report(ctx context.Context, id ID) (Report, error)
	InsertReport(ctx context.Context, r Report) error
	UpdateReport(ctx context.Context, r Report) error
	Reading(by access.Actor) FilingBook
}

// Begin begins the draft of a report.
func Begin(ctx context.Context, tx Tx, by access.Actor, ask Ask, lang string) (Report, error) {
	if err := by.May(access.FileReports, ask.Body); err != nil {
		return Report{}, err
	}
	r := Report{ID: ID(tx.NewID()), Ask: ask, Lang: lang, Status: Draft, Day: tx.Today(), Revision: 1}
	return r, tx.InsertReport(ctx, r)
}

// draft reads a report that may still be changed by the actor.
func draft(ctx context.Context, tx Tx, by access.Actor, id ID, based int64) (Report, error) {
	r, err := tx.Report(ctx, id)
	if err != nil {
		return Report{}, err
	}
	if err := by.May(access.FileReports, r.Body); err != nil {
		return Report{}, err
	}
	if r.Revision != based {
		return Report{}, fault.Outdated("common.outdated")
	}
	if r.Status != Draft {
		return Report{}, fault.Refuse("report.filed.final")
	}
	r.Revision++
	return r, nil
}

// textMost bounds one part of the secretary's words.
const textMost = 20_000

// Edit changes the secretary's own words in a draft.
func Edit(ctx context.Context, tx Tx, by access.Actor, id ID, based int64, t Texts) (Report, error) {
	r, err := draft(ctx, tx, by, id, based)
	if err != nil {
		return Report{}, err
	}
	for _, words := range []string{t.Advantages, t.Limits, t.Causes, t.Directions, t.Requests} {
		if len(words) > textMost {
			return Report{}, fault.Refuse("report.text.long")
		}
	}
	r.Texts = t
	return r, tx.UpdateReport(ctx, r)
}

// Drop puts a draft away.
func Drop(ctx context.Context, tx Tx, by access.Actor, id ID, based int64) error {
	r, err := draft(ctx, tx, by, id, based)
	if err != nil {
		return err
	}
	r.Status = Dropped
	return tx.UpdateReport(ctx, r)
}

// File gives a draft its number in the register of papers and freezes its
// figures. The transaction must see every figure written before it.
func File(ctx context.Context, tx Tx, by access.Actor, id ID, based int64, words *locale.Catalogue) (Report, error) {
	r, err := draft(ctx, tx, by, id, based)
	if err != nil {
		return Report{}, err
	}
	if r.Period.To > tx.Today() {
		return Report{}, fault.Refuse("report.file.early")
	}
	r.Day, r.Status = tx.Today(), Filed
	book := tx.Reading(by)
	facts, err := Gather(ctx, book, r.Ask)
	if err != nil {
		return Report{}, err
	}
	house, err := HouseOf(ctx, book, r.Body, r.Day)
	if err != nil {
		return Report{}, err
	}
	to := words.In(locale.Lang(r.Lang))
	entered, err := office.Register(ctx, tx, by, office.Made{
		Body: r.Body, Kind: office.Report, From: fmt.Sprintf("report/%d", r.ID), Subject: Subject(to, facts),
		To: house.Recipients, Signer: house.Signer.Name, Day: r.Day, Symbol: house.Symbol,
	})
	if err != nil {
		return Report{}, err
	}
	r.Number, r.Year, r.Symbol = entered.Number, entered.Year, entered.Label()
	r.FiledAt, r.Filer, r.Name, r.Head = tx.NowMilli(), by.Person, by.Name, tx.HeadText()
	frozen := &Frozen{Facts: facts, Paper: Paper{House: house, Number: r.Symbol, Date: calendar.OnDay(r.Day), Texts: r.Texts}}
	if err := frozen.word(to); err != nil {
		return Report{}, err
	}
	if _, r.Digest, err = frozen.Seal(); err != nil {
		return Report{}, err
	}
	r.Frozen = frozen
	return r, tx.UpdateReport(ctx, r)
}

// word keeps the paper as it reads on the day it is filed.
func (f *Frozen) word(to locale.Speaker) error {
	var written bytes.Buffer
	if err := document.WriteJSON(&written, Compose(to, f.Facts, f.Paper)); err != nil {
		return err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, written.Bytes()); err != nil {
		return fmt.Errorf("freeze a report: %w", err)
	}
	f.Words = compact.Bytes()
	return nil
}

// Arrived notes that the report of a branch came on paper.
func Arrived(ctx context.Context, tx Tx, by access.Actor, ask Ask, on calendar.Day, note string) (Report, error) {
	if err := by.May(access.FileReports, ask.Body); err != nil {
		return Report{}, err
	}
	if on > tx.Today() {
		return Report{}, fault.Field("day", "deed.day.future")
	}
	r := Report{ID: ID(tx.NewID()), Ask: ask, Lang: "vi", Status: Received, Day: on, Note: note, FiledAt: tx.NowMilli(), Filer: by.Person, Name: by.Name, Revision: 1}
	return r, tx.InsertReport(ctx, r)
}

// The settings of reporting by branches, kept at the body they report to.
const (
	SettingExpected = "report.expected" // annual, quarterly; empty: branches are not asked to report
	SettingDays     = "report.days"     // after the period's end within which they report
	SettingPublic   = "public.on"       // "yes" while the body has a public page
)

// daysUsual is how long branches have when nothing is set.
const daysUsual = 15

// Turn is how one branch stands with its report of a period.
type Turn struct {
	Body   body.ID
	Code   string
	Names  Label
	Report *Report      // filed or received; nil while it is missing
	Due    calendar.Day // the last day in time
}

// Late tells that the report is missing after its day.
func (t Turn) Late(today calendar.Day) bool { return t.Report == nil && today > t.Due }

// TurnBook is what the standing of branches is read from.
type TurnBook interface {
	Today() calendar.Day
	Tree() *body.Tree
	Body(ctx context.Context, id body.ID) (body.Body, error)
	Setting(ctx context.Context, of body.ID, name string) (string, error)
	ReportsCovering(ctx context.Context, of []body.ID, p calendar.Period) ([]Report, error)
}

// Turns lists the branches directly below a body with their reports of a period.
func Turns(ctx context.Context, b TurnBook, of body.ID, p calendar.Period) ([]Turn, error) {
	days, err := daysAllowed(ctx, b, of)
	if err != nil {
		return nil, err
	}
	var turns []Turn
	var ids []body.ID
	for _, id := range b.Tree().ChildrenOn(of, min(p.To, b.Today())) {
		branch, err := b.Body(ctx, id)
		if err != nil {
			return nil, err
		}
		if branch.Kind == body.Household {
			continue
		}
		ids = append(ids, id)
		turns = append(turns, Turn{Body: id, Code: branch.Code, Names: NamesOn(branch, p.To), Due: p.To + calendar.Day(days)})
	}
	reports, err := b.ReportsCovering(ctx, ids, p)
	if err != nil {
		return nil, err
	}
	for i := range turns {
		at := slices.IndexFunc(reports, func(r Report) bool { return r.Body == turns[i].Body })
		if at >= 0 {
			turns[i].Report = &reports[at]
		}
	}
	return turns, nil
}

func daysAllowed(ctx context.Context, b TurnBook, of body.ID) (int, error) {
	set, err := b.Setting(ctx, of, SettingDays)
	days := daysUsual
	if _, bad := fmt.Sscan(set, &days); bad != nil {
		days = daysUsual
	}
	return days, err
}
