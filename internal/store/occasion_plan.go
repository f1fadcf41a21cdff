package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/programme"
)

// plansAfter is how long after a plan's period its last figures may be due.
const plansAfter = 400

// plansComing are the days until which plans of targets owe figures: for the body
// whose plan it is, and for who reads its figures from above, where plans of bodies
// beside each other are one fact a day. A day by which every figure is there is no
// occasion.
func (v *View) plansComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.known() {
		return nil, nil
	}
	f := v.planFilter(programme.Asked{})
	f.and(`standing = ?`, string(programme.Adopted))
	f.and(`since <= ? AND until >= ?`, int64(asked.Period.To), int64(asked.Period.From-plansAfter))
	plans, err := collect(ctx, v.r.runner, scanData[programme.Plan], `SELECT data FROM target_plan WHERE `+f.where()+` ORDER BY id`, f.args...)
	if err != nil {
		return nil, err
	}
	plans = slices.DeleteFunc(plans, func(p programme.Plan) bool {
		return !v.held(asked, p.Body) || !slices.ContainsFunc(p.Due, asked.Period.Contains)
	})
	files, err := v.r.planFiles(ctx, plans)
	if err != nil {
		return nil, err
	}
	told, err := v.r.Feeders(ctx)
	if err != nil {
		return nil, err
	}
	var facts []occasion.Fact
	above := map[planDay][]occasion.Fact{}
	for _, file := range files {
		for _, due := range file.Plan.Due {
			owed := 0
			for _, t := range file.Owed(due) {
				if len(told[file.Plan.Code+"/"+t.Code]) == 0 { // what a form tells is due with the form
					owed++
				}
			}
			if !asked.Period.Contains(due) || owed == 0 {
				continue
			}
			fact := planFact(file.Plan, due, owed)
			if v.reports(file.Plan.Body) {
				facts = append(facts, fact)
				continue
			}
			over, _ := v.Tree().ParentOn(file.Plan.Body, due)
			at := planDay{due, over, file.Plan.Period.To.Year()}
			above[at] = append(above[at], fact)
		}
	}
	collected, err := v.plansCollected(ctx, above)
	return append(facts, collected...), err
}

// planDay names the plans of bodies beside each other that are due on one day.
type planDay struct {
	due  calendar.Day
	over body.ID
	year int // in which the plans end
}

// reports tells whether the actor holds an office of a body itself that reports what
// it did.
func (v *View) reports(of body.ID) bool {
	return slices.ContainsFunc(v.actor.Grants, func(g access.Grant) bool { return g.Right == access.PostDeeds && g.Body == of })
}

// planFact is the day on which one plan owes figures.
func planFact(p programme.Plan, due calendar.Day, owed int) occasion.Fact {
	return occasion.Fact{
		Kind: occasion.Plan, ID: measureID("plan " + strconv.FormatInt(int64(p.ID), 10) + " " + due.String()), Names: p.Titles, On: calendar.OnDay(due), Body: p.Body,
		Who: strconv.Itoa(owed), Path: "/programme/" + p.Code + "/figures",
	}
}

// plansCollected are the facts of who reads figures from above: one plan by its title,
// several by the name of the body they stand under.
func (v *View) plansCollected(ctx context.Context, above map[planDay][]occasion.Fact) ([]occasion.Fact, error) {
	var facts []occasion.Fact
	for at, all := range above {
		fact := all[0]
		if len(all) == 1 || at.over == 0 || !v.actor.Can(access.ReadFigures, at.over) {
			for _, one := range all {
				one.Path = strings.TrimSuffix(one.Path, "/figures")
				facts = append(facts, one)
			}
			continue
		}
		over, err := v.r.Body(ctx, at.over)
		if err != nil {
			return nil, err
		}
		owed := 0
		for _, one := range all {
			n, _ := strconv.Atoi(one.Who)
			owed += n
		}
		fact.ID = measureID("plans " + strconv.FormatInt(int64(at.over), 10) + " " + at.due.String() + " " + strconv.Itoa(at.year))
		fact.Kind, fact.Names, fact.Body, fact.Who = occasion.Plans, v.namesOf(over), at.over, strconv.Itoa(owed)
		fact.Path = "/programmes/roll?body=" + strconv.FormatInt(int64(at.over), 10) + "&year=" + strconv.Itoa(at.year)
		facts = append(facts, fact)
	}
	slices.SortFunc(facts, func(a, b occasion.Fact) int { return cmp.Compare(a.ID, b.ID) })
	return facts, nil
}
