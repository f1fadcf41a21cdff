package fund

import (
	"kith.app/internal/calendar"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// DonorCodes lists the headings whose givers stand on the donors' list.
func DonorCodes() []string { return []string{DonationCode, SponsorCode, HomeGiftCode} }

// Donor is somebody who gave in a period.
type Donor struct {
	Person  person.ID
	Name    string
	Address string
	Consent person.Consent
	Amounts []money.Amount
	Times   int
	First   calendar.Day
	Last    calendar.Day
}

// Named tells whether the donor may be named in public.
func (d Donor) Named() bool { return d.Consent == person.Yes }

// Gift is one receipt from a donor.
type Gift struct {
	Entry   EntryID
	Day     calendar.Day
	Person  person.ID
	Name    string
	Address string
	Consent person.Consent
	Amount  money.Amount // below nought when it was taken back
}

// Donors gathers gifts by who gave them: a person of the book, or the name as
// written. Who asked once not to be named is not named. Gifts wholly taken back
// leave no donor.
func Donors(gifts []Gift) []Donor {
	type key struct {
		person person.ID
		name   string
	}
	at := map[key]int{}
	var all []Donor
	for _, g := range gifts {
		k := key{person: g.Person}
		if g.Person == 0 {
			k.name = g.Name
		}
		i, known := at[k]
		if !known {
			i = len(all)
			at[k] = i
			all = append(all, Donor{Person: g.Person, Name: g.Name, Address: g.Address, Consent: g.Consent, First: g.Day})
		}
		all[i].add(g)
	}
	kept := all[:0]
	for _, d := range all {
		if d.Times > 0 {
			kept = append(kept, d)
		}
	}
	return kept
}

// add counts one more gift, or one taken back.
func (d *Donor) add(g Gift) {
	d.Amounts = addTo(d.Amounts, g.Amount)
	d.Last = max(d.Last, g.Day)
	d.First = min(d.First, g.Day)
	if g.Amount.IsNegative() {
		d.Times--
	} else {
		d.Times++
	}
	if g.Consent == person.No || d.Consent == person.Unasked {
		d.Consent = g.Consent
	}
}
