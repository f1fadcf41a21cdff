package tie

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/text"
)

// OfUnit makes the body that an administrative unit of Viet Nam is: under the same
// id in every book, with the names it bore, its level and its official code.
func OfUnit(m *place.Map, id place.ID) (body.Body, error) {
	u, err := m.Unit(id)
	if err != nil {
		return body.Body{}, fmt.Errorf("read an administrative unit: %w", err)
	}
	b := body.Body{ID: body.ID(id), Kind: body.Locality}
	for _, n := range u.Names {
		b.Names = append(b.Names, body.Name{Lang: "vi", Full: n.Full, Since: max(n.During.From, calendar.Earliest), Until: min(n.During.To, calendar.Latest)})
	}
	if u.During.From > calendar.Earliest {
		b.Founded = calendar.OnDay(u.During.From)
	}
	if u.During.To < calendar.Latest {
		b.Ended = calendar.OnDay(u.During.To)
	}
	levels := map[place.Level]body.Level{place.Province: body.Province, place.District: body.District, place.Commune: body.Commune}
	b.Levels = []body.Standing{{Level: levels[u.Level], Since: u.During.From, Until: u.During.To}}
	b.Codes = []body.OfficialCode{{Scheme: body.Official, Code: u.Code, Since: u.During.From, Until: u.During.To}}
	return b, nil
}

// PartnerTx is what founding a partner needs of a transaction.
type PartnerTx interface {
	body.Tx
}

// Partner enters a body that a tie names and that the book does not have yet: a
// locality or an organisation with which one deals, under nobody. Who keeps the
// office of the body on whose books the tie stands may do so; a body that is in the
// book already is given as it is.
func Partner(ctx context.Context, tx PartnerTx, by access.Actor, keeper body.ID, b body.Body) (body.Body, error) {
	if err := by.May(access.KeepOffice, keeper); err != nil {
		return body.Body{}, err
	}
	if b.ID != 0 {
		known, err := tx.Body(ctx, b.ID)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return known, err
		}
	}
	if !slices.Contains(partnerKinds, b.Kind) {
		b.Kind = body.OtherKind
	}
	b.Parent = 0
	return body.Found(ctx, tx, b)
}

// partnerKinds are the kinds of body that may stand in a tie without belonging to
// anybody in the book.
var partnerKinds = []body.Kind{body.Locality, body.Front, body.School, body.Company}

// begins are the words with which the name of a school, a firm or a front begins.
var begins = []struct {
	kind  body.Kind
	words []string
}{
	{body.School, []string{"truong dai hoc ", "truong cao dang ", "truong trung hoc ", "truong thpt ", "truong thcs ", "truong tieu hoc ", "truong mam non ", "truong mau giao ", "university ", "school "}},
	{body.Company, []string{"cong ty ", "tong cong ty ", "tap doan ", "hop tac xa ", "doanh nghiep "}},
	{body.Front, []string{"mttq ", "uy ban mttq ", "mat tran to quoc ", "uy ban mat tran "}},
}

// kindBy reads the kind of an organisation from the words with which its name
// begins; what says nothing of it stays as it is.
func kindBy(name string, otherwise body.Kind) body.Kind {
	folded := text.Fold(name) + " "
	for _, b := range begins {
		if slices.ContainsFunc(b.words, func(w string) bool { return strings.HasPrefix(folded, w) }) {
			return b.kind
		}
	}
	return otherwise
}

// Named is a partner known by one name for all its time. An organisation whose
// name says that it is a school, a firm or a front is one.
func Named(name string, kind body.Kind) body.Body {
	if kind == body.OtherKind {
		kind = kindBy(name, kind)
	}
	return body.Body{Kind: kind, Names: []body.Name{{Lang: "vi", Full: name, Since: calendar.Earliest, Until: calendar.Latest}}}
}
