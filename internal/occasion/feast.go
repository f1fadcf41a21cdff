package occasion

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Feast is an occasion that returns by a rule.
type Feast struct {
	Code     string            `json:"code"`
	Kind     Kind              `json:"kind"`
	Names    map[string]string `json:"names"`
	Country  string            `json:"country,omitempty"`
	Rule     string            `json:"rule"`
	Since    int               `json:"since,omitempty"` // the year from which years are counted
	Lead     int               `json:"lead,omitempty"`  // 0: that of its kind
	Check    bool              `json:"check,omitempty"` // to be checked against its source
	Note     string            `json:"note,omitempty"`
	Body     body.ID           `json:"body,omitempty"` // whose own it is; 0: everybody's
	Retired  bool              `json:"retired,omitempty"`
	Revision int64             `json:"revision"` // 0: as shipped
	rule     Rule
}

// Check tells what does not make sense in a feast by itself.
func (f Feast) check() error {
	var found []error
	name := ""
	for _, n := range f.Names {
		name += strings.TrimSpace(n)
	}
	if name == "" {
		found = append(found, fault.Field("name", "occasion.name.missing"))
	}
	if len([]rune(name)) > 1000 || len([]rune(f.Note)) > 2000 {
		found = append(found, fault.Field("name", "occasion.name.long"))
	}
	if f.Lead < 0 || f.Lead > 366 {
		found = append(found, fault.Field("lead", "occasion.lead.range"))
	}
	if f.Since != 0 && (f.Since < 1 || f.Since > 9999) {
		found = append(found, fault.Field("since", "occasion.since.range"))
	}
	if !f.Kind.IsFeast() {
		found = append(found, fault.Field("kind", "occasion.kind.unknown", string(f.Kind)))
	}
	_, err := ParseRule(f.Rule)
	return fault.Gather(append(found, err)...)
}

// Decree sets the days of a feast for one year, whatever its rule says: for one
// organisation, or for all that keep the book and set none of their own.
type Decree struct {
	Feast    string       `json:"feast"`
	Body     body.ID      `json:"body,omitempty"` // the organisation for which it is set; 0: all
	Year     int          `json:"year"`
	From     calendar.Day `json:"from"`
	To       calendar.Day `json:"to"`
	Paper    string       `json:"paper,omitempty"` // number and issuer
	Revision int64        `json:"revision"`
}

// Tx is what feasts need of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	Feast(ctx context.Context, code string) (Feast, error)
	SaveFeast(ctx context.Context, f Feast) error
	SaveDecree(ctx context.Context, d Decree) error
	RemoveDecree(ctx context.Context, feast string, year int, of body.ID) error
	RootBody() int64
}

// Keep writes a feast: an own one of a body, or another reading of one that
// ships. based is the revision the actor saw.
func Keep(ctx context.Context, tx Tx, by access.Actor, f Feast, based int64) (Feast, error) {
	if f.Body == 0 && f.Code == "" {
		f.Body = home(tx, by, f)
	}
	if err := by.May(access.KeepOffice, home(tx, by, f)); err != nil {
		return Feast{}, err
	}
	if err := f.check(); err != nil {
		return Feast{}, err
	}
	if f.Code == "" {
		f.Code = fmt.Sprintf("own.%d", tx.NewID())
	} else {
		before, err := tx.Feast(ctx, f.Code)
		if err != nil {
			return Feast{}, err
		}
		if before.Body != f.Body || before.Kind != f.Kind {
			return Feast{}, fault.Refuse("occasion.feast.other")
		}
		if before.Revision != based {
			return Feast{}, fault.Outdated("common.outdated")
		}
	}
	f.Revision = based + 1
	return f, tx.SaveFeast(ctx, f)
}

// Order sets the days of a feast for one year: an organisation for itself, and who
// keeps the office of the one that opened the book for all.
func Order(ctx context.Context, tx Tx, by access.Actor, d Decree) error {
	f, err := mayOrder(ctx, tx, by, d.Feast, d.Body)
	if err != nil {
		return err
	}
	switch {
	case d.From == 0:
		return fault.Field("from", "occasion.decree.day")
	case d.To < d.From || d.To > d.From+60:
		return fault.Field("to", "occasion.decree.span")
	case d.From.Year() != d.Year:
		return fault.Field("from", "occasion.decree.year", d.Year)
	}
	d.Feast = f.Code
	if f.Body != 0 {
		d.Body = 0
	}
	return tx.SaveDecree(ctx, d)
}

// Lift takes a decree back: what is set for all says again, or else the rule.
func Lift(ctx context.Context, tx Tx, by access.Actor, feast string, year int, of body.ID) error {
	f, err := mayOrder(ctx, tx, by, feast, of)
	if err != nil {
		return err
	}
	if f.Body != 0 {
		of = 0
	}
	return tx.RemoveDecree(ctx, feast, year, of)
}

// mayOrder says whether the actor may set days of a feast for an organisation. A
// body's own feast has one set of days, its own.
func mayOrder(ctx context.Context, tx Tx, by access.Actor, code string, of body.ID) (Feast, error) {
	f, err := tx.Feast(ctx, code)
	switch {
	case err != nil:
		return f, err
	case f.Body != 0:
		return f, by.May(access.KeepOffice, f.Body)
	case of == 0 && !by.Can(access.KeepOffice, body.ID(tx.RootBody())):
		return f, fault.Forbid("occasion.decree.shared")
	case of == 0:
		return f, nil
	}
	return f, by.May(access.KeepOffice, of)
}

// home is the body whose office may change a feast: its own, or for one that
// everybody keeps the organisation for which the actor works.
func home(tx Tx, by access.Actor, f Feast) body.ID {
	switch {
	case f.Body != 0:
		return f.Body
	case by.Home != 0:
		return by.Home
	}
	return body.ID(tx.RootBody())
}

// Read gives the feast with its rule read, so that it need not be read again.
func (f Feast) Read() (Feast, error) {
	var err error
	f.rule, err = ParseRule(f.Rule)
	return f, err
}

// SettingCountries names the setting with the countries whose days an
// organisation keeps in sight, as codes of two letters; AllCountries is every one.
const (
	SettingCountries = "calendar.countries"
	AllCountries     = "all"
)

//go:embed data/national_days.csv
var nationalDays []byte

//go:embed data/vn_diplomatic_relations.csv
var relationsDays []byte

//go:embed data/days.csv
var daysOfTheYear []byte

// Shipped gives the feasts that every book begins with. What it gives is shared
// and not to be changed in place.
var Shipped = sync.OnceValues(func() ([]Feast, error) {
	var all []Feast
	for _, read := range []func([]Feast) ([]Feast, error){readNational, readRelations, readDays} {
		var err error
		if all, err = read(all); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// moving has the rules of national days that the table gives no fixed date, or
// that were on another day before; its notes say why.
var moving = map[string]string{
	"GB": "06 sat 2", // the sovereign's official birthday: a Saturday in June, mostly the second
	"IL": "iyar",
	"VA": "none", // the anniversary of the Pope's inauguration: set when it is known
	"JP": "02-23 from 2020; 12-23 from 1989 to 2018",
	"KZ": "10-25 from 2022; 12-16 to 2021",
	"NL": "04-27 sun-1 from 2014; 04-30 to 2013",
	"OM": "11-20 from 2025; 11-18 to 2024",
}

// unrecognised are in the table, yet not states for Viet Nam: they are kept out
// of sight until somebody brings them back.
var unrecognised = map[string]bool{"TW": true, "XK": true}

func rowsOf(data []byte) ([][]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read shipped occasions: %w", err)
	}
	return rows[1:], nil
}

func readNational(all []Feast) ([]Feast, error) {
	rows, err := rowsOf(nationalDays)
	for _, r := range rows {
		rule, moves := moving[r[0]]
		if !moves {
			rule = r[1]
		}
		f, err := Feast{
			Code: "national." + r[0], Kind: National, Country: r[0], Rule: rule, Retired: unrecognised[r[0]],
			Names: map[string]string{"en": r[3], "vi": r[4], "fr": r[5]}, Check: r[2] == "movable" || strings.Contains(r[6], "check"),
		}.Read()
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, err
}

func readRelations(all []Feast) ([]Feast, error) {
	rows, err := rowsOf(relationsDays)
	for _, r := range rows {
		day, err := calendar.ParseDay(r[1])
		if err != nil {
			return nil, err
		}
		_, m, d := day.Civil()
		f, err := Feast{
			Code: "relations." + r[0], Kind: Relations, Country: r[0], Rule: SolarRule(m, d), Since: day.Year(), Check: true,
			Names: map[string]string{"en": r[2], "vi": r[3], "fr": r[4]},
		}.Read()
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, err
}

func readDays(all []Feast) ([]Feast, error) {
	rows, err := rowsOf(daysOfTheYear)
	for _, r := range rows {
		f := Feast{Code: r[0], Kind: Kind(r[1]), Country: r[2], Rule: r[3], Names: map[string]string{"vi": r[5], "en": r[6], "fr": r[7]}}
		if r[4] != "" {
			if _, err := fmt.Sscan(r[4], &f.Since); err != nil {
				return nil, fmt.Errorf("since of %s: %w", f.Code, err)
			}
		}
		if f, err = f.Read(); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, err
}
