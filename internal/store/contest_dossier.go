package store

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/dossier"
	"kith.app/internal/fault"
	"kith.app/internal/report"
	"kith.app/internal/union"
)

// DossierAsked says which paper of a contest is wanted, in which language, of which unit.
type DossierAsked struct {
	Contest contest.ID
	Kind    dossier.Kind
	Unit    body.ID // of papers of one unit
	Lang    string
}

// ContestDossier gathers what a paper of a contest is composed of, as far as the actor
// may see: the paper of a unit for whoever reads its sheet, those of the whole contest
// for those inside and, but for the scores of single units, for everybody once the
// result is published.
func (v *View) ContestDossier(ctx context.Context, asked DossierAsked) (dossier.Facts, error) {
	var facts dossier.Facts
	f, err := v.Contest(ctx, asked.Contest)
	if err != nil {
		return facts, err
	}
	switch k := asked.Kind; {
	case !slices.Contains(dossier.Kinds(), k):
		return facts, fault.Missing("fault.missing")
	case k.OfUnit():
		if _, err := v.ContestSheet(ctx, asked.Contest, asked.Unit); err != nil {
			return facts, err
		}
	case k.Inside() && !f.Seat.Inside() && (f.Contest.Standing != contest.Published || k.Scores()):
		return facts, fault.Forbid("contest.forbidden.inside")
	}
	facts = dossier.Facts{Contest: f.Contest, Table: f.Table, Units: f.Units, Unit: asked.Unit, Called: map[body.ID]string{}, Short: map[body.ID]string{}, Heads: map[body.ID]string{}}
	on := min(f.Contest.Period.To, v.Today())
	if err := v.dossierNames(ctx, &facts, f, on, asked); err != nil {
		return facts, err
	}
	if err := v.dossierOutcome(ctx, &facts, f); err != nil {
		return facts, err
	}
	if err := v.dossierScores(ctx, &facts, f, asked); err != nil {
		return facts, err
	}
	return facts, v.dossierHouse(ctx, &facts, f, asked, on)
}

// dossierNames reads what the cluster and its units were called, and for name cards who
// headed them.
func (v *View) dossierNames(ctx context.Context, facts *dossier.Facts, f ContestFile, on calendar.Day, asked DossierAsked) error {
	ids := []body.ID{facts.Contest.Cluster}
	for _, u := range facts.Units {
		ids = append(ids, u.Body)
	}
	bodies, err := v.contestBodies(ctx, f, ids)
	if err != nil {
		return err
	}
	for id, b := range bodies {
		facts.Called[id], facts.Short[id] = b.NameOn(asked.Lang, on), b.ShortOn(asked.Lang, on)
		if asked.Kind == dossier.Cards && id != facts.Contest.Cluster {
			h, err := v.houseKnown(ctx, b, on)
			if err != nil {
				return err
			}
			facts.Heads[id] = h.Signer.Name
		}
	}
	return nil
}

// houseKnown is how a body writes; of one of which the actor may know no more, only its
// name.
func (v *View) houseKnown(ctx context.Context, b body.Body, on calendar.Day) (report.House, error) {
	h, err := report.HouseOf(ctx, v, b.ID, on)
	if fault.KindOf(err) == fault.Forbidden {
		return report.House{Names: report.NamesOn(b, on), Family: document.State, Foreign: document.Lettered}, nil
	}
	return h, err
}

// dossierOutcome reads results, votes, awards, contracts and who takes the lead next.
func (v *View) dossierOutcome(ctx context.Context, facts *dossier.Facts, f ContestFile) error {
	o, err := v.ContestOutcome(ctx, f.Contest.ID)
	if err != nil {
		return err
	}
	facts.Contracts, facts.Ballots, facts.Honours, facts.Decisions = o.Contracts, o.Ballots, o.Honours, o.Amendments
	if facts.Items, err = v.Conference(ctx, f.Contest.ID); err != nil {
		return err
	}
	facts.Results = f.Contest.Amended(o.Results, o.Amendments)
	if f.Contest.Standing != contest.Published && f.Seat.Inside() {
		places, err := v.ContestStandings(ctx, f.Contest.ID)
		if err != nil {
			return err
		}
		facts.Standing = true
		for _, p := range places {
			if p.Total.Scored > 0 {
				facts.Results = append(facts.Results, f.Contest.ResultOf(p))
			}
		}
	}
	next, err := v.r.ContestOf(ctx, f.Contest.Cluster, f.Contest.Year+1)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	units, err := v.r.ContestUnits(ctx, next.ID)
	facts.Next = contest.LedBy(next.Year, units).Lead
	if _, named := facts.Called[facts.Next]; !named && facts.Next != 0 {
		if b, err := v.Body(ctx, facts.Next); err == nil {
			facts.Called[facts.Next] = b.NameOn("vi", v.Today())
		}
	}
	return err
}

// dossierScores reads the scores that a paper shows, and for the speech the totals.
func (v *View) dossierScores(ctx context.Context, facts *dossier.Facts, f ContestFile, asked DossierAsked) error {
	var units []body.ID
	switch {
	case asked.Kind.OfUnit():
		units = []body.ID{asked.Unit}
	case asked.Kind.Scores():
		for _, u := range f.Units {
			units = append(units, u.Body)
		}
	}
	facts.Scores = map[body.ID]map[string]map[contest.CriterionID]contest.Score{}
	facts.Moves = map[body.ID][]contest.Move{}
	scores, err := v.ContestUnitScores(ctx, asked.Contest, units)
	if err != nil {
		return err
	}
	for unit, s := range scores {
		facts.Scores[unit] = s
	}
	if asked.Kind == dossier.CrossCheck {
		for _, unit := range units {
			if facts.Moves[unit], err = v.r.moves(ctx, asked.Contest, unit); err != nil {
				return err
			}
		}
	}
	if asked.Kind != dossier.Speech {
		return nil
	}
	if facts.Kinds, err = v.Kinds(ctx); err != nil {
		return err
	}
	facts.Totals, err = appraisal.Add(ctx, v, appraisal.Year{Contest: f.Contest, Units: f.Units, Table: f.Table}, nil)
	return err
}

// dossierHouse reads who issues the paper: the unit itself, the cluster for what is
// decided, the unit in the lead for all else.
func (v *View) dossierHouse(ctx context.Context, facts *dossier.Facts, f ContestFile, asked DossierAsked, on calendar.Day) error {
	issuer := contest.LedBy(f.Contest.Year, f.Units).Lead
	switch {
	case asked.Kind.OfUnit():
		issuer = asked.Unit
	case issuer == 0, asked.Kind == dossier.Decision, asked.Kind == dossier.Certificates:
		issuer = f.Contest.Cluster
	}
	b, err := v.contestBodies(ctx, f, []body.ID{issuer})
	if err != nil {
		return err
	}
	facts.House, err = v.houseKnown(ctx, b[issuer], on)
	dossierDated(facts, asked.Kind)
	return err
}

// dossierDated dates a paper by what it tells of: the contract by its signatures, the
// minutes by the vote, the decision by itself. Where that is not known it stays so.
func dossierDated(facts *dossier.Facts, k dossier.Kind) {
	switch k {
	case dossier.Decision, dossier.Certificates:
		for _, h := range facts.Honours {
			if h.Status == contest.Given && h.Decree.Day != 0 {
				facts.Numbered, facts.Date = h.Decree.Number, calendar.OnDay(h.Decree.Day)
			}
		}
	case dossier.Contract:
		for i, c := range facts.Contracts {
			if c.Signed == 0 || i > 0 && c.Signed != facts.Contracts[0].Signed {
				facts.Date = calendar.Date{}
				return
			}
			facts.Date = calendar.OnDay(c.Signed)
		}
	case dossier.Minutes, dossier.BallotMinutes:
		if n := len(facts.Ballots); n > 0 {
			facts.Date = calendar.OnDay(facts.Ballots[n-1].Day)
		}
	}
}

// ContestStatistics gathers what the book knows for the statistics of the State: the
// contests of a year that the actor may look into, the awards given in them. They are
// those of one body, a cluster say, or with 0 all, reported by the organisation the
// actor works for.
func (v *View) ContestStatistics(ctx context.Context, year int, of body.ID, lang string) (dossier.Statistics, error) {
	if !v.known() && !v.named(ctx) {
		return dossier.Statistics{}, fault.Forbid("access.forbidden.read_figures")
	}
	s := dossier.Statistics{Year: year}
	files, err := v.Contests(ctx)
	if err != nil {
		return s, err
	}
	on := min(calendar.Year(year).To, v.Today())
	if err := v.statisticsHouse(ctx, &s, cmp.Or(of, v.Root()), on); err != nil {
		return s, err
	}
	for _, f := range files {
		if f.Contest.Year != year || of != 0 && f.Contest.Cluster != of || !f.Seat.Inside() && f.Contest.Standing != contest.Published {
			continue
		}
		if err := v.movement(ctx, &s, f, on, lang); err != nil {
			return s, err
		}
	}
	return s, v.registered(ctx, &s, cmp.Or(of, v.Root()), calendar.Year(year), lang)
}

// statisticsHouse reads who reports, where it may be known.
func (v *View) statisticsHouse(ctx context.Context, s *dossier.Statistics, of body.ID, on calendar.Day) error {
	b, err := v.BodiesByID(ctx, []body.ID{of})
	if err != nil {
		return err
	}
	s.House, err = v.houseKnown(ctx, b[of], on)
	return err
}

// movement tells of one contest what the statistics count, and the awards given in it.
func (v *View) movement(ctx context.Context, s *dossier.Statistics, f ContestFile, on calendar.Day, lang string) error {
	ids := []body.ID{f.Contest.Cluster}
	for _, u := range f.Units {
		ids = append(ids, u.Body)
	}
	bodies, err := v.BodiesByID(ctx, ids)
	if err != nil {
		return err
	}
	cluster := bodies[f.Contest.Cluster]
	s.Movements = append(s.Movements, dossier.MovementOf(f.Contest, cluster.NameOn(lang, on), cluster, v.Lineage().LevelOn(cluster.ID, on), lang))
	o, err := v.ContestOutcome(ctx, f.Contest.ID)
	if err != nil {
		return err
	}
	for _, h := range o.Honours {
		if h.Status != contest.Given {
			continue
		}
		given := dossier.Honoured{Award: h.Award, Whom: bodies[h.Unit].NameOn(lang, on), To: recipientOf(bodies[h.Unit].Kind), Issuer: h.Decree.Issuer, Day: h.Decree.Day, Number: h.Decree.Number, Grade: f.Contest.Graded(h)}
		for _, a := range f.Contest.Awards {
			if a.Code == h.Award {
				given.Award = a.Name(lang)
			}
		}
		s.Awards = append(s.Awards, given)
	}
	return nil
}

// recipientOf says as what a body counts in the forms of the State.
func recipientOf(k body.Kind) dossier.Recipient {
	switch k {
	case body.Company:
		return dossier.Enterprise
	case body.Household:
		return dossier.Household
	}
	return dossier.Collective
}

// registered are the awards that the organisation and its people were granted in a
// year, as the register of awards has them.
func (v *View) registered(ctx context.Context, s *dossier.Statistics, of body.ID, year calendar.Period, lang string) error {
	if !v.actor.Can(access.ReadDeeds, of) {
		return nil
	}
	awards, err := RegisterOf[union.Award](ctx, v, of, "")
	if err != nil {
		return err
	}
	for _, a := range awards {
		if a.State != "granted" || a.Grade.Level == contest.OfAbroad || !a.Day.Within(year) {
			continue
		}
		given := dossier.Honoured{Award: a.Title, Whom: a.Name, To: dossier.Collective, Issuer: a.By, Day: a.Day.FirstOr(0), Number: a.Decision, Grade: a.Grade}
		switch {
		case a.Person != 0:
			given.To = dossier.Individual
		case a.Name != "":
			given.To = "" // a name outside the book may be a person or a body
		}
		if given.Whom == "" {
			b, err := v.Body(ctx, a.Body)
			if err != nil {
				return err
			}
			given.Whom = b.NameOn(lang, v.Today())
		}
		s.Awards = append(s.Awards, given)
	}
	return nil
}
