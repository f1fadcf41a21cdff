package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/source"
)

func scanSettlement(rows *sql.Rows) (lineage.Settlement, error) {
	var s lineage.Settlement
	var decided, made string
	err := rows.Scan(&s.ID, (*int64)(&s.Body), (*int64)(&s.Heir), (*string)(&s.What), (*string)(&s.Way), (*int32)(&s.Day), &s.Paper.Number, &decided,
		&s.Paper.Issuer, &s.Paper.Title, &s.Note, &s.Count, &made, &s.Recorded, (*int64)(&s.Recorder))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(made), &s.Made); err != nil {
		return s, fmt.Errorf("read a settlement: %w", err)
	}
	return s, dates(&s.Paper.Date, decided)
}

// Settlement reads one act by which something left was settled.
func (r reader) Settlement(ctx context.Context, id int64) (lineage.Settlement, error) {
	found, err := collect(ctx, r.runner, scanSettlement, `SELECT `+settlementColumns+` FROM settlement WHERE id = $1`, id)
	if err == nil && len(found) == 0 {
		err = fault.Missing("event.missing")
	}
	if err != nil {
		return lineage.Settlement{}, err
	}
	return found[0], nil
}

// Settlement reads one act of an ended body whose figures, or whose heir's, the
// actor may read.
func (v *View) Settlement(ctx context.Context, id int64) (lineage.Settlement, error) {
	s, err := v.r.Settlement(ctx, id)
	if err == nil && !v.actor.Can(access.ReadFigures, s.Heir) {
		err = v.actor.May(access.ReadFigures, s.Body)
	}
	if err != nil {
		return lineage.Settlement{}, err
	}
	return s, nil
}

// concerned asks whether the actor reads the deeds of a body that an event or a
// settlement is about.
func (v *View) concerned(ctx context.Context, subject string, ref int64) error {
	var bodies []body.ID
	if subject == lineage.SettlementPapers {
		s, err := v.r.Settlement(ctx, ref)
		if err != nil {
			return err
		}
		bodies = []body.ID{s.Body, s.Heir}
	} else {
		e, err := v.r.Event(ctx, ref)
		if err != nil {
			return err
		}
		bodies = e.Bodies()
	}
	if slices.ContainsFunc(bodies, func(id body.ID) bool { return id != 0 && v.actor.Can(access.ReadDeeds, id) }) {
		return nil
	}
	return fault.Forbid("access.forbidden.read_deeds")
}

// LinePapers lists the papers kept with an event or a settlement.
func (v *View) LinePapers(ctx context.Context, subject string, ref int64) ([]source.Attachment, error) {
	if err := v.concerned(ctx, subject, ref); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanAttachment,
		`SELECT `+attachmentColumns+` FROM attachment WHERE subject = $1 AND removed = 0 AND ref = $2 ORDER BY id`, subject, ref)
}

// LinePaper reads one paper of an event or a settlement.
func (v *View) LinePaper(ctx context.Context, subject string, id int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, id)
	if err != nil {
		return a, err
	}
	if a.Subject != subject || a.Removed {
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	if err := v.concerned(ctx, subject, a.Ref); err != nil {
		return source.Attachment{}, err
	}
	return a, nil
}
