package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// ClusterCode is the code of the emulation cluster of seven Fronts.
const ClusterCode = "northern-border-cluster"

// clusterArticle told of the conference of 2 December 2022: who took part, led, won
// and leads next, and two totals. All other figures of the seven Fronts in the
// sample are invented, as are their officers, and say so.
var (
	clusterArticle = source.Source{
		Kind:  source.Article,
		Title: "Summaring of the emulation cluster of the Fatherland Front Committees of the mountainous northern border provinces",
		Where: "bản tiếng Anh, trang ngày 20/9/2024", Day: "2022-12-02",
	}
	invented = source.Source{Kind: source.Form, Title: "Số liệu minh họa"}
)

// front is one unit of the cluster while the sample is built.
type front struct {
	code, province string // of the Front, of the province on the eve of the reform
	vi, en, fr     string // names of the province
	id             body.ID
	clerk          access.Actor
}

func clusterFronts() []*front {
	return []*front{
		{code: "mttq-lang-son", province: "20", vi: "Lạng Sơn", en: "Lang Son", fr: "Lang Son"},
		{code: "mttq-cao-bang", province: "04", vi: "Cao Bằng", en: "Cao Bang", fr: "Cao Bang"},
		{code: "mttq-son-la", province: "14", vi: "Sơn La", en: "Son La", fr: "Son La"},
		{code: "mttq-lai-chau", province: "12", vi: "Lai Châu", en: "Lai Chau", fr: "Lai Chau"},
		{code: "mttq-lao-cai", province: "10", vi: "Lào Cai", en: "Lao Cai", fr: "Lao Cai"},
		{code: "mttq-ha-giang", province: "02", vi: "Hà Giang", en: "Ha Giang", fr: "Ha Giang"},
		{code: "mttq-dien-bien", province: "11", vi: "Điện Biên", en: "Dien Bien", fr: "Diên Biên"},
	}
}

// cluster is the sample of the emulation cluster while it is built.
type cluster struct {
	*builder
	id      body.ID
	fronts  []*front
	chief   access.Actor // who keeps the cluster's papers
	council []person.ID
}

// cluster builds the emulation cluster of seven Fronts: the whole year 2022, the
// contract of 2023, what the reform of 2025 did to two of them, and the contest
// that runs now.
func (b *builder) cluster(ctx context.Context) error {
	now := b.now
	defer func() { b.now = now }()
	c := &cluster{builder: b, fronts: clusterFronts()}
	for _, step := range []func(context.Context) error{
		c.found, c.reported, c.year2022, c.conference, c.year2023, c.reformed, c.year2025, c.year2026,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// frontNames names a Front by its province.
func frontNames(f *front) []body.Name {
	names := names3("Ủy ban MTTQ Việt Nam tỉnh "+f.vi, "Viet Nam Fatherland Front Committee of "+f.en+" Province", "Comité du Front de la Patrie de la province de "+f.fr)
	for i, short := range []string{"MTTQ " + f.vi, "Front of " + f.en, "Front de " + f.fr} {
		names[i].Short = short
	}
	return names
}

// found founds the cluster and its seven Fronts, which stand beside it: who is a
// member is a matter of the year.
func (c *cluster) found(ctx context.Context) error {
	c.at(calendar.DayOf(2021, time.December, 20))
	err := c.write(ctx, "vào sổ cụm thi đua MTTQ 7 tỉnh miền núi, biên giới phía Bắc", func(ctx context.Context, tx *store.Tx) error {
		names := names3(
			"Cụm thi đua Ủy ban MTTQ Việt Nam 7 tỉnh miền núi, biên giới phía Bắc",
			"Emulation cluster of the Fatherland Front Committees of seven northern border provinces",
			"Groupe d’émulation des Fronts de la Patrie de sept provinces frontalières du Nord",
		)
		names[0].Short, names[1].Short, names[2].Short = "Cụm biên giới phía Bắc", "Northern border cluster", "Groupe des frontières du Nord"
		found, err := body.Found(ctx, tx, body.Body{Code: ClusterCode, Kind: body.Cluster, Names: names, Note: "Số liệu, điểm và người trong các năm là minh họa, trừ những gì có dẫn nguồn."})
		if err != nil {
			return err
		}
		c.id = found.ID
		for _, o := range []officer{
			{login: "cumthidua", title: "Thư ký cụm thi đua", kind: access.Secretary, at: c.id, from: calendar.InYear(2021), sex: person.Female, birth: 1980},
			{title: "Ủy viên Hội đồng cụm", kind: access.Member, at: c.id, from: calendar.InYear(2021), sex: person.Male, birth: 1966},
		} {
			id, err := c.seat(ctx, tx, o)
			if err != nil {
				return err
			}
			c.council = append(c.council, id)
		}
		for i, f := range c.fronts {
			var ended calendar.Date // of the office, where the Front ended with the reform
			if f.code == "mttq-ha-giang" || f.code == "mttq-lao-cai" {
				ended = calendar.OnDay(calendar.DayOf(2025, time.June, 30))
			}
			if err := c.foundFront(ctx, tx, f, 1968+3*i, ended); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.know(ctx)
}

// foundFront founds one Front with the officer who keeps its book.
func (c *cluster) foundFront(ctx context.Context, tx *store.Tx, f *front, birth int, ended calendar.Date) error {
	seat, err := c.provinceOn(ctx, tx, f.province)
	if err != nil {
		return err
	}
	if f.id == 0 {
		found, err := body.Found(ctx, tx, body.Body{Code: f.code, Kind: body.Front, Seat: int64(seat.ID), Names: frontNames(f)})
		if err != nil {
			return err
		}
		f.id = found.ID
	}
	sex := person.Male
	if birth%2 == 0 {
		sex = person.Female
	}
	who, err := c.seat(ctx, tx, officer{login: clerks[f.code], title: "Chánh Văn phòng", kind: access.Secretary, at: f.id, from: calendar.InYear(2021), ended: ended, sex: sex, birth: birth})
	f.clerk.Person = int64(who)
	return err
}

// clerks are the logins of those Fronts that have one.
var clerks = map[string]string{"mttq-lang-son": "langson", "mttq-cao-bang": "caobang"}

// know gives the officers of the sample their names and rights as they are now.
func (c *cluster) know(ctx context.Context) error {
	as := func(a *access.Actor, id person.ID, kind access.OfficeKind, at body.ID) error {
		p, err := c.book.As(c.by).Person(ctx, id)
		if err != nil {
			return err
		}
		*a = access.Actor{Person: int64(id), Name: p.Name, Lang: "vi", Home: at, Grants: access.GrantsOf(kind, at), Tree: c.book.Tree(), Today: c.today()}
		return nil
	}
	if err := as(&c.chief, c.council[0], access.Secretary, c.id); err != nil {
		return err
	}
	for _, f := range c.fronts {
		if err := as(&f.clerk, person.ID(f.clerk.Person), access.Secretary, f.id); err != nil {
			return err
		}
	}
	return nil
}

// as does one step of the cluster on behalf of one of its officers.
func (c *cluster) as(ctx context.Context, by access.Actor, why string, do func(ctx context.Context, tx *store.Tx) error) error {
	return c.book.Write(ctx, store.Writing{By: by, Why: why}, do)
}

func (c *cluster) front(code string) *front {
	for _, f := range c.fronts {
		if f.code == code {
			return f
		}
	}
	return nil
}

// draw begins a contest of the cluster and enlists its units in the order of the
// rotation, from the day each takes part.
func (c *cluster) draw(ctx context.Context, tx *store.Tx, k contest.Contest, units []contest.Unit) (contest.Contest, error) {
	presets, err := contest.Presets()
	if err != nil {
		return k, err
	}
	for _, p := range presets {
		if p.Code == "cross-check" {
			k.Stages = p.Stages
		}
	}
	k.Cluster, k.Period, k.Scale, k.Classes, k.Ranking, k.Awards, k.Sums = c.id, calendar.Year(k.Year), clusterScale(), clusterClasses(), contest.Ranking{By: contest.ByPoints, Ties: []string{contest.KeyBase}}, clusterAwards(), clusterSums()
	k.Launch = contest.Launch{Level: contest.OfMinistry, Scope: contest.OfCluster, Manner: contest.Regular} // the Central Front launches it
	k.Titles = map[string]string{
		"vi": fmt.Sprintf("Thi đua Cụm MTTQ 7 tỉnh miền núi, biên giới phía Bắc năm %d", k.Year),
		"en": fmt.Sprintf("Emulation of the northern border cluster, %d", k.Year),
		"fr": fmt.Sprintf("Émulation du groupe des frontières du Nord, %d", k.Year),
	}
	if k, err = contest.Draw(ctx, tx, c.chief, k); err != nil {
		return k, err
	}
	for i, u := range units {
		u.Contest, u.Order = k.ID, i+1
		if u.Since == 0 {
			u.Since = k.Period.From
		}
		if u.Until == 0 {
			u.Until = k.Period.To
		}
		if err := contest.Enlist(ctx, tx, c.chief, u); err != nil {
			return k, err
		}
	}
	return k, nil
}

// members are the fronts as units of a year: who leads, who is deputy.
func (c *cluster) members(lead, deputy string) []contest.Unit {
	units := make([]contest.Unit, len(c.fronts))
	for i, f := range c.fronts {
		units[i] = contest.Unit{Body: f.id, Role: contest.Member}
		switch f.code {
		case lead:
			units[i].Role = contest.Lead
		case deputy:
			units[i].Role = contest.Deputy
		}
	}
	return units
}

// stated are the two totals that were told of the year 2022.
func (c *cluster) stated(ctx context.Context, tx *store.Tx) error {
	for _, s := range []deed.Stated{
		{Measure: "Tổng giá trị kinh phí, nguồn lực vận động của các đơn vị trong cụm (đồng)", Quantity: 200_000_000_000, Source: quoted(clusterArticle, "the units mobilized funds and resources with a total value of over 200 billion VND to build new rural areas")},
		{Measure: "Nhà đại đoàn kết sửa chữa, làm mới cho hộ nghèo của các đơn vị trong cụm", Quantity: 3200, Source: quoted(clusterArticle, "support to repair and build more than 3,200 great solidarity houses for poor households")},
	} {
		s.Body, s.Day, s.Qualifier = c.id, calendar.InYear(2022), deed.Over
		if _, err := deed.State(ctx, tx, c.chief, s); err != nil {
			return err
		}
	}
	return nil
}
