package web

import (
	"context"
	"net/http"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// entryScans shows the scans kept with an entry, and where more may be sent.
func (d *desk) entryScans(p *page.FundEntry, e fund.Entry) error {
	kept, err := d.view().EntryScans(d.Context(), e.ID)
	if err != nil {
		return err
	}
	base := "/fund/entries/" + decimal(e.ID) + "/papers"
	for _, a := range kept {
		line := page.PaperLine{Name: a.Name, Note: d.say("deed.paper.size", (a.Size+1023)/1024), Href: d.to(base + "/" + decimal(a.ID))}
		if d.keeps() && e.Approver == 0 {
			line.Drop = d.to(base + "/" + decimal(a.ID) + "/remove")
		}
		p.Scans = append(p.Scans, line)
	}
	if d.keeps() {
		p.Upload = d.to(base)
	}
	return nil
}

// scanEntry keeps what was sent with an entry.
func (s *Server) scanEntry(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	scans, err := d.sentPapers()
	if err == nil && len(scans) == 0 {
		err = fault.Field("paper", "fundpages.scan.missing")
	}
	if err == nil {
		err = d.write("fundpages.why.scan", func(ctx context.Context, tx *store.Tx) error {
			return scanAll(ctx, tx, d.request, e.ID, scans)
		})
	}
	return d.actedOn(e, err, "fundpages.scanned")
}

// scanAll keeps scans with an entry.
func scanAll(ctx context.Context, tx *store.Tx, q *request, id fund.EntryID, scans []source.Attachment) error {
	for _, a := range scans {
		if _, err := fund.Scan(ctx, tx, q.actor, id, a); err != nil {
			return err
		}
	}
	return nil
}

// scanAsked reads the scan that the address names.
func (d *desk) scanAsked() (fund.Entry, source.Attachment, error) {
	e, err := d.entryAsked()
	if err != nil {
		return e, source.Attachment{}, err
	}
	n, err := d.number("paper")
	if err != nil {
		return e, source.Attachment{}, err
	}
	a, err := d.view().EntryScan(d.Context(), n)
	if err == nil && a.Ref != int64(e.ID) {
		err = fault.Missing("deed.paper.missing")
	}
	return e, a, err
}

// entryScan hands out a scan.
func (s *Server) entryScan(d *desk) error {
	_, a, err := d.scanAsked()
	if err != nil {
		return err
	}
	return s.handOut(d.request, a)
}

// unscanForm asks before a scan is taken off.
func (s *Server) unscanForm(d *desk) error {
	e, a, err := d.scanAsked()
	if err == nil {
		err = d.actor.May(access.KeepFund, e.Body)
	}
	if err != nil {
		return err
	}
	return d.show(page.Asking(d.frame(a.Name, page.Link{Text: e.Label(), Href: d.entryPath(e.ID)}), page.Asked{
		Title: d.say("deed.paper.remove", a.Name), Text: d.say("deed.paper.remove.text"), Action: d.to("/fund/entries/" + decimal(e.ID) + "/papers/" + decimal(a.ID) + "/remove"),
		Do: d.say("common.remove"), Danger: true, Leave: d.entryPath(e.ID),
	}))
}

// unscanEntry takes a scan off an entry.
func (s *Server) unscanEntry(d *desk) error {
	e, a, err := d.scanAsked()
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.unscan", func(ctx context.Context, tx *store.Tx) error {
		return fund.Unscan(ctx, tx, d.actor, e.ID, a.ID)
	})
	return d.actedOn(e, err, "fundpages.unscanned")
}

// seriesPage asks in which series entries are numbered.
func (s *Server) seriesPage(d *desk) error { return d.show(page.FundAsk(d.seriesForm(nil))) }

// seriesKinds are the kinds of entry that share a series by the forms of the
// book, and the one by which each group is asked for.
var seriesKinds = []struct {
	ask   fund.Kind
	share []fund.Kind
}{
	{fund.Receipt, []fund.Kind{fund.Receipt, fund.Repayment}},
	{fund.Payment, []fund.Kind{fund.Payment, fund.Lending}},
	{fund.Journal, []fund.Kind{fund.Transfer, fund.Opening, fund.Journal, fund.Reversal}},
}

// nameSeries names the series.
func (s *Server) nameSeries(d *desk) error {
	named := map[fund.Kind]string{}
	for _, g := range seriesKinds {
		for _, k := range g.share {
			named[k] = d.value("series-" + string(g.ask))
		}
	}
	based, _ := idNumber(d.value("revision"))
	err := d.write("fundpages.why.series", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.NameSeries(ctx, tx, d.actor, d.fund.Body, named, based)
		return err
	})
	if isInvalid(err) {
		return d.showAs(http.StatusUnprocessableEntity, page.FundAsk(d.seriesForm(page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/settings/series"), d.well("fundpages.series.done"))
}

func (d *desk) seriesForm(wrong page.Problems) page.FundForm {
	p := page.FundForm{
		Shell: d.settingsFrame(d.say("fundpages.series")), Wrong: wrong, Text: d.say("fundpages.series.text"),
		Head:  page.FormHead{Action: d.to("/settings/series"), Revision: decimal(d.fund.Revision)},
		Carry: d.carryFund(), Leave: d.to("/fund"),
	}
	for _, g := range seriesKinds {
		f := page.Field{Name: "series-" + string(g.ask), Label: d.say("fundpages.series." + string(g.ask)), Value: orElse(d.value("series-"+string(g.ask)), d.fund.SeriesOf(g.ask)), Max: 12, Short: true, Needed: true}
		f.Wrong = p.Wrong.At("series")
		p.Main = append(p.Main, page.TextInput(d.reader, f))
	}
	if d.may(access.CloseFund, d.fund.Body) {
		p.Do = d.say("common.save")
	}
	return p
}
