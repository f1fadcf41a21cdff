package page

// ImportPage asks what is brought in and from which file.
type ImportPage struct {
	Shell    Shell
	Wrong    Problems
	Steps    []Step
	What     string
	Subjects []Option
	Samples  []Link // tables with the right headings
	Past     Table  // what came in before
}

// ImportLookPage shows what was recognised of a file and what would become of
// its rows.
type ImportLookPage struct {
	Deeds    bool   // a table of deeds, whose money may stay out of the fund
	Figures  bool   // it does
	Money    string // what would enter the fund; empty for nothing
	Shell    Shell
	Wrong    Problems
	Steps    []Step
	Action   string
	Before   Link // the import by which the same file came in already
	About    []Fact
	Columns  []Field  // one question for each column
	Fields   []Option // what a column can be
	Unknown  int      // columns that were not recognised
	Sheets   []Option
	SheetWas string
	Orders   []Option
	Order    string
	Bodies   []Option // whom it may concern
	Body     string

	Planned   bool // the rows were compared with the book
	Counts    []Tile
	Trouble   Table
	Likely    Table
	Found     []string // branches that would be founded
	Lacked    []string // branches that the book does not have
	Writes    int      // rows that would change the book
	Troubled  int
	Good      bool
	Create    bool
	MayCreate bool
}

// ImportedPage shows what an import did.
type ImportedPage struct {
	Shell  Shell
	Steps  []Step
	Counts []Tile
	About  []Fact
	See    Link
	Undo   string // where it is taken back; empty where it cannot be
	Undone string // when it was
	// LeftOut says that rows were not right and are not in the book.
	LeftOut string
}

// importNote says beside the fold how many columns were not recognised.
func importNote(p ImportLookPage) string {
	if p.Unknown == 0 {
		return p.Shell.Say("importweb.recognised.all")
	}
	return p.Shell.Say("importweb.recognised.not", p.Unknown)
}

// yes is the value of a tick.
func yes(ticked bool) string {
	if ticked {
		return "yes"
	}
	return ""
}
