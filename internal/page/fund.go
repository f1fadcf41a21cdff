package page

import "github.com/a-h/templ"

// FundHome is the first page of the fund: what there is, what came and went,
// what still needs a signature.
type FundHome struct {
	Shell       Shell
	Funds       []Tab // the association's and its branches', where there are several
	Tiles       []Tile
	Purses      []Entry
	Purposes    []Entry
	Lacking     []Entry
	LackingMore Link
	Last        []Entry
	LastMore    Link
	Standing    []Fact
	Doors       []Door
}

// FundNone is the first page where no fund has been opened.
type FundNone struct {
	Shell      Shell
	Can        bool // the reader may open it
	Carry      []Option
	Currency   Field
	Currencies []Option
}

// FundList is a page of the fund that lists things: what narrows the list, what
// it sums up to, and one table or more.
type FundList struct {
	Shell  Shell
	Tabs   []Tab
	Notes  []Flash
	Filter *FilterHead
	Picks  []FundPick
	More   []FundPick // further questions of the filter, folded away
	Open   bool       // one of them is set
	Tiles  []Tile
	Parts  []FundPart
	Tools  []Tool
	Print  bool
}

// FundPart is one table of a page with its head, and what is shown under it.
type FundPart struct {
	Head  string
	More  Link
	Text  string
	Table Table
	Body  templ.Component // anything else: a form, a text to copy
	Fold  bool            // folded away behind its head
}

// FundPick is a question of a filter: one of some answers, or a text where none
// are on offer.
type FundPick struct {
	Field
	Options []Option
}

// FundForm is a form of the fund: what is always asked, and what is folded away.
type FundForm struct {
	Shell  Shell
	Tabs   []Tab
	Notes  []Flash
	Text   string
	Facts  []Fact
	Head   FormHead
	Wrong  Problems
	Carry  []Option // name in Value, value in Text
	Main   []templ.Component
	Folds  []FundFold
	Do     string
	Danger bool
	Leave  string
	Parts  []FundPart // what there is already, beneath the form
}

// FundFold is a part of a form that is rarely needed.
type FundFold struct {
	Head   string
	Note   string
	Open   bool
	Fields []templ.Component
}

// FundEntry is one entry, whole.
type FundEntry struct {
	Shell    Shell
	Scans    []PaperLine
	Upload   string // where scans are sent; empty for nowhere
	Marks    []Mark
	Amount   string
	Words    string
	Facts    []Fact
	Lines    Table
	Approve  *FundApprove
	Voucher  *FundVoucher
	Reverse  Link
	Papers   []Link
	History  []Past
	Tools    []Tool
	SeesText string
}

// FundApprove is the form by which an entry is approved.
type FundApprove struct {
	Action string
	Text   string
	Do     string
	Wrong  Problems
}

// FundVoucher is the form by which a voucher is added to an entry.
type FundVoucher struct {
	Action string
	Field  Field
	Do     string
}

// FundDoing is what can be done from a head: the thing done most in lacquer.
type FundDoing = templ.Component

// FundAsked is a page that asks before something is done with money.
type FundAsked struct {
	Shell Shell
	Asked Asked
	Wrong Problems
}
