package office

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// SettingSymbol names the letters by which a body signs its numbers: BLL of
// "05/BC-BLL". It is one of the settings of papers.
const SettingSymbol = "paper.symbol"

// Draft is a paper to be entered, with its number as somebody typed it. Empty
// draws the next one.
type Draft struct {
	Paper
	Typed  string // "12" or "12/QĐ-BLL"
	Symbol string // of the body, where no setting has one
}

// Enter puts a paper into the register and gives it its number. One that
// replies to another settles it.
func Enter(ctx context.Context, tx Tx, by access.Actor, d Draft) (Paper, error) {
	p := d.Paper
	if err := may(by, p.Body); err != nil {
		return Paper{}, err
	}
	number, tail, err := ParseNumber(d.Typed)
	if k, found := kindStamped(tail); found && p.Way == Out {
		p.Kind = k.Code
	}
	if p.Kind == "" {
		p.Kind = Letter
	}
	if p.Day == 0 {
		p.Day = tx.Today()
	}
	if err := fault.Gather(err, p.Check(tx.Today())); err != nil {
		return Paper{}, err
	}
	if err := replies(ctx, tx, p); err != nil {
		return Paper{}, err
	}
	if p, err = numbered(ctx, tx, p, number); err != nil {
		return Paper{}, err
	}
	if p.Tail, err = tailed(ctx, tx, p, d.Symbol, tail); err != nil {
		return Paper{}, err
	}
	p.ID, p.Recorded, p.Recorder, p.Revision = PaperID(tx.NewID()), tx.NowMilli(), person.ID(by.Person), 1
	if err := tx.InsertPaper(ctx, p); err != nil {
		return Paper{}, err
	}
	return p, settleBy(ctx, tx, p)
}

// numbered draws the next number of the paper's series, or takes the one that
// was typed when no other paper has it.
func numbered(ctx context.Context, tx Tx, p Paper, typed int64) (Paper, error) {
	together, err := tx.Setting(ctx, p.Body, SettingTogether)
	if err != nil {
		return p, err
	}
	p.Series, p.Year, p.Typed = SeriesFor(p.Way, p.Kind, together == "yes"), p.Day.Year(), typed != 0
	if typed == 0 {
		p.Number, err = tx.NextNumber(ctx, p.Body, p.Series, p.Year)
		return p, err
	}
	other, err := tx.PaperNumbered(ctx, p.Body, p.Series, p.Year, typed)
	if err == nil {
		return p, fault.Field("number", "paper.number.taken", other.Label(), other.Subject)
	}
	if fault.KindOf(err) != fault.NotFound {
		return p, err
	}
	p.Number = typed
	return p, tx.RaiseNumber(ctx, p.Body, p.Series, p.Year, typed)
}

// tailed gives what stands behind the number of a paper that goes.
func tailed(ctx context.Context, tx Tx, p Paper, symbol, typed string) (string, error) {
	if p.Way == In {
		return "", nil
	}
	set, err := tx.Setting(ctx, p.Body, SettingSymbol)
	if err != nil {
		return "", err
	}
	if set != "" {
		symbol = set
	}
	kind, _ := KindOf(p.Kind)
	return TailOf(kind, symbol, typed), nil
}

// replies refuses to answer what did not come to the same office.
func replies(ctx context.Context, tx Tx, p Paper) error {
	if p.Answers == 0 {
		return nil
	}
	in, err := tx.Paper(ctx, p.Answers)
	if err != nil {
		return err
	}
	if p.Way != Out || in.Way != In || in.Body != p.Body || in.Void {
		return fault.Field("answers", "paper.answers.unfit")
	}
	return nil
}

// settleBy marks what a paper answers as dealt with.
func settleBy(ctx context.Context, tx Tx, p Paper) error {
	if p.Answers == 0 {
		return nil
	}
	in, err := tx.Paper(ctx, p.Answers)
	if err != nil {
		return err
	}
	in.Answered, in.Settled = p.ID, max(p.Day, in.Day)
	in.Revision++
	return tx.UpdatePaper(ctx, in)
}

// Made is a paper that the book itself made: a report, an invitation, a letter.
type Made struct {
	Body    body.ID
	Kind    string // code of a PaperKind
	From    string // what it was made from, once for ever: "report/17"
	Subject string
	To      []string
	Signer  string
	Day     calendar.Day // 0: today
	Typed   string       // a number given by hand; empty draws the next
	Symbol  string
	Files   []File
}

// Register enters a paper that the book made, with one click. The same paper
// entered again keeps its number.
func Register(ctx context.Context, tx Tx, by access.Actor, m Made) (Paper, error) {
	if err := may(by, m.Body); err != nil {
		return Paper{}, err
	}
	if m.From != "" {
		p, err := tx.PaperMade(ctx, m.Body, m.From)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return p, err
		}
	}
	return Enter(ctx, tx, by, Draft{
		Paper: Paper{
			Body: m.Body, Way: Out, Kind: m.Kind, Day: m.Day, Subject: m.Subject, To: m.To, Signer: m.Signer, Files: m.Files, Made: m.From,
		},
		Typed: m.Typed, Symbol: m.Symbol,
	})
}

// Amend changes what the register says of a paper; way, number and kind stay.
// based is the revision the actor saw.
func Amend(ctx context.Context, tx Tx, by access.Actor, p Paper, based int64) (Paper, error) {
	before, err := open(ctx, tx, by, p.ID)
	if err != nil {
		return Paper{}, err
	}
	if before.Revision != based {
		return Paper{}, fault.Outdated("common.outdated")
	}
	p.Body, p.Way, p.Kind, p.Series, p.Year, p.Number, p.Tail, p.Typed = before.Body, before.Way, before.Kind, before.Series, before.Year, before.Number, before.Tail, before.Typed
	p.Answers, p.Answered, p.Settled, p.Outcome, p.Made = before.Answers, before.Answered, before.Settled, before.Outcome, before.Made
	p.Recorded, p.Recorder, p.Revision = before.Recorded, before.Recorder, based+1
	if p.Day.Year() != p.Year {
		return Paper{}, fault.Field("day", "paper.day.year", p.Year)
	}
	if err := p.Check(tx.Today()); err != nil {
		return Paper{}, err
	}
	return p, tx.UpdatePaper(ctx, p)
}

// open reads a paper that may be changed.
func open(ctx context.Context, tx Tx, by access.Actor, id PaperID) (Paper, error) {
	p, err := tx.Paper(ctx, id)
	if err != nil {
		return Paper{}, err
	}
	if err := may(by, p.Body); err != nil {
		return Paper{}, err
	}
	if p.Void {
		return Paper{}, fault.Refuse("paper.void.already")
	}
	return p, nil
}

// Answer says which paper that went replies to one that came.
func Answer(ctx context.Context, tx Tx, by access.Actor, in, out PaperID) error {
	p, err := open(ctx, tx, by, out)
	if err != nil {
		return err
	}
	p.Answers = in
	if err := replies(ctx, tx, p); err != nil {
		return err
	}
	p.Revision++
	if err := tx.UpdatePaper(ctx, p); err != nil {
		return err
	}
	return settleBy(ctx, tx, p)
}

// Settle says that a paper that came was dealt with otherwise than by a reply.
func Settle(ctx context.Context, tx Tx, by access.Actor, id PaperID, on calendar.Day, outcome string) error {
	p, err := open(ctx, tx, by, id)
	if err != nil {
		return err
	}
	switch {
	case p.Way != In:
		return fault.Refuse("paper.settle.out")
	case on < p.Day:
		return fault.Field("settled", "paper.settle.early")
	case on > tx.Today():
		return fault.Field("settled", "paper.day.future")
	}
	p.Settled, p.Outcome = on, outcome
	p.Revision++
	return tx.UpdatePaper(ctx, p)
}

// Reopen takes back that a paper that came was dealt with.
func Reopen(ctx context.Context, tx Tx, by access.Actor, id PaperID) error {
	p, err := open(ctx, tx, by, id)
	if err != nil {
		return err
	}
	p.Settled, p.Answered, p.Outcome = 0, 0, ""
	p.Revision++
	return tx.UpdatePaper(ctx, p)
}

// Void takes a paper out of use. Its number stays in the register with the
// reason, and is not given again.
func Void(ctx context.Context, tx Tx, by access.Actor, id PaperID, reason string) error {
	p, err := open(ctx, tx, by, id)
	if err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return fault.Field("reason", "paper.reason.missing")
	}
	p.Void, p.Reason = true, reason
	p.Revision++
	if err := tx.UpdatePaper(ctx, p); err != nil || p.Answers == 0 {
		return err
	}
	in, err := tx.Paper(ctx, p.Answers)
	if err != nil || in.Answered != p.ID {
		return err
	}
	return Reopen(ctx, tx, by, in.ID)
}

// Attach adds kept files to a paper.
func Attach(ctx context.Context, tx Tx, by access.Actor, id PaperID, files ...File) error {
	p, err := open(ctx, tx, by, id)
	if err != nil {
		return err
	}
	for _, f := range files {
		p.Files = append(without(p.Files, f.Digest), f)
	}
	p.Revision++
	return tx.UpdatePaper(ctx, p)
}

// Detach takes a file off a paper; the archive keeps it.
func Detach(ctx context.Context, tx Tx, by access.Actor, id PaperID, digest string) error {
	p, err := open(ctx, tx, by, id)
	if err != nil {
		return err
	}
	p.Files = without(p.Files, digest)
	p.Revision++
	return tx.UpdatePaper(ctx, p)
}
