package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/tally"
	"kith.app/internal/web"
)

// How much the units of a country report: neighbourhoods below communes below
// provinces, each answering sixty-five questions of which twenty are figures.
const (
	formUnits     = 100_000
	formCommunes  = 3_321
	formProvinces = 34
	formFigures   = 20
	formQuestions = 65
	formChunk     = 1_000 // replies a transaction
	formPosts     = 3_000 // replies by HTTP
	formSenders   = 16
)

// country is a book with everybody who reports.
type country struct {
	book      *store.Book
	top       body.ID
	provinces []body.ID
	communes  []body.ID
	units     []body.ID
	form      reporting.Form
}

// forms measures a week of a form: taken in at once and by HTTP, its completeness,
// and the figures that came of it.
func forms(b *bench) error {
	c, err := settle(b)
	if err != nil {
		return err
	}
	defer c.book.Close()
	week := reporting.Week.Of(calendar.FromTime(c.book.Now()) - 7)
	if err := c.bulk(b, week); err != nil {
		return err
	}
	if err := c.completeness(b, week); err != nil {
		return err
	}
	if err := c.anyFigure(b, week); err != nil {
		return err
	}
	return c.posted(b, reporting.Week.Before(week))
}

// settle founds the bodies of the country and draws up the form.
func settle(b *bench) (*country, error) {
	book, _, err := begin(b.ctx, b.place("forms"))
	if err != nil {
		return nil, err
	}
	c := &country{book: book, top: book.Root()}
	found := func(kind body.Kind, under func(i int) body.ID, n int, code string) ([]body.ID, error) {
		var made []body.ID
		for from := 0; from < n; from += 10_000 {
			err := book.Write(b.ctx, store.Writing{By: operator, Job: 1}, func(ctx context.Context, tx *store.Tx) error {
				for i := from; i < min(n, from+10_000); i++ {
					one, err := body.Found(ctx, tx, body.Body{
						Code: code + strconv.Itoa(i), Kind: kind, Parent: under(i),
						Names: []body.Name{{Lang: "vi", Full: "Đơn vị " + code + strconv.Itoa(i), Since: calendar.Earliest, Until: calendar.Latest}},
					})
					if err != nil {
						return err
					}
					made = append(made, one.ID)
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		return made, nil
	}
	if c.provinces, err = found(body.Branch, func(int) body.ID { return c.top }, formProvinces, "tinh-"); err != nil {
		return nil, err
	}
	if c.communes, err = found(body.Branch, func(i int) body.ID { return c.provinces[i*formProvinces/formCommunes] }, formCommunes, "xa-"); err != nil {
		return nil, err
	}
	if c.units, err = found(body.Committee, func(i int) body.ID { return c.communes[i*formCommunes/formUnits] }, formUnits, "to-"); err != nil {
		return nil, err
	}
	return c, book.Write(b.ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
		c.form, err = reporting.Define(ctx, tx, operator, weekOfForm(c), 0)
		return err
	})
}

// weekOfForm asks twenty figures, which become the lines of four kinds of deed, and
// forty-five other questions.
func weekOfForm(c *country) reporting.Form {
	f := reporting.Form{
		Code: "tuan", Body: c.top, Names: reporting.Names{"vi": "Báo cáo tuần"}, Every: reporting.Week, Due: 2, Since: reporting.Week.Of(calendar.DayOf(2020, 1, 6)).From,
		Senders: reporting.Senders{Under: c.top, Kinds: []body.Kind{body.Committee}}, Posting: reporting.OnSending,
	}
	kinds := []string{"campaign", "publication", "training", "seminar"}
	for i := range formFigures {
		q := reporting.Question{Kind: reporting.Number, Names: reporting.Names{"vi": fmt.Sprintf("Số %d", i+1)}}
		unit := []deed.Unit{deed.Acts, deed.Persons, deed.Families, deed.Things, deed.Money}[i%5]
		if unit == deed.Money {
			q.Kind, q.Cur = reporting.Money, money.VND
		}
		q.Feeds = kinds[i/5] + "." + string(unit)
		f.Questions = append(f.Questions, q)
	}
	for i := formFigures; i < formQuestions; i++ {
		f.Questions = append(f.Questions, reporting.Question{Kind: reporting.Line, Names: reporting.Names{"vi": fmt.Sprintf("Câu %d", i+1)}})
	}
	return f
}

// someAnswers answers every question.
func someAnswers(r *rand.Rand) reporting.Answers {
	a := reporting.NewAnswers()
	for n := int64(1); n <= formFigures; n++ {
		a.Figures[n] = reporting.Figure{Qty: int64(1 + r.IntN(500)), Qualifier: deed.Qualifier(r.IntN(2) * r.IntN(4))}
	}
	for n := int64(formFigures + 1); n <= formQuestions; n++ {
		a.Words[n] = "Nhân dân phấn khởi, ổn định"
	}
	return a
}

// bulk takes in everybody's week.
func (c *country) bulk(b *bench, week calendar.Period) error {
	r := rand.New(rand.NewPCG(1, 2))
	begun, busy := time.Now(), processor()
	for from := 0; from < len(c.units); from += formChunk {
		some := c.units[from:min(len(c.units), from+formChunk)]
		err := c.book.Write(b.ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) error {
			in, err := reporting.Open(ctx, tx, operator, c.form.ID, week, some)
			if err != nil {
				return err
			}
			for _, u := range some {
				if _, err := in.Take(ctx, reporting.Sending{Unit: u, Based: reporting.Latest, By: "Tổ trưởng", Way: reporting.BySheet, Answers: someAnswers(r)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	took := time.Since(begun)
	rate := float64(len(c.units)) / took.Seconds()
	b.add("a week of 100,000 forms × 65 answers in bulk", fmt.Sprintf("%.0f forms/s, %s of processor a form", rate, ((processor()-busy)/time.Duration(len(c.units))).Round(time.Microsecond)), "≥ 800 forms/s", rate/800)
	return nil
}

// completeness reads how complete each province is.
func (c *country) completeness(b *bench, week calendar.Period) error {
	view := c.book.As(operator)
	ask := func() error {
		p, err := view.FormProgress(b.ctx, c.form.ID, week, c.top)
		if err == nil && (p.Tale.Sent != formUnits || len(p.Below) != formProvinces) {
			return fmt.Errorf("completeness is %+v of %d provinces", p.Tale, len(p.Below))
		}
		return err
	}
	if err := ask(); err != nil { // who must send is found out once
		return err
	}
	took, err := median(25, ask)
	if err == nil {
		b.took("completeness of 34 provinces", took, 20*time.Millisecond)
	}
	return err
}

// anyFigure reads any measure of any body in a month.
func (c *country) anyFigure(b *bench, week calendar.Period) error {
	view, r := c.book.As(operator), rand.New(rand.NewPCG(3, 4))
	month := reporting.Month.Of(week.From)
	year := calendar.Year(week.From.Year())
	var all []time.Duration
	for i := range 3_000 {
		of := c.units[r.IntN(len(c.units))]
		switch i % 3 {
		case 1:
			of = c.communes[r.IntN(len(c.communes))]
		case 2:
			of = c.provinces[r.IntN(len(c.provinces))]
		}
		m, _ := c.form.Questions[r.IntN(formFigures)].Measure()
		begun := time.Now()
		f, err := tally.Of(b.ctx, view, tally.Query{Body: of, Measure: m, Period: month})
		if err != nil {
			return err
		}
		all = append(all, time.Since(begun))
		if i < 3 && f.Qty == 0 && month.Covers(week) {
			return fmt.Errorf("no figure of %v in %v of %v", m, month, year)
		}
	}
	sortDurations(all)
	b.took("any of 20 measures, any of 100,000 bodies, any month (p99)", all[len(all)*99/100], time.Millisecond)
	return nil
}

// posted has units send by their own addresses, over HTTP.
func (c *country) posted(b *bench, week calendar.Period) error {
	handler, err := site(c.book)
	if err != nil {
		return err
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	var keys []reporting.Issued
	err = c.book.Write(b.ctx, store.Writing{By: operator}, func(ctx context.Context, tx *store.Tx) (err error) {
		keys, err = reporting.Issue(ctx, tx, operator, c.form.ID, c.units[:formPosts], tx.Today()+30)
		return err
	})
	if err != nil {
		return err
	}
	var next, failed atomic.Int64
	var wait sync.WaitGroup
	begun := time.Now()
	for range formSenders {
		wait.Go(func() {
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			for i := next.Add(1) - 1; i < int64(len(keys)); i = next.Add(1) - 1 {
				if !postForm(client, server.URL+"/r/"+keys[i].Secret, c.form, week) {
					failed.Add(1)
				}
			}
		})
	}
	wait.Wait()
	if failed.Load() > 0 {
		return fmt.Errorf("%d forms were not taken", failed.Load())
	}
	rate := formPosts / time.Since(begun).Seconds()
	b.add("forms of 65 answers over HTTP, 16 at once", fmt.Sprintf("%.0f forms/s", rate), "≥ 150 forms/s", rate/150)
	return nil
}

// postForm sends one filled-in form.
func postForm(client *http.Client, to string, f reporting.Form, week calendar.Period) bool {
	v := url.Values{"period": {f.Every.Code(week)}, "version": {"1"}, "n": {"0"}, "by": {"Tổ trưởng"}}
	for _, q := range f.Questions {
		if q.Kind.Figure() {
			v.Set(q.Field(), "trên 120")
		} else {
			v.Set(q.Field(), "Nhân dân phấn khởi, ổn định")
		}
	}
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(v.Encode()))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	return answer.StatusCode == http.StatusSeeOther
}

// site is the server of a book.
func site(book *store.Book) (http.Handler, error) {
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	s, err := web.New(web.Config{Book: book, Words: words, Lang: locale.Vi, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return nil, err
	}
	return s.Handler(), nil
}
