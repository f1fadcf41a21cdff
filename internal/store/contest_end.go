package store

import (
	"context"
	"database/sql"

	"kith.app/internal/body"
	"kith.app/internal/contest"
)

// Results reads what was published of a contest, in order.
func (r reader) Results(ctx context.Context, id contest.ID) ([]contest.Result, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (contest.Result, error) {
		var res contest.Result
		var shared int64
		var total, base, bonus, deduction, assigned sql.NullInt64
		err := rows.Scan((*int64)(&res.Unit), &res.Rank, &shared, &total, &base, &bonus, &deduction, &assigned, &res.Class, &res.Note)
		res.Shared = shared != 0
		res.Total, res.Base, res.Bonus, res.Deduction, res.Assigned = known(total), known(base), known(bonus), known(deduction), known(assigned)
		return res, err
	}, `SELECT unit, rank, shared, total, base, bonus, deduction, assigned, class, note FROM result WHERE contest = $1
		ORDER BY CASE WHEN rank = 0 THEN 1 ELSE 0 END, rank, unit`, int64(id))
}

// known gives points that may not be known.
func known(n sql.NullInt64) *contest.Points {
	if !n.Valid {
		return nil
	}
	p := contest.Points(n.Int64)
	return &p
}

// perhaps gives points as a column, null when they are not known.
func perhaps(p *contest.Points) any {
	if p == nil {
		return nil
	}
	return int64(*p)
}

// SaveResult writes what was published of a unit; it is written once.
func (tx *Tx) SaveResult(ctx context.Context, id contest.ID, r contest.Result) error {
	_, err := tx.exec(ctx, `
		INSERT INTO result (contest, unit, rank, shared, total, base, bonus, deduction, assigned, class, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		int64(id), int64(r.Unit), r.Rank, flag(r.Shared), perhaps(r.Total), perhaps(r.Base), perhaps(r.Bonus), perhaps(r.Deduction), perhaps(r.Assigned), r.Class, r.Note)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, id, "result", int64(r.Unit), nil, r)
}

// Amendments lists the decisions after publication, the first first.
func (r reader) Amendments(ctx context.Context, id contest.ID) ([]contest.Amendment, error) {
	return collect(ctx, r.runner, scanData[contest.Amendment], `SELECT data FROM amendment WHERE contest = $1 ORDER BY id`, int64(id))
}

// SaveAmendment writes a decision.
func (tx *Tx) SaveAmendment(ctx context.Context, a contest.Amendment) error {
	data, err := pack(a, false)
	if err != nil {
		return err
	}
	if _, err = tx.exec(ctx, `INSERT INTO amendment (id, contest, unit, data, revision) VALUES ($1, $2, $3, $4, $5)`, int64(a.ID), int64(a.Contest), int64(a.Unit), data, a.Revision); err != nil {
		return err
	}
	return tx.noteIn(ctx, a.Contest, "amendment", int64(a.ID), nil, a)
}

// Ballots lists the ballots of a contest, the first first.
func (r reader) Ballots(ctx context.Context, id contest.ID) ([]contest.Ballot, error) {
	return collect(ctx, r.runner, scanData[contest.Ballot], `SELECT data FROM ballot WHERE contest = $1 ORDER BY id`, int64(id))
}

// SaveBallot writes the count of a ballot.
func (tx *Tx) SaveBallot(ctx context.Context, b contest.Ballot) error {
	data, err := pack(b, false)
	if err != nil {
		return err
	}
	if _, err = tx.exec(ctx, `INSERT INTO ballot (id, contest, data, revision) VALUES ($1, $2, $3, $4)`, int64(b.ID), int64(b.Contest), data, b.Revision); err != nil {
		return err
	}
	return tx.noteIn(ctx, b.Contest, "ballot", int64(b.ID), nil, b)
}

// Honours lists the awards proposed and given in a contest.
func (r reader) Honours(ctx context.Context, id contest.ID) ([]contest.Honour, error) {
	return collect(ctx, r.runner, scanData[contest.Honour], `SELECT data FROM honour WHERE contest = $1 ORDER BY id`, int64(id))
}

// Honour reads one award proposed or given.
func (r reader) Honour(ctx context.Context, id contest.GivenID) (contest.Honour, error) {
	found, err := collect(ctx, r.runner, scanData[contest.Honour], `SELECT data FROM honour WHERE id = $1`, int64(id))
	return only(found, err, "contest.honour.missing")
}

// SaveHonour writes an award, new or changed.
func (tx *Tx) SaveHonour(ctx context.Context, h contest.Honour) error {
	data, err := pack(h, false)
	if err != nil {
		return err
	}
	var before any
	if h.Revision > 1 {
		if before, err = tx.Honour(ctx, h.ID); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `
		INSERT INTO honour (id, contest, year, unit, award, status, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET status = excluded.status, data = excluded.data, revision = excluded.revision`,
		int64(h.ID), int64(h.Contest), h.Year, int64(h.Unit), h.Award, string(h.Status), data, h.Revision)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, h.Contest, "honour", int64(h.ID), before, h)
}

func scanContract(rows *sql.Rows) (contest.Contract, error) {
	var k contest.Contract
	var targets, titles string
	err := rows.Scan((*int64)(&k.Contest), (*int64)(&k.Unit), (*int32)(&k.Signed), &k.Signer, &k.Office, &targets, &titles, &k.Revision)
	if err != nil {
		return k, err
	}
	if err := unpack(targets, &k.Targets); err != nil {
		return k, err
	}
	return k, unpack(titles, &k.Titles)
}

const contractColumns = `contest, unit, signed, signer, office, targets, titles, revision`

// Contract reads what a unit registered and signed.
func (r reader) Contract(ctx context.Context, id contest.ID, unit body.ID) (contest.Contract, error) {
	found, err := collect(ctx, r.runner, scanContract, `SELECT `+contractColumns+` FROM contract WHERE contest = $1 AND unit = $2`, int64(id), int64(unit))
	return only(found, err, "contest.contract.missing")
}

// Contracts lists what all units registered and signed.
func (r reader) Contracts(ctx context.Context, id contest.ID) ([]contest.Contract, error) {
	return collect(ctx, r.runner, scanContract, `SELECT `+contractColumns+` FROM contract WHERE contest = $1 ORDER BY unit`, int64(id))
}

// SaveContract writes what a unit registered and signed.
func (tx *Tx) SaveContract(ctx context.Context, k contest.Contract) error {
	targets, err := pack(k.Targets, len(k.Targets) == 0)
	if err != nil {
		return err
	}
	titles, err := pack(k.Titles, len(k.Titles) == 0)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO contract (`+contractColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (contest, unit) DO UPDATE SET signed = excluded.signed, signer = excluded.signer, office = excluded.office,
		  targets = excluded.targets, titles = excluded.titles, revision = excluded.revision`,
		int64(k.Contest), int64(k.Unit), int64(k.Signed), k.Signer, k.Office, targets, titles, k.Revision)
	if err != nil {
		return err
	}
	return tx.noteIn(ctx, k.Contest, "contract", int64(k.Unit), nil, k)
}

// Flags lists how the flag of a cluster went from unit to unit.
func (r reader) Flags(ctx context.Context, cluster body.ID) ([]contest.Flag, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (contest.Flag, error) {
		var f contest.Flag
		err := rows.Scan((*int64)(&f.Cluster), &f.Year, (*int64)(&f.Giver), (*int64)(&f.Taker), (*int32)(&f.Day), (*int64)(&f.Deed), &f.Note)
		return f, err
	}, `SELECT cluster, year, giver, taker, day, deed, note FROM flag_passing WHERE cluster = $1 ORDER BY year`, int64(cluster))
}

// SaveFlag writes a handing over of the flag; a year's is written once.
func (tx *Tx) SaveFlag(ctx context.Context, f contest.Flag) error {
	_, err := tx.exec(ctx, `
		INSERT INTO flag_passing (cluster, year, giver, taker, day, deed, note) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (cluster, year) DO UPDATE SET giver = excluded.giver, taker = excluded.taker, day = excluded.day, deed = excluded.deed, note = excluded.note`,
		int64(f.Cluster), f.Year, int64(f.Giver), int64(f.Taker), int64(f.Day), int64(f.Deed), f.Note)
	if err == nil {
		tx.note("flag", int64(f.Year), f.Cluster, nil, f)
	}
	return err
}
