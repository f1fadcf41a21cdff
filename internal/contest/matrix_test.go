package contest

import (
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

// The units of the matrix: A and B are members, L leads, D is deputy. C is the
// cluster, and a branch stands below A.
const (
	unitA body.ID = iota + 1
	unitB
	unitL
	unitD
	clusterC
	branchOfA
	elsewhere
)

// sheets are the letters by which the matrix names the sheet acted on.
var sheets = map[rune]body.ID{'A': unitA, 'B': unitB, 'L': unitL, 'D': unitD}

// matrixStages has a stage of every kind: the unit's, its peers', an explanation, the
// lead's, one of assessors that scores and one that only looks.
var matrixStages = []Stage{
	{Code: "self", By: ByUnit, Edits: true},
	{Code: "peers", By: ByPeers, Edits: true, Back: "self"},
	{Code: "explain", By: ByUnit, Explains: true},
	{Code: "lead", By: ByLead, Edits: true, Back: "self"},
	{Code: "council", By: ByAssessors, Edits: true, Back: "self"},
	{Code: "board", By: ByAssessors, Back: "council"},
}

// may is what one role may do, as the rules say it: for each stage the letters of the
// sheets it acts on, then those it reads while sheets are scored and once the result
// is published, then whether it keeps the contest, sees who did what inside, and has
// anything to do with it at all. A dot is no.
type may struct {
	role                                       string
	self, peers, explain, lead, council, board string
	readsOpen, readsPublished                  string
	keeps, inside, takes                       bool
}

// matrix is written by the rules, not by the code it tests:
//   - at its own stages a unit's posting officers act on its sheet, nobody else does;
//   - peers act on the sheets of other units, never on their own;
//   - the lead acts on all but its own, on which the deputy does;
//   - assessors act at the stage they are named for, never on a unit they belong to;
//   - who only reads, acts nowhere; who has an office below a unit belongs to it, and
//     does not speak for it;
//   - a unit reads its own sheet, those of others only while it is its turn to
//     cross-check them.
var matrix = []may{
	//   role                      self    peers   explain lead    council board   open    published
	{"secretary of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "A...", false, false, true},
	{"head of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "A...", false, false, true},
	{"deputy head of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "A...", false, false, true},
	{"treasurer of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "A...", false, false, true},
	{"helper of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "A...", false, false, true},
	{"inspector of A", "....", "....", "....", "....", "....", "....", "A...", "A...", false, false, true},
	{"board member of A", "....", "....", "....", "....", "....", "....", "A...", "A...", false, false, true},
	{"honorary head of A", "....", "....", "....", "....", "....", "....", "....", "....", false, false, true},
	{"secretary below A", "....", "....", "....", "....", "....", "....", "....", "....", false, false, false},
	{"secretary of B", ".B..", "A.LD", ".B..", "....", "....", "....", "ABLD", ".B..", false, false, true},
	{"secretary of L", "..L.", "AB.D", "..L.", "AB.D", "....", "....", "ABLD", "ABLD", true, true, true},
	{"treasurer of L", "..L.", "AB.D", "..L.", "AB.D", "....", "....", "ABLD", "..L.", false, false, true},
	{"board member of L", "....", "....", "....", "....", "....", "....", "..L.", "..L.", false, false, true},
	{"secretary of D", "...D", "ABL.", "...D", "..L.", "....", "....", "ABLD", "...D", false, false, true},
	{"secretary of the cluster", "....", "....", "....", "....", "....", "....", "ABLD", "ABLD", true, true, true},
	{"board member of the cluster", "....", "....", "....", "....", "....", "....", "....", "....", false, false, false},
	{"on the council", "....", "....", "....", "....", "ABLD", "....", "ABLD", "ABLD", false, true, true},
	{"on the board", "....", "....", "....", "....", "....", "ABLD", "ABLD", "ABLD", false, true, true},
	{"on the council, secretary of A", "A...", ".BLD", "A...", "....", ".BLD", "....", "ABLD", "ABLD", false, true, true},
	{"on the board, board member of B", "....", "....", "....", "....", "....", "A.LD", "ABLD", "ABLD", false, true, true},
	{"on the council, secretary below A", "....", "....", "....", "....", ".BLD", "....", "ABLD", "ABLD", false, true, true},
	{"secretary of A and of B", "AB..", "..LD", "AB..", "....", "....", "....", "ABLD", "AB..", false, false, true},
	{"secretary of the cluster and of A", "A...", ".BLD", "A...", "....", "....", "....", "ABLD", "ABLD", true, true, true},
	{"secretary elsewhere", "....", "....", "....", "....", "....", "....", "....", "....", false, false, false},
	{"nobody", "....", "....", "....", "....", "....", "....", "....", "....", false, false, false},
	{"the machine’s operator", "ABLD", "ABLD", "ABLD", "ABLD", "ABLD", "ABLD", "ABLD", "ABLD", true, true, true},
}

// held is an office in the matrix.
type held struct {
	kind access.OfficeKind
	at   body.ID
}

// offices of the roles of the matrix.
var offices = map[string][]held{
	"secretary of A": {{access.Secretary, unitA}}, "head of A": {{access.Head, unitA}}, "deputy head of A": {{access.Deputy, unitA}}, "treasurer of A": {{access.Treasurer, unitA}},
	"helper of A": {{access.Helper, unitA}}, "inspector of A": {{access.Inspector, unitA}}, "board member of A": {{access.Member, unitA}}, "honorary head of A": {{access.Honorary, unitA}},
	"secretary below A": {{access.Secretary, branchOfA}}, "secretary of B": {{access.Secretary, unitB}}, "secretary of L": {{access.Secretary, unitL}}, "treasurer of L": {{access.Treasurer, unitL}},
	"board member of L": {{access.Member, unitL}}, "secretary of D": {{access.Secretary, unitD}}, "secretary of the cluster": {{access.Secretary, clusterC}},
	"board member of the cluster": {{access.Member, clusterC}}, "on the council, secretary of A": {{access.Secretary, unitA}}, "on the board, board member of B": {{access.Member, unitB}},
	"on the council, secretary below A": {{access.Secretary, branchOfA}}, "secretary of A and of B": {{access.Secretary, unitA}, {access.Secretary, unitB}},
	"secretary of the cluster and of A": {{access.Secretary, clusterC}, {access.Secretary, unitA}}, "secretary elsewhere": {{access.Secretary, elsewhere}},
}

// seated gives a role its seat in a contest.
func seated(m may, n int, standing Standing) Seat {
	today := calendar.DayOf(2026, 11, 20)
	tree := body.NewTree([]body.Edge{{Axis: body.Organisational, Child: branchOfA, Parent: unitA, Since: calendar.Earliest, Until: calendar.Latest}})
	by := access.Actor{Person: int64(100 + n), Name: m.role, Tree: tree, Today: today, Operator: strings.Contains(m.role, "operator")}
	for _, o := range offices[m.role] {
		by.Grants = append(by.Grants, access.GrantsOf(o.kind, o.at)...)
	}
	if m.role == "nobody" {
		by.Person = 0
	}
	named := map[string][]person.ID{}
	for _, stage := range []string{"council", "board"} {
		if strings.HasPrefix(m.role, "on the "+stage) {
			named[stage] = []person.ID{person.ID(by.Person)}
		}
	}
	units := []Unit{{Body: unitA, Role: Member}, {Body: unitB, Role: Member}, {Body: unitL, Role: Lead}, {Body: unitD, Role: Deputy}}
	return SeatOf(by, Contest{Cluster: clusterC, Stages: matrixStages, Standing: standing}, units, named, tree, today)
}

// either joins the letters of two columns.
func either(a, b string) string {
	all := []byte(a)
	for i := range b {
		if b[i] != '.' {
			all[i] = b[i]
		}
	}
	return string(all)
}

// expects counts the cases of a matrix and tells where the code and the rules part.
type expects struct {
	t     *testing.T
	cases int
}

func (e *expects) letters(what, written string, got func(unit body.ID) bool) {
	e.t.Helper()
	for i, letter := range "ABLD" {
		e.cases++
		want := rune(written[i]) == letter
		if is := got(sheets[letter]); is != want {
			e.t.Errorf("%s %c: %v, the rules say %v", what, letter, is, want)
		}
	}
}

func (e *expects) yes(what string, want, got bool) {
	e.t.Helper()
	e.cases++
	if got != want {
		e.t.Errorf("%s: %v, the rules say %v", what, got, want)
	}
}

func TestWhoMayDoWhatAtWhichStageOnWhoseSheet(t *testing.T) {
	e := &expects{t: t}
	for n, m := range matrix {
		open, published := seated(m, n, Opened), seated(m, n, Published)
		for i, written := range []string{m.self, m.peers, m.explain, m.lead, m.council, m.board} {
			stage := matrixStages[i]
			e.letters(m.role+" acts at "+stage.Code+" on", written, func(unit body.ID) bool { return open.Acts(stage, unit) == nil })
		}
		for i, acts := range []string{m.self, m.peers, m.explain, m.lead, m.council, m.board} {
			stage := matrixStages[i]
			reads := m.readsPublished
			if stage.By != ByUnit {
				reads = either(reads, acts)
			}
			e.letters(m.role+" reads at "+stage.Code, reads, func(unit body.ID) bool { return open.Sees(unit, Way{Stage: stage.Code, Round: 1}) })
		}
		at := func(seat Seat, stage string) func(body.ID) bool {
			return func(unit body.ID) bool { return seat.Sees(unit, Way{Stage: stage, Round: 1}) }
		}
		e.letters(m.role+" reads, while cross-checked,", m.readsOpen, at(open, "peers"))
		e.letters(m.role+" reads, once published,", m.readsPublished, at(published, "peers"))
		e.yes(m.role+" keeps the contest", m.keeps, open.Keeps())
		e.yes(m.role+" sees who did what inside", m.inside, open.Inside())
		e.yes(m.role+" has to do with the contest", m.takes, open.Takes())
	}
	if e.cases < 400 {
		t.Errorf("%d cases, want some 400 at least", e.cases)
	}
}
