package intake

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// criterionDraft proposes to write a criterion. A new group has no id before it is
// written, so that what stands in it knows it by its draft.
type criterionDraft struct {
	row    contest.Criterion
	parent *criterionDraft
	based  int64
	same   bool // the contest says so already
	failed bool
}

func (d *criterionDraft) apply(ctx context.Context, w *writing) error {
	if d.parent != nil {
		if d.parent.failed {
			d.failed = true
			return nil // said once, of the group
		}
		d.row.Parent = d.parent.row.ID
	}
	if d.same {
		return nil
	}
	put, err := contest.Put(ctx, w.contest, w.by, d.row, d.based)
	if err != nil {
		d.failed = true
		return err
	}
	d.row = put
	return nil
}

// criterionRow is one row of a table of criteria while it is read.
type criterionRow struct {
	r     *reading
	row   Row
	level int
	path  string
	draft *criterionDraft
	group bool
	maxed bool // the row says its points
	over  *criterionRow
	below []*criterionRow
	was   *contest.Criterion
}

// ProposeCriteria compares a table of criteria with that of a contest and says what
// would become of every row. With strike, criteria that the file does not have are
// to be taken out.
func ProposeCriteria(t *Table, a Arena, strike bool) (*Plan, error) {
	words, err := shipped()
	if err != nil {
		return nil, err
	}
	p := &proposal{plan: &Plan{Subject: Criteria, Table: t, strike: strike}, table: t, words: words, today: a.Today}
	p.orders = findOrders(t, FindOut, "deadline")
	p.plan.DayOrder = p.orders.whole()
	rows := p.criteriaRows(a)
	matchCriteria(a, rows, p.plan)
	for _, c := range rows {
		p.criterion(a, c)
	}
	orderCriteria(rows)
	for _, c := range rows {
		c.sums(p.plan.Missing, strike)
		p.conclude(c)
	}
	return p.plan, nil
}

// criteriaRows reads where every row stands: by its level, else by its number, else
// as the forms have it: what bears no number stands in the group above it.
func (p *proposal) criteriaRows(a Arena) []*criterionRow {
	var rows, over []*criterionRow
	levels := numbering{}
	seen := map[string]int{}
	for _, raw := range p.table.rows {
		c := &criterionRow{r: &reading{p: p, row: raw}, draft: &criterionDraft{}}
		said := p.table.distinct(raw)
		if len(said) > 0 && totals(said[0].text) || c.r.text("name") == "" && len(said) < 2 {
			p.skip(raw.Number, said[0].text)
			continue
		}
		c.level = levels.of(c.r, len(rows) == 0)
		if c.level > len(over)+1 {
			c.r.refuse("level", fault.Field("level", "intake.criterion.level", c.level, len(over)))
			c.level = len(over) + 1
		}
		over = over[:c.level-1]
		c.path = cmp.Or(c.r.text("no"), text.Fold(c.r.text("name")))
		if len(over) > 0 {
			c.over = over[len(over)-1]
			c.over.below, c.over.group = append(c.over.below, c), true
			c.path = c.over.path + "/" + c.path
		}
		if before, ok := seen[c.path]; ok {
			c.r.refuse("no", fault.Field("no", "intake.criterion.twice", before))
		}
		seen[c.path] = raw.Number
		over = append(over, c)
		rows = append(rows, c)
	}
	return rows
}

// numbering finds out at which level numbers stand: each way of writing them is a
// level, within the one before it.
type numbering struct {
	ways  []string
	group int // level of the last row with a number
}

// of gives the level of a row, from 1.
func (n *numbering) of(r *reading, first bool) int {
	if said := r.text("level"); said != "" {
		level, err := strconv.Atoi(said)
		if err != nil || level < 1 || level > 9 {
			r.refuse("level", fault.Field("level", "intake.criterion.level.form", said))
			level = 1
		}
		n.group = level
		return level
	}
	no := r.text("no")
	if no == "" {
		if first {
			n.group = 1
			return 1
		}
		return max(n.group, 1) + 1
	}
	way := wayOf(no, n.ways)
	if way == "sign" { // bonuses and deductions stand beside the groups
		n.ways, n.group = n.ways[:min(1, len(n.ways))], 1
		return 1
	}
	if i := slices.Index(n.ways, way); i >= 0 {
		n.ways = n.ways[:i+1]
	} else {
		n.ways = append(n.ways, way)
	}
	n.group = len(n.ways)
	return n.group
}

// wayOf tells how a number is written: I, A, 1, 1.1, a, or with a sign alone: +.
func wayOf(no string, before []string) string {
	no = strings.Trim(no, ".)( ")
	switch {
	case !strings.ContainsFunc(no, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "sign"
	case strings.Trim(no, "IVXLC") == "" && !slices.Contains(before, "upper"):
		return "roman"
	case strings.Trim(no, "0123456789.") == "":
		return "dots" + strconv.Itoa(strings.Count(no, "."))
	case strings.ToUpper(no) == no:
		return "upper"
	}
	return "lower"
}

// matchCriteria finds for every row the criterion that it is: that of its numbers,
// else that of its name in the same group.
func matchCriteria(a Arena, rows []*criterionRow, p *Plan) {
	used := map[contest.CriterionID]bool{}
	at := func(parent contest.CriterionID, fits func(contest.Criterion) bool) *contest.Criterion {
		for _, id := range a.Table.Children(parent) {
			if c, ok := a.Table.Of(id); ok && !used[id] && fits(c) {
				return &c
			}
		}
		return nil
	}
	for _, c := range rows {
		parent := contest.CriterionID(0)
		if c.over != nil {
			if c.over.was == nil {
				continue
			}
			parent = c.over.was.ID
		}
		no, name := c.r.text("no"), text.Fold(c.r.text("name"))
		if no != "" {
			c.was = at(parent, func(o contest.Criterion) bool { return o.No == no })
		}
		if c.was == nil {
			c.was = at(parent, func(o contest.Criterion) bool { return text.Fold(o.Names["vi"]) == name && (no == "" || o.No == "") })
		}
		if c.was != nil {
			used[c.was.ID] = true
		}
	}
	for _, c := range a.Table.All() {
		if !used[c.ID] {
			p.Missing = append(p.Missing, c)
		}
	}
}

// criterion reads a row into its draft.
func (p *proposal) criterion(a Arena, c *criterionRow) {
	d := c.draft
	d.row = contest.Criterion{Contest: a.Contest.ID, Names: map[string]string{}}
	if c.was != nil {
		d.row, d.based = cloned(*c.was), c.was.Revision
	}
	if c.over != nil {
		d.parent = c.over.draft
	}
	c.row.Name = strings.TrimSpace(c.r.text("no") + " " + c.r.text("name"))
	k := &comparison{p: p, row: &c.row}
	k.text("no", c.r.text("no"), &d.row.No)
	said(k, "name", c.r.text("name"), d.row.Names, "vi")
	said(k, "nameEn", c.r.text("nameEn"), d.row.Names, "en")
	said(k, "nameFr", c.r.text("nameFr"), d.row.Names, "fr")
	condition := d.row.Condition
	if condition == nil {
		condition = map[string]string{}
	}
	said(k, "condition", c.r.lines("condition"), condition, "vi")
	said(k, "conditionEn", c.r.lines("conditionEn"), condition, "en")
	said(k, "conditionFr", c.r.lines("conditionFr"), condition, "fr")
	if len(condition) > 0 {
		d.row.Condition = condition
	}
	k.text("note", c.r.lines("note"), &d.row.Note)
	k.text("value", c.r.text("value"), &d.row.Value)
	k.text("target", c.r.text("target"), &d.row.Target)
	k.text("handler", c.r.text("handler"), &d.row.Handler)
	k.text("reason", c.r.text("reason"), &d.row.Reason)
	c.maxed = p.points(c, k, "max", &d.row.Max)
	p.points(c, k, "bonus", &d.row.BonusMax)
	p.points(c, k, "per", &d.row.Per)
	p.criterionWays(a, c, k)
	p.criterionDay(c, k)
}

func cloned(c contest.Criterion) contest.Criterion {
	names, condition := map[string]string{}, map[string]string{}
	for lang, said := range c.Names {
		names[lang] = said
	}
	for lang, said := range c.Condition {
		condition[lang] = said
	}
	c.Names, c.Condition = names, condition
	return c
}

// said compares a text of one language.
func said(k *comparison, f Field, told string, known map[string]string, lang string) {
	now := known[lang]
	if k.text(f, told, &now); now != "" {
		known[lang] = now
	}
}

// points reads points; a blank cell tells nothing.
func (p *proposal) points(c *criterionRow, k *comparison, f Field, known *contest.Points) bool {
	written := c.r.text(f)
	if written == "" {
		return false
	}
	told, err := contest.ParsePoints(string(f), written)
	if err != nil {
		c.r.refuse(f, err)
		return false
	}
	if told != *known {
		before := ""
		if c.was != nil {
			before = known.String()
		}
		k.note(f, before, told.String())
		*known = told
	}
	return true
}

// criterionWays reads how a criterion is scored, proved and to whom it is put.
func (p *proposal) criterionWays(a Arena, c *criterionRow, k *comparison) {
	d := &c.draft.row
	method := contest.Method(c.r.coded("method", "scoring"))
	switch {
	case method != "":
	case c.group:
		method = contest.Group
	case d.Method == "":
		method = contest.ByHand
	default:
		method = d.Method
	}
	k.text("method", string(method), (*string)(&d.Method))
	k.text("evidence", c.r.coded("evidence", "proof"), (*string)(&d.Evidence))
	if d.Evidence == "" {
		d.Evidence = contest.EvidenceOptional
	}
	if written := c.r.text("tiers"); written != "" {
		tiers, err := readTiers(written)
		if err != nil {
			c.r.refuse("tiers", err)
		} else if !slices.Equal(tiers, d.Tiers) {
			k.note("tiers", tiersText(d.Tiers), tiersText(tiers))
			d.Tiers = tiers
		}
	}
	if written := c.r.text("assigned"); written != "" {
		var units []body.ID
		for _, one := range strings.FieldsFunc(written, func(r rune) bool { return r == ';' || r == '\n' || r == ',' }) {
			id, ok := a.unit(text.Clean(one))
			if !ok {
				c.r.refuse("assigned", fault.Field("assigned", "intake.contest.unit", text.Clean(one)))
				continue
			}
			units = append(units, id)
		}
		if before := a.codes(d.Assigned); before != a.codes(units) {
			k.note("assigned", before, a.codes(units))
			d.Assigned = units
		}
	}
}

var tierForm = regexp.MustCompile(`^(?:≥|>=|>|từ|from)?\s*([0-9]+(?:[.,][0-9]+)?)\s*%?\s*(?:[:=→-]+>?|\s)\s*([0-9]+(?:[.,][0-9]+)?)\s*(?:điểm|đ|points?)?$`)

// readTiers reads steps: "≥ 80: 4; ≥ 60: 3".
func readTiers(written string) ([]contest.Tier, error) {
	var all []contest.Tier
	for _, one := range strings.FieldsFunc(written, func(r rune) bool { return r == ';' || r == '\n' }) {
		m := tierForm.FindStringSubmatch(strings.TrimSpace(one))
		if m == nil {
			return nil, fault.Field("tiers", "intake.criterion.tier", strings.TrimSpace(one))
		}
		points, err := contest.ParsePoints("tiers", m[2])
		if err != nil {
			return nil, err
		}
		all = append(all, contest.Tier{From: strings.ReplaceAll(m[1], ",", "."), Points: points})
	}
	return all, nil
}

// criterionDay reads the deadline, which is not later than that of the group.
func (p *proposal) criterionDay(c *criterionRow, k *comparison) {
	d := &c.draft.row
	told := c.r.date("deadline")
	day, exact := told.Day()
	if !told.IsUnknown() && !exact {
		c.r.refuse("deadline", fault.Field("deadline", "intake.criterion.day", told.EDTF()))
		return
	}
	if exact && day != d.Deadline {
		before := ""
		if d.Deadline != 0 {
			before = d.Deadline.String()
		}
		k.note("deadline", before, day.String())
		d.Deadline = day
	}
	if over := c.over; over != nil && d.Deadline != 0 && over.draft.row.Deadline != 0 && d.Deadline > over.draft.row.Deadline {
		c.r.refuse("deadline", fault.Field("deadline", "intake.criterion.late", over.draft.row.Deadline))
	}
}

// orderCriteria gives rows their place among those beside them. Places that are
// right already stay.
func orderCriteria(rows []*criterionRow) {
	beside := map[*criterionRow][]*criterionRow{}
	for _, c := range rows {
		beside[c.over] = append(beside[c.over], c)
	}
	for _, all := range beside {
		last, right := 0, true
		for _, c := range all {
			if c.was == nil {
				last++
				c.draft.row.Order = last
				continue
			}
			right = right && c.was.Order > last
			last = max(last, c.was.Order)
		}
		for i, c := range all {
			if !right && c.draft.row.Order != i+1 {
				if c.was != nil {
					c.row.Changes = append(c.row.Changes, Change{Field: "level", Before: strconv.Itoa(c.was.Order), After: strconv.Itoa(i + 1)})
				}
				c.draft.row.Order = i + 1
			}
		}
	}
}

// sums holds a group to what stands in it; one that does not say its points has
// those of its parts.
func (c *criterionRow) sums(missing []contest.Criterion, strike bool) {
	d := &c.draft.row
	if d.Method != contest.Group {
		return
	}
	var sum contest.Points
	for _, b := range c.below {
		b.sums(missing, strike)
		if o := b.draft.row; !o.Outside() && !o.Added && o.Reason == "" {
			sum += o.Max
		}
	}
	for _, m := range missing {
		if c.was != nil && m.Parent == c.was.ID && !m.Outside() && !m.Added && !strike {
			sum += m.Max
		}
	}
	if !c.maxed && c.was == nil {
		d.Max, c.maxed = sum, true
	}
	if d.Max != sum && len(c.r.problems) == 0 {
		c.r.refuse("max", fault.Field("max", "contest.table.sum", d.No, fault.Saying(d.Name), d.Max.Saying(), sum.Saying()))
	}
}

// conclude says what becomes of a row.
func (p *proposal) conclude(c *criterionRow) {
	if len(c.r.problems) == 0 {
		if err := c.draft.row.Check(); err != nil {
			for _, one := range fault.All(err) {
				c.r.refuse(Field(one.Field), one)
			}
		}
	}
	c.row.draft = c.draft
	switch {
	case len(c.r.problems) > 0:
		c.row.What, c.draft.failed, c.row.draft = Trouble, true, nil
	case c.was == nil:
		c.row.What, c.row.Changes = New, nil
	case len(c.row.Changes) > 0:
		c.row.What, c.row.Ref = Update, int64(c.was.ID)
	default:
		c.row.What, c.row.Ref, c.draft.same = Same, int64(c.was.ID), true
	}
	p.add(c.r, c.row)
}
