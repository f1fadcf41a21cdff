package main

import (
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

// namedList tells, for each kind of deed that is done for people, how many acts there
// were in the period, how many of them name whom they were for, and how many different
// people these are: exactly when every act has a name, otherwise at least.
func namedList(a asked) (listing, error) {
	l := listing{columns: []string{"kind", "acts", "named", "people", "qualifier"}}
	kinds, err := a.view.Kinds(a.ctx)
	if err != nil {
		return l, err
	}
	for _, k := range kinds {
		if a.kind != "" && a.kind != k.Code || !slices.Contains(k.Roles, deed.Receiver) && !slices.Contains(k.Roles, deed.Participant) {
			continue
		}
		n, err := a.view.NamedBehind(a.ctx, tally.Query{Body: a.of.ID, Measure: deed.Measure{Kind: k.Code, Unit: deed.Acts}, Period: a.period})
		if err != nil {
			return l, err
		}
		if n.Acts == 0 {
			continue
		}
		how := deed.Exact
		if n.With < n.Acts {
			how = deed.AtLeast
		}
		l.add(k.Code, number(int(n.Acts)), number(int(n.With)), number(int(n.People)), how.String())
	}
	return l, nil
}

// consentList tells what may be published: whether the public page is on, how many
// members agreed to be named, asked not to be, or were not asked, and which givers of
// the period the public page names; the gifts of all others are one sum.
func consentList(a asked) (listing, error) {
	l := listing{columns: []string{"what", "answer", "count"}}
	on, err := a.view.Setting(a.ctx, a.of.ID, report.SettingPublic)
	if err != nil {
		return l, err
	}
	if on != "yes" {
		on = "no"
	}
	l.add("public-page", on, "")
	for _, answer := range []string{"yes", "no", "unasked"} {
		all, err := a.people(store.PeopleQuery{Status: store.IsMember, Consent: answer})
		if err != nil {
			return l, err
		}
		l.add("members", answer, number(len(all)))
	}
	if a.view.Actor().May(access.ReadFund, a.of.ID) != nil {
		return l, nil
	}
	gifts, err := a.view.GiftsOf(a.ctx, a.of.ID, a.period, tally.Borders{})
	if err != nil {
		return l, err
	}
	named, others := 0, "no"
	for _, g := range gifts {
		if g.Name == "" {
			others = "yes"
			continue
		}
		named++
	}
	l.add("givers-named", "yes", number(named))
	l.add("others-as-one-sum", others, "")
	return l, nil
}
