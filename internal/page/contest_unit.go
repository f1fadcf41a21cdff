package page

// ContestSheetPage is the file of one unit in a contest: its sheet with what the journal
// proposes, and what may be done with it now.
type ContestSheetPage struct {
	Shell    Shell
	Tabs     []Tab
	Notes    []NoteLine
	Wrong    Problems // what keeps the sheet from going on
	Progress string
	Done, Of int
	Tiles    []Tile
	Actions  []Action
	Sections []SheetSection
	Parts    []DeskPart
}

// SheetSection is one group of criteria.
type SheetSection struct {
	ID     string
	Head   string
	Figure string
	Inner  bool // stands in another group
	Cards  []ScoreCard
}

// ScoreCard is one criterion of a sheet.
type ScoreCard struct {
	ID       string
	Head     string // number and name
	Max      string
	Score    string // as it stands
	Mark     Mark
	Open     bool
	About    []string // for what the points are given, until when, with which evidence
	Proposal *ProposalSaid
	Given    []Fact // what the stages gave
	Evidence []Link // files kept with the sheet
	Proofs   []ProofLine
	// MoreProofs leads to all the deeds claimed, where not all are named.
	MoreProofs Link
	Form       *DeskForm
}

// ProofLine is a deed that is claimed as evidence.
type ProofLine struct {
	Text   string
	Note   string // its day, how much
	Href   string // empty: the reader may read no more of it
	Papers []Link
}

// ProposalSaid is what the journal proposes for a criterion.
type ProposalSaid struct {
	Head   string
	Steps  []string
	Deeds  []Link
	More   string // how many deeds are not named
	Accept *Action
}

// sheetJumps leads to the groups of a long sheet.
func (p ContestSheetPage) sheetJumps() []SheetSection {
	var all []SheetSection
	for _, s := range p.Sections {
		if !s.Inner {
			all = append(all, s)
		}
	}
	if len(all) < 3 {
		return nil
	}
	return all
}
