package office

import (
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// State is the state of an association on a day: what a successor must know.
// It has no language; names are kept in those they have. Parts that the one who
// asked may not read are missing and named in Hidden.
type State struct {
	Body     body.ID             `json:"body"`
	On       calendar.Day        `json:"on"`
	Founded  calendar.Date       `json:"founded"`
	Roll     Roll                `json:"roll"`
	Board    []Seat              `json:"board,omitempty"`
	Seats    int                 `json:"seats"`
	Vacant   int                 `json:"vacant"`
	Money    *MoneyState         `json:"money,omitempty"`
	Planned  []Plan              `json:"planned,omitempty"`
	Tasks    []TaskLine          `json:"tasks,omitempty"`
	Papers   []Paper             `json:"papers,omitempty"` // that came and await an answer
	Series   []Series            `json:"series,omitempty"`
	Archive  Holdings            `json:"archive"`
	Link     int64               `json:"link"` // of the chain of history
	Head     string              `json:"head"` // in hexadecimal, to compare later
	Hidden   []string            `json:"hidden,omitempty"`
	Branches map[body.ID]Wording `json:"branches,omitempty"` // what branches are called
}

// Wording is a name in each language that has one.
type Wording map[string]string

// In gives the name in a language, or in Vietnamese.
func (w Wording) In(lang string) string {
	if w[lang] != "" {
		return w[lang]
	}
	return w["vi"]
}

// Roll is how many members there are.
type Roll struct {
	Members    int                     `json:"members"`
	Households int                     `json:"households"`
	Unsure     int                     `json:"unsure,omitempty"`
	Branches   []BranchRoll            `json:"branches,omitempty"`
	Categories map[person.Category]int `json:"categories,omitempty"`
}

// BranchRoll is one branch with its members.
type BranchRoll struct {
	Body    body.ID `json:"body"`
	Names   Wording `json:"names"`
	Members int     `json:"members"`
	Head    string  `json:"head,omitempty"`
}

// Seat is one office with who holds it.
type Seat struct {
	Kind    string `json:"kind"`
	Title   string `json:"title,omitempty"`
	Seats   int    `json:"seats"`
	Vacant  int    `json:"vacant"`
	Holders []Term `json:"holders,omitempty"`
}

// Term is one holder of an office.
type Term struct {
	Name    string        `json:"name"`
	From    calendar.Date `json:"from"`
	Planned calendar.Date `json:"planned"`
	Overrun bool          `json:"overrun,omitempty"`
}

// MoneyState is how the fund stands.
type MoneyState struct {
	Currency   money.Currency `json:"currency"`
	Closed     calendar.Day   `json:"closed"`
	Purses     []Purse        `json:"purses,omitempty"`
	Purposes   []Purpose      `json:"purposes,omitempty"`
	Unapproved []Slip         `json:"unapproved,omitempty"`
	Lacking    int            `json:"lacking"` // how many lack an approver or voucher, those not listed too
	Loans      []Loan         `json:"loans,omitempty"`
	Owing      int            `json:"owing"`            // members in arrears with their dues
	Owed       []money.Amount `json:"owed,omitempty"`   // what they owe
	Goods      []Good         `json:"goods,omitempty"`  // left in stock
	Series     []Series       `json:"series,omitempty"` // of receipts and vouchers
}

// Purse is cash or a bank account with what it holds.
type Purse struct {
	Names  Wording      `json:"names"`
	Class  string       `json:"class"`
	Number string       `json:"number,omitempty"`
	Amount money.Amount `json:"amount"`
}

// Purpose is what is left for a restricted purpose.
type Purpose struct {
	Names  Wording      `json:"names"`
	Amount money.Amount `json:"amount"`
}

// Slip is an entry that lacks an approver or a voucher.
type Slip struct {
	Entry  fund.EntryID `json:"entry"`
	Label  string       `json:"label"`
	Day    calendar.Day `json:"day"`
	Text   string       `json:"text"`
	Amount money.Amount `json:"amount"`
}

// Loan is money out with a member.
type Loan struct {
	Name    string       `json:"name"`
	Left    money.Amount `json:"left"`
	Since   calendar.Day `json:"since"`
	Due     calendar.Day `json:"due"`
	Overdue bool         `json:"overdue,omitempty"`
}

// Good is goods in kind that are left.
type Good struct {
	Item string `json:"item"`
	Left int64  `json:"left"`
}

// Plan is a deed that is planned.
type Plan struct {
	ID    deed.ID       `json:"id"`
	Kind  Wording       `json:"kind"`
	Title string        `json:"title,omitempty"`
	Body  body.ID       `json:"body"`
	Day   calendar.Date `json:"day"`
}

// TaskLine is an open task with who is to do it, by name.
type TaskLine struct {
	Task
	Who string `json:"who,omitempty"`
}

// Series is a series of numbers with the last one given in its latest year.
type Series struct {
	Code string `json:"code"` // "paper.in", "paper.out.report", "PC"
	Year int    `json:"year"`
	Last int64  `json:"last"`
}

// Holdings is what is in the archive.
type Holdings struct {
	Papers int   `json:"papers"` // in the register
	Deeds  int   `json:"deeds"`
	Files  int   `json:"files"` // kept with papers of the register
	Bytes  int64 `json:"bytes"`
}
