package web

import (
	"encoding/json"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// decreeBody is for whom days are set or taken back: for all when that is asked, or
// when nobody else keeps the book; otherwise for one's own organisation.
func (q *request) decreeBody(f occasion.Feast) body.ID {
	if f.Body != 0 || q.value("all") != "" || !q.server.Book.SideBySide() && q.root() == q.bookRoot() {
		return 0
	}
	return q.root()
}

// decreedFor says for whom days were set, where several organisations keep the book.
func (q *request) decreedFor(f occasion.Feast, d occasion.Decree) string {
	switch {
	case f.Body != 0 || !q.server.Book.SideBySide():
		return ""
	case d.Body == 0:
		return q.say("calendar.decree.for.all")
	}
	return q.say("calendar.decree.for.own")
}

// decreeActions offer to take the days of a year back, and to set again what was
// set before.
func (q *request) decreeActions(f occasion.Feast, now occasion.Decree, past []store.Change) []page.Action {
	keeper := q.root()
	if f.Body != 0 {
		keeper = f.Body
	}
	if !q.actor.Can(access.KeepOffice, keeper) {
		return nil
	}
	year := strconv.Itoa(now.Year)
	carry := func(d occasion.Decree, more ...page.Option) []page.Option {
		if d.Body == 0 && f.Body == 0 {
			more = append(more, page.Option{Value: "all", Text: "yes"})
		}
		return more
	}
	var actions []page.Action
	if now.From != 0 && (now.Body != 0 || f.Body != 0 || q.actor.Can(access.KeepOffice, q.bookRoot())) {
		actions = append(actions, page.Action{
			Glyph: page.GlyphUndo, Text: q.say("calendar.lift", year), Href: feastPath(f.Code) + "/lift", Post: true,
			Carry: carry(now, page.Option{Value: "year", Text: year}),
		})
	}
	i := slices.IndexFunc(past, func(c store.Change) bool {
		before, after := decreesOf(c)
		return before.Year == now.Year || after.Year == now.Year
	})
	if i < 0 {
		return actions
	}
	before, _ := decreesOf(past[i])
	if before.From == 0 || before.Body == 0 && f.Body == 0 && !q.actor.Can(access.KeepOffice, q.bookRoot()) {
		return actions
	}
	return append(actions, page.Action{
		Glyph: page.GlyphUndo, Text: q.say("calendar.decree.back", q.decreedDays(before)), Href: feastPath(f.Code) + "/decree", Post: true,
		Carry: carry(before, page.Option{Value: "from", Text: q.daySaid(before.From)}, page.Option{Value: "to", Text: q.daySaid(before.To)}, page.Option{Value: "paper", Text: before.Paper}),
	})
}

// decreesOf reads from a change what days were set before and after; none of a
// change that is not of days set.
func decreesOf(c store.Change) (before, after occasion.Decree) {
	if c.Subject == "decree" {
		_ = json.Unmarshal(c.Before, &before)
		_ = json.Unmarshal(c.After, &after)
	}
	return before, after
}

// decreeChanged tells what days were set, and what was set before.
func (q *request) decreeChanged(c store.Change) string {
	before, after := decreesOf(c)
	said := ""
	if after.From != 0 {
		said = dotted(q.decreedDays(after), after.Paper)
	}
	if before.From != 0 {
		said = dotted(said, q.say("calendar.decree.before", q.decreedDays(before)))
	}
	return said
}

// decreedDays words the days that were set.
func (q *request) decreedDays(d occasion.Decree) string {
	if d.To == d.From {
		return q.daySaid(d.From)
	}
	return q.speaker().DateShort(calendar.Period{From: d.From, To: d.To}.Date())
}
