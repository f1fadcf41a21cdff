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
	"kith.app/internal/delegation"
	"kith.app/internal/occasion"
	"kith.app/internal/report"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// FriendshipIn reads what a union tells of a period.
func (v *View) FriendshipIn(ctx context.Context, of body.ID, p calendar.Period) (*report.Friendship, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	told, err := v.Activities(ctx, ActivitiesAsked{Body: of, Period: p, Dated: true})
	if err != nil {
		return nil, err
	}
	f := &report.Friendship{Counts: union.CountUp(told), Names: map[string]report.Label{}}
	for _, b := range f.Counts.Bodies {
		named, err := v.r.Body(ctx, b.Body)
		if err != nil {
			return nil, err
		}
		f.Names[strconv.FormatInt(int64(b.Body), 10)] = labelOn(named, p.To)
	}
	visits, err := v.Visits(ctx, DelegationsAsked{Body: of, Period: p, Dated: true})
	if err != nil {
		return nil, err
	}
	sum := delegation.SumUp(visits, v.Today())
	f.In, f.Out, f.People, f.From, f.Late = sum.In, sum.Out, sum.People, sum.Countries, sum.ReportsLate
	for _, read := range []func(context.Context, *report.Friendship, body.ID, calendar.Period) error{
		v.friendshipRegisters, v.friendshipPlans, v.friendshipWishes, v.friendshipAgreed, v.friendshipOverseas,
	} {
		if err := read(ctx, f, of, p); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// friendshipRegisters reads grants, awards and congresses of a period.
func (v *View) friendshipRegisters(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	grants, err := RegisterOf[union.Aid](ctx, v, of, "")
	if err != nil {
		return err
	}
	for _, g := range grants {
		if from, known := g.From.First(); known && p.Contains(from) {
			f.Grants = append(f.Grants, g)
		}
	}
	awards, err := RegisterOf[union.Award](ctx, v, of, "")
	if err != nil {
		return err
	}
	for _, a := range awards {
		if a.Day.Period().Overlaps(p) && !a.Day.IsUnknown() {
			f.Awards = append(f.Awards, a)
		}
	}
	terms, err := RegisterOf[union.Term](ctx, v, of, "")
	for _, t := range terms {
		if from, known := t.From.First(); known && p.Contains(from) {
			named, err := v.r.Body(ctx, t.Body)
			if err != nil {
				return err
			}
			f.Congress = append(f.Congress, report.Congress{Name: labelOn(named, p.To), Term: t, Place: t.Place})
		}
	}
	return err
}

// labelOn is what a body was called on a day in each language.
func labelOn(b body.Body, on calendar.Day) report.Label {
	return report.Label{"vi": b.NameOn("vi", on), "en": b.NameOn("en", on), "fr": b.NameOn("fr", on)}
}

// wishesMost bounds the duties of a year that a report counts.
const wishesMost = 5000

// friendshipWishes counts the letters, flowers and visits of a period by country
// and sort of occasion.
func (v *View) friendshipWishes(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	if !v.actor.Somewhere(access.ReadOffice) {
		return nil
	}
	duties, err := v.Duties(ctx, occasion.DutiesAsked{Period: p, Most: wishesMost})
	for _, d := range duties {
		if !d.Fulfilled() || !v.Tree().Belongs(d.Body, of, v.Today()) {
			continue
		}
		at := slices.IndexFunc(f.Wishes, func(w report.Wish) bool { return w.Country == d.For.Country && w.Kind == d.For.Kind })
		if at < 0 {
			at, f.Wishes = len(f.Wishes), append(f.Wishes, report.Wish{Country: d.For.Country, Kind: d.For.Kind})
		}
		w := &f.Wishes[at]
		switch d.Do {
		case occasion.Letter:
			w.Letters++
		case occasion.Flowers:
			w.Flowers++
		case occasion.Visit:
			w.Visits++
		case occasion.Gift:
			w.Gifts++
		}
		if _, answered := d.At(occasion.Answered); answered {
			w.Answered++
		}
	}
	slices.SortStableFunc(f.Wishes, func(a, b report.Wish) int {
		return cmp.Or(strings.Compare(a.Country, b.Country), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return err
}

// friendshipAgreed lists the agreements signed, renewed and ended in a period.
func (v *View) friendshipAgreed(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	rows, err := v.tiesWhere(ctx, `1 = 1`)
	for _, row := range rows {
		if !v.Tree().Belongs(row.Tie.Body, of, v.Today()) {
			continue
		}
		title := report.Label{}
		for _, t := range row.Titles {
			title[t.Lang] = t.Text
		}
		for _, s := range row.Stages {
			if s.Kind != tie.Signature && s.Kind != tie.Renewal && s.Kind != tie.End {
				continue
			}
			if first, known := s.Date.First(); known && p.Contains(first) {
				f.Agreed = append(f.Agreed, report.Agreed{Title: title, Kind: s.Kind, Day: s.Date, Until: s.Until, Paper: s.Paper.Number})
			}
		}
	}
	slices.SortStableFunc(f.Agreed, func(a, b report.Agreed) int { return a.Day.Compare(b.Day) })
	return err
}

// friendshipOverseas lists the work of a period with Vietnamese abroad.
func (v *View) friendshipOverseas(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	told, err := v.Activities(ctx, ActivitiesAsked{Body: of, Period: p, Dated: true, Kind: report.KindOverseas})
	for _, t := range told {
		f.Overseas = append(f.Overseas, report.Overseas{Title: t.Deed.Title, Day: t.Deed.Day, Countries: t.Countries, Lines: t.Deed.Lines})
	}
	return err
}

// friendshipPlans reads the plans of the years of a period, where it is whole
// years, and the plan of the year that follows.
func (v *View) friendshipPlans(ctx context.Context, f *report.Friendship, of body.ID, p calendar.Period) error {
	year := p.To.Year()
	if p != calendar.Year(year) {
		return nil
	}
	this, err := v.PlanReview(ctx, of, year)
	if err != nil {
		return err
	}
	next, err := v.PlanReview(ctx, of, year+1)
	if err != nil {
		return err
	}
	f.Outside, f.NextYear = len(this.Outside), year+1
	f.Plan, f.Next = intendedIn(this), intendedIn(next)
	return nil
}

func intendedIn(r union.Review) []report.Intended {
	var all []report.Intended
	for _, l := range r.Lines {
		all = append(all, report.Intended{Text: l.Text, Target: l.Target, State: l.State, Note: l.Note})
	}
	return all
}
