package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
)

// OfficeState gathers the state of a body and all below it on a day, for a
// successor. What the actor may not read is left out and named.
func (v *View) OfficeState(ctx context.Context, of body.ID, on calendar.Day) (office.State, error) {
	if err := v.actor.May(access.ReadOffice, of); err != nil {
		return office.State{}, err
	}
	b, err := v.r.Body(ctx, of)
	if err != nil {
		return office.State{}, err
	}
	s := office.State{Body: of, On: on, Founded: b.Founded}
	for _, part := range []func(context.Context, *office.State) error{
		v.stateRoll, v.stateBoard, v.stateMoney, v.statePlans, v.stateOffice, v.stateArchive,
	} {
		if err := part(ctx, &s); err != nil {
			return office.State{}, err
		}
	}
	link, head := v.r.book.Head()
	s.Link, s.Head = link, hex.EncodeToString(head)
	return s, nil
}

// wordings gives the names of a body on a day in each language.
func wordings(b body.Body, on calendar.Day) office.Wording {
	names := office.Wording{"vi": b.NameOn("vi", on)}
	for _, n := range b.Names {
		if !n.Alias && n.Since <= on && on <= n.Until {
			names[n.Lang] = n.Full
		}
	}
	return names
}

// stateRoll counts members by branch and category.
func (v *View) stateRoll(ctx context.Context, s *office.State) error {
	census, err := v.Census(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	s.Roll = office.Roll{Members: census.Members, Households: census.Households, Unsure: census.Unsure, Categories: census.ByCategory}
	branches, err := v.BodiesByID(ctx, v.Tree().ChildrenOn(s.Body, s.On))
	if err != nil {
		return err
	}
	s.Branches = map[body.ID]office.Wording{}
	for _, id := range v.Tree().ChildrenOn(s.Body, s.On) {
		b, known := branches[id]
		if !known || b.Kind == body.Household {
			continue
		}
		s.Branches[id] = wordings(b, s.On)
		line := office.BranchRoll{Body: id, Names: s.Branches[id], Members: census.ByBody[id]}
		board, err := v.Board(ctx, id, s.On)
		if err != nil {
			return err
		}
		if len(board.Seats) > 0 && len(board.Seats[0].Holders) > 0 {
			line.Head = board.Seats[0].Holders[0].Name
		}
		s.Roll.Branches = append(s.Roll.Branches, line)
	}
	slices.SortStableFunc(s.Roll.Branches, func(a, b office.BranchRoll) int { return strings.Compare(a.Names.In("vi"), b.Names.In("vi")) })
	return nil
}

// stateBoard tells who sits on which seat, and which are vacant.
func (v *View) stateBoard(ctx context.Context, s *office.State) error {
	board, err := v.Board(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	s.Seats, s.Vacant = board.Total, board.Vacant
	for _, seats := range board.Seats {
		seat := office.Seat{Kind: seats.Office.Kind, Title: seats.Office.Title, Seats: seats.Office.Seats, Vacant: seats.Vacant}
		for _, h := range seats.Holders {
			seat.Holders = append(seat.Holders, office.Term{Name: h.Name, From: h.From, Planned: h.PlannedEnd, Overrun: h.Overrun})
		}
		s.Board = append(s.Board, seat)
	}
	return nil
}

// unapprovedMost bounds the entries that a state lists by themselves.
const unapprovedMost = 50

// stateMoney tells how the fund stands; nothing where there is none.
func (v *View) stateMoney(ctx context.Context, s *office.State) error {
	f, err := v.Fund(ctx, s.Body)
	switch fault.KindOf(err) {
	case fault.Forbidden:
		s.Hidden = append(s.Hidden, string(access.ReadFund))
		return nil
	case fault.NotFound:
		return nil
	}
	if err != nil {
		return err
	}
	m := &office.MoneyState{Currency: f.Currency, Closed: f.Closed}
	s.Money = m
	for _, part := range []func(context.Context, office.State, *office.MoneyState) error{v.statePurses, v.stateLacking, v.stateOwed, v.stateGoods} {
		if err := part(ctx, *s, m); err != nil {
			return err
		}
	}
	return nil
}

func (v *View) statePurses(ctx context.Context, s office.State, m *office.MoneyState) error {
	balances, err := v.FundBalances(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	for _, b := range balances {
		if b.Account.Class.IsPurse() && (b.Amount.Minor != 0 || !b.Account.Retired) {
			m.Purses = append(m.Purses, office.Purse{Names: b.Account.Names, Class: string(b.Account.Class), Number: b.Account.Number, Amount: b.Amount})
		}
	}
	purposes, err := v.PurposeBalances(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	for _, p := range purposes {
		m.Purposes = append(m.Purposes, office.Purpose{Names: p.Purpose.Names, Amount: p.Left})
	}
	return nil
}

// stateLacking lists entries that lack an approver or a voucher.
func (v *View) stateLacking(ctx context.Context, s office.State, m *office.MoneyState) error {
	asked := EntriesAsked{Body: s.Body, Period: calendar.Until(s.On), Unapproved: true, Most: unapprovedMost}
	entries, err := v.Entries(ctx, asked)
	if err != nil {
		return err
	}
	for _, e := range entries {
		m.Unapproved = append(m.Unapproved, office.Slip{Entry: e.ID, Label: e.Label(), Day: e.Day, Text: e.Text, Amount: moved(e)})
	}
	m.Lacking, err = v.CountEntries(ctx, asked)
	return err
}

// moved is the money that an entry moved: the sum of one side.
func moved(e fund.Entry) money.Amount {
	var a money.Amount
	for _, p := range e.Postings {
		if p.Amount > 0 && (a.Currency == "" || a.Currency == p.Currency) {
			a = money.Of(a.Minor+p.Amount, p.Currency)
		}
	}
	return a
}

// stateOwed tells who owes the fund: loans, and dues in arrears.
func (v *View) stateOwed(ctx context.Context, s office.State, m *office.MoneyState) error {
	loans, err := v.Loans(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	for _, l := range loans {
		if l.Outstanding <= 0 {
			continue
		}
		name := l.Loan.Name
		if l.Loan.Person != 0 {
			if p, err := v.r.Person(ctx, l.Loan.Person); err == nil {
				name = p.Name
			}
		}
		m.Loans = append(m.Loans, office.Loan{
			Name: name, Left: money.Of(l.Outstanding, l.Loan.Amount.Currency), Since: l.Loan.Since, Due: l.Loan.Due, Overdue: l.Overdue,
		})
	}
	if err := v.r.one(ctx, `SELECT root FROM due_rate WHERE root = $1 UNION ALL SELECT root FROM due_charge WHERE root = $1 LIMIT 1`, []any{v.r.book.root}, new(int64)); errors.Is(err, errNone) {
		return nil // where no dues are asked for, nobody owes any
	} else if err != nil {
		return err
	}
	dues, err := v.DuesUnnamed(ctx, s.Body, s.On.Year())
	if err != nil {
		return err
	}
	owed := map[money.Currency]int64{}
	for _, d := range dues {
		if d.Since != 0 {
			m.Owing++
		}
		for _, left := range d.Left {
			owed[left.Currency] += left.Minor
		}
	}
	for c, minor := range owed {
		m.Owed = append(m.Owed, money.Of(minor, c))
	}
	slices.SortFunc(m.Owed, func(a, b money.Amount) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
	return nil
}

// stateGoods lists the goods in kind that are left.
func (v *View) stateGoods(ctx context.Context, s office.State, m *office.MoneyState) error {
	goods, err := v.Stock(ctx, s.Body, s.On)
	if err != nil {
		return err
	}
	for _, g := range goods {
		if g.Left() != 0 {
			m.Goods = append(m.Goods, office.Good{Item: g.Item, Left: g.Left()})
		}
	}
	return nil
}

// plansMost bounds the planned deeds that a state lists.
const plansMost = 200

// statePlans lists what is planned and not yet done.
func (v *View) statePlans(ctx context.Context, s *office.State) error {
	kinds, err := v.r.Kinds(ctx)
	if err != nil {
		return err
	}
	names := map[string]office.Wording{}
	for _, k := range kinds {
		names[k.Code] = k.Names
	}
	list, args := in([]any{v.r.book.root, int64(plansMost)}, append(v.Tree().Below(s.Body, s.On), s.Body))
	reach, args := v.within(access.ReadDeeds, "body", args)
	s.Planned, err = collect(ctx, v.r.runner, func(rows *sql.Rows) (office.Plan, error) {
		var p office.Plan
		var kind, day string
		if err := rows.Scan((*int64)(&p.ID), (*int64)(&p.Body), &kind, &p.Title, &day); err != nil {
			return p, err
		}
		p.Kind = names[kind]
		return p, dates(&p.Day, day)
	}, `SELECT id, body, kind, title, day FROM deed WHERE root = $1 AND status = '`+string(deed.Planned)+`' AND body `+list+` AND `+reach+`
		ORDER BY day_first, id LIMIT $2`, args...)
	return err
}

// stateOffice lists open tasks, papers that wait, and the last numbers given.
func (v *View) stateOffice(ctx context.Context, s *office.State) error {
	var err error
	if s.Tasks, err = v.Tasks(ctx, TasksAsked{Body: s.Body, Status: office.Open}); err != nil {
		return err
	}
	if s.Papers, err = v.Papers(ctx, PapersAsked{Body: s.Body, Waits: true, Most: tasksMost}); err != nil {
		return err
	}
	series, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (office.Series, error) {
		var n office.Series
		return n, rows.Scan(&n.Code, &n.Year, &n.Last)
	}, `SELECT series, year, last FROM number_series WHERE body = $1 AND year = $2 ORDER BY series`, int64(s.Body), s.On.Year())
	for _, n := range series {
		if strings.HasPrefix(n.Code, "paper.") {
			s.Series = append(s.Series, n)
		} else if s.Money != nil {
			s.Money.Series = append(s.Money.Series, n)
		}
	}
	return err
}

// stateArchive counts what is kept.
func (v *View) stateArchive(ctx context.Context, s *office.State) error {
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var raw string
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		var files []office.File
		if err := unpack(raw, &files); err != nil {
			return err
		}
		s.Archive.Papers++
		for _, f := range files {
			s.Archive.Files++
			s.Archive.Bytes += f.Size
		}
		return nil
	}, `SELECT files FROM paper WHERE body = $1 AND day <= $2`, int64(s.Body), int64(s.On))
	if err != nil {
		return err
	}
	type key struct {
		of body.ID
		on calendar.Day
	}
	s.Archive.Deeds, err = recall(ctx, v, key{s.Body, s.On}, besideDeeds, func() (n int, err error) {
		list, args := in([]any{v.r.book.root}, append(v.Tree().Below(s.Body, s.On), s.Body))
		err = v.r.one(ctx, `SELECT COUNT(*) FROM deed WHERE root = $1 AND status = 'done' AND body `+list, args, &n)
		return n, err
	})
	return err
}

// OfficeNames gives what the people are called whom papers, tasks and handovers
// name by id: those the actor may see, and whoever holds or held an office.
func (v *View) OfficeNames(ctx context.Context, ids ...person.ID) (map[person.ID]string, error) {
	if !v.actor.Somewhere(access.ReadOffice) {
		return nil, v.actor.May(access.ReadOffice, v.Root())
	}
	f := &filter{}
	f.and(`merged_into = 0`)
	v.readable(f)
	f.conditions = []string{`(` + f.where() + ` OR id IN (SELECT person FROM holding))`}
	f.and(`id ` + list(f, ids))
	names := map[person.ID]string{}
	return names, v.r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		var name string
		err := rows.Scan((*int64)(&id), &name)
		names[id] = name
		return err
	}, `SELECT id, name FROM person WHERE `+f.where(), f.args...)
}
