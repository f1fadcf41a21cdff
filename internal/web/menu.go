package web

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/page"
)

// section is one word of the menu and the addresses that belong to it. Where
// kinds are named, it is at hand for organisations of these kinds and with the
// other words for the rest, so that nobody reads past what others do.
type section struct {
	key   string
	path  string
	glyph page.Glyph
	place page.Place
	kinds []body.Kind
}

// sections is the menu as the user thinks: only what there is.
func sections() []section {
	abroad := []body.Kind{body.Union, body.Friendship, body.Locality, body.Authority}
	contesting := []body.Kind{body.Cluster, body.Front, body.Union, body.Locality, body.Authority}
	return []section{
		{"menu.today", "/", page.GlyphHome, page.OnPhone, nil},
		{"menu.deeds", "/deeds", page.GlyphDeed, page.OnPhone, nil},
		{"menu.people", "/people", page.GlyphPeople, page.OnPhone, nil},
		{"menu.bodies", "/bodies", page.GlyphBody, page.OnRail, nil},
		{"menu.ties", "/ties", page.GlyphTie, page.OnRail, abroad},
		{"menu.fund", "/fund", page.GlyphFund, page.OnPhone, nil},
		{"menu.programmes", "/programmes", page.GlyphProgramme, page.OnRail, nil},
		{"menu.contests", "/contests", page.GlyphContest, page.OnRail, contesting},
		{"menu.calendar", "/calendar", page.GlyphCalendar, page.OnRail, nil},
		{"menu.union", "/union", page.GlyphGlobe, page.OnRail, abroad},
		{"menu.reports", "/reports", page.GlyphReport, page.OnRail, nil},
		{"menu.office", "/office", page.GlyphOffice, page.OnRail, nil},
		{"menu.settings", "/settings", page.GlyphSettings, page.OnMore, nil},
		{"menu.help", "/help", page.GlyphInfo, page.OnMore, nil},
	}
}

// menu words the sections for an organisation of a kind and marks the one the
// reader is in. What is not at hand comes last.
func menu(r page.Reader, kind body.Kind, path string) []page.MenuItem {
	var items, others []page.MenuItem
	for _, s := range sections() {
		item := page.MenuItem{Text: r.Say(s.key), Href: s.path, Glyph: s.glyph, Place: s.place, Current: s.holds(path)}
		if s.kinds != nil && kind != "" && !slices.Contains(s.kinds, kind) {
			item.Place = page.OnMore
		}
		if item.Place == page.OnMore {
			others = append(others, item)
		} else {
			items = append(items, item)
		}
	}
	return append(items, others...)
}

// holds tells whether an address belongs to a section.
func (s section) holds(path string) bool {
	if s.path == "/" {
		return path == "/"
	}
	return slices.ContainsFunc(append(besides[s.path], s.path), func(at string) bool {
		return path == at || strings.HasPrefix(path, at+"/")
	})
}

// besides are the addresses that belong to a section without beginning as it does.
var besides = map[string][]string{
	"/deeds":      {"/longevity"},
	"/people":     {"/households"},
	"/bodies":     {"/offices", "/events", "/figures"},
	"/programmes": {"/programme"},
	"/reports":    {"/forms"},
	"/ties":       {"/tie"},
}
