package report

import (
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/source"
)

// Label is a name in several languages.
type Label map[string]string

// In gives the name in a language, or in Vietnamese.
func (l Label) In(lang string) string {
	if text := l[lang]; text != "" {
		return text
	}
	return l["vi"]
}

// Facts is all that a report says, in no language yet. It is what is frozen
// when the report is filed.
type Facts struct {
	Ask
	Read     calendar.Day     `json:"read"` // the day on which the figures were read
	About    About            `json:"about"`
	Before   *calendar.Period `json:"before,omitempty"`
	KeptFrom string           `json:"keptFrom,omitempty"` // EDTF: the month from which single deeds are told, when Before begins earlier
	Since    *calendar.Period `json:"since,omitempty"`    // since the founding, when that is more than the period
	Roll     Roll             `json:"roll"`
	Boards   []Board          `json:"boards,omitempty"`
	Branches []Branch         `json:"branches,omitempty"`
	Heard    *Heard           `json:"heard,omitempty"`
	Results  []Result         `json:"results,omitempty"`
	Deeds    []Mention        `json:"deeds,omitempty"`
	Fund     *Fund            `json:"fund,omitempty"`
	Goods    []Goods          `json:"goods,omitempty"`
	Changed  *Changed         `json:"changed,omitempty"`
	Planned  []Mention        `json:"planned,omitempty"`

	Friendship *Friendship `json:"friendship,omitempty"` // of unions and associations of friendship
	Undivided  []Undivided `json:"undivided,omitempty"`  // on the report's borders
	Parted     []Label     `json:"parted,omitempty"`     // bodies of which only some part lies on them
}

// About is the body reported on, named as it was on the last day.
type About struct {
	Code    string        `json:"code"`
	Kind    body.Kind     `json:"kind"`
	Names   Label         `json:"names"`
	Founded calendar.Date `json:"founded"`
}

// Undivided is an amount of the period that cannot be divided between some bodies.
type Undivided struct {
	Kind     string         `json:"kind"`
	Names    Label          `json:"names,omitempty"`
	Unit     deed.Unit      `json:"unit"`
	Currency money.Currency `json:"currency,omitempty"`
	Between  []Label        `json:"between"`
	Qty      int64          `json:"qty"`
	Included bool           `json:"included"` // in the figures of the report
}

// Figure is one number of a report with what it opens down to.
type Figure struct {
	Key       string         `json:"key"`
	Qty       int64          `json:"qty"` // smallest units
	Unit      string         `json:"unit"`
	Currency  money.Currency `json:"currency,omitempty"`
	Decimals  int            `json:"decimals,omitempty"`
	Qualifier deed.Qualifier `json:"qualifier,omitempty"`
	Across    []Across       `json:"across,omitempty"`  // lies over the period's edge: in none of the figure
	Undated   int64          `json:"undated,omitempty"` // has no date
	Ref       string         `json:"ref,omitempty"`
}

// Known tells that the report has this figure.
func (f Figure) Known() bool { return f.Key != "" }

// IsZero tells that nothing was counted, not even apart.
func (f Figure) IsZero() bool { return f.Qty == 0 && len(f.Across) == 0 && f.Undated == 0 }

// exactly tells that the figure can be compared with another.
func (f Figure) exactly() bool {
	return f.Known() && f.Qualifier == deed.Exact && len(f.Across) == 0 && f.Undated == 0
}

// Across is an amount of a span that the report's period does not hold whole.
type Across struct {
	Period string `json:"period"` // EDTF
	Qty    int64  `json:"qty"`
}

// Roll is who belonged to the body.
type Roll struct {
	StartDay   calendar.Day `json:"startDay"`
	EndDay     calendar.Day `json:"endDay"`
	Start      Figure       `json:"start"`
	End        Figure       `json:"end"`
	Joined     Figure       `json:"joined"`
	Left       Figure       `json:"left"`
	Died       Figure       `json:"died"`
	Households Figure       `json:"households"`
	Stated     []Stated     `json:"stated,omitempty"`
}

// Stated is what somebody said the number was, beside what the book counts.
type Stated struct {
	Qty       int64          `json:"qty"`
	Qualifier deed.Qualifier `json:"qualifier,omitempty"`
	Day       calendar.Date  `json:"day"`
	Source    source.Source  `json:"source"`
}

// Board is a board of the body on the last day, or what has none for a name.
type Board struct {
	Code  string `json:"code,omitempty"` // executive, standing, inspection
	Seats int    `json:"seats"`
	Taken int    `json:"taken"`
	Posts []Post `json:"posts,omitempty"`
}

// Post is one office of a board with those who held it on the last day.
type Post struct {
	Kind    string   `json:"kind"`
	Title   string   `json:"title,omitempty"` // the body's own
	Board   string   `json:"board,omitempty"`
	Seats   int      `json:"seats"`
	Holders []Holder `json:"holders,omitempty"`
}

// Vacant is how many seats nobody held.
func (p Post) Vacant() int { return max(0, p.Seats-len(p.Holders)) }

// Holder is who held an office.
type Holder struct {
	Person     int64         `json:"person"`
	Name       string        `json:"name"`
	From       calendar.Date `json:"from"`
	PlannedEnd calendar.Date `json:"plannedEnd"`
}

// Branch is one row of the comparison: a body directly below, the body's own
// doings, or what no body of today has.
type Branch struct {
	Code    string   `json:"code,omitempty"` // empty: own or rest
	Names   Label    `json:"names,omitempty"`
	Own     bool     `json:"own,omitempty"`
	Members Figure   `json:"members"`
	Joined  Figure   `json:"joined"`
	Gone    Figure   `json:"gone"`
	Counts  []Figure `json:"counts,omitempty"` // of Heads(), in that order
}

// Heard is which branches were to report in the period, and which did.
type Heard struct {
	Expected int     `json:"expected"`
	Received int     `json:"received"`
	Late     []Label `json:"late,omitempty"`
	Ref      string  `json:"ref,omitempty"`
}

// Result is what was done of one kind.
type Result struct {
	Kind  string      `json:"kind"`
	Names Label       `json:"names"`
	Acts  Label       `json:"acts,omitempty"`
	Rows  []ResultRow `json:"rows"`
	Named *Named      `json:"named,omitempty"`
}

// ResultRow is one measure of a kind in the three columns of the report.
type ResultRow struct {
	Unit   deed.Unit  `json:"unit"`
	Stage  deed.Stage `json:"stage,omitempty"`
	Now    Figure     `json:"now"`
	Before Figure     `json:"before"`
	Since  Figure     `json:"since"`
}

// Named is how many different people are known to stand behind a count.
type Named struct {
	People Figure `json:"people"`
	With   int64  `json:"with"` // acts with names
	Of     int64  `json:"of"`   // acts
}

// Mention is one deed named in the report.
type Mention struct {
	ID      deed.ID       `json:"id"`
	Kind    Label         `json:"kind"`
	Title   string        `json:"title,omitempty"`
	Day     calendar.Date `json:"day"`
	Place   string        `json:"place,omitempty"`
	Body    Label         `json:"body,omitempty"` // when not the one reported on
	Figures []Figure      `json:"figures,omitempty"`
	Ref     string        `json:"ref"`
}

// Fund is the money of the period.
type Fund struct {
	Sheets   []Sheet   `json:"sheets"`
	Purposes []Purpose `json:"purposes,omitempty"`
	Donors   []Donor   `json:"donors,omitempty"`
	Unnamed  []Figure  `json:"unnamed,omitempty"` // given by those who did not agree to be named
}

// Sheet is the statement in one currency.
type Sheet struct {
	Currency money.Currency `json:"currency"`
	Opening  Figure         `json:"opening"`
	Brought  Figure         `json:"brought"`
	Receipts Figure         `json:"receipts"`
	Payments Figure         `json:"payments"`
	Moved    Figure         `json:"moved"`
	Closing  Figure         `json:"closing"`
	In       []Heading      `json:"in,omitempty"`
	Out      []Heading      `json:"out,omitempty"`
	Purses   []Purse        `json:"purses,omitempty"`
}

// Heading is what was received or paid under one heading.
type Heading struct {
	Names  Label  `json:"names"`
	Amount Figure `json:"amount"`
}

// Purse is what one purse held at the end.
type Purse struct {
	Names  Label  `json:"names"`
	Amount Figure `json:"amount"`
}

// Purpose is money given for one thing only.
type Purpose struct {
	Names    Label  `json:"names"`
	Received Figure `json:"received"`
	Spent    Figure `json:"spent"`
	Left     Figure `json:"left"`
}

// Donor is one who gave and agreed to be named.
type Donor struct {
	Name   string `json:"name"`
	Amount Figure `json:"amount"`
}

// Goods is one sort of goods in kind.
type Goods struct {
	Item     string `json:"item"`
	Received Figure `json:"received"`
	Given    Figure `json:"given"`
}

// Figures lists every figure of the report by its place on paper.
func (f *Facts) Figures() []Figure {
	var all []Figure
	add := func(figures ...Figure) {
		for _, one := range figures {
			if one.Known() {
				all = append(all, one)
			}
		}
	}
	add(f.Roll.Start, f.Roll.End, f.Roll.Joined, f.Roll.Left, f.Roll.Died, f.Roll.Households)
	for _, r := range f.Results {
		for _, row := range r.Rows {
			add(row.Now, row.Before, row.Since)
		}
		if r.Named != nil {
			add(r.Named.People)
		}
	}
	for _, b := range f.Branches {
		add(b.Members, b.Joined, b.Gone)
		add(b.Counts...)
	}
	if f.Fund != nil {
		f.Fund.each(add)
	}
	for _, g := range f.Goods {
		add(g.Received, g.Given)
	}
	return all
}

func (f *Fund) each(add func(...Figure)) {
	for _, s := range f.Sheets {
		add(s.Opening, s.Brought, s.Receipts, s.Payments, s.Moved, s.Closing)
		for _, h := range append(append([]Heading(nil), s.In...), s.Out...) {
			add(h.Amount)
		}
		for _, p := range s.Purses {
			add(p.Amount)
		}
	}
	for _, p := range f.Purposes {
		add(p.Received, p.Spent, p.Left)
	}
}
