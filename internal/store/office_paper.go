package store

import (
	"context"
	"database/sql"
	"fmt"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/text"
)

const paperColumns = `id, body, way, kind, series, year, number, tail, typed, day, sender, theirs, dated, addressed, signer, urgency, subject, deadline,
  handler, handled, answers, answered, settled, outcome, files, made, note, void, reason, recorded, recorder, revision`

func scanPaper(rows *sql.Rows) (office.Paper, error) {
	var p office.Paper
	var typed, void int64
	var dated, to, files string
	err := rows.Scan((*int64)(&p.ID), (*int64)(&p.Body), (*string)(&p.Way), &p.Kind, &p.Series, &p.Year, &p.Number, &p.Tail, &typed, (*int32)(&p.Day), &p.From,
		&p.Theirs, &dated, &to, &p.Signer, (*string)(&p.Urgency), &p.Subject, (*int32)(&p.Deadline), (*int64)(&p.Handler), &p.Handled, (*int64)(&p.Answers),
		(*int64)(&p.Answered), (*int32)(&p.Settled), &p.Outcome, &files, &p.Made, &p.Note, &void, &p.Reason, &p.Recorded, (*int64)(&p.Recorder), &p.Revision)
	if err != nil {
		return p, err
	}
	p.Typed, p.Void = typed != 0, void != 0
	if err := unpack(to, &p.To); err != nil {
		return p, err
	}
	if err := unpack(files, &p.Files); err != nil {
		return p, err
	}
	return p, dates(&p.Dated, dated)
}

func (tx *Tx) paperArgs(p office.Paper) ([]any, string, error) {
	to, err := pack(p.To, len(p.To) == 0)
	if err != nil {
		return nil, "", err
	}
	files, err := pack(p.Files, len(p.Files) == 0)
	fold := paperFold(p)
	return []any{
		int64(p.ID), int64(p.Body), string(p.Way), p.Kind, p.Series, p.Year, p.Number, p.Tail, flag(p.Typed), int64(p.Day), p.From, p.Theirs, p.Dated.EDTF(), to,
		p.Signer, string(p.Urgency), p.Subject, int64(p.Deadline), int64(p.Handler), p.Handled, int64(p.Answers), int64(p.Answered), int64(p.Settled), p.Outcome,
		files, p.Made, p.Note, flag(p.Void), p.Reason, p.Recorded, int64(p.Recorder), p.Revision, fold, tx.book.root,
	}, fold, err
}

// paperFold is what search compares of a paper: its numbers, who sent it or
// gets it, and what it is about.
func paperFold(p office.Paper) string {
	fold := text.Fold(p.Label()) + " " + text.Fold(p.Subject) + " " + text.Fold(p.From) + " " + text.Fold(p.Theirs) + " " + text.Fold(p.Signer)
	for _, to := range p.To {
		fold += " " + text.Fold(to)
	}
	return fold + " " + text.Fold(p.Note) + " " + text.Fold(p.Handled)
}

func (r reader) paperWhere(ctx context.Context, condition string, args ...any) (office.Paper, error) {
	found, err := collect(ctx, r.runner, scanPaper, `SELECT `+paperColumns+` FROM paper WHERE `+condition, args...)
	if err != nil {
		return office.Paper{}, err
	}
	if len(found) == 0 {
		return office.Paper{}, fault.Missing("paper.missing")
	}
	return found[0], nil
}

// Paper reads one paper of the register.
func (r reader) Paper(ctx context.Context, id office.PaperID) (office.Paper, error) {
	return r.paperWhere(ctx, `id = $1`, int64(id))
}

// PaperNumbered reads the paper that has a number in a series.
func (r reader) PaperNumbered(ctx context.Context, of body.ID, series string, year int, number int64) (office.Paper, error) {
	return r.paperWhere(ctx, `body = $1 AND series = $2 AND year = $3 AND number = $4`, int64(of), series, year, number)
}

// PaperMade reads the paper that was entered for something the book made.
func (r reader) PaperMade(ctx context.Context, of body.ID, made string) (office.Paper, error) {
	return r.paperWhere(ctx, `body = $1 AND made = $2 AND made <> '' AND void = 0`, int64(of), made)
}

// InsertPaper writes a new paper of the register.
func (tx *Tx) InsertPaper(ctx context.Context, p office.Paper) error {
	args, fold, err := tx.paperArgs(p)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO paper (`+paperColumns+`, fold, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
		$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)`, args...)
	if err != nil {
		return err
	}
	tx.note("paper", int64(p.ID), p.Body, nil, p)
	return tx.indexNew(ctx, "paper", int64(p.ID), fold)
}

// UpdatePaper writes what changed of a paper of the register.
func (tx *Tx) UpdatePaper(ctx context.Context, p office.Paper) error {
	before, err := tx.Paper(ctx, p.ID)
	if err != nil {
		return err
	}
	args, fold, err := tx.paperArgs(p)
	if err != nil {
		return err
	}
	was, err := tx.foldKept(ctx, "paper", int64(p.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE paper SET body = $2, way = $3, kind = $4, series = $5, year = $6, number = $7, tail = $8, typed = $9, day = $10, sender = $11, theirs = $12,
		  dated = $13, addressed = $14, signer = $15, urgency = $16, subject = $17, deadline = $18, handler = $19, handled = $20, answers = $21, answered = $22,
		  settled = $23, outcome = $24, files = $25, made = $26, note = $27, void = $28, reason = $29, recorded = $30, recorder = $31, revision = $32, fold = $33
		WHERE id = $1 AND root = $34`, args...)
	if err != nil {
		return err
	}
	tx.note("paper", int64(p.ID), p.Body, before, p)
	return tx.index(ctx, "paper", int64(p.ID), was, fold)
}

// Paper reads a paper of a register that the actor may see.
func (v *View) Paper(ctx context.Context, id office.PaperID) (office.Paper, error) {
	p, err := v.r.Paper(ctx, id)
	if err != nil {
		return p, err
	}
	if err := v.actor.May(access.ReadOffice, p.Body); err != nil {
		return office.Paper{}, err
	}
	return p, nil
}

// PapersAsked narrows a register; what is zero narrows nothing.
type PapersAsked struct {
	Body   body.ID
	Way    office.Way
	Kind   string
	Year   int
	Waits  bool // only those that came and await an answer
	Late   bool // only those whose deadline has passed
	Typed  string
	Digest string // only those that have a file
	From   int
	Most   int // 50 when nothing was asked
}

func (v *View) papersFilter(asked PapersAsked) *filter {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadOffice, "body", f.args)
	f.args = args
	f.and(reach)
	if asked.Body != 0 {
		f.and(`body = ?`, int64(asked.Body))
	}
	if asked.Way != "" {
		f.and(`way = ?`, string(asked.Way))
	}
	if asked.Kind != "" {
		f.and(`kind = ?`, asked.Kind)
	}
	if asked.Year != 0 {
		f.and(`year = ?`, asked.Year)
	}
	if asked.Waits || asked.Late {
		f.and(`way = 'in' AND deadline <> 0 AND settled = 0 AND void = 0`)
	}
	if asked.Late {
		f.and(`deadline < ?`, int64(v.Today()))
	}
	if asked.Digest != "" {
		f.and(`files LIKE ? ESCAPE '\'`, `%"`+likeSafe.Replace(asked.Digest)+`"%`)
	}
	found, args := match("paper", asked.Typed, "id", "fold", v.r.book.root, f.args)
	if found != "" {
		f.args = args
		f.and(found)
	}
	return f
}

// Papers lists papers of the registers the actor may see: the latest first, or
// those that wait by their deadline.
func (v *View) Papers(ctx context.Context, asked PapersAsked) ([]office.Paper, error) {
	if asked.Most <= 0 {
		asked.Most = 50
	}
	f := v.papersFilter(asked)
	order := `ORDER BY day DESC, number DESC, id DESC`
	if asked.Waits || asked.Late {
		order = `ORDER BY deadline, id`
	}
	end := f.bind(` `+order+` LIMIT ? OFFSET ?`, asked.Most, asked.From)
	return collect(ctx, v.r.runner, scanPaper, `SELECT `+paperColumns+` FROM paper WHERE `+f.where()+end, f.args...)
}

// CountPapers tells how many papers a list has.
func (v *View) CountPapers(ctx context.Context, asked PapersAsked) (int, error) {
	f := v.papersFilter(asked)
	var n int
	err := v.r.one(ctx, `SELECT COUNT(*) FROM paper WHERE `+f.where(), f.args, &n)
	return n, err
}

// NextPaperNumber tells which number the next paper of a way and kind would be
// given, without drawing it.
func (v *View) NextPaperNumber(ctx context.Context, of body.ID, way office.Way, kind string, on calendar.Day) (int64, error) {
	if err := v.actor.May(access.ReadOffice, of); err != nil {
		return 0, err
	}
	together, err := v.r.Setting(ctx, of, office.SettingTogether)
	if err != nil {
		return 0, err
	}
	var last int64
	err = v.r.one(ctx, `SELECT COALESCE(MAX(last), 0) FROM number_series WHERE body = $1 AND series = $2 AND year = $3`,
		[]any{int64(of), office.SeriesFor(way, kind, together == "yes"), on.Year()}, &last)
	return last + 1, err
}

// MissingNumbers lists the numbers of a way and year that no paper has although
// later ones were given, by series; a register that was begun by hand has some.
func (v *View) MissingNumbers(ctx context.Context, of body.ID, year int) (map[string][]int64, error) {
	if err := v.actor.May(access.ReadOffice, of); err != nil {
		return nil, err
	}
	return v.r.missingNumbers(ctx, of, year)
}

// missingMost bounds how many missing numbers one series tells.
const missingMost = 20

func (r reader) missingNumbers(ctx context.Context, of body.ID, year int) (map[string][]int64, error) {
	missing, last := map[string][]int64{}, map[string]int64{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var series string
		var number int64
		if err := rows.Scan(&series, &number); err != nil {
			return err
		}
		if before, begun := last[series]; begun {
			for n := before + 1; n < number && len(missing[series]) < missingMost; n++ {
				missing[series] = append(missing[series], n)
			}
		}
		last[series] = number
		return nil
	}, `SELECT series, number FROM paper WHERE body = $1 AND year = $2 ORDER BY series, number`, int64(of), year)
	return missing, err
}

// checkPapers finds papers whose number was drawn although the one before it is
// missing: a number drawn by the book leaves no gap.
func (r reader) checkPapers(ctx context.Context) ([]Trouble, error) {
	type key struct {
		body   int64
		series string
		year   int
	}
	last := map[key]int64{}
	var trouble []Trouble
	err := r.each(ctx, func(rows *sql.Rows) error {
		var k key
		var number, typed int64
		if err := rows.Scan(&k.body, &k.series, &k.year, &number, &typed); err != nil {
			return err
		}
		if typed == 0 && number != last[k]+1 {
			trouble = append(trouble, Trouble{"number", fmt.Sprintf("body %d, papers %s/%d: %d follows %d", k.body, k.series, k.year, number, last[k])})
		}
		last[k] = number
		return nil
	}, `SELECT body, series, year, number, typed FROM paper WHERE root = $1 ORDER BY body, series, year, number`, r.book.root)
	return trouble, err
}
