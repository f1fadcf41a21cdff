package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// deedNew shows the empty form, or one begun by a link: what kind, for whom.
func (s *Server) deedNew(q *request) error {
	if !q.actor.Somewhere(access.PostDeeds) {
		return fault.Forbid("access.forbidden.post_deeds")
	}
	a := deedAnswers{fields: map[string]string{openFundAnswer: "yes"}}
	for _, name := range []string{"kind", "day", "body", "status"} {
		a.fields[name] = q.value(name)
	}
	if a.fields["day"] == "" {
		a.fields["day"] = q.speaker().DateShort(calendar.OnDay(q.today()))
	}
	a.who = page.DeedPerson{N: "0", ID: q.value("for")}
	if id := q.id("tie"); id != 0 {
		a.ties = q.tiesWritten([]tie.ID{tie.ID(id)})
	}
	form, err := q.deedForm(&a, nil, deed.Deed{})
	if err != nil {
		return err
	}
	return q.show(page.DeedNew(form))
}

// deedPost writes a deed, or shows the form again with more lines, another
// kind, or what is wrong.
func (s *Server) deedPost(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a := q.readAnswers()
	if more := q.value("more"); more != "" {
		return q.deedMore(&a, more, deed.Deed{})
	}
	e, err := q.enter(&a)
	if err == nil {
		e.papers, err = q.sentPapers()
	}
	if err == nil {
		err = q.postDeed(&e)
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return q.deedAgain(&a, err, deed.Deed{})
	}
	if err != nil {
		return err
	}
	return q.deedWritten(e)
}

// postDeed writes a deed and its money in one transaction.
func (q *request) postDeed(e *entered) error {
	title := e.deed.Title
	if title == "" {
		title = q.titleWith(e.deed, e.kind, q.calledNow(*e))
	}
	if e.spent.Text == "" {
		e.spent.Text = title
	}
	return q.write("deed.why.post", func(ctx context.Context, tx *store.Tx) (err error) {
		if err := q.openFundFor(ctx, tx, e); err != nil {
			return err
		}
		if e.deed, err = deed.PostPaid(ctx, tx, q.actor, e.deed, e.spent); err != nil {
			return err
		}
		return attachAll(ctx, tx, q, e.deed.ID, e.papers)
	})
}

// deedWritten leads on from a deed that was written, with a way to take it back.
func (q *request) deedWritten(e entered) error {
	title := q.titleWith(e.deed, e.kind, q.calledNow(e))
	said := q.well("deed.posted", title, q.figureOf(e.deed, e.kind))
	if e.deed.Status == deed.Planned {
		said = q.well("deed.posted.planned", title)
	}
	said.Link = page.Link{Text: q.say("deed.undo"), Href: deedPath(e.deed.ID) + "/cancel"}
	if q.value("next") != "" {
		return q.doneAt("/deeds/new?kind="+e.kind.Code+"&day="+e.deed.Day.EDTF(), said)
	}
	return q.doneAt(deedPath(e.deed.ID), said)
}

func deedPath(id deed.ID) string { return "/deeds/" + strconv.FormatInt(int64(id), 10) }

// calledNow names everybody in a deed that is being written.
func (q *request) calledNow(e entered) store.Called {
	c, err := q.view().CalledIn(q.Context(), e.deed)
	if err == nil {
		return c
	}
	c = store.Called{People: map[personID]store.Brief{}, Bodies: map[body.ID]body.Body{}}
	for _, who := range e.who {
		p := who.person
		c.People[p.ID] = store.Brief{ID: p.ID, Name: p.Name, Sex: p.Sex, Birth: p.Birth}
	}
	return c
}

// deedMore shows the form again without writing anything.
func (q *request) deedMore(a *deedAnswers, more string, d deed.Deed) error {
	var wrong error
	switch more {
	case "rows":
		a.rows = append(a.rows, page.DeedPerson{})
	case "ties":
		a.ties = append(a.ties, page.DeedPerson{})
	case "gifts":
		a.gifts = append(a.gifts, page.DeedGift{})
	case "paste":
		wrong = pasteRows(a)
	}
	form, err := q.deedForm(a, wrong, d)
	if err != nil {
		return err
	}
	form.New = d.ID == 0
	form.Rejected = true
	if more == "norm" && q.Header.Get("HX-Request") == "" && a.fields["amount"] == "" {
		form.Amount.Value = form.Norm.Propose // without a script nobody else fills it in
	}
	form.Opened[more] = true
	if more == "rows" || more == "paste" {
		form.Opened["several"] = true
	}
	return q.show(page.DeedNew(form))
}

// rowsMost bounds a list of receivers: a whole school fits.
const rowsMost = 500

// pasteRows turns lines copied from a sheet into rows: name, class and school,
// prize, amount, parted by tabs or semicolons.
func pasteRows(a *deedAnswers) error {
	for line := range strings.Lines(a.fields["paste"]) {
		cells := strings.FieldsFunc(strings.TrimRight(line, "\r\n"), func(r rune) bool { return r == '\t' || r == ';' })
		for len(cells) > 0 && isNumber(cells[0]) {
			cells = cells[1:] // the row's number
		}
		if len(cells) == 0 || strings.TrimSpace(cells[0]) == "" {
			continue
		}
		cells = append(cells, "", "", "")
		a.rows = append(a.rows, page.DeedPerson{
			Name: strings.TrimSpace(cells[0]), School: strings.TrimSpace(cells[1]), Prize: strings.TrimSpace(cells[2]), Amount: strings.TrimSpace(cells[3]),
		})
	}
	if len(a.rows) > rowsMost {
		a.rows = a.rows[:rowsMost]
		return fault.Field("rows", "deed.rows.many", rowsMost)
	}
	a.fields["paste"] = ""
	return nil
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.Trim(s, " ."))
	return err == nil
}

// deedAgain shows a refused form with what is wrong and everything kept.
func (q *request) deedAgain(a *deedAnswers, wrong error, d deed.Deed) error {
	form, err := q.deedForm(a, wrong, d)
	if err != nil {
		return err
	}
	form.New, form.Rejected = d.ID == 0, true
	return q.again(page.DeedNew(form))
}

// deedForm puts the form together: for a new deed, or for one that is in the
// book already.
func (q *request) deedForm(a *deedAnswers, wrong error, d deed.Deed) (page.DeedForm, error) {
	kinds, err := q.offered(a)
	if err != nil {
		return page.DeedForm{}, err
	}
	form := page.DeedForm{
		Shell: q.shell(q.say("deed.form.head")), Action: "/deeds/new", Draft: "deed-new", New: true,
		Wrong: page.ProblemsOf(wrong, q.reader), Fields: a.fields, Opened: map[string]bool{},
	}
	form.Shell.Lead = q.say("deed.form.lead")
	if d.ID != 0 {
		form.Action, form.Draft, form.New = deedPath(d.ID)+"/edit", "deed-"+strconv.FormatInt(int64(d.ID), 10), false
		form.Leave, form.Revision = deedPath(d.ID), strconv.FormatInt(d.Revision, 10)
		form.Shell.Title, form.Shell.Lead = q.say("deed.form.edit"), ""
	}
	kind := q.chooseKind(&form, kinds, a)
	if form.Fields["status"] == "" {
		form.Fields["status"] = string(deed.Done)
	}
	if err := q.formPeople(&form, kind, a); err != nil {
		return page.DeedForm{}, err
	}
	q.formQuestions(&form, kind)
	if err := q.formFolds(&form, kind, a); err != nil {
		return page.DeedForm{}, err
	}
	return form, q.formNorm(&form, a, d)
}

// chipsMost is how many kinds stand in sight.
const chipsMost = 6

// offered lists the kinds for the form, the most used first.
func (q *request) offered(a *deedAnswers) ([]deed.Kind, error) {
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return nil, err
	}
	used, err := q.view().KindUse(q.Context())
	if err != nil {
		return nil, err
	}
	offers := q.offersKind()
	kinds = slices.DeleteFunc(kinds, func(k deed.Kind) bool { return !offers(k) && k.Code != a.fields["kind"] })
	rank := func(k deed.Kind) int {
		if at := slices.Index(used, k.Code); at >= 0 && len(used) >= chipsMost {
			return at - 1000
		}
		return likely(k.Code)
	}
	slices.SortStableFunc(kinds, func(x, y deed.Kind) int { return rank(x) - rank(y) })
	return kinds, nil
}

// likely orders the kinds of a book that has no deeds yet.
func likely(code string) int {
	first := []string{"sick-visit", "condolence", "longevity", "study-award", "hardship", "home-trip"}
	if at := slices.Index(first, code); at >= 0 {
		return at
	}
	return len(first)
}

// chooseKind shows the kinds and gives the chosen one.
func (q *request) chooseKind(form *page.DeedForm, kinds []deed.Kind, a *deedAnswers) deed.Kind {
	var kind deed.Kind
	inSight := kinds[:min(chipsMost, len(kinds))]
	for _, k := range kinds {
		o := page.Option{Value: k.Code, Text: k.Short(q.lang())}
		if k.Code == a.fields["kind"] || a.fields["kind"] == "" && kind.Code == "" {
			kind = k
		}
		if slices.ContainsFunc(inSight, func(s deed.Kind) bool { return s.Code == k.Code }) {
			form.Kinds = append(form.Kinds, o)
		} else {
			form.Others = append(form.Others, o)
		}
	}
	form.Kind = kind.Code
	if len(form.Others) > 0 {
		form.Kinds = append(form.Kinds, page.Option{Value: moreKinds, Text: q.say("deed.form.kind.more")})
	}
	if slices.ContainsFunc(form.Others, func(o page.Option) bool { return o.Value == kind.Code }) {
		form.Fields["other"], form.Kind = kind.Code, moreKinds
	}
	a.fields["kind"] = kind.Code
	form.Shape, form.Meeting, form.Ages, form.Receipt = string(kind.Shape()), kind.Meeting, kind.Ages, kind.Receipt
	return kind
}

// formPeople shows whom the answers mean.
func (q *request) formPeople(form *page.DeedForm, kind deed.Kind, a *deedAnswers) error {
	form.Who = q.say("deed.form.who." + string(kind.First()))
	form.Person, form.Rows = a.who, a.rows
	if form.Person.ID != "" || form.Person.Name != "" {
		if _, err := q.resolve(&form.Person); fault.KindOf(err) == fault.Internal && err != nil {
			return err
		}
	}
	form.Person.N = "0"
	if wrong := form.Wrong.At("who"); wrong != "" {
		form.Person.Wrong = wrong
	}
	for i := range form.Rows {
		form.Rows[i].N = strconv.Itoa(i + 1)
		if form.Rows[i].Name == "" || len(form.Rows) > 60 && form.Rows[i].ID == "" {
			continue
		}
		if _, err := q.resolve(&form.Rows[i]); fault.KindOf(err) == fault.Internal && err != nil {
			return err
		}
	}
	if len(form.Rows) == 0 && kind.Shape() != deed.Single {
		form.Rows = []page.DeedPerson{{N: "1"}}
	}
	form.Opened["several"] = len(a.rows) > 0 || kind.Shape() == deed.Table
	return nil
}

// formQuestions words the questions that follow the kind.
func (q *request) formQuestions(form *page.DeedForm, kind deed.Kind) {
	f := form.Fields
	mark := form.Wrong.Mark
	form.Day = mark(page.Field{
		Name: "day", Label: q.say("deed.form.day"), Hint: q.say("deed.form.day.hint"), Value: f["day"], Echo: q.dayLine(f["day"]), EchoFrom: "/deeds/echo/day",
	})
	ask := "deed.form.amount"
	if kind.Shape() == deed.Table {
		ask = "deed.form.amount.each"
	}
	form.Amount = mark(page.Field{
		Name: "amount", Label: q.say(ask), Value: f["amount"], Echo: q.amountLine(f["amount"], f["currency"]), EchoFrom: "/deeds/echo/amount", EchoWith: []string{"currency"},
	})
	if second := kind.Second(); second != "" && second != deed.Participant {
		form.Also = mark(page.Field{Name: "also", Label: q.say("deed.form.also." + string(second)), Value: f["also"], Hint: q.say("deed.form.names.hint"), EchoFrom: "/deeds/echo/people"})
	}
	unit := kind.Counts()
	form.CountSeen = kind.Shape() != deed.Single || unit == deed.Persons
	form.Count = mark(page.Field{Name: "count", Label: q.say("deed.form.count." + string(unit)), Value: f["count"], Hint: q.say("deed.form.count.hint." + string(kind.Shape())), Short: true})
}

// formFolds fills what is folded away.
func (q *request) formFolds(form *page.DeedForm, kind deed.Kind, a *deedAnswers) error {
	form.Gifts = a.gifts
	for i := range form.Gifts {
		form.Gifts[i].N = strconv.Itoa(i + 1)
	}
	if len(form.Gifts) == 0 {
		form.Gifts = []page.DeedGift{{N: "1"}}
	}
	for _, u := range []deed.Unit{deed.Things, deed.WorkDays, deed.Built, deed.Repaired} {
		form.Units = append(form.Units, page.Option{Value: string(u), Text: q.say("deed.unit." + string(u))})
	}
	homes, err := q.view().Homes(q.Context(), access.PostDeeds)
	if err != nil {
		return err
	}
	form.Homes = []page.Option{{Text: q.say("deed.form.body.auto")}}
	for _, b := range homes {
		o := page.Option{Value: strconv.FormatInt(int64(b.ID), 10), Text: b.NameOn(q.lang(), q.today())}
		form.Homes = append(form.Homes, o)
		if b.ID != q.root() {
			o.Chosen = slices.Contains(a.with, o.Value)
			form.With = append(form.With, o)
		}
	}
	f := form.Fields
	form.Opened["gifts"] = len(a.gifts) > 0
	q.formTies(form, a)
	form.Opened["papers"] = f["witness"] != ""
	form.Opened["with"] = len(a.with) > 0 || f["series"] != ""
	form.Opened["where"] = f["body"] != "" || f["title"] != "" || f["place"] != "" || f["note"] != "" || f["source"] != ""
	form.Opened["purse"] = f["purse"] != "" || f["currency"] != ""
	return q.formPurses(form)
}

// formPurses lists from where money may come, and in which currencies.
func (q *request) formPurses(form *page.DeedForm) error {
	form.Money = []page.Option{{Text: q.say("deed.form.currency.auto")}}
	for _, c := range []money.Currency{money.VND, money.LAK, money.KHR, money.THB, money.CNY, money.USD, money.EUR} {
		form.Money = append(form.Money, page.Option{Value: string(c), Text: string(c)})
	}
	home, err := strconv.ParseInt(form.Fields["body"], 10, 64)
	if err != nil {
		home = int64(q.homeOf(0))
	}
	f, err := q.view().FundKeeper(q.Context(), body.ID(home))
	if err != nil {
		if fault.KindOf(err) == fault.Internal {
			return err
		}
		if fault.KindOf(err) == fault.NotFound {
			form.Fundless, form.MayOpen = true, q.mayOpenFund()
		}
		return nil // no fund, or none the reader may use: no choice to offer
	}
	accounts, err := q.view().FundAccounts(q.Context(), f.Body)
	if err != nil && fault.KindOf(err) == fault.Internal {
		return err
	}
	form.Purses = []page.Option{{Text: q.say("deed.form.purse.cash")}}
	for _, account := range accounts {
		if account.Class.IsPurse() && !account.Retired && account.Code != "cash" {
			form.Purses = append(form.Purses, page.Option{Value: strconv.FormatInt(int64(account.ID), 10), Text: account.Name(q.lang())})
		}
	}
	form.Purses = append(form.Purses, page.Option{Value: outside, Text: q.say("deed.form.purse.none")})
	return nil
}
