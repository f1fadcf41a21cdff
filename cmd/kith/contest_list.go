package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/store"
)

type contestList struct {
	What string `arg:"" help:"lead, members, contract, compare, missing, points, claims, changes, awards, papers, conference, models, ballots or tasks." enum:"lead,members,contract,compare,missing,points,claims,changes,awards,papers,conference,models,ballots,tasks"`
	contestAsked
	Unit string `help:"Only this unit." placeholder:"CODE"`
	On   string `help:"Day on which what is missing is judged; today without it." placeholder:"DAY"`
}

// Help gives examples.
func (contestList) Help() string {
	return `Examples:
  kith contest list missing northern-border-cluster --year 2026
  kith contest list changes northern-border-cluster --year 2022 --unit mttq-cao-bang --as json`
}

// Run prints one list of a contest.
func (c contestList) Run(p *program) error {
	a, err := c.open(p)
	if err != nil {
		return err
	}
	defer a.book.Close()
	listed := map[string]func(contestList) (listing, error){
		"lead": a.leadList, "members": a.memberList, "contract": a.contractList, "compare": a.compareList, "missing": a.missingList,
		"points": a.pointList, "claims": a.claimList, "changes": a.changeList, "awards": a.awardList, "papers": a.fileList, "conference": a.conferenceList, "models": a.modelList, "ballots": a.ballotList, "tasks": a.taskList,
	}[c.What]
	l, err := listed(c)
	if err != nil {
		return err
	}
	rows := []map[string]string{}
	for _, r := range l.rows {
		row := map[string]string{}
		for i, column := range l.columns {
			row[column] = r[i]
		}
		rows = append(rows, row)
	}
	return a.answer(c.As, rows, func() {
		for _, r := range l.rows {
			fmt.Fprintln(p.stdout, strings.Join(r, "\t"))
		}
	})
}

// leadList is who led in each year of the cluster, and whose turn comes next.
func (a *arena) leadList(contestList) (listing, error) {
	l := listing{columns: []string{"year", "lead", "deputy"}}
	life, err := a.view.ClusterLife(a.p.ctx, a.file.Contest.Cluster)
	if err != nil {
		return l, err
	}
	var led []contest.Led
	for _, f := range life.Years {
		y := contest.LedBy(f.Contest.Year, f.Units)
		led = append(led, y)
		if err := a.learn(y.Lead, y.Deputy); err != nil {
			return l, err
		}
		l.add(strconv.Itoa(y.Year), a.code[y.Lead], a.code[y.Deputy])
	}
	for i, t := range contest.Turns(a.file.Units, led) {
		last := ""
		if t.Last > 0 {
			last = strconv.Itoa(t.Last)
		}
		l.add("next "+strconv.Itoa(i+1), a.code[t.Unit], last)
	}
	return l, nil
}

// learn finds the codes of bodies that are not yet known.
func (a *arena) learn(ids ...body.ID) error {
	bodies, err := a.view.BodiesByID(a.p.ctx, ids)
	for id, b := range bodies {
		a.code[id] = b.Code
	}
	return err
}

func (a *arena) memberList(contestList) (listing, error) {
	l := listing{columns: []string{"unit", "role", "since", "until", "note"}}
	for _, u := range a.file.Units {
		l.add(a.code[u.Body], string(u.Role), u.Since.String(), u.Until.String(), u.Note)
	}
	return l, nil
}

func (a *arena) contractList(c contestList) (listing, error) {
	l := listing{columns: []string{"unit", "signed", "target", "measure", "value"}}
	o, err := a.view.ContestOutcome(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return l, err
	}
	signed := map[body.ID]contest.Contract{}
	for _, k := range o.Contracts {
		signed[k.Unit] = k
	}
	for _, u := range a.file.Units {
		k := signed[u.Body]
		if c.Unit != "" && c.Unit != a.code[u.Body] {
			continue
		}
		day := ""
		if k.Signed != 0 {
			day = k.Signed.String()
		}
		if len(k.Targets) == 0 {
			l.add(a.code[u.Body], day, "", "", "")
		}
		for _, t := range k.Targets {
			l.add(a.code[u.Body], day, t.Text, t.Measure, t.Target)
		}
	}
	return l, nil
}

// compareList is what changed against the latest table before this year's.
func (a *arena) compareList(contestList) (listing, error) {
	l := listing{columns: []string{"no", "criterion", "before", "now", "changed"}}
	life, err := a.view.ClusterLife(a.p.ctx, a.file.Contest.Cluster)
	if err != nil {
		return l, err
	}
	i := slices.IndexFunc(life.Years, func(f store.ContestFile) bool {
		return f.Contest.Year < a.file.Contest.Year && len(f.Table.All()) > 0
	})
	if i < 0 {
		return l, nil
	}
	for _, d := range contest.Compare(life.Years[i].Table, a.file.Table) {
		var changed []string
		for what, is := range map[string]bool{"points": d.Points, "wording": d.Wording, "scoring": d.Scoring} {
			if is {
				changed = append(changed, what)
			}
		}
		slices.Sort(changed)
		row := cmp.Or(d.Now, d.Before)
		l.add(row.No, row.Name(a.p.cli.Lang), ruled(d.Before), ruled(d.Now), strings.Join(changed, " "))
	}
	return l, nil
}

// ruled writes how a criterion scores: "6 to_target [x.acts] 200".
func ruled(c *contest.Criterion) string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.Max.String()+" "+string(c.Method)+" "+c.Value+" "+c.Target), " ")
}

// missingList is whose sheet waits at a stage of the unit itself, until when.
func (a *arena) missingList(c contestList) (listing, error) {
	l := listing{columns: []string{"unit", "stage", "due", "days"}}
	today := a.view.Today()
	if c.On != "" {
		day, err := calendar.ParseDay(c.On)
		if err != nil {
			return l, err
		}
		today = day
	}
	sheets, err := a.view.ContestSheets(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return l, err
	}
	for _, s := range sheets {
		stage, _ := a.file.Contest.StageOf(s.Way.Stage)
		if stage.By != contest.ByUnit || s.Way.Ready {
			continue
		}
		due, left := "", ""
		if day := a.file.Contest.Due(a.file.Table, s.Unit, s.Way, calendar.FromTime(time.UnixMilli(s.Since))); day != 0 {
			due, left = day.String(), strconv.Itoa(int(day-today))
		}
		l.add(a.code[s.Unit], s.Way.Stage, due, left)
	}
	return l, nil
}

// pointList is each unit's total with and without bonus, and how far its own scores
// are from what counts.
func (a *arena) pointList(contestList) (listing, error) {
	l := listing{columns: []string{"unit", "base", "bonus", "deduction", "total", "self", "difference"}}
	ranks, err := a.ranks()
	if err != nil {
		return l, err
	}
	totals, err := a.view.ContestTotals(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return l, err
	}
	for _, r := range ranks {
		self, away := "", ""
		for unit, code := range a.code {
			if code != r.Unit {
				continue
			}
			own := totals[unit][a.file.Contest.Stages[0].Code]
			counts, err := contest.ParsePoints("total", r.Total)
			if own.Scored > 0 && err == nil {
				self, away = own.Sum.String(), (counts - own.Sum).String()
			}
		}
		l.add(r.Unit, r.Base, r.Bonus, r.Deduction, r.Total, self, away)
	}
	return l, nil
}

// claimList is which deeds stand as evidence more than once.
func (a *arena) claimList(c contestList) (listing, error) {
	l := listing{columns: []string{"deed", "title", "unit", "criterion"}}
	scores, err := a.view.ContestScores(a.p.ctx, a.file.Contest.ID, a.file.Contest.Stages[0].Code, 0)
	if err != nil {
		return l, err
	}
	for n, claims := range contest.DoubleClaims(scores) {
		title := ""
		found, err := a.view.ContestEvidence(a.p.ctx, []deed.ID{claims[0].Deed})
		if err != nil {
			return l, err
		}
		if len(found) > 0 {
			title = found[0].Title + " " + found[0].Day.EDTF()
		}
		for _, claim := range claims {
			row, _ := a.file.Table.Of(claim.Criterion)
			if c.Unit == "" || c.Unit == a.code[claim.Unit] {
				l.add(strconv.Itoa(n+1), title, a.code[claim.Unit], row.No)
			}
		}
	}
	return l, nil
}

func (a *arena) changeList(c contestList) (listing, error) {
	l := listing{columns: []string{"day", "unit", "criterion", "stage", "from", "to", "who", "reason"}}
	asked := store.ChangesAsked{Contest: a.file.Contest.ID}
	if c.Unit != "" {
		unit, err := a.unit(c.Unit)
		if err != nil {
			return l, err
		}
		asked.Unit = unit
	}
	changes, err := a.view.ContestChanges(a.p.ctx, asked)
	for i, ch := range changes {
		if ch.Reason == "" || ch.After == nil {
			continue // taken over as it was
		}
		from := ""
		for _, before := range changes[i+1:] { // the latest come first
			if before.Unit == ch.Unit && before.Criterion == ch.Criterion && before.After != nil {
				from = before.After.Points.String()
				break
			}
		}
		row, _ := a.file.Table.Of(ch.Criterion)
		l.add(calendar.FromTime(time.UnixMilli(ch.At)).String(), a.code[ch.Unit], row.No, ch.Stage, from, ch.After.Points.String(), ch.Name, ch.Reason)
	}
	return l, err
}

// awardList is how many of each award there may be, to whom they went, and who had
// them in the years before.
func (a *arena) awardList(contestList) (listing, error) {
	l := listing{columns: []string{"award", "quota", "year", "unit", "status", "level"}}
	life, err := a.view.ClusterLife(a.p.ctx, a.file.Contest.Cluster)
	if err != nil {
		return l, err
	}
	for _, w := range a.file.Contest.Awards {
		quota := ""
		if w.Quota > 0 {
			quota = strconv.Itoa(w.Quota)
		}
		l.add(w.Code, quota, "", "", "", string(w.Level))
		for _, h := range life.Honours {
			if h.Award != w.Code || h.Year < a.file.Contest.Year-5 || h.Year > a.file.Contest.Year {
				continue
			}
			if err := a.learn(h.Unit); err != nil {
				return l, err
			}
			l.add(w.Code, "", strconv.Itoa(h.Year), a.code[h.Unit], string(h.Status), string(a.file.Contest.Graded(h).Level))
		}
	}
	return l, nil
}

// fileList is which papers each award asks for, and how they stand in the proposals
// of the year.
func (a *arena) fileList(c contestList) (listing, error) {
	l := listing{columns: []string{"award", "unit", "paper", "state", "note"}}
	o, err := a.view.ContestOutcome(a.p.ctx, a.file.Contest.ID)
	if err != nil {
		return l, err
	}
	for _, w := range a.file.Contest.Awards {
		proposed := false
		for _, h := range o.Honours {
			if h.Award != w.Code || c.Unit != "" && c.Unit != a.code[h.Unit] {
				continue
			}
			proposed = true
			for _, p := range a.file.Contest.Wanted(h) {
				l.add(w.Code, a.code[h.Unit], p.Name(a.p.cli.Lang), string(p.State), p.Note)
			}
		}
		for _, p := range w.Papers {
			if !proposed && c.Unit == "" {
				l.add(w.Code, "", p.Name(a.p.cli.Lang), "", "")
			}
		}
	}
	return l, nil
}

func (a *arena) ballotList(contestList) (listing, error) {
	l := listing{columns: []string{"day", "question", "eligible", "present", "valid", "unit", "for", "passed"}}
	o, err := a.view.ContestOutcome(a.p.ctx, a.file.Contest.ID)
	for _, b := range o.Ballots {
		passed := b.Passed()
		for _, candidate := range b.Candidates {
			l.add(b.Day.String(), b.Question, strconv.Itoa(b.Eligible), strconv.Itoa(b.Present), strconv.Itoa(b.Valid), a.code[candidate.Unit], strconv.Itoa(candidate.For), strconv.FormatBool(slices.Contains(passed, candidate)))
		}
	}
	return l, err
}

// taskList is what the cluster was asked to do, and has not ended.
func (a *arena) taskList(contestList) (listing, error) {
	l := listing{columns: []string{"task", "who", "due", "status"}}
	tasks, err := a.view.Tasks(a.p.ctx, store.TasksAsked{Body: a.file.Contest.Cluster})
	for _, t := range tasks {
		due := ""
		if t.Due != 0 {
			due = t.Due.String()
		}
		l.add(t.Text, cmp.Or(t.Name, t.Who), due, string(t.Status))
	}
	return l, err
}
