package fund

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Rate is what a member of a category pays a year, for the members of a body
// and of the bodies below it that set none of their own.
type Rate struct {
	ID       int64           `json:"id"`
	Body     body.ID         `json:"body"`
	Category person.Category `json:"category,omitempty"` // empty: every other category
	Amount   money.Amount    `json:"amount"`
	Since    int             `json:"since"` // first year
	Until    int             `json:"until"` // last year; LastYear while in force
	Revision int64           `json:"revision"`
}

// LastYear is the year until which a rate in force lasts.
const LastYear = 9999

// Exemption frees a member from dues for some years.
type Exemption struct {
	ID         int64  `json:"id"`
	Membership int64  `json:"membership"`
	Since      int    `json:"since"`
	Until      int    `json:"until"`
	Reason     string `json:"reason,omitempty"`
	Revision   int64  `json:"revision"`
}

// Charge is what one member owes for one year where the rates do not say it:
// arrears brought forward, a year agreed at another amount.
type Charge struct {
	Membership int64        `json:"membership"`
	Year       int          `json:"year"`
	Amount     money.Amount `json:"amount"`
	Note       string       `json:"note,omitempty"`
}

// DuesTx is what setting dues needs of a transaction.
type DuesTx interface {
	NewID() int64
	Rates(ctx context.Context, of body.ID) ([]Rate, error)
	SaveRate(ctx context.Context, r Rate) error
	SaveExemption(ctx context.Context, x Exemption) error
	SaveCharge(ctx context.Context, c Charge) error
	Membership(ctx context.Context, id int64) (person.Membership, error)
}

// SetRate sets what a category pays from a year on. The rate before it ends
// with the year before; one of the same first year is replaced.
func SetRate(ctx context.Context, tx DuesTx, by access.Actor, r Rate) (Rate, error) {
	if err := mayArrange(by, r.Body); err != nil {
		return Rate{}, err
	}
	if r.Until == 0 {
		r.Until = LastYear
	}
	switch {
	case r.Amount.IsNegative() || r.Amount.IsNone() || r.Amount.Minor > maxMinor:
		return Rate{}, fault.Field("amount", "fund.amount.missing")
	case r.Since < 1900 || r.Since > r.Until:
		return Rate{}, fault.Field("since", "fund.dues.years")
	}
	before, err := tx.Rates(ctx, r.Body)
	if err != nil {
		return Rate{}, err
	}
	r.ID, r.Revision = tx.NewID(), 1
	for _, b := range before {
		switch {
		case b.Category != r.Category || b.Until < r.Since || b.Since > r.Until:
			continue
		case b.Since == r.Since:
			r.ID, r.Revision = b.ID, b.Revision+1
			continue
		case b.Since > r.Since:
			r.Until = min(r.Until, b.Since-1)
			continue
		}
		b.Until, b.Revision = r.Since-1, b.Revision+1
		if err := tx.SaveRate(ctx, b); err != nil {
			return Rate{}, err
		}
	}
	return r, tx.SaveRate(ctx, r)
}

// Exempt frees a member from dues. To end an exemption, set its last year.
func Exempt(ctx context.Context, tx DuesTx, by access.Actor, x Exemption) (Exemption, error) {
	m, err := tx.Membership(ctx, x.Membership)
	if err != nil {
		return Exemption{}, err
	}
	if err := mayArrange(by, m.Body); err != nil {
		return Exemption{}, err
	}
	if x.Until == 0 {
		x.Until = LastYear
	}
	if x.Since < 1900 || x.Since > x.Until {
		return Exemption{}, fault.Field("since", "fund.dues.years")
	}
	if x.ID == 0 {
		x.ID = tx.NewID()
	}
	x.Revision++
	return x, tx.SaveExemption(ctx, x)
}

// SetCharge sets what one member owes for one year.
func SetCharge(ctx context.Context, tx DuesTx, by access.Actor, c Charge) error {
	m, err := tx.Membership(ctx, c.Membership)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepFund, m.Body); err != nil {
		return err
	}
	switch {
	case c.Amount.IsNone() || c.Amount.IsNegative() || c.Amount.Minor > maxMinor:
		return fault.Field("amount", "fund.amount.missing")
	case c.Year < 1900 || c.Year > LastYear:
		return fault.Field("year", "fund.dues.years")
	}
	return tx.SaveCharge(ctx, c)
}

// DuePayment is what was paid for one membership and year.
type DuePayment struct {
	Membership int64
	Year       int
	Amount     money.Amount
}

// DueMember is a member as far as dues are concerned: one person or body with
// every membership held, so that moving between branches does not double dues.
type DueMember struct {
	Person      person.ID
	Member      body.ID
	Name        string
	Memberships []DueMembership // the earliest first
}

// DueMembership is one membership: from the year in which it began to the
// year in which it ended.
type DueMembership struct {
	ID           int64
	Body         body.ID
	Number       string
	Category     person.Category
	Since, Until int
}

// Due is how a member stands with the dues.
type Due struct {
	Member DueMember
	Years  []DueYear
	Left   []money.Amount // owed and not paid, in each currency
	Since  int            // the first year not wholly paid; 0: nothing is owed
}

// DueYear is one year of one member.
type DueYear struct {
	Year   int
	Owed   money.Amount
	Paid   money.Amount
	Exempt bool
	Reason string // of the exemption
}

// DuesBook is what dues are reckoned from.
type DuesBook struct {
	Members    []DueMember
	Rates      map[body.ID][]Rate // by the body whose members they concern, the nearest first
	Exemptions map[int64][]Exemption
	Charges    map[int64][]Charge
	Payments   map[int64][]DuePayment
}

// Reckon tells how every member stands with the dues until a year.
func (b DuesBook) Reckon(until int) []Due {
	all := make([]Due, len(b.Members))
	for i, m := range b.Members {
		all[i] = b.reckon(m, until)
	}
	return all
}

func (b DuesBook) reckon(m DueMember, until int) Due {
	d := Due{Member: m}
	at := func(year int) *DueYear {
		for i := range d.Years { // a few, mostly asked for in their order
			if d.Years[i].Year == year {
				return &d.Years[i]
			}
		}
		d.Years = append(d.Years, DueYear{Year: year})
		return &d.Years[len(d.Years)-1]
	}
	for _, ms := range m.Memberships {
		b.byRates(ms, until, at)
	}
	for _, ms := range m.Memberships {
		for _, x := range b.Exemptions[ms.ID] {
			for year := max(x.Since, ms.Since); year <= min(x.Until, until); year++ {
				y := at(year)
				y.Exempt, y.Reason, y.Owed.Minor = true, x.Reason, 0
			}
		}
		for _, c := range b.Charges[ms.ID] {
			if c.Year <= until {
				at(c.Year).Owed = c.Amount
			}
		}
		for _, p := range b.Payments[ms.ID] {
			y := at(p.Year)
			if y.Owed.IsNone() {
				y.Owed.Currency = p.Amount.Currency
			}
			if y.Owed.Currency == p.Amount.Currency {
				y.Paid.Currency = p.Amount.Currency
				y.Paid.Minor += p.Amount.Minor
			}
		}
	}
	d.close()
	return d
}

// byRates sets what the rates ask of a membership for each of its years; a
// later membership of the same year takes the place of an earlier one.
func (b DuesBook) byRates(ms DueMembership, until int, at func(int) *DueYear) {
	rates := b.Rates[ms.Body]
	first := LastYear
	for _, r := range rates {
		first = min(first, r.Since)
	}
	for year := max(first, ms.Since); year <= min(ms.Until, until); year++ {
		if r, ok := rateFor(rates, ms.Category, year); ok {
			at(year).Owed = r.Amount
		}
	}
}

// rateFor finds the rate of a category in a year: that of the nearest body,
// and there the category's own before the general one.
func rateFor(rates []Rate, c person.Category, year int) (Rate, bool) {
	for i := 0; i < len(rates); {
		end := i
		var found *Rate
		for ; end < len(rates) && rates[end].Body == rates[i].Body; end++ {
			r := &rates[end]
			if r.Since <= year && year <= r.Until && (r.Category == c || r.Category == "" && found == nil) {
				found = r
			}
		}
		if found != nil {
			return *found, true
		}
		i = end
	}
	return Rate{}, false
}

// close puts the years in order and sums up what is left.
func (d *Due) close() {
	slices.SortFunc(d.Years, func(a, b DueYear) int { return a.Year - b.Year })
	for _, y := range d.Years {
		left := y.Owed.Minor - y.Paid.Minor
		if left <= 0 {
			continue
		}
		d.Left = addTo(d.Left, money.Of(left, y.Owed.Currency))
		if d.Since == 0 {
			d.Since = y.Year
		}
	}
}
