package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/tally"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// Fit says how the date of a deed must stand to a period.
type Fit string

// The ways a date stands to a period. A figure counts what lies within; what
// lies across its edge or has no date is told apart.
const (
	Touching Fit = "" // within or across
	Within   Fit = "within"
	Across   Fit = "across"
	Undated  Fit = "undated"
)

// DeedQuery narrows a list of deeds; what is zero narrows nothing.
type DeedQuery struct {
	Typed   string
	Kind    string
	Status  deed.Status   // empty: planned and done
	Body    body.ID       // or any that ever stood under it
	Own     bool          // the body alone
	Borders tally.Borders // whose body is meant: of each deed's time, of today, of a day, of its line
	Person  person.ID     // in any role
	Role    deed.Role     // of that person
	With    deed.Role     // only those that name somebody in this role
	Period  calendar.Period
	Dated   bool // the period is asked for
	Fit     Fit
	Measure string // only deeds with a line of this measure, its currency left out or not
	Money   bool   // only deeds with money
	Tie     tie.ID // only those done under it
	Only    string // ids, parted by commas: only these
	Lacking bool   // only those whose entry lacks an approver or a voucher
	Job     int64  // only those of an import
	Oldest  bool   // the oldest first
	After   string // where the page before ended
	Limit   int
}

// Narrow tells whether anything but the order is asked for.
func (q DeedQuery) Narrow() bool {
	q.Oldest, q.After, q.Limit = false, "", 0
	return q != DeedQuery{}
}

// Deeds lists the deeds that the actor may read, with their parties and lines,
// the latest first. next asks for the following page and is empty on the last.
func (v *View) Deeds(ctx context.Context, q DeedQuery) (found []deed.Deed, next string, err error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	f, err := v.deedFilter(ctx, q)
	if err != nil {
		return nil, "", err
	}
	order, than := "DESC", "<"
	if q.Oldest {
		order, than = "ASC", ">"
	}
	if first, id, ok := cutDeed(q.After); ok {
		f.and(`(day_first, id) `+than+` (?, ?)`, first, id)
	}
	end := f.bind(` ORDER BY day_first `+order+`, id `+order+` LIMIT ?`, int64(q.Limit+1))
	found, err = collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM `+f.from("deed")+` WHERE `+f.where()+end, f.args...)
	if err != nil {
		return nil, "", err
	}
	if len(found) > q.Limit {
		found = found[:q.Limit]
		last := found[q.Limit-1]
		next = strconv.FormatInt(int64(last.Day.FirstOr(calendar.Earliest)), 10) + "." + strconv.FormatInt(int64(last.ID), 10)
	}
	return found, next, v.r.fillDeeds(ctx, found)
}

// cutDeed takes the mark of a page apart.
func cutDeed(after string) (first, id int64, ok bool) {
	day, rest, found := strings.Cut(after, ".")
	first, err1 := strconv.ParseInt(day, 10, 64)
	id, err2 := strconv.ParseInt(rest, 10, 64)
	return first, id, found && err1 == nil && err2 == nil
}

// CountDeeds counts those that Deeds would list. more says that there are more
// than were counted.
func (v *View) CountDeeds(ctx context.Context, q DeedQuery) (n int64, more bool, err error) {
	f, err := v.deedFilter(ctx, q)
	if err != nil {
		return 0, false, err
	}
	limit := f.bind(` LIMIT ?`, int64(countMost+1))
	err = v.r.one(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM `+f.from("deed")+` WHERE `+f.where()+limit+`) AS found`, f.args, &n)
	return min(n, countMost), n > countMost, err
}

// DeedTotal is the sum of the lines of a list, in one unit.
type DeedTotal struct {
	Measure deed.Measure // without its kind when the list has several
	Qty     int64
	Counts  deed.Counts
}

// TotalDeeds sums the lines in force of all deeds that Deeds would list, by
// unit, stage and currency. Where a measure is asked for, only its lines count.
func (v *View) TotalDeeds(ctx context.Context, q DeedQuery) ([]DeedTotal, error) {
	f, err := v.deedFilter(ctx, q)
	if err != nil {
		return nil, err
	}
	f.and(`status = 'done'`)
	only := ""
	if q.Measure != "" {
		only = ` WHERE l.measure ` + list(f, v.r.measuresOf(q.Measure))
	}
	groups, err := collect(ctx, v.r.runner, scanGroup, `SELECT l.measure, l.qualifier, SUM(l.qty), COUNT(*)
		FROM (SELECT id, root, body, revision FROM `+f.from("deed")+` WHERE `+f.where()+`) AS d
		JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0`+only+`
		GROUP BY l.measure, l.qualifier`, f.args...)
	if err != nil {
		return nil, err
	}
	return v.r.addGroups(ctx, groups)
}

// lineGroup is the sum of lines of one measure and qualifier.
type lineGroup struct {
	measure, qty, n int64
	how             deed.Qualifier
}

func scanGroup(rows *sql.Rows) (lineGroup, error) {
	var g lineGroup
	err := rows.Scan(&g.measure, &g.how, &g.qty, &g.n)
	return g, err
}

// addGroups adds sums up by unit, stage and currency, whatever the kind.
func (r reader) addGroups(ctx context.Context, groups []lineGroup) ([]DeedTotal, error) {
	var all []DeedTotal
	for _, g := range groups {
		m, err := r.measure(ctx, g.measure)
		if err != nil {
			return nil, err
		}
		m.Kind = ""
		at := slices.IndexFunc(all, func(t DeedTotal) bool { return t.Measure == m })
		if at < 0 {
			at, all = len(all), append(all, DeedTotal{Measure: m})
		}
		all[at].Qty += g.qty
		for range min(g.n, 3) { // how many of a sort does not change what is said
			all[at].Counts = all[at].Counts.Add(deed.CountOf(g.how))
		}
	}
	units := deed.Units()
	slices.SortFunc(all, func(a, b DeedTotal) int {
		return cmp.Or(slices.Index(units, a.Measure.Unit)-slices.Index(units, b.Measure.Unit), strings.Compare(a.Measure.Key(), b.Measure.Key()))
	})
	return all, nil
}

// measure gives the measure behind the id of a line.
func (r reader) measure(ctx context.Context, id int64) (deed.Measure, error) {
	key, ok := r.book.state.Load().measures[id]
	if !ok {
		var err error
		if key, err = r.measureKey(ctx, id); err != nil {
			return deed.Measure{}, err
		}
	}
	return deed.ParseMeasure(key)
}

// measuresOf gives the ids of the measures that a code means, in every currency
// when it names none.
func (r reader) measuresOf(code string) []int64 {
	var ids []int64
	for id, key := range r.book.state.Load().measures {
		if key == code || strings.HasPrefix(key, code+":") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// moneyMeasures gives the ids of all measures of money.
func (r reader) moneyMeasures() []int64 {
	var ids []int64
	for id, key := range r.book.state.Load().measures {
		if strings.Contains(key, "."+string(deed.Money)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// deedFilter gathers what narrows a list of deeds, the actor's reach first.
func (v *View) deedFilter(ctx context.Context, q DeedQuery) (*filter, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	switch q.Status {
	case "":
		f.and(`status <> 'cancelled'`)
	case deed.Planned:
		f.and(`status = 'planned'`) // as the index of the few that are says it
	case deed.Done, deed.Cancelled:
		f.and(`status = ?`, string(q.Status))
	}
	if q.Kind != "" {
		f.and(`kind = ?`, q.Kind)
	}
	switch {
	case q.Body != 0 && q.Borders.Extent != tally.Then:
		bodies, err := v.behind(tally.Query{Body: q.Body, OwnOnly: q.Own, Borders: q.Borders})
		if err != nil {
			return nil, err
		}
		f.and(`body ` + list(f, bodies))
	case q.Body == 0 || v.all(q.Body) && !q.Own:
	case q.Own:
		f.and(`body = ?`, int64(q.Body))
	default:
		f.and(`body ` + list(f, append(v.Tree().EverBelow(q.Body), q.Body)))
	}
	v.fitting(f, q)
	v.carrying(f, q)
	return f, v.deedWords(ctx, f, q.Typed)
}

// fitting keeps to deeds whose date stands to a period as asked.
func (v *View) fitting(f *filter, q DeedQuery) {
	const earliest, latest = int64(calendar.Earliest), int64(calendar.Latest)
	from, to := int64(q.Period.From), int64(q.Period.To)
	switch {
	case q.Fit == Undated:
		f.and(`day_first = ? AND day_last = ?`, earliest, latest)
	case !q.Dated:
	case q.Fit == Within:
		f.and(`day_first >= ? AND day_last <= ?`, from, to)
	case q.Fit == Across:
		f.and(`day_first <= ? AND day_last >= ?`, to, from)
		f.and(`NOT (day_first >= ? AND day_last <= ?)`, from, to)
		f.and(`NOT (day_first = ? AND day_last = ?)`, earliest, latest)
	default:
		f.and(`day_first <= ? AND day_last >= ?`, to, from)
		f.and(`NOT (day_first = ? AND day_last = ?)`, earliest, latest)
	}
}

// carrying keeps to deeds with certain lines, people, money or papers.
func (v *View) carrying(f *filter, q DeedQuery) {
	const lines = `EXISTS (SELECT 1 FROM line l WHERE l.root = deed.root AND l.body = deed.body AND l.deed = deed.id
		AND l.revision = deed.revision AND l.undoes = 0 AND l.measure `
	if q.Measure != "" {
		f.and(lines + list(f, v.r.measuresOf(q.Measure)) + `)`)
	}
	if q.Tie != 0 {
		f.and(`id IN (SELECT deed FROM tie_deed WHERE tie = ?)`, int64(q.Tie))
	}
	if q.Only != "" {
		var ids []deed.ID
		for one := range strings.SplitSeq(q.Only, ",") {
			if id, err := strconv.ParseInt(one, 10, 64); err == nil && len(ids) < listMost {
				ids = append(ids, deed.ID(id))
			}
		}
		f.and(`id ` + list(f, append(ids, 0)))
	}
	if q.Money {
		f.and(lines + list(f, v.r.moneyMeasures()) + `)`)
	}
	if q.Lacking {
		f.and(`entry <> 0 AND entry IN (SELECT id FROM entry WHERE root = ? AND lacks = 1)`, v.r.book.root)
	}
	if q.Job != 0 {
		f.and(`job = ?`, q.Job)
	}
	if q.With != "" {
		f.and(`EXISTS (SELECT 1 FROM party p WHERE p.deed = deed.id AND p.role = ?)`, string(q.With))
		if q.Kind != "" && q.Dated && q.Fit == Within {
			// Of many a day, few are of the kind: in the order of days all would be read.
			f.among(`SELECT id AS ref FROM deed WHERE root = ? AND kind = ? AND day_first >= ? AND day_first <= ?`, v.r.book.root, q.Kind, int64(q.Period.From), int64(q.Period.To))
		}
	}
	switch {
	case q.Person == 0:
	case q.Role != "":
		f.and(`id IN (SELECT deed FROM party WHERE person = ? AND role = ?)`, int64(q.Person), string(q.Role))
	default:
		f.and(`id IN (SELECT deed FROM party WHERE person = ?)`, int64(q.Person))
	}
}

// deedWords keeps to deeds in which every word typed is found: in what was
// written of the deed, in the names of its parties and its home, or in what its
// kind is called.
func (v *View) deedWords(ctx context.Context, f *filter, typed string) error {
	words := text.Words(typed)
	if len(words) == 0 {
		return nil
	}
	kinds, err := v.r.Kinds(ctx)
	if err != nil {
		return err
	}
	words = words[:min(len(words), 12)]
	if err := v.beginDeeds(ctx, f, kinds, words); err != nil {
		return err
	}
	for _, w := range words {
		root, end := v.r.book.root, w+"\U0010FFFF"
		f.and(`(id IN (SELECT ref FROM word WHERE root = ? AND subject = 'deed' AND word >= ? AND word < ?)
			OR id IN (SELECT p.deed FROM word w JOIN party p ON p.person = w.ref AND p.person <> 0
				WHERE w.root = ? AND w.subject = 'person' AND w.word >= ? AND w.word < ?)
			OR id IN (SELECT p.deed FROM word w JOIN party p ON p.body = w.ref AND p.body <> 0
				WHERE w.root = ? AND w.subject = 'body' AND w.word >= ? AND w.word < ?)
			OR body IN (SELECT ref FROM word WHERE root = ? AND subject = 'body' AND ref <> ? AND word >= ? AND word < ?)`+
			kindsNamed(f, kinds, w)+`)`,
			root, w, end, root, w, end, root, w, end, root, root, w, end)
	}
	return nil
}

// beginDeeds lets a list begin with the deeds in which one of the words is found,
// where those are few: in the order of days all deeds would be asked for it.
func (v *View) beginDeeds(ctx context.Context, f *filter, kinds []deed.Kind, words []string) error {
	for _, w := range words {
		var n int64
		count := &filter{}
		hits := v.hits(count, kinds, w, "UNION ALL")
		if err := v.r.one(ctx, `SELECT COUNT(*) FROM (`+hits+count.bind(` LIMIT ?`, int64(manyHits))+`) AS found`, count.args, &n); err != nil {
			return err
		}
		if n < manyHits {
			f.among(v.hits(f, kinds, w, "UNION"))
			return nil
		}
	}
	return nil
}

// hits gives the deeds in which a word begins: in what was written of them, in the
// names of their parties and homes, or in what their kind is called.
func (v *View) hits(f *filter, kinds []deed.Kind, word, union string) string {
	root, end := v.r.book.root, word+"\U0010FFFF"
	all := f.bind(`SELECT ref FROM word WHERE root = ? AND subject = 'deed' AND word >= ? AND word < ?
		`+union+` SELECT p.deed FROM word w JOIN party p ON p.person = w.ref AND p.person <> 0
			WHERE w.root = ? AND w.subject = 'person' AND w.word >= ? AND w.word < ?
		`+union+` SELECT p.deed FROM word w JOIN party p ON p.body = w.ref AND p.body <> 0
			WHERE w.root = ? AND w.subject = 'body' AND w.word >= ? AND w.word < ?
		`+union+` SELECT d.id FROM word w JOIN deed d ON d.root = w.root AND d.body = w.ref
			WHERE w.root = ? AND w.subject = 'body' AND w.ref <> ? AND w.word >= ? AND w.word < ?`,
		root, word, end, root, word, end, root, word, end, root, root, word, end)
	if named := kindsNamed(f, kinds, word); named != "" {
		all += f.bind(` `+union+` SELECT id FROM deed WHERE root = ? AND `, root) + strings.TrimPrefix(named, ` OR `)
	}
	return all
}

// kindsNamed lets through the kinds in whose name a word begins.
func kindsNamed(f *filter, kinds []deed.Kind, word string) string {
	var codes []string
	for _, k := range kinds {
		all := ""
		for _, name := range k.Names {
			all += " " + text.Fold(name)
		}
		for _, name := range k.Shorts {
			all += " " + text.Fold(name)
		}
		if strings.Contains(all, " "+word) {
			f.args = append(f.args, k.Code)
			codes = append(codes, dollar(len(f.args)))
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return ` OR kind IN (` + strings.Join(codes, ",") + `)`
}

// fillDeeds reads the parties and lines of many deeds at once.
func (r reader) fillDeeds(ctx context.Context, deeds []deed.Deed) error {
	if len(deeds) == 0 {
		return nil
	}
	at := make(map[deed.ID]*deed.Deed, len(deeds))
	ids := make([]deed.ID, len(deeds))
	for i := range deeds {
		ids[i], at[deeds[i].ID] = deeds[i].ID, &deeds[i]
	}
	these, args := in(nil, ids)
	err := r.each(ctx, func(rows *sql.Rows) error {
		var id deed.ID
		var p deed.Party
		var detail string
		if err := rows.Scan((*int64)(&id), (*string)(&p.Role), (*int64)(&p.Body), (*int64)(&p.Person), &p.Name, &p.Note, &detail); err != nil {
			return err
		}
		at[id].Parties = append(at[id].Parties, p)
		return unpack(detail, &at[id].Parties[len(at[id].Parties)-1].Detail)
	}, `SELECT deed, role, body, person, name, note, detail FROM party WHERE deed `+these+` ORDER BY deed, n`, args...)
	if err != nil {
		return err
	}
	if err := r.fillTies(ctx, at, these, args); err != nil {
		return err
	}
	type read struct {
		deed    deed.ID
		measure int64
		line    deed.Line
	}
	lines, err := collect(ctx, r.runner, func(rows *sql.Rows) (read, error) {
		var l read
		err := rows.Scan((*int64)(&l.deed), &l.line.N, &l.measure, &l.line.Quantity, &l.line.Qualifier, &l.line.Revision, &l.line.Item)
		return l, err
	}, `SELECT d.id, l.n, l.measure, l.qty, l.qualifier, l.revision, l.item
		FROM deed d JOIN line l ON l.root = d.root AND l.body = d.body AND l.deed = d.id AND l.revision = d.revision AND l.undoes = 0
		WHERE d.status = 'done' AND d.id `+these+` ORDER BY d.id, l.n`, args...)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := r.measured(ctx, &l.line, l.measure); err != nil {
			return err
		}
		d := at[l.deed]
		l.line.Day = d.Day
		d.Lines = append(d.Lines, l.line)
	}
	return nil
}
