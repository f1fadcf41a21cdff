package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/report"
)

const reportColumns = `id, body, kind, since, until, lang, status, number, year, symbol, day, texts, frozen, digest, filed_at, filer, name, head, note, revision`

// reportHead are the same columns without what is frozen, for lists.
const reportHead = `id, body, kind, since, until, lang, status, number, year, symbol, day, texts, '' AS frozen, digest, filed_at, filer, name, head, note, revision`

func scanReport(rows *sql.Rows) (report.Report, error) {
	var r report.Report
	var texts, frozen string
	err := rows.Scan((*int64)(&r.ID), (*int64)(&r.Body), (*string)(&r.Kind), (*int32)(&r.Period.From), (*int32)(&r.Period.To), &r.Lang, (*string)(&r.Status),
		&r.Number, &r.Year, &r.Symbol, (*int32)(&r.Day), &texts, &frozen, &r.Digest, &r.FiledAt, &r.Filer, &r.Name, &r.Head, &r.Note, &r.Revision)
	if err != nil {
		return r, err
	}
	if err := unpack(texts, &r.Texts); err != nil {
		return r, err
	}
	if frozen == "" {
		return r, nil
	}
	r.Frozen = &report.Frozen{}
	return r, unpack(frozen, r.Frozen)
}

// Report reads one report with what is frozen in it.
func (r reader) Report(ctx context.Context, id report.ID) (report.Report, error) {
	return r.oneReport(ctx, `id = $1`, int64(id))
}

func (r reader) oneReport(ctx context.Context, condition string, args ...any) (report.Report, error) {
	found, err := collect(ctx, r.runner, scanReport, `SELECT `+reportColumns+` FROM report WHERE `+condition+` LIMIT 1`, args...)
	if err != nil {
		return report.Report{}, err
	}
	if len(found) == 0 {
		return report.Report{}, fault.Missing("report.missing")
	}
	return found[0], nil
}

// reportArgs are a report's values in the order of reportColumns.
func reportArgs(r report.Report) ([]any, error) {
	texts, err := pack(r.Texts, r.Texts == report.Texts{})
	if err != nil {
		return nil, err
	}
	frozen := []byte{}
	if r.Frozen != nil {
		if frozen, _, err = r.Frozen.Seal(); err != nil {
			return nil, err
		}
	}
	return []any{
		int64(r.ID), int64(r.Body), string(r.Kind), int64(r.Period.From), int64(r.Period.To), r.Lang, string(r.Status), r.Number, r.Year, r.Symbol, int64(r.Day),
		texts, string(frozen), r.Digest, r.FiledAt, r.Filer, r.Name, r.Head, r.Note, r.Revision,
	}, nil
}

// bare is a report as the history keeps it: what is frozen stands there by its
// digest.
func bare(r report.Report) report.Report {
	r.Frozen = nil
	return r
}

// InsertReport writes a new report.
func (tx *Tx) InsertReport(ctx context.Context, r report.Report) error {
	args, err := reportArgs(r)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO report (`+reportColumns+`, root)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`, append(args, tx.book.root)...)
	if err == nil {
		tx.note("report", int64(r.ID), r.Body, nil, bare(r))
	}
	return err
}

// UpdateReport writes what changed of a report.
func (tx *Tx) UpdateReport(ctx context.Context, r report.Report) error {
	before, err := tx.Report(ctx, r.ID)
	if err != nil {
		return err
	}
	args, err := reportArgs(r)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE report SET body = $2, kind = $3, since = $4, until = $5, lang = $6, status = $7, number = $8, year = $9, symbol = $10, day = $11, texts = $12,
		  frozen = $13, digest = $14, filed_at = $15, filer = $16, name = $17, head = $18, note = $19, revision = $20 WHERE id = $1`, args...)
	if err == nil {
		tx.note("report", int64(r.ID), r.Body, bare(before), bare(r))
	}
	return err
}

// HeadText is the head of the history before this transaction.
func (tx *Tx) HeadText() string { return hex.EncodeToString(tx.state.head) }

// Reading is the book as an actor may see it within this transaction. Figures
// that the transaction itself has changed are not in it yet.
func (tx *Tx) Reading(by access.Actor) report.FilingBook { return &View{r: tx.reader, actor: by} }

// Report reads a report that the actor may see.
func (v *View) Report(ctx context.Context, id report.ID) (report.Report, error) {
	r, err := v.r.Report(ctx, id)
	if err != nil {
		return report.Report{}, err
	}
	if err := v.actor.May(access.ReadFigures, r.Body); err != nil {
		return report.Report{}, err
	}
	return r, nil
}

// reportsMost bounds a list of reports.
const reportsMost = 500

// Reports lists the reports that the actor may see, drafts first, then the
// latest first, without what is frozen in them; of one body, or of all (0).
func (v *View) Reports(ctx context.Context, of body.ID) ([]report.Report, error) {
	f := &filter{}
	f.and(`root = ? AND status <> 'dropped'`, v.r.book.root)
	if of != 0 {
		f.and(`body = ?`, int64(of))
	}
	reach := v.reach(access.ReadFigures)
	if !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	return collect(ctx, v.r.runner, scanReport, `SELECT `+reportHead+` FROM report WHERE `+f.where()+
		` ORDER BY CASE WHEN status = 'draft' THEN 0 ELSE 1 END, day DESC, id DESC LIMIT `+fmt.Sprint(reportsMost), f.args...)
}

// ReportsCovering lists the reports filed by bodies, or received from them, that
// cover a period, the earliest first.
func (v *View) ReportsCovering(ctx context.Context, of []body.ID, p calendar.Period) ([]report.Report, error) {
	f := &filter{}
	f.and(`root = ? AND status IN ('filed', 'received')`, v.r.book.root)
	f.and(`since <= ? AND until >= ?`, int64(p.From), int64(p.To))
	f.and(`body ` + list(f, of))
	found, err := collect(ctx, v.r.runner, scanReport, `SELECT `+reportHead+` FROM report WHERE `+f.where()+` ORDER BY day, id`, f.args...)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		if err := v.actor.May(access.ReadFigures, r.Body); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// FiledBefore reads the last report of a kind that a body filed for a period
// that ends by a day.
func (v *View) FiledBefore(ctx context.Context, of body.ID, kind report.Kind, until calendar.Day) (report.Report, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return report.Report{}, err
	}
	return v.r.oneReport(ctx, `root = $1 AND body = $2 AND kind = $3 AND status = 'filed' AND until <= $4 ORDER BY filed_at DESC, id DESC`,
		v.r.book.root, int64(of), string(kind), int64(until))
}

// changesMost bounds how many changed deeds a report lists.
const changesMost = 1000

// DeedsSince lists the deeds of a report's body and all below it that were
// written or corrected after the report was filed, each once, the first first.
func (v *View) DeedsSince(ctx context.Context, r report.Report) ([]report.DeedChange, error) {
	if err := v.actor.May(access.ReadDeeds, r.Body); err != nil {
		return nil, err
	}
	var link, n int64
	err := v.r.one(ctx, `SELECT link, n FROM change WHERE subject = 'report' AND ref = $1 ORDER BY link DESC, n DESC LIMIT 1`, []any{int64(r.ID)}, &link, &n)
	if errors.Is(err, errNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, args := in([]any{link, n, changesMost}, v.withBelow(r.Body))
	found := &deedChanges{at: map[int64]int{}, view: v, ctx: ctx}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		c, err := scanChange(rows)
		if err != nil {
			return err
		}
		return found.add(c)
	}, `SELECT `+changeColumns+` FROM change WHERE subject = 'deed' AND (link > $1 OR link = $1 AND n > $2) AND body `+list+` ORDER BY link, n LIMIT $3`, args...)
	if err != nil {
		return nil, err
	}
	return found.all, found.nameBodies()
}

// deedChanges gathers the history of deeds, one line for each deed.
type deedChanges struct {
	view *View
	ctx  context.Context
	at   map[int64]int
	home []body.ID
	all  []report.DeedChange
}

func (d *deedChanges) add(c Change) error {
	if c.Erased {
		return nil
	}
	var after deed.Deed
	if err := json.Unmarshal(c.After, &after); err != nil {
		return fmt.Errorf("read the history of a deed: %w", err)
	}
	i, known := d.at[c.Ref]
	if !known {
		i = len(d.all)
		d.at[c.Ref] = i
		first := report.DeedChange{Deed: deed.ID(c.Ref), New: len(c.Before) == 0, Ref: fmt.Sprintf("/deeds/%d", c.Ref)}
		if !first.New {
			var before deed.Deed
			if err := json.Unmarshal(c.Before, &before); err != nil {
				return fmt.Errorf("read the history of a deed: %w", err)
			}
			first.Was = before.Day
		}
		d.all, d.home = append(d.all, first), append(d.home, 0)
	}
	ch := &d.all[i]
	ch.Kind, ch.Day, ch.At, ch.By, ch.Why = after.Kind, after.Day, d.view.r.book.dayOf(c.At), c.Name, c.Why
	d.home[i] = after.Body
	return nil
}

func (d *deedChanges) nameBodies() error {
	for i, id := range d.home {
		of, err := d.view.Body(d.ctx, id)
		if err != nil {
			return err
		}
		d.all[i].Body = of.Code
	}
	return nil
}

// checkReports proves that what is frozen in reports is what was filed.
func (r reader) checkReports(ctx context.Context) ([]Trouble, error) {
	var trouble []Trouble
	err := r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var frozen, digest string
		if err := rows.Scan(&id, &frozen, &digest); err != nil {
			return err
		}
		if report.DigestOf([]byte(frozen)) != digest {
			trouble = append(trouble, Trouble{"report", fmt.Sprintf("report %d: what is frozen is not what was filed", id)})
		}
		return nil
	}, `SELECT id, frozen, digest FROM report WHERE root = $1 AND status = 'filed' ORDER BY id`, r.book.root)
	return trouble, err
}

var _ report.Tx = (*Tx)(nil)
