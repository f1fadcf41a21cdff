package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
	"kith.app/internal/store"
)

type planCommand struct {
	Show   planShow   `cmd:"" help:"Print how a plan of targets stands on a day."`
	List   planLists  `cmd:"" help:"List the plans and programmes."`
	Roll   planRoll   `cmd:"" help:"Put the plans of a body and of all below it together."`
	Status planStatus `cmd:"" help:"Print how the units of an area stand against a standard."`
	Export planExport `cmd:"" help:"Write the targets of a plan with their figures to a file."`
	Import planImport `cmd:"" help:"Bring targets and figures of a plan in from a file, or rehearse it."`
}

// Help gives examples.
func (planCommand) Help() string {
	return `A plan is named by its code, a body and a standard too. Examples:
  kith plan show tho-xuan-plan-2024 --on 2024-06-30 --as json
  kith plan list --year 2024
  kith plan roll hai-duong-dien-bien --year 2026 --as json
  kith plan status huyen-que-son-quang-nam ntm-commune-2021 --on 2024-06-30
  kith plan export tho-xuan-plan-2024 -o chi-tieu.xlsx
  kith plan import chi-tieu.xlsx tho-xuan-plan-2024 --rehearse`
}

type planShow struct {
	Code string `arg:"" help:"Code of the plan."`
	On   string `help:"The day on which it is asked; its last day or today without it." placeholder:"DATE"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

// Help says what is printed.
func (planShow) Help() string {
	return `With --as json: targets, met, overHalf, atOrUnderHalf, noData (against what the plan's own authority planned), code, title, body, period, on,
standing, authority, byAuthority [{authority, name, targets, met, …}], list [{no, code, name, unit, direction, band, value, on, qualifier, share, plans
[{authority, plan, band, share}], lastYear, change, version, who, source, deeds}]. Values are exact decimals, shares and changes fractions; what nobody
reported is left out. Examples:
  kith plan show tho-xuan-plan-2024 --on 2024-06-30
  kith plan show tho-xuan-plan-2024 --on 2024-06-30 --as json`
}

// parseOn reads the day of an answer; none is 0.
func parseOn(text string) (calendar.Day, error) {
	if text == "" {
		return 0, nil
	}
	d, err := calendar.ParseEDTF(text)
	if err != nil {
		return 0, err
	}
	day, ok := d.Last()
	if !ok {
		return 0, usageError{key: "date.edtf", args: []any{text}}
	}
	return day, nil
}

// plansOpen is a book opened to be asked about plans.
type plansOpen struct {
	p    *program
	book *store.Book
	view *store.View
	to   locale.Speaker
}

func (p *program) plans() (*plansOpen, error) {
	book, err := p.book()
	if err != nil {
		return nil, err
	}
	lang, _ := locale.Parse(p.cli.Lang)
	return &plansOpen{p: p, book: book, view: book.As(p.operator()), to: p.words.In(lang)}, nil
}

type planTargetJSON struct {
	No        string          `json:"no"`
	Code      string          `json:"code"`
	Name      string          `json:"name"`
	Unit      string          `json:"unit,omitempty"`
	Direction string          `json:"direction"`
	Band      programme.Band  `json:"band"`
	Value     string          `json:"value,omitempty"`
	On        string          `json:"on,omitempty"`
	Qualifier string          `json:"qualifier,omitempty"`
	Share     string          `json:"share,omitempty"`
	Plans     []planValueJSON `json:"plans"`
	LastYear  string          `json:"lastYear,omitempty"`
	Change    string          `json:"change,omitempty"`
	Lost      bool            `json:"lost,omitempty"`
	Version   int             `json:"version"`
	Who       string          `json:"who,omitempty"`
	Source    string          `json:"source,omitempty"`
	Measure   string          `json:"measure,omitempty"`
	Deeds     int             `json:"deeds,omitempty"`
}

type planValueJSON struct {
	Authority string           `json:"authority"`
	Plan      programme.Number `json:"plan"`
	Band      programme.Band   `json:"band"`
	Share     string           `json:"share,omitempty"`
}

type planAuthorityJSON struct {
	Authority string `json:"authority"`
	Name      string `json:"name"`
	programme.Tally
}

type planJSON struct {
	programme.Tally
	Code        string              `json:"code"`
	Title       string              `json:"title"`
	Body        string              `json:"body"`
	Period      calendar.Period     `json:"period"`
	On          calendar.Day        `json:"on"`
	Standing    programme.Standing  `json:"standing"`
	Authority   string              `json:"authority"`
	ByAuthority []planAuthorityJSON `json:"byAuthority"`
	List        []planTargetJSON    `json:"list"`
}

// Run prints how a plan stands.
func (c planShow) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	file, err := o.view.PlanFile(p.ctx, c.Code)
	if err != nil {
		return err
	}
	asked, err := parseOn(c.On)
	if err != nil {
		return err
	}
	on, err := progress.On(file.Plan, asked, o.view.Today())
	if err != nil {
		return err
	}
	r, err := progress.Of(p.ctx, o.view, file, on)
	if err != nil {
		return err
	}
	out, err := o.planJSON(r)
	if err != nil {
		return err
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(out)
	}
	fmt.Fprintf(p.stdout, "%s\t%s\t%s\n%s\n", out.Title, out.Period, out.On, progress.Said(o.to, r.Tally))
	for _, l := range r.Lines {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\t%s\n", l.Def.No, l.Def.Name(p.cli.Lang), strings.Join(planned(o.to, r.Plan, l), "; "), progress.FigureSaid(o.to, l), progress.BandSaid(o.to, l))
	}
	return nil
}

// planned words what each authority planned for a target.
func planned(to locale.Speaker, p programme.Plan, l programme.Progress) []string {
	var all []string
	for _, by := range l.By {
		said := progress.PlanSaid(to, l.Def, by.Value)
		if len(p.Authorities) > 1 {
			said = by.Value.Authority + " " + said
		}
		all = append(all, said)
	}
	return all
}

func (o *plansOpen) planJSON(r programme.Review) (planJSON, error) {
	lang := o.p.cli.Lang
	of, err := o.view.Body(o.p.ctx, r.Plan.Body)
	if err != nil {
		return planJSON{}, err
	}
	out := planJSON{
		Tally: r.Tally, Code: r.Plan.Code, Title: r.Plan.Titles.In(lang), Body: of.Code, Period: r.Plan.Period, On: r.On, Standing: r.Plan.Standing,
		Authority: r.Plan.Lead(), ByAuthority: []planAuthorityJSON{}, List: []planTargetJSON{},
	}
	for _, a := range r.Plan.Authorities {
		out.ByAuthority = append(out.ByAuthority, planAuthorityJSON{a.Code, a.Names.In(lang), r.By[a.Code]})
	}
	for _, l := range r.Lines {
		out.List = append(out.List, planLineJSON(l, lang))
	}
	return out, nil
}

func planLineJSON(l programme.Progress, lang string) planTargetJSON {
	t := planTargetJSON{
		No: l.Def.No, Code: l.Target.Code, Name: l.Def.Name(lang), Unit: l.Def.Units.In(lang), Direction: string(l.Def.Direction), Band: l.Band,
		Plans: []planValueJSON{}, Version: l.Version.N, Who: l.Def.Who, Measure: l.Def.Measure, Lost: l.Lost,
	}
	if l.Rat != nil {
		t.Value, t.On, t.Source, t.Deeds = l.Rat.RatString(), l.Actual.On.String(), l.Actual.Source.Title, len(l.Actual.Deeds)
		if digits, whole := l.Rat.FloatPrec(); whole {
			t.Value = l.Rat.FloatString(digits)
		}
		if l.Actual.Qualifier != 0 {
			t.Qualifier = l.Actual.Qualifier.String()
		}
	}
	if l.Share != nil {
		t.Share = l.Share.RatString()
	}
	if l.LastYear != nil {
		t.LastYear = l.LastYear.RatString()
	}
	if l.Change != nil {
		t.Change = l.Change.RatString()
	}
	for _, by := range l.By {
		v := planValueJSON{Authority: by.Value.Authority, Plan: by.Value.Plan, Band: by.Band}
		if by.Share != nil {
			v.Share = by.Share.RatString()
		}
		t.Plans = append(t.Plans, v)
	}
	return t
}

type planLists struct {
	Body string `help:"Code of the body, with all below it." placeholder:"CODE"`
	Year int    `help:"Plans of this year." placeholder:"YEAR"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (planLists) Help() string {
	return `Examples:
  kith plan list --year 2024
  kith plan list --body hai-duong-dien-bien --as json`
}

type planListed struct {
	Code     string             `json:"code"`
	Kind     programme.Kind     `json:"kind"`
	Title    string             `json:"title"`
	Body     string             `json:"body"`
	Period   calendar.Period    `json:"period"`
	Standing programme.Standing `json:"standing"`
	programme.Tally
}

// asked is what a list of plans is narrowed to.
func (o *plansOpen) asked(code string, year int) (programme.Asked, error) {
	asked := programme.Asked{Limit: -1}
	if year != 0 {
		asked.Period, asked.Dated = calendar.Year(year), true
	}
	if code != "" {
		of, err := o.view.BodyByCode(o.p.ctx, code)
		if err != nil {
			return asked, err
		}
		asked.Body, asked.Below = of.ID, true
	}
	return asked, nil
}

// Run lists plans with how each stands today.
func (c planLists) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	asked, err := o.asked(c.Body, c.Year)
	if err != nil {
		return err
	}
	files, err := o.view.PlanFiles(p.ctx, asked)
	if err != nil {
		return err
	}
	all := []planListed{}
	for _, f := range files {
		of, err := o.view.Body(p.ctx, f.Plan.Body)
		if err != nil {
			return err
		}
		on, err := progress.On(f.Plan, 0, o.view.Today())
		if err != nil {
			return err
		}
		r, err := progress.Of(p.ctx, o.view, f, on)
		if err != nil {
			return err
		}
		all = append(all, planListed{f.Plan.Code, f.Plan.Kind, f.Plan.Titles.In(p.cli.Lang), of.Code, f.Plan.Period, f.Plan.Standing, r.Tally})
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	for _, l := range all {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\t%d/%d\t%d/%d\n", l.Code, l.Title, l.Body, l.Period, l.Met, l.Targets, l.OverHalf, l.Targets)
	}
	return nil
}

type planRoll struct {
	Code string `arg:"" help:"Code of the body."`
	Year int    `help:"The year of the plans." required:"" placeholder:"YEAR"`
	On   string `help:"The day on which it is asked; today without it." placeholder:"DATE"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (planRoll) Help() string {
	return `Targets are counted, never averaged. Examples:
  kith plan roll hai-duong-dien-bien --year 2026
  kith plan roll hai-duong-dien-bien --year 2026 --as json`
}

type planRollJSON struct {
	programme.Tally
	Plans []planListed     `json:"plans"`
	List  []planRolledJSON `json:"list"`
}

type planRolledJSON struct {
	Code  string         `json:"code"`
	Name  string         `json:"name"`
	Unit  string         `json:"unit,omitempty"`
	Rule  programme.Rule `json:"rule"`
	Known int            `json:"known"`
	Of    int            `json:"of"`
	Plan  string         `json:"plan,omitempty"`
	Value string         `json:"value,omitempty"`
	Num   string         `json:"num,omitempty"`
	Den   string         `json:"den,omitempty"`
	Band  programme.Band `json:"band"`
	Mixed bool           `json:"mixed,omitempty"`
}

// Run puts plans together.
func (c planRoll) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	asked, err := o.asked(c.Code, c.Year)
	if err != nil {
		return err
	}
	on, err := parseOn(c.On)
	if err != nil {
		return err
	}
	if on == 0 {
		on = o.view.Today()
	}
	files, err := o.view.PlanFiles(p.ctx, asked)
	if err != nil {
		return err
	}
	up, err := progress.RollUp(p.ctx, o.view, asked.Body, files, on)
	if err != nil {
		return err
	}
	out := planRollJSON{Tally: up.Tally, Plans: []planListed{}, List: []planRolledJSON{}}
	for _, r := range up.Ranked() {
		of, err := o.view.Body(p.ctx, r.Plan.Body)
		if err != nil {
			return err
		}
		out.Plans = append(out.Plans, planListed{r.Plan.Code, r.Plan.Kind, r.Plan.Titles.In(p.cli.Lang), of.Code, r.Plan.Period, r.Plan.Standing, r.Tally})
	}
	for _, t := range up.Targets {
		out.List = append(out.List, rolledJSON(t, p.cli.Lang))
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(out)
	}
	fmt.Fprintln(p.stdout, progress.Said(o.to, up.Tally))
	for _, l := range out.Plans {
		fmt.Fprintf(p.stdout, "%s\t%s\t%d/%d\t%d/%d\n", l.Body, l.Code, l.Met, l.Targets, l.OverHalf, l.Targets)
	}
	for _, t := range out.List {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%d/%d\t%s\n", t.Name, t.Value, t.Plan, t.Known, t.Of, t.Band)
	}
	return nil
}

func rolledJSON(t programme.Rolled, lang string) planRolledJSON {
	out := planRolledJSON{Code: t.Code, Name: t.Def.Name(lang), Unit: t.Def.Units.In(lang), Rule: t.Def.Rule, Known: t.Known, Of: len(t.Parts), Band: t.Band, Mixed: t.Mixed}
	if t.Plan != nil {
		out.Plan = t.Plan.RatString()
	}
	if t.Rat != nil {
		out.Value = t.Rat.RatString()
	}
	if t.Num != nil && t.Den != nil {
		out.Num, out.Den = t.Num.RatString(), t.Den.RatString()
	}
	return out
}

type planStatus struct {
	Code     string `arg:"" help:"Code of the area: a district, a province."`
	Standard string `arg:"" help:"Code of the standard."`
	On       string `help:"The day on which it is asked; today without it." placeholder:"DATE"`
	As       string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (planStatus) Help() string {
	return `Who meets the standard and what the others lack. Examples:
  kith plan status huyen-que-son-quang-nam ntm-commune-2021 --on 2024-06-30`
}

type planBoardJSON struct {
	Met      int              `json:"met"`
	Of       int              `json:"of"`
	Short    int              `json:"short"`
	Unknown  int              `json:"unknown"`
	Standard string           `json:"standard"`
	On       calendar.Day     `json:"on"`
	Next     string           `json:"next,omitempty"`
	Units    []planUnitJSON   `json:"units"`
	Lacking  map[string]int   `json:"lacking"`
	Series   []programme.Mark `json:"series"`
}

type planUnitJSON struct {
	Name    string            `json:"name"`
	Outcome programme.Outcome `json:"outcome,omitempty"`
	Since   string            `json:"since,omitempty"`
	Missing []string          `json:"missing,omitempty"`
	Paper   string            `json:"paper,omitempty"`
	Source  string            `json:"source,omitempty"`
	Note    string            `json:"note,omitempty"`
}

// Run prints how units stand.
func (c planStatus) Run(p *program) error {
	o, err := p.plans()
	if err != nil {
		return err
	}
	defer o.book.Close()
	of, err := o.view.BodyByCode(p.ctx, c.Code)
	if err != nil {
		return err
	}
	on, err := parseOn(c.On)
	if err != nil {
		return err
	}
	if on == 0 {
		on = o.view.Today()
	}
	b, err := o.view.StandardBoard(p.ctx, of.ID, c.Standard, on)
	if err != nil {
		return err
	}
	out := planBoardJSON{Met: b.Met(), Of: len(b.Units), Short: b.Short(), Unknown: b.Unknown(), Standard: b.Standard.Code, On: b.On, Next: b.Replaced, Units: []planUnitJSON{}, Lacking: b.Lacking(), Series: b.Series}
	for _, u := range b.Units {
		one := planUnitJSON{Name: u.Name}
		if s := u.Status; s != nil {
			one = planUnitJSON{u.Name, s.Outcome, s.On.String(), s.Missing, progress.PaperSaid(o.to, s.Paper), s.Source.Title, s.Note}
		}
		out.Units = append(out.Units, one)
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(out)
	}
	fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", b.Standard.Names.In(p.cli.Lang), b.On, p.say("plan.board.units", fmt.Sprint(out.Met), fmt.Sprint(out.Of)))
	for _, u := range out.Units {
		said := p.say("plan.board.unknown")
		if u.Outcome != "" {
			said = p.say("plan.outcome." + string(u.Outcome))
		}
		var missing []string
		for _, no := range u.Missing {
			criterion, _ := b.Standard.Criterion(no)
			missing = append(missing, no+" "+criterion.Names.In(p.cli.Lang))
		}
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\n", u.Name, said, u.Since, strings.Join(missing, "; "))
	}
	return nil
}
