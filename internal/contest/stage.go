package contest

import (
	"slices"

	"kith.app/internal/fault"
)

// By says who acts at a stage.
type By string

// Who can act. The unit acts on its own sheet only; all others on any sheet but
// that of a unit they themselves belong to.
const (
	ByUnit      By = "unit"      // the unit whose sheet it is
	ByPeers     By = "peers"     // officers of the other units
	ByLead      By = "lead"      // officers of the unit in the lead
	ByAssessors By = "assessors" // people named for the stage
)

// Stage is one step on the way of a sheet from the unit to publication. Which
// there are, in which order and what may be done in them is data of the contest,
// for the rules differ from body to body and from year to year.
type Stage struct {
	Code     string            `json:"code"`
	Names    map[string]string `json:"names"`
	By       By                `json:"by"`
	Edits    bool              `json:"edits"`              // gives scores of its own; else looks and sends on or back
	Explains bool              `json:"explains,omitempty"` // answers in words to what was changed
	Votes    bool              `json:"votes,omitempty"`    // decides by ballot
	Back     string            `json:"back,omitempty"`     // stage to which it sends back; empty: it cannot
	Restarts bool              `json:"restarts,omitempty"` // what was sent back passes all stages again; else it returns here
	Days     int               `json:"days,omitempty"`     // to act in; from when, the contest says; 0: no limit
	Open     bool              `json:"open,omitempty"`     // the unit is told that its sheet is here, and what was given once it left
}

// Name gives what a stage is called in a language, or in the next that is known.
func (s Stage) Name(lang string) string { return named(s.Names, lang) }

// StagePublished is where every sheet ends.
const StagePublished = "published"

// StageInside stands, for a unit, for every stage of which it is not told.
const StageInside = "inside"

// checkStages tells what does not make sense in an order of stages.
func checkStages(stages []Stage) error {
	var found []error
	if len(stages) == 0 {
		return fault.Field("stages", "contest.stages.none")
	}
	seen := map[string]bool{StagePublished: true}
	for i, s := range stages {
		if s.Code == "" || seen[s.Code] {
			found = append(found, fault.Field("stages", "contest.stage.twice", s.Code))
		}
		seen[s.Code] = true
		if s.Back != "" && !slices.ContainsFunc(stages[:i], func(b Stage) bool { return b.Code == s.Back }) {
			found = append(found, fault.Field("stages", "contest.stage.back", fault.Saying(s.Name), s.Back))
		}
	}
	if !stages[0].Edits {
		found = append(found, fault.Field("stages", "contest.stage.first", fault.Saying(stages[0].Name)))
	}
	return fault.Gather(found...)
}

// StageOf gives a stage of the contest by its code.
func (c Contest) StageOf(code string) (Stage, bool) {
	i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.Code == code })
	if i < 0 {
		return Stage{}, false
	}
	return c.Stages[i], true
}

// after gives the stage that follows one, or StagePublished.
func (c Contest) after(code string) string {
	i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.Code == code })
	if i < 0 || i+1 == len(c.Stages) {
		return StagePublished
	}
	return c.Stages[i+1].Code
}

// Way is where a sheet stands.
type Way struct {
	Stage  string `json:"stage"`            // at which it is, StagePublished at its end
	Resume string `json:"resume,omitempty"` // stage that sent it back and waits for it
	Round  int    `json:"round"`            // how often it began anew, from 1
	Ready  bool   `json:"ready,omitempty"`  // passed every stage, waits to be published
}

// Begin is where every sheet starts.
func (c Contest) Begin() Way { return Way{Stage: c.Stages[0].Code, Round: 1} }

// Onward gives where a sheet goes when its stage hands it on.
func (c Contest) Onward(w Way) Way {
	next := c.after(w.Stage)
	if w.Resume != "" {
		next, w.Resume = w.Resume, ""
	}
	if next == StagePublished {
		w.Ready = true
		return w
	}
	w.Stage = next
	return w
}

// Backward gives where a sheet goes when its stage sends it back.
func (c Contest) Backward(w Way) (Way, error) {
	s, ok := c.StageOf(w.Stage)
	if !ok || s.Back == "" {
		return w, fault.Refuse("contest.back.not", fault.Saying(s.Name))
	}
	if w.Resume == "" && !s.Restarts {
		w.Resume = s.Code
	}
	if s.Restarts {
		w.Resume = ""
	}
	w.Stage, w.Ready = s.Back, false
	w.Round++
	return w, nil
}

// Seen is what a unit is told of where its sheet stands; who does what inside
// the council is not its business until the result is published.
type Seen string

// What a unit is told.
const (
	SeenDraft      Seen = "draft"
	SeenReturned   Seen = "returned"
	SeenExplain    Seen = "explain" // it is asked to explain
	SeenProcessing Seen = "processing"
	SeenPublished  Seen = "published"
)

// SeenByUnit tells what a unit is told of its sheet.
func (c Contest) SeenByUnit(w Way) Seen {
	s, ok := c.StageOf(w.Stage)
	switch {
	case c.Standing != Published && w.Stage == StageInside:
		return SeenProcessing
	case c.Standing == Published || !ok:
		return SeenPublished
	case s.By != ByUnit || w.Ready:
		return SeenProcessing
	case s.Explains:
		return SeenExplain
	case w.Round > 1 || w.Resume != "" || w.Stage != c.Stages[0].Code:
		return SeenReturned
	}
	return SeenDraft
}

// Told tells whether a unit is told of a stage before the result is published: its
// own stages, those that the contest says it is told of, and those that it is asked
// to explain afterwards, for nobody can explain what they were not shown.
func (c Contest) Told(code string) bool {
	i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.Code == code })
	if i < 0 {
		return code == StagePublished
	}
	s := c.Stages[i]
	return c.Standing == Published || s.By == ByUnit || s.Open || slices.ContainsFunc(c.Stages[i+1:], func(n Stage) bool { return n.By == ByUnit && n.Explains })
}

// Shows tells whether a unit may read what a stage gave it: one of which it is told,
// and which is not at work on its sheet just now.
func (c Contest) Shows(code string, w Way) bool {
	s, ok := c.StageOf(code)
	return ok && c.Told(code) && (s.By == ByUnit || c.Standing == Published || w.Stage != code)
}

// Veiled is a sheet with its moves as its unit is told of them: what happens between
// stages of which it is not told is one stay inside, and nobody's name stands at what
// others than the unit did.
func (c Contest) Veiled(s Sheet, moves []Move) (Sheet, []Move) {
	var told []Move
	for _, m := range moves {
		if !c.Told(m.From) && !c.Told(m.To) {
			continue
		}
		if from, _ := c.StageOf(m.From); from.By != ByUnit {
			m.Actor, m.Name = 0, ""
		}
		m.From, m.To = c.veiledStage(m.From), c.veiledStage(m.To)
		told = append(told, m)
	}
	if !c.Told(s.Way.Stage) || s.Way.Ready && c.Standing != Published {
		s.Way = Way{Stage: StageInside, Round: 1}
		if n := len(told); n > 0 {
			s.Since = told[n-1].At
		}
	}
	if stage, _ := c.StageOf(s.Way.Stage); len(moves) > 0 {
		if last, _ := c.StageOf(moves[len(moves)-1].From); last.By != ByUnit || stage.Code == "" {
			s.Actor, s.Name = 0, ""
		}
	}
	return s, told
}

func (c Contest) veiledStage(code string) string {
	if c.Told(code) {
		return code
	}
	return StageInside
}

// Deciding is the stage whose scores count in a set of scored stages: the last
// that has any, for each looks at what was given before it.
func (c Contest) Deciding(scored func(stage string) bool) (string, bool) {
	for _, s := range slices.Backward(c.Stages) {
		if s.Edits && scored(s.Code) {
			return s.Code, true
		}
	}
	return "", false
}
