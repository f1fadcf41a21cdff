package web

import (
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// figureTabs tells apart what a figure counts and what it does not.
func (q *request) figureTabs(p *page.ListPage, asked store.DeedQuery) error {
	for _, fit := range []store.Fit{store.Within, store.Across, store.Undated} {
		one := asked
		one.Fit, one.After = fit, ""
		n, _, err := q.view().CountDeeds(q.Context(), one)
		if err != nil {
			return err
		}
		if n == 0 && fit != store.Within && asked.Fit != fit {
			continue
		}
		p.Tabs = append(p.Tabs, page.Tab{Text: q.say("deed.fit." + string(fit)), Count: q.speaker().Number(n), Href: q.with("fit", string(fit), "after", ""), Current: asked.Fit == fit})
	}
	return nil
}
