package intake

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

// readEntry reads what a row says of the entry as a whole.
func (p *proposal) readEntry(r *reading, known *entryBook, d *entryDraft) {
	d.draft.Day = r.date("day")
	day, exact := d.draft.Day.Day()
	switch {
	case d.draft.Day.IsUnknown() && r.text("day") == "":
		r.refuse("day", fault.Field("day", "intake.entry.day"))
	case exact && day > p.today:
		r.refuse("day", fault.Field("day", "fund.day.future"))
	case exact && day < known.fund.FirstOpen() && known.find(r.text("ref"), r.text("slip")) == nil:
		r.refuse("day", fault.Field("day", "fund.day.closed", known.fund.Closed))
	}
	d.draft.Kind = p.entryKind(r)
	d.draft.Text, d.draft.Voucher, d.draft.Address = r.text("text"), r.text("voucher"), r.text("address")
	if note := r.text("note"); note != "" && d.draft.Text == "" {
		d.draft.Text = note
	}
	p.entryWho(r, known, d)
	p.entryApprover(r, known, d)
}

// entryKind tells money in from money out: by its word, else by the column in
// which the amount stands.
func (p *proposal) entryKind(r *reading) fund.Kind {
	if said := r.text("kind"); said != "" {
		return fund.Kind(r.coded("kind", "entry"))
	}
	in, out := r.text("receipt") != "", r.text("payment") != ""
	switch {
	case in && out:
		r.refuse("payment", fault.Field("payment", "intake.entry.both"))
	case in:
		return fund.Receipt
	case out:
		return fund.Payment
	default:
		r.refuse("kind", fault.Field("kind", "intake.entry.kind"))
	}
	return ""
}

// entryWho reads who paid or received: by member number, else as written.
func (p *proposal) entryWho(r *reading, known *entryBook, d *entryDraft) {
	number, name := r.text("number"), r.text("who")
	d.draft.Name = name
	if number == "" {
		return
	}
	dues := r.text("year") != "" && name != "" // brought by one for others
	m, several := known.people.byNumber(&toldPerson{number: number, name: name})
	switch {
	case several:
		r.refuse("number", fault.Field("number", "intake.number.several", number))
	case m == nil:
		r.refuse("number", fault.Field("number", "intake.number.unknown", number))
	case dues && text.Similarity(m.Name, name) < 60:
	case name != "" && text.Similarity(m.Name, name) < 60:
		r.refuse("number", fault.Field("number", "intake.number.other", number, m.Name))
	default:
		d.draft.Person, d.draft.Name = m.ID, ""
	}
}

// entryApprover takes over who signed, where the one who brings the table in may
// say so; everything else comes in as not approved yet.
func (p *proposal) entryApprover(r *reading, known *entryBook, d *entryDraft) {
	said := r.text("approver")
	if said == "" || d.draft.Kind != fund.Payment {
		return
	}
	var found []person.ID
	for _, m := range known.people.name[text.Fold(said)] {
		found = append(found, m.ID)
	}
	own := len(found) == 1 && int64(found[0]) == p.actor.Person && p.actor.Can(access.Approve, known.fund.Body)
	if len(found) == 1 && (p.actor.Operator || own) {
		d.draft.Approver = found[0]
		return
	}
	r.remark("approver", "intake.entry.approver", said)
}

// addPart reads the money of one row and what it is for.
func (p *proposal) addPart(r *reading, known *entryBook, d *entryDraft, before *KnownEntry) {
	column := Field("amount")
	if r.text(column) == "" {
		column = Field(d.draft.Kind)
	}
	amount, told := fund.Part{}, false
	if d.draft.Kind == fund.Receipt || d.draft.Kind == fund.Payment {
		amount.Amount, told = r.amount(column)
	}
	if !told {
		if len(r.problems) == 0 {
			r.refuse("amount", fault.Field("amount", "fund.amount.missing"))
		}
		return
	}
	amount.Heading = p.entryHeading(r, known, d.draft.Kind, before)
	amount.Purpose = p.entryPurpose(r, known, before)
	branch, said := p.entryBranch(r, known, before)
	amount.Branch = branch
	p.entryDues(r, known, d, &amount, before)
	if purse := p.entryPurse(r, known, amount.Amount.Currency, before); len(d.draft.Parts) == 0 {
		d.draft.Purse = purse
	} else if purse != d.draft.Purse {
		r.refuse("purse", fault.Field("purse", "intake.entry.purses"))
	}
	d.draft.Parts, d.branchSaid = append(d.draft.Parts, amount), append(d.branchSaid, said)
}

// alone is the only part of an entry the book has, which a blank cell leaves as
// it is.
func (k *entryBook) alone(e *KnownEntry) fund.Part {
	if e == nil {
		return fund.Part{}
	}
	if d := k.draftOf(e.Entry); len(d.Parts) == 1 {
		return d.Parts[0]
	}
	return fund.Part{}
}

// entryHeading finds the heading a row names.
func (p *proposal) entryHeading(r *reading, known *entryBook, kind fund.Kind, before *KnownEntry) string {
	said := r.text("heading")
	if said == "" {
		return cmp.Or(known.alone(before).Heading, fund.OtherCode)
	}
	class := fund.Income
	if kind == fund.Payment {
		class = fund.Expense
	}
	var own []fund.Account
	for _, a := range known.sorted(func(a fund.Account) bool { return a.Class == class || a.Class == fund.Between }) {
		if called(a.Code, a.Names, said) || called(a.Code, firstPart(a.Names), said) {
			return a.Code
		}
		if a.Currency == known.fund.Currency {
			own = append(own, a)
		}
	}
	r.refuse("heading", fault.Field("heading", "intake.word.unknown", said, choicesOf(own, fund.Account.Name)))
	return ""
}

// sorted gives the accounts that fit, by rank.
func (k *entryBook) sorted(fits func(fund.Account) bool) []fund.Account {
	var all []fund.Account
	for _, a := range k.accounts {
		if fits(a) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b fund.Account) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID)) })
	return all
}

// called tells whether a word is the code of something or its name in any
// language.
func called(code string, names map[string]string, said string) bool {
	if said == code {
		return true
	}
	for _, lang := range locale.Langs() {
		if name := names[string(lang)]; name != "" && text.Fold(name) == text.Fold(said) {
			return true
		}
	}
	return false
}

// firstPart gives names without what follows a comma: people write "Ủng hộ" for
// "Ủng hộ, quyên góp".
func firstPart(names map[string]string) map[string]string {
	short := make(map[string]string, len(names))
	for lang, name := range names {
		short[lang], _, _ = strings.Cut(name, ",")
	}
	return short
}

// entryPurse finds the cash box or the bank account a row names.
func (p *proposal) entryPurse(r *reading, known *entryBook, c money.Currency, before *KnownEntry) fund.AccountID {
	said := r.text("purse")
	if said == "" {
		if before != nil {
			return known.draftOf(before.Entry).Purse
		}
		return 0
	}
	purses := known.sorted(func(a fund.Account) bool { return a.Class.IsPurse() && a.Currency == c })
	for _, a := range purses {
		if called(a.Code, a.Names, said) || a.Number != "" && a.Number == said {
			return a.ID
		}
	}
	class, ok := p.words.code("purse", said)
	for _, a := range purses {
		if ok && string(a.Class) == class {
			return a.ID
		}
	}
	if ok && class == string(fund.Cash) {
		return 0
	}
	r.refuse("purse", fault.Field("purse", "intake.word.unknown", said, choicesOf(purses, fund.Account.Name)))
	return 0
}

// entryPurpose finds the restricted purpose a row names.
func (p *proposal) entryPurpose(r *reading, known *entryBook, before *KnownEntry) fund.PurposeID {
	said := r.text("purpose")
	if said == "" {
		return known.alone(before).Purpose
	}
	var all []fund.Purpose
	for id, one := range known.purposes {
		if called(one.Code, one.Names, said) {
			return id
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b fund.Purpose) int { return strings.Compare(a.Name("vi"), b.Name("vi")) })
	r.refuse("purpose", fault.Field("purpose", "intake.word.unknown", said, choicesOf(all, fund.Purpose.Name)))
	return 0
}

// entryBranch finds the branch a row names; one that will be founded is told by
// its name.
func (p *proposal) entryBranch(r *reading, known *entryBook, before *KnownEntry) (body.ID, string) {
	said := r.text("branch")
	if said == "" {
		return known.alone(before).Branch, ""
	}
	id, err := p.branches.find(said)
	if err != nil {
		r.refuse("branch", err)
		return 0, ""
	}
	if id != 0 {
		said = ""
	}
	return id, said
}

// entryDues says whose dues of which year a row pays, where it tells: the member
// number of such a row is that of the member, whoever brought the money.
func (p *proposal) entryDues(r *reading, known *entryBook, d *entryDraft, part *fund.Part, before *KnownEntry) {
	year, told := r.whole("year")
	if part.Heading != fund.DuesCode {
		return
	}
	part.Year = int(min(year, fund.LastYear+1))
	if before != nil { // not everybody has a number to be told by
		if was := known.draftOf(before.Entry).Parts; len(d.draft.Parts) < len(was) && r.text("number") == "" {
			one := was[len(d.draft.Parts)]
			if !told || one.Year == part.Year {
				part.Member, part.Year = one.Member, one.Year
				return
			}
		}
	}
	m, _ := known.people.byNumber(&toldPerson{number: r.text("number"), name: r.text("who")})
	if !told || m == nil {
		part.Year = 0
		r.remark("year", "intake.entry.dues")
		return
	}
	part.Member = m.shown().ID
}
