package web

import (
	"strings"

	"kith.app/internal/page"
)

// section is one word of the menu and the addresses that belong to it.
type section struct {
	key   string
	path  string
	glyph page.Glyph
	place page.Place
}

// sections is the menu as the user thinks: only what there is.
func sections() []section {
	return []section{
		{"menu.today", "/", page.GlyphHome, page.OnPhone},
		{"menu.deeds", "/deeds", page.GlyphDeed, page.OnPhone},
		{"menu.people", "/people", page.GlyphPeople, page.OnPhone},
		{"menu.bodies", "/bodies", page.GlyphBody, page.OnRail},
		{"menu.ties", "/ties", page.GlyphTie, page.OnRail},
		{"menu.fund", "/fund", page.GlyphFund, page.OnPhone},
		{"menu.contests", "/contests", page.GlyphContest, page.OnRail},
		{"menu.calendar", "/calendar", page.GlyphCalendar, page.OnRail},
		{"menu.union", "/union", page.GlyphGlobe, page.OnRail},
		{"menu.reports", "/reports", page.GlyphReport, page.OnRail},
		{"menu.office", "/office", page.GlyphOffice, page.OnRail},
		{"menu.settings", "/settings", page.GlyphSettings, page.OnMore},
		{"menu.help", "/help", page.GlyphInfo, page.OnMore},
	}
}

// menu words the sections and marks the one the reader is in.
func menu(r page.Reader, path string) []page.MenuItem {
	var items []page.MenuItem
	for _, s := range sections() {
		items = append(items, page.MenuItem{
			Text: r.Say(s.key), Href: s.path, Glyph: s.glyph, Place: s.place, Current: s.holds(path),
		})
	}
	return items
}

// holds tells whether an address belongs to a section.
func (s section) holds(path string) bool {
	if s.path == "/" {
		return path == "/"
	}
	if s.path == "/ties" && strings.HasPrefix(path, "/tie/") {
		return true
	}
	return path == s.path || strings.HasPrefix(path, s.path+"/")
}
