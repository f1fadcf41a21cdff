package web

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/dossier"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// dossierKinds lists the papers of the whole contest that a reader may have.
func dossierKinds(c contestSeen) []dossier.Kind {
	var all []dossier.Kind
	for _, k := range dossier.Kinds() {
		if k.OfUnit() || k.Inside() && !c.Seat.Inside() && (c.Contest.Standing != contest.Published || k.Scores()) {
			continue
		}
		all = append(all, k)
	}
	return all
}

// contestPapers offers the papers of a contest, each in the formats that suit it.
func (s *Server) contestPapers(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.papers"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.papers.lead")
	lang := q.reader.Lang
	if asked, ok := locale.Parse(q.value("lang")); ok {
		lang = asked
	}
	var tabs []page.Tab
	for _, l := range locale.Langs() {
		tabs = append(tabs, page.Tab{Text: q.say("contest.papers.in", l.Name()), Href: c.path("/papers?lang=" + string(l)), Current: l == lang})
	}
	p.Tabs = tabs
	part := page.DeskPart{Plain: true}
	table := page.Table{ID: "papers", Caption: q.say("contest.papers"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.papers.paper"), Chief: true}, {Head: "PDF"}, {Head: "Word"}, {Head: "Excel"}}}
	for _, k := range dossierKinds(c) {
		table.Rows = append(table.Rows, q.dossierRow(q.say("dossier."+string(k)), c.path("/papers/"+string(k)), k, lang))
	}
	part.Table = &table
	part.Tools = []page.Tool{{Glyph: page.GlyphPrint, Text: q.say("contest.papers.all"), Href: c.path("/papers/all?lang=" + string(lang))}}
	p.Parts = append(p.Parts, part)
	if own := q.unitPapers(c, lang); len(own.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.papers.units"), Table: &own})
	}
	return q.show(page.Desk(p))
}

// dossierRow is a paper with the formats that suit it.
func (q *request) dossierRow(name, href string, k dossier.Kind, lang locale.Lang) page.Row {
	link := func(as string) page.Cell {
		u := href + "?" + url.Values{"as": {as}, "lang": {string(lang)}}.Encode()
		return page.Cell{Part: page.ButtonLink("", as, u)}
	}
	row := page.Row{Cells: []page.Cell{{Text: name}, link("pdf"), link("docx"), {}}}
	if k.Tabular() {
		row.Cells[3] = link("xlsx")
	}
	return row
}

// unitPapers are those of the units whose sheets the reader may read, a page of them.
func (q *request) unitPapers(c contestSeen, lang locale.Lang) page.Table {
	t := page.Table{ID: "unit-papers", Caption: q.say("contest.papers.units"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.papers.paper"), Chief: true}, {Head: "PDF"}, {Head: "Word"}, {Head: "Excel"}}}
	shown, all := 0, 0
	for _, u := range c.Units {
		if !c.sees(u.Body) {
			continue
		}
		if all++; len(t.Rows) >= unitsOnPage {
			continue
		}
		shown++
		for _, k := range []dossier.Kind{dossier.Sheet, dossier.UnitSubmission} {
			t.Rows = append(t.Rows, q.dossierRow(q.say("dossier."+string(k))+" · "+c.called[u.Body], c.unitPath(u.Body)+"/papers/"+string(k), k, lang))
		}
	}
	if shown < all {
		t.Told = q.say("contest.told", 1, shown, all)
	}
	return t
}

// contestPaper gives one paper of a contest, or all of them in one file.
func (s *Server) contestPaper(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if q.PathValue("kind") != "all" {
		return q.sendDossier(c, 0, dossier.Kind(q.PathValue("kind")))
	}
	return q.sendDossier(c, 0, dossierKinds(c)...)
}

// contestUnitPaper gives a paper of one unit.
func (s *Server) contestUnitPaper(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	k := dossier.Kind(q.PathValue("kind"))
	if !k.OfUnit() {
		return fault.Missing("fault.missing")
	}
	return q.sendDossier(u.contestSeen, u.unit, k)
}

// sendDossier composes papers and sends them in the format asked, PDF unless told
// otherwise.
func (q *request) sendDossier(c contestSeen, unit body.ID, kinds ...dossier.Kind) error {
	to := q.speaker()
	if lang, ok := locale.Parse(q.value("lang")); ok {
		to = q.server.words.Load().In(lang)
	}
	as, err := report.ParseFormat(cmp.Or(q.value("as"), string(report.PDF)))
	if err != nil {
		return fault.Missing("fault.missing")
	}
	var papers []*document.Document
	for _, k := range kinds {
		if unit == 0 && k.OfUnit() {
			return fault.Missing("fault.missing")
		}
		facts, err := q.view().ContestDossier(q.Context(), store.DossierAsked{Contest: c.Contest.ID, Kind: k, Unit: unit, Lang: string(to.Lang)})
		if err != nil {
			return err
		}
		papers = append(papers, dossier.Compose(to, k, facts)...)
	}
	name := string(kinds[0])
	if len(kinds) > 1 {
		as, name = report.PDF, q.say("contest.papers.file")
	}
	var b bytes.Buffer
	if err := report.WriteAll(&b, papers, as); err != nil {
		return err
	}
	if unit != 0 {
		name += "-" + c.codes[unit]
	}
	q.attached(name+"-"+strconv.Itoa(c.Contest.Year)+"."+string(as), as == report.PDF || as == report.HTML)
	return q.send(http.StatusOK, as.Media(), b.Bytes())
}
