package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/tally"
	"kith.app/internal/text"
)

// withBelow lists a body and all that ever stood below it.
func (v *View) withBelow(of body.ID) []body.ID {
	return append([]body.ID{of}, v.Tree().EverBelow(of)...)
}

// coarsest is how many days around a period are looked at for dates that are
// known too coarsely to lie in it: ten years.
const coarsest = 3660

// Stays reads the memberships, in a body and all below it, of those who may have
// come or gone in a period. Only numbers are made of them.
func (v *View) Stays(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]report.Stay, error) {
	bodies, _, err := v.lying(access.ReadFigures, of, b)
	if err != nil {
		return nil, err
	}
	list, args := padded([]any{v.r.book.root, int64(p.From) - coarsest, int64(p.To), int64(p.From), int64(p.To) + coarsest}, bodies)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (report.Stay, error) {
		var s report.Stay
		var joined, left string
		var until sql.NullInt64
		if err := rows.Scan((*int64)(&s.Person), (*int64)(&s.Body), &joined, &left, &until, &s.Reason); err != nil {
			return s, err
		}
		s.Lasts = !until.Valid
		return s, dates(&s.Joined, joined, &s.Left, left)
	}, `
		SELECT person, body, joined, left_on, left_last, reason FROM membership
		WHERE root = $1 AND person IN (
		  SELECT person FROM membership
		  WHERE root = $1 AND person <> 0 AND (joined_first BETWEEN $2 AND $3 OR left_last BETWEEN $4 AND $5))
		AND body `+list+` ORDER BY person, id`, args...)
}

// PostsOn reads the offices of a body on a day with those who held them.
func (v *View) PostsOn(ctx context.Context, of body.ID, on calendar.Day) ([]report.Post, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	var posts []report.Post
	var last int64
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var office int64
		var p report.Post
		var who sql.NullInt64
		var name, began, planned sql.NullString
		if err := rows.Scan(&office, &p.Kind, &p.Title, &p.Board, &p.Seats, &who, &name, &began, &planned); err != nil {
			return err
		}
		if office != last {
			posts, last = append(posts, p), office
		}
		if !who.Valid {
			return nil
		}
		h := report.Holder{Person: who.Int64, Name: name.String}
		post := &posts[len(posts)-1]
		if err := dates(&h.From, began.String, &h.PlannedEnd, planned.String); err != nil {
			return err
		}
		post.Holders = append(post.Holders, h)
		return nil
	}, `
		SELECT o.id, o.kind, o.title, o.board, o.seats, h.person, p.name, h.began, h.planned_end
		FROM office o
		LEFT JOIN holding h ON h.office = o.id AND h.began_first <= $3 AND h.end_last >= $3
		LEFT JOIN person p ON p.id = h.person
		WHERE o.root = $1 AND o.body = $2 AND o.since <= $3 AND o.until >= $3
		ORDER BY o.rank, o.id, h.began_first, h.id`, v.r.book.root, int64(of), int64(on))
	return posts, err
}

// toldMost bounds how many deeds are read to choose from.
const toldMost = 2000

// DeedsTold reads the deeds that a report may tell one by one, by date, each
// with its lines.
func (v *View) DeedsTold(ctx context.Context, t report.Telling) ([]deed.Deed, error) {
	bodies, _, err := v.lying(access.ReadDeeds, t.Of, t.Borders)
	if err != nil {
		return nil, err
	}
	f := &filter{}
	if reach := v.reach(access.ReadDeeds); t.Borders.Extent != tally.Then && !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	f.and(`root = ? AND status = ? AND brought = 0`, v.r.book.root, string(t.Status))
	f.and(`day_first >= ? AND day_last <= ?`, int64(t.Period.From), int64(t.Period.To))
	f.and(`body ` + list(f, bodies))
	if len(t.Kinds) > 0 {
		kinds := `title <> ''`
		for _, k := range t.Kinds {
			kinds += f.bind(` OR kind = ?`, k)
		}
		f.and(`(` + kinds + `)`)
	}
	end := f.bind(` ORDER BY day_first, id LIMIT ?`, toldMost)
	deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+f.where()+end, f.args...)
	if err != nil || t.Status != deed.Done {
		return deeds, err
	}
	return deeds, v.r.withLines(ctx, deeds)
}

// withLines reads the lines in force of deeds at once.
func (r reader) withLines(ctx context.Context, deeds []deed.Deed) error {
	if len(deeds) == 0 {
		return nil
	}
	at := make(map[int64]*deed.Deed, len(deeds))
	ids, homes := make([]deed.ID, len(deeds)), map[body.ID]bool{}
	for i := range deeds {
		at[int64(deeds[i].ID)], ids[i], homes[deeds[i].Body] = &deeds[i], deeds[i].ID, true
	}
	var bodies []body.ID
	for id := range homes {
		bodies = append(bodies, id)
	}
	f := &filter{}
	f.and(`l.root = ? AND l.undoes = 0`, r.book.root)
	f.and(`l.body ` + list(f, bodies))
	f.and(`l.deed ` + list(f, ids))
	return r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var l deed.Line
		var key string
		if err := rows.Scan(&id, &l.N, &key, &l.Quantity, &l.Qualifier, &l.Revision, &l.Item); err != nil {
			return err
		}
		d := at[id]
		if l.Revision != d.Revision {
			return nil // taken back since
		}
		m, err := deed.ParseMeasure(key)
		l.Unit, l.Stage, l.Currency, l.Day = m.Unit, m.Stage, m.Currency, d.Day
		d.Lines = append(d.Lines, l)
		return err
	}, `SELECT l.deed, l.n, m.code, l.qty, l.qualifier, l.revision, l.item FROM line l JOIN measure m ON m.id = l.measure
		WHERE `+f.where()+` ORDER BY l.deed, l.n`, f.args...)
}

// GoodsMoved sums the goods in kind of deeds whose date lies in a period, by
// what they are and the kind of deed.
func (v *View) GoodsMoved(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]report.GoodsLine, error) {
	bodies, _, err := v.lying(access.ReadFigures, of, b)
	if err != nil {
		return nil, err
	}
	list, args := padded([]any{v.r.book.root, int64(p.From), int64(p.To)}, bodies)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (report.GoodsLine, error) {
		var g report.GoodsLine
		err := rows.Scan(&g.Kind, &g.Item, &g.Qty)
		return g, err
	}, `
		SELECT d.kind, l.item, CAST(SUM(l.qty) AS BIGINT)
		FROM deed d JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0
		JOIN measure m ON m.id = l.measure
		WHERE d.root = $1 AND d.day_first >= $2 AND d.day_last <= $3 AND d.status = 'done' AND l.item <> '' AND m.code LIKE '%.things' AND d.body `+list+`
		GROUP BY d.kind, l.item ORDER BY l.item, d.kind`, args...)
}

var _ report.Book = (*View)(nil)

// giftHeadings are the headings under which gifts of money are received.
const giftHeadings = `('` + fund.DonationCode + `', '` + fund.SponsorCode + `', '` + fund.HomeGiftCode + `')`

// GiftsOf sums what each giver gave to a body's fund and those below in a
// period, the most first. Who did not agree to be named has no name here: the
// gifts of all of them are one sum.
func (v *View) GiftsOf(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]report.Gift, error) {
	bodies, _, err := v.lying(access.ReadFund, of, b)
	if err != nil {
		return nil, err
	}
	return v.r.gifts(ctx, bodies, p)
}

func (r reader) gifts(ctx context.Context, bodies []body.ID, p calendar.Period) ([]report.Gift, error) {
	list, args := padded([]any{r.book.root, int64(p.From), int64(p.To)}, bodies)
	return collect(ctx, r.runner, func(rows *sql.Rows) (report.Gift, error) {
		var g report.Gift
		err := rows.Scan(&g.Name, (*string)(&g.Amount.Currency), &g.Amount.Minor)
		return g, err
	}, `
		SELECT given.name, given.currency, CAST(SUM(given.amount) AS BIGINT)
		FROM (
		  SELECT CASE WHEN w.consent = 'yes' THEN w.name WHEN e.person = 0 AND e.consent = 'yes' THEN e.name ELSE '' END AS name,
		    a.currency AS currency, -p.amount AS amount
		  FROM posting p
		  JOIN fund_account a ON a.id = p.account
		  JOIN entry e ON e.id = p.entry
		  LEFT JOIN person w ON w.id = e.person AND e.person <> 0
		  WHERE p.root = $1 AND p.day BETWEEN $2 AND $3 AND a.class = 'income' AND a.code IN `+giftHeadings+` AND a.body `+list+`
		) AS given
		GROUP BY given.name, given.currency
		HAVING SUM(given.amount) <> 0
		ORDER BY CASE WHEN given.name = '' THEN 1 ELSE 0 END, 3 DESC, given.name`, args...)
}

// Mover is somebody behind a figure of the roll.
type Mover struct {
	Person person.ID
	Name   string
	Body   body.ID
	Joined calendar.Date
	Left   calendar.Date
	Lasts  bool
}

// moversMost bounds the list behind a figure of the roll.
const moversMost = 5000

// Movers lists the people behind a figure of the roll: who was a member on the
// first day of a period, or who came or went in it.
func (v *View) Movers(ctx context.Context, of body.ID, what string, p calendar.Period, b tally.Borders) ([]Mover, error) {
	bodies, _, err := v.lying(access.ReadRoll, of, b)
	if err != nil {
		return nil, err
	}
	if reach := v.reach(access.ReadRoll); b.Extent != tally.Then && !reach.All {
		bodies = slices.DeleteFunc(bodies, func(id body.ID) bool { return !slices.Contains(reach.Bodies, id) })
	}
	if what == report.RollMembers {
		if b.Extent == tally.Then {
			bodies = append(v.Tree().Below(of, p.From), of)
		}
		return v.membersOn(ctx, bodies, p.From)
	}
	stays, err := v.Stays(ctx, of, p, b)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(report.Movers(stays, what, p), func(s report.Stay) bool { return !slices.Contains(bodies, s.Body) })
	if len(found) == 0 {
		return nil, nil
	}
	ids := make([]person.ID, len(found))
	for i, s := range found {
		ids[i] = s.Person
	}
	names := map[person.ID]string{}
	list, args := in(nil, ids)
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var id person.ID
		var name string
		err := rows.Scan((*int64)(&id), &name)
		names[id] = name
		return err
	}, `SELECT id, name FROM person WHERE id `+list, args...)
	if err != nil {
		return nil, err
	}
	var movers []Mover
	for _, s := range found {
		movers = append(movers, Mover{s.Person, names[s.Person], s.Body, s.Joined, s.Left, s.Lasts})
	}
	slices.SortFunc(movers, func(a, b Mover) int { return bytes.Compare(text.NameKey(a.Name), text.NameKey(b.Name)) })
	return movers, nil
}

// membersOn lists the members of bodies on a day, each once, by given name.
func (v *View) membersOn(ctx context.Context, of []body.ID, on calendar.Day) ([]Mover, error) {
	list, args := in([]any{v.r.book.root, int64(on), moversMost}, of)
	seen := map[person.ID]bool{}
	var movers []Mover
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var m Mover
		var joined, left string
		if err := rows.Scan((*int64)(&m.Person), &m.Name, (*int64)(&m.Body), &joined, &left); err != nil {
			return err
		}
		if seen[m.Person] {
			return nil
		}
		seen[m.Person] = true
		m.Lasts = left == ""
		err := dates(&m.Joined, joined, &m.Left, left)
		movers = append(movers, m)
		return err
	}, `
		SELECT p.id, p.name, m.body, m.joined, m.left_on FROM membership m JOIN person p ON p.id = m.person
		WHERE m.root = $1 AND (m.joined_first IS NULL OR m.joined_first <= $2) AND (m.left_last IS NULL OR m.left_last >= $2) AND m.body `+list+`
		ORDER BY p.sort, p.id LIMIT $3`, args...)
	return movers, err
}
