package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// stagesMost is how many stages a form takes.
const stagesMost = 12

// contestStages shows the way of a sheet: who acts, who changes, where it returns.
func (s *Server) contestStages(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.stagesPage(c, nil, "")
}

func (q *request) stagesPage(c contestSeen, refused error, form string) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.stages"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	p.Shell.Lead = q.say("contest.stages.lead")
	names, err := q.assessorNames(c)
	if err != nil {
		return err
	}
	table := q.stageTable(c, names)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table}}
	wrongOf := func(which string) page.Problems {
		if which == form {
			return page.ProblemsOf(refused, q.reader)
		}
		return nil
	}
	if c.Seat.Keeps() && c.Contest.Standing != contest.Published {
		named, err := q.namingParts(c, names, wrongOf)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, named...)
	}
	if c.Seat.Keeps() && c.Contest.Standing == contest.Drafted {
		presets, err := q.presetPart(c, wrongOf("preset"))
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, presets, q.ownStagesPart(c, wrongOf("own")))
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// assessorNames names the people who act at stages.
func (q *request) assessorNames(c contestSeen) (map[person.ID]string, error) {
	var ids []person.ID
	for _, people := range c.Assessors {
		ids = append(ids, people...)
	}
	if len(ids) == 0 || !c.Seat.Inside() || !q.actor.Somewhere(access.ReadOffice) {
		return map[person.ID]string{}, nil
	}
	return q.view().OfficeNames(q.Context(), ids...)
}

func (q *request) stageTable(c contestSeen, names map[person.ID]string) page.Table {
	t := page.Table{
		ID: "stages", Caption: q.say("contest.door.stages"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.order"), Figure: true}, {Head: q.say("contest.stage"), Chief: true}, {Head: q.say("contest.stage.by")}, {Head: q.say("contest.stage.does")}, {Head: q.say("contest.stage.backs")}, {Head: q.say("contest.stage.days")}},
	}
	for i, s := range c.Contest.Stages {
		who := page.Cell{Text: q.say("contest.by." + string(s.By))}
		if s.By == contest.ByAssessors && (c.Seat.Inside() || c.Contest.Standing == contest.Published) {
			var people []string
			for _, id := range c.Assessors[s.Code] {
				people = append(people, names[id])
			}
			who.Note = strings.Join(people, ", ")
			if len(people) == 0 {
				who.Note, who.Tone = q.say("contest.stage.nobody"), page.Late
			}
		}
		days := ""
		if s.Days > 0 {
			days = q.say("common.days", s.Days)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(i + 1)}, {Text: s.Name(q.lang())}, who, {Text: q.doesSaid(s), Note: q.whoTold(c, s)}, q.backSaid(c, s), {Text: days}}})
	}
	return t
}

// doesSaid says what is done at a stage.
func (q *request) doesSaid(s contest.Stage) string {
	does := "contest.stage.looks.only"
	switch {
	case s.Explains:
		does = "contest.stage.explains"
	case s.Edits:
		does = "contest.stage.edits"
	}
	said := q.say(does)
	if s.Votes {
		said = dotted(said, q.say("contest.stage.votes"))
	}
	return said
}

// whoTold says that a unit is told of a stage that is not its own.
func (q *request) whoTold(c contestSeen, s contest.Stage) string {
	k := c.Contest
	k.Standing = contest.Opened // before the end
	if s.By == contest.ByUnit || !k.Told(s.Code) {
		return ""
	}
	return q.say("contest.stage.open")
}

// backSaid says where a stage returns a sheet, and what becomes of it then.
func (q *request) backSaid(c contestSeen, s contest.Stage) page.Cell {
	if s.Back == "" {
		return page.Cell{Text: q.say("contest.stage.back.none")}
	}
	to, _ := c.Contest.StageOf(s.Back)
	key := "contest.stage.resumes"
	if s.Restarts {
		key = "contest.stage.restarts"
	}
	return page.Cell{Text: to.Name(q.lang()), Note: q.say(key)}
}

// presetPart offers the ways of working of real organisations.
func (q *request) presetPart(c contestSeen, wrong page.Problems) (page.DeskPart, error) {
	presets, err := contest.Presets()
	if err != nil {
		return page.DeskPart{}, err
	}
	return page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/stages/preset"), Revision: idText(c.Contest.Revision)}, Wrong: wrong, Fold: q.say("contest.preset.choose"), Do: q.say("contest.preset.do"), Quiet: true,
		Fields: []templ.Component{page.Radios(q.reader, wrong.Mark(page.Field{Name: "preset", Label: q.say("contest.preset"), Value: q.value("preset")}), q.presetOptions(presets))},
	}}, nil
}

// ownStagesPart asks for every stage what is done there, with a blank one to add.
func (q *request) ownStagesPart(c contestSeen, wrong page.Problems) page.DeskPart {
	stages := c.Contest.Stages
	if len(wrong) > 0 {
		stages, _ = q.stagesGiven(c)
	}
	f := page.DeskForm{Head: page.FormHead{Action: c.path("/stages/own"), Revision: idText(c.Contest.Revision), Rejected: len(wrong) > 0}, Wrong: wrong, Fold: q.say("contest.stages.own"), Do: q.say("common.save"), Quiet: true}
	for i := range min(len(stages)+1, stagesMost) {
		s := contest.Stage{By: contest.ByAssessors}
		legend := q.say("contest.stage.new")
		if i < len(stages) {
			s, legend = stages[i], strconv.Itoa(i+1)+". "+stages[i].Name(q.lang())
		}
		f.Fields = append(f.Fields, page.FieldLine(legend, q.stageFields(c, i+1, s)))
	}
	if text := wrong.At("stages"); text != "" {
		f.Wrong = page.Problems{{Text: text}}
	}
	return page.DeskPart{Plain: true, Form: &f}
}

func (q *request) stageFields(c contestSeen, i int, s contest.Stage) []templ.Component {
	n := "-" + strconv.Itoa(i)
	yes := func(on bool) string {
		if on {
			return "yes"
		}
		return ""
	}
	backs := []page.Option{{Text: q.say("contest.stage.back.none")}}
	for _, other := range c.Contest.Stages {
		if other.Code != s.Code {
			backs = append(backs, page.Option{Value: other.Code, Text: other.Name(q.lang())})
		}
	}
	does := "looks"
	if s.Edits {
		does = "edits"
	}
	if s.Explains {
		does = "explains"
	}
	days := ""
	if s.Days > 0 {
		days = strconv.Itoa(s.Days)
	}
	order := strconv.Itoa(i)
	return []templ.Component{
		page.Hidden("code"+n, s.Code),
		page.TextInput(q.reader, page.Field{Name: "name" + n, Label: q.say("contest.stage.name"), Hint: q.say("contest.stage.name.hint"), Value: s.Names["vi"], Max: 120}),
		page.TextInput(q.reader, page.Field{Name: "name-en" + n, Label: q.say("contest.title.en"), Value: s.Names["en"], Max: 120}),
		page.TextInput(q.reader, page.Field{Name: "name-fr" + n, Label: q.say("contest.title.fr"), Value: s.Names["fr"], Max: 120}),
		page.NumberInput(q.reader, page.Field{Name: "order" + n, Label: q.say("contest.order"), Value: order, Short: true}),
		page.Select(q.reader, page.Field{Name: "by" + n, Label: q.say("contest.stage.by"), Value: string(s.By)}, q.options("contest.by.", "", string(contest.ByUnit), string(contest.ByPeers), string(contest.ByLead), string(contest.ByAssessors))),
		page.Select(q.reader, page.Field{Name: "does" + n, Label: q.say("contest.stage.does"), Value: does}, q.options("contest.does.", "", "edits", "looks", "explains")),
		page.Select(q.reader, page.Field{Name: "back" + n, Label: q.say("contest.stage.backs"), Value: s.Back}, backs),
		page.NumberInput(q.reader, page.Field{Name: "days" + n, Label: q.say("contest.stage.days"), Value: days, Short: true}),
		page.Tick(page.Field{Name: "restarts" + n, Label: q.say("contest.stage.restarts.tick"), Value: yes(s.Restarts)}),
		page.Tick(page.Field{Name: "open" + n, Label: q.say("contest.stage.open.tick"), Value: yes(s.Open)}),
		page.Tick(page.Field{Name: "votes" + n, Label: q.say("contest.stage.votes.tick"), Value: yes(s.Votes)}),
	}
}

// stagesGiven reads the stages as they were sent; one without a name is left out.
func (q *request) stagesGiven(c contestSeen) ([]contest.Stage, error) {
	type ordered struct {
		stage contest.Stage
		order int
	}
	var all []ordered
	var found []error
	for i := range stagesMost {
		n := "-" + strconv.Itoa(i+1)
		name := q.value("name" + n)
		if name == "" {
			continue
		}
		s, known := c.Contest.StageOf(q.value("code" + n))
		if !known {
			s = contest.Stage{Code: stageCode(name, i+1)}
		}
		s.Names = wordings(name, q.value("name-en"+n), q.value("name-fr"+n))
		s.By, s.Back = contest.By(q.value("by"+n)), q.value("back"+n)
		does := q.value("does" + n)
		s.Edits, s.Explains, s.Restarts, s.Votes, s.Open = does == "edits", does == "explains", q.value("restarts"+n) != "", q.value("votes"+n) != "", q.value("open"+n) != ""
		days, _, err := countOr(q.value("days"+n), 0)
		found = append(found, at("stages", err))
		s.Days = int(min(days, 3660))
		order, _, err := countOr(q.value("order"+n), int64(i+1))
		found = append(found, at("stages", err))
		if !slices.Contains([]contest.By{contest.ByUnit, contest.ByPeers, contest.ByLead, contest.ByAssessors}, s.By) {
			found = append(found, fault.Field("stages", "contest.stage.by.unknown", name))
		}
		all = append(all, ordered{s, int(order)})
	}
	slices.SortStableFunc(all, func(a, b ordered) int { return cmp.Compare(a.order, b.order) })
	stages := make([]contest.Stage, len(all))
	for i, o := range all {
		stages[i] = o.stage
	}
	return stages, fault.Gather(found...)
}

// stageCode makes a code of a stage's name.
func stageCode(name string, n int) string {
	code := strings.Trim(strings.Join(strings.Fields(text.Fold(name)), "-"), "-")
	return code + "-" + strconv.Itoa(n)
}

// choosePreset takes over a way of working that ships with the book.
func (s *Server) choosePreset(q *request) error {
	return q.amendContest("/stages", func(k *contest.Contest) error {
		stages, err := q.presetAsked()
		if err == nil {
			k.Stages = stages
		}
		return err
	}, func(c contestSeen, err error) error { return q.stagesPage(c, err, "preset") })
}

// ownStages keeps an order of stages of one's own.
func (s *Server) ownStages(q *request) error {
	return q.amendContest("/stages", func(k *contest.Contest) error {
		stages, err := q.stagesGiven(contestSeen{ContestFile: store.ContestFile{Contest: *k}})
		k.Stages = stages
		return err
	}, func(c contestSeen, err error) error { return q.stagesPage(c, err, "own") })
}

// amendContest changes what a contest is by a form; again draws the form anew with
// what is wrong.
func (q *request) amendContest(back string, change func(k *contest.Contest) error, again func(c contestSeen, err error) error) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	k := c.Contest
	err = change(&k)
	if err == nil {
		err = q.write("contest.why.amend", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Amend(ctx, tx, q.actor, k, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return again(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path(back), q.well("common.saved"))
}

// namingParts asks, for each stage of named people, who they are.
func (q *request) namingParts(c contestSeen, names map[person.ID]string, wrongOf func(string) page.Problems) ([]page.DeskPart, error) {
	var parts []page.DeskPart
	officers, err := q.officersOf(c)
	if err != nil {
		return nil, err
	}
	for _, s := range c.Contest.Stages {
		if s.By != contest.ByAssessors {
			continue
		}
		wrong := wrongOf("name-" + s.Code)
		part := page.DeskPart{Head: q.say("contest.assessors", s.Name(q.lang()))}
		for _, id := range c.Assessors[s.Code] {
			part.Actions = append(part.Actions, page.Action{Text: q.say("contest.assessor.remove", names[id]), Href: c.path("/stages/unname"), Post: true, Carry: []page.Option{{Value: "stage", Text: s.Code}, {Value: "person", Text: idText(id)}}})
		}
		who := wrong.Mark(page.Field{Name: "who", ID: "who-" + s.Code, Label: q.say("contest.assessor.other"), Hint: q.say("contest.assessor.hint")})
		part.Form = &page.DeskForm{Head: page.FormHead{Action: c.path("/stages/name")}, Wrong: wrong, Do: q.say("contest.assessor.name"), Quiet: true, Fields: []templ.Component{
			page.Hidden("stage", s.Code),
			page.Select(q.reader, page.Field{Name: "officer", ID: "officer-" + s.Code, Label: q.say("contest.assessor.officer")}, officers),
			q.whoField(who, 0, q.value("who")),
		}}
		parts = append(parts, part)
	}
	return parts, nil
}

// officersOf offers those who hold offices in the cluster and its units.
func (q *request) officersOf(c contestSeen) ([]page.Option, error) {
	options := []page.Option{{Text: q.say("contest.assessor.choose")}}
	bodies := append([]contest.Unit{{Body: c.Contest.Cluster}}, c.Units...)
	for _, u := range bodies[:min(len(bodies), unitsTicked)] {
		board, err := q.view().Board(q.Context(), u.Body, q.today())
		if err != nil {
			return nil, err
		}
		for _, seat := range board.Seats {
			for _, h := range seat.Holders {
				options = append(options, page.Option{Value: idText(h.Person), Text: dotted(h.Name, c.called[u.Body])})
			}
		}
	}
	return options, nil
}

// nameAssessor names one more person for a stage.
func (s *Server) nameAssessor(q *request) error {
	return q.setAssessors(func(people []person.ID) ([]person.ID, error) {
		who := person.ID(q.id("officer"))
		if who == 0 {
			var err error
			if who, _, err = q.anybody("who"); err != nil {
				return nil, err
			}
		}
		if who == 0 {
			return nil, fault.Field("who", "contest.assessor.unknown")
		}
		if slices.Contains(people, who) {
			return people, nil
		}
		return append(slices.Clone(people), who), nil
	})
}

// unnameAssessor takes a person from a stage.
func (s *Server) unnameAssessor(q *request) error {
	return q.setAssessors(func(people []person.ID) ([]person.ID, error) {
		return slices.DeleteFunc(slices.Clone(people), func(p person.ID) bool { return p == person.ID(q.id("person")) }), nil
	})
}

func (q *request) setAssessors(change func([]person.ID) ([]person.ID, error)) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	stage := q.value("stage")
	people, err := change(c.Assessors[stage])
	if err == nil {
		err = q.write("contest.why.assessors", func(ctx context.Context, tx *store.Tx) error {
			return contest.Name(ctx, tx, q.actor, c.Contest.ID, stage, people)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.stagesPage(c, err, "name-"+stage)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/stages"), q.well("common.saved"))
}
