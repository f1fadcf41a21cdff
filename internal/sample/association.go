package sample

import (
	"context"
	"fmt"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// branch is one of the twelve branches: an area of residence.
type branch struct {
	id      body.ID
	name    string
	commune string // where most of its members live, as it was called in 2024
	size    int
}

// areas are the branches' names, their communes and how many belong to each.
var areas = []branch{
	{name: "Mường Thanh", commune: "Phường Mường Thanh", size: 62},
	{name: "Noong Bua", commune: "Phường Noong Bua", size: 48},
	{name: "Him Lam", commune: "Phường Him Lam", size: 57},
	{name: "Thanh Trường", commune: "Phường Thanh Trường", size: 41},
	{name: "Nam Thanh", commune: "Phường Nam Thanh", size: 44},
	{name: "Tân Thanh", commune: "Phường Tân Thanh", size: 52},
	{name: "Thanh Bình", commune: "Phường Thanh Bình", size: 39},
	{name: "Thanh Minh", commune: "Xã Thanh Minh", size: 28},
	{name: "Thanh Luông", commune: "Xã Thanh Luông", size: 37},
	{name: "Thanh Xương", commune: "Xã Thanh Xương", size: 46},
	{name: "Noong Hẹt", commune: "Xã Noọng Hẹt", size: 40},
	{name: "Tuần Giáo", commune: "Thị trấn Tuần Giáo", size: 29},
}

// named is a body's name for all time.
func named(lang, full, short string, alias bool) body.Name {
	return body.Name{Lang: lang, Full: full, Short: short, Since: calendar.Earliest, Until: calendar.Latest, Alias: alias}
}

// association founds the association and its twelve branches, October 2003.
func (b *builder) association(ctx context.Context) error {
	founded := calendar.InMonth(2003, 10)
	city, err := b.unit("Thành phố Điện Biên Phủ", place.District)
	if err != nil {
		return err
	}
	root, err := b.book.Begin(ctx, store.Writing{By: b.by, Why: "mở sổ"}, store.Beginning{Body: body.Body{
		Code: Code, Kind: body.Association, Founded: founded, Seat: int64(city),
		Names: []body.Name{
			named("vi", "Hội đồng hương Hải Dương khu vực Điện Biên Phủ", "Hội đồng hương Hải Dương", false),
			named("en", "Hai Duong Fellow Countrymen Association in the Dien Bien Phu area", "Hai Duong Countrymen", false),
			named("fr", "Amicale des originaires de Hai Duong, région de Diên Biên Phu", "Amicale de Hai Duong", false),
			named("vi", "Ban liên lạc đồng hương Hải Dương khu vực Điện Biên Phủ", "Ban liên lạc", true),
			named("en", "Liaison Committee of Hai Duong compatriots in Dien Bien Phu area", "", true),
			named("en", "Hai Duong Compatriot Liaison Committee", "", true),
		},
	}})
	if err != nil {
		return err
	}
	b.root = root.ID
	return b.write(ctx, "lập chi hội", func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetSetting(ctx, 0, "lang", "vi"); err != nil {
			return err
		}
		if err := b.headPapers(ctx, tx); err != nil {
			return err
		}
		for _, area := range areas {
			founded, err := body.Found(ctx, tx, body.Body{
				Code: "chi-hoi-" + body.CodeFrom(area.name), Kind: body.Branch, Parent: b.root, Founded: founded,
				Names: []body.Name{
					named("vi", "Chi hội "+area.name, area.name, false),
					named("en", area.name+" Branch", "", false), named("fr", "Section de "+area.name, "", false),
				},
			})
			if err != nil {
				return err
			}
			area.id = founded.ID
			b.branches = append(b.branches, area)
		}
		return nil
	})
}

// unit finds an administrative unit of Điện Biên as it stood when the book began.
func (b *builder) unit(name string, level place.Level) (place.ID, error) {
	province, err := b.places.ByCode(place.Province, "11", begun)
	if err != nil {
		return 0, err
	}
	for _, district := range b.places.Children(province, begun) {
		if level == place.District && b.places.NameOn(district, begun) == name {
			return district, nil
		}
		for _, commune := range b.places.Children(district, begun) {
			if level == place.Commune && b.places.NameOn(commune, begun) == name {
				return commune, nil
			}
		}
	}
	return 0, fmt.Errorf("no unit %q in Điện Biên", name)
}

// roll enters the members, household by household.
func (b *builder) roll(ctx context.Context) error {
	origins, err := b.origins()
	if err != nil {
		return err
	}
	number := 0
	for i, br := range b.branches {
		b.progress("sample.step.roll", i, len(b.branches))
		home, err := b.unit(br.commune, place.Commune)
		if err != nil {
			return err
		}
		err = b.write(ctx, "vào sổ hội viên "+br.name, func(ctx context.Context, tx *store.Tx) error {
			for entered := 0; entered < br.size; {
				family := min(b.householdSize(), br.size-entered)
				if err := b.household(ctx, tx, lot{branch: i, home: home, origin: pick(b.r, origins), people: family, number: number}); err != nil {
					return err
				}
				entered, number = entered+family, number+family
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) householdSize() int { return pick(b.r, []int{1, 1, 2, 2, 2, 3}) }

// origins are the communes of Hải Dương as they stood when the book began.
func (b *builder) origins() ([]place.ID, error) {
	province, err := b.places.ByCode(place.Province, "30", begun)
	if err != nil {
		return nil, err
	}
	var all []place.ID
	for _, district := range b.places.Children(province, begun) {
		all = append(all, b.places.Children(district, begun)...)
	}
	return all, nil
}

// lot is one household to enter.
type lot struct {
	branch       int
	home, origin place.ID
	people       int
	number       int // members entered before it
}

// household enters a household and its members: a couple first, then a grown
// child who joined too.
func (b *builder) household(ctx context.Context, tx *store.Tx, l lot) error {
	birth := 1936 + b.r.IntN(42)
	var home body.ID
	head := ""
	for i := range l.people {
		m := b.draw(l, i, birth)
		if i == 0 {
			head = m.Name
			hh, err := body.Found(ctx, tx, body.Body{Kind: body.Household, Parent: b.branches[l.branch].id, Names: []body.Name{named("vi", "Hộ "+head, "", false)}})
			if err != nil {
				return err
			}
			home = hh.ID
		}
		m.Household = home
		joined := calendar.InYear(2003 + b.r.IntN(21))
		if l.number < 60 {
			joined = calendar.InMonth(2003, 10)
		}
		p, err := person.Enrol(ctx, tx, b.by, m.Person, &person.Membership{
			Body: b.branches[l.branch].id, Category: person.Full, Joined: joined, Number: fmt.Sprintf("HD%03d", l.number+i+1),
		})
		if err != nil {
			return err
		}
		m.Person = p
		if m.membership, err = membershipOf(ctx, tx, p.ID); err != nil {
			return err
		}
		b.members = append(b.members, &m)
	}
	return nil
}

// draw invents one person of a household.
func (b *builder) draw(l lot, i, birth int) member {
	sex := person.Male
	if i == 1 || i == 0 && b.r.IntN(4) == 0 {
		sex = person.Female
	}
	relation := [...]string{"head", "spouse", "child"}[i]
	year := birth + i*b.r.IntN(4)
	if i == 2 {
		year = birth + 24 + b.r.IntN(8)
	}
	born := calendar.InYear(year)
	if b.r.IntN(5) > 1 {
		born = calendar.OnDay(calendar.DayOf(year, 1, 1) + calendar.Day(b.r.IntN(365)))
	}
	p := person.Person{
		Body: b.branches[l.branch].id, Name: b.names.full(sex), Sex: sex, Birth: born, Relation: relation,
		Origin: int64(l.origin), Residence: int64(l.home), Address: fmt.Sprintf("Số %d, tổ %d", 1+b.r.IntN(120), 1+b.r.IntN(14)),
		Consent: pick(b.r, []person.Consent{person.Yes, person.Yes, person.Yes, person.Unasked, person.No}),
	}
	if b.r.IntN(10) < 7 {
		// 0900… numbers with a letter-like gap are not given to anyone.
		p.Phone = fmt.Sprintf("0900 000 %03d", b.r.IntN(1000))
	}
	return member{Person: p, branch: l.branch, paid: begun.Year() - 1, visited: map[int]int{}}
}

// headPapers sets how the association heads its papers.
func (b *builder) headPapers(ctx context.Context, tx *store.Tx) error {
	for _, set := range []struct{ name, value string }{
		{report.SettingParents, "Hội đồng hương Hải Dương"},
		{report.SettingName, "Ban Liên lạc\nkhu vực Điện Biên Phủ"},
		{report.SettingSymbol, "BLL"},
		{report.SettingPlace, "Điện Biên Phủ"},
		{report.SettingVoice, "Ban Liên lạc"},
		{report.SettingRecipients, "Thường trực Hội\nCác chi hội"},
		{report.SettingExpected, string(report.Annual)},
	} {
		if err := tx.SetSetting(ctx, b.root, set.name, set.value); err != nil {
			return err
		}
	}
	return nil
}
