package intake

import (
	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
)

// spent says what a deed takes out of the fund, or brings into it: its money,
// where a fund was open on its day. It is entered unapproved. Whatever stays out
// of the fund is said beside the amount; it counts all the same.
func (p *proposal) spent(r *reading, known *deedBook, d deed.Deed) fund.Draft {
	draft, several := moneyOf(d)
	if draft.IsZero() || p.options.FiguresOnly || d.Brought || d.Status != deed.Done {
		return fund.Draft{}
	}
	f, err := known.paying(d.Body)
	day, exact := d.Day.Last()
	switch {
	case err != nil:
		r.remark("amount", "intake.deed.nofund")
	case several:
		r.remark("amount", "intake.deed.currencies")
	case !exact || day < f.FirstOpen():
		r.remark("amount", "intake.deed.before")
	case !p.actor.Can(access.PostDeeds, f.Body) && !p.actor.Can(access.KeepFund, f.Body):
		r.remark("amount", "intake.deed.notyours")
	default:
		return draft
	}
	return fund.Draft{}
}

// moneyOf gives the money of a deed as parts of a receipt or payment; several
// tells that it is in more than one currency.
func moneyOf(d deed.Deed) (draft fund.Draft, several bool) {
	for _, l := range d.Lines {
		if l.Unit != deed.Money || l.Stage != deed.Given && l.Stage != deed.Paid || l.Quantity == 0 {
			continue
		}
		draft.Parts = append(draft.Parts, fund.Part{Amount: money.Of(l.Quantity, l.Currency)})
		several = several || l.Currency != draft.Parts[0].Amount.Currency
	}
	return draft, several
}

// paying gives the fund that pays for a body, asked once for each.
func (k *deedBook) paying(of body.ID) (fund.Fund, error) {
	f, asked := k.funds[of]
	if !asked {
		var err error
		if f, err = k.keeper(of); err != nil && len(fault.All(err)) == 0 {
			return f, err
		}
		k.funds[of] = f
	}
	if f.Body == 0 {
		return f, fault.Missing("fund.missing")
	}
	return f, nil
}
