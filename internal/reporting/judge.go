package reporting

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

func sortedKinds(deeds map[string]deed.Deed) []string { return slices.Sorted(maps.Keys(deeds)) }

// Judgement names the reply that is judged, as the judge saw it.
type Judgement struct {
	Form   ID
	Period calendar.Period
	Unit   body.ID
	Based  int64  // the number of the sending that was read; Latest: whatever stands
	Reason string // why it is sent back
}

// judged reads a reply that is to be judged, while its period is open.
func judged(ctx context.Context, tx Tx, by access.Actor, j Judgement) (Form, Reply, error) {
	f, err := tx.Form(ctx, j.Form)
	if err != nil {
		return f, Reply{}, err
	}
	if err := by.May(access.FileReports, f.Body); err != nil {
		return f, Reply{}, err
	}
	locked, err := tx.PeriodLocked(ctx, j.Form, j.Period)
	if err != nil {
		return f, Reply{}, err
	}
	if locked {
		return f, Reply{}, fault.Refuse("form.period.locked")
	}
	all, err := tx.Replies(ctx, f, j.Period, []body.ID{j.Unit})
	if err != nil {
		return f, Reply{}, err
	}
	r, sent := all[j.Unit]
	if !sent {
		return f, Reply{}, fault.Missing("form.reply.missing")
	}
	if j.Based != Latest && j.Based != r.N {
		return f, Reply{}, fault.Outdated("form.sent.meanwhile", r.By)
	}
	return f, r, nil
}

// Approve accepts a unit's reply; where the form says so its answers now become
// deeds. Whoever comes second is told who acted.
func Approve(ctx context.Context, tx Tx, by access.Actor, j Judgement) (Reply, error) {
	f, before, err := judged(ctx, tx, by, j)
	if err != nil {
		return Reply{}, err
	}
	if before.Status != Sent {
		return Reply{}, fault.Refuse("form.judged."+string(before.Status), before.Judge)
	}
	after := before
	after.Status, after.Judge, after.Judged, after.Reason = Approved, by.Name, tx.NowMilli(), ""
	if f.Posting == OnApproval {
		// Answers to an older version are read by its questions: numbers are never reused.
		if err := post(ctx, tx, onBehalf(by, j.Unit), f, j.Period, &after); err != nil {
			return Reply{}, err
		}
	}
	return after, tx.UpdateReply(ctx, f, before, after)
}

// SendBack returns a reply to its unit with a reason. It does not count until it
// is sent again, and the deeds it became are taken back.
func SendBack(ctx context.Context, tx Tx, by access.Actor, j Judgement) (Reply, error) {
	f, before, err := judged(ctx, tx, by, j)
	if err != nil {
		return Reply{}, err
	}
	if before.Status == Returned {
		return Reply{}, fault.Refuse("form.judged.returned", before.Judge)
	}
	reason := strings.TrimSpace(j.Reason)
	if reason == "" {
		return Reply{}, fault.Field("reason", "form.reason.missing")
	}
	if len([]rune(reason)) > 1000 {
		return Reply{}, fault.Field("reason", "form.reason.long")
	}
	after := before
	after.Status, after.Judge, after.Judged, after.Reason = Returned, by.Name, tx.NowMilli(), reason
	for _, kind := range slices.Sorted(maps.Keys(before.Deeds)) {
		if err := withdraw(ctx, tx, onBehalf(by, j.Unit), before.Deeds[kind]); err != nil {
			return Reply{}, err
		}
	}
	return after, tx.UpdateReply(ctx, f, before, after)
}

// LockTx is what locking a period needs of a transaction.
type LockTx interface {
	Tx
	SetPeriodLock(ctx context.Context, f Form, p calendar.Period, l Lock) error
}

// Lock says that a period is closed: nothing is sent or judged any more.
type Lock struct {
	On   bool   `json:"on"`
	At   int64  `json:"at"` // Unix milliseconds
	By   string `json:"by"`
	Note string `json:"note,omitempty"` // why it was opened again
}

// Locking says that a period is to be closed or opened again.
type Locking struct {
	Form   ID
	Period calendar.Period
	On     bool
	Note   string // why it is opened again
}

// LockPeriod closes a period, or opens it again with a reason.
func LockPeriod(ctx context.Context, tx LockTx, by access.Actor, l Locking) error {
	f, err := tx.Form(ctx, l.Form)
	if err != nil {
		return err
	}
	if err := by.May(access.FileReports, f.Body); err != nil {
		return err
	}
	if !f.Asks(l.Period) {
		return fault.Field("period", "form.period.wrong", f.Every.Code(l.Period))
	}
	locked, err := tx.PeriodLocked(ctx, l.Form, l.Period)
	if err != nil {
		return err
	}
	if locked == l.On {
		return fault.Refuse(map[bool]string{true: "form.period.locked", false: "form.period.open"}[l.On])
	}
	note := strings.TrimSpace(l.Note)
	if !l.On && note == "" {
		return fault.Field("note", "form.unlock.reason")
	}
	return tx.SetPeriodLock(ctx, f, l.Period, Lock{On: l.On, At: tx.NowMilli(), By: by.Name, Note: note})
}
