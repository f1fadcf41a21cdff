package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/store"
)

// halves are what the Fronts did from 2024 on, half a year each: invented, and less
// told than 2022.
func (c *cluster) halves(ctx context.Context, year, half int, works []work) error {
	last := calendar.DayOf(year, time.Month(6*half+6), 1).AddMonths(1) - 1
	if year == until.Year() && half == 1 {
		last = until
	}
	c.at(last)
	if err := c.know(ctx); err != nil {
		return err
	}
	for _, w := range works {
		if err := c.quarter(ctx, w, last, half, 2); err != nil {
			return fmt.Errorf("%s in %d: %w", w.front, year, err)
		}
	}
	return nil
}

// grown are works made so many hundredths of those of another year.
func grown(of []work, hundredths int64) []work {
	all := make([]work, len(of))
	for i, w := range of {
		for _, a := range []*amount{&w.money, &w.goods, &w.built, &w.repaired} {
			a.n = a.n * hundredths / 100
		}
		all[i] = w
	}
	return all
}

// succeeded are works in which the two Fronts that became others bear their new
// codes; what their partners brought with them comes on top.
func succeeded(of []work) []work {
	all := make([]work, len(of))
	for i, w := range of {
		switch w.front {
		case "mttq-ha-giang":
			w.front = "mttq-tuyen-quang-2025"
		case "mttq-lao-cai":
			w.front = "mttq-lao-cai-2025"
		default:
			all[i] = w
			continue
		}
		w.money.n, w.built.n, w.repaired.n = w.money.n*17/10, w.built.n*16/10, w.repaired.n*16/10
		all[i] = w
	}
	return all
}

// year2025 is the year of the reform: who was a member until when. Its contest was
// not brought to an end in the book.
func (c *cluster) year2025(ctx context.Context) error {
	w24, w25 := grown(works2022(), 108), grown(works2022(), 113)
	for _, h := range []struct {
		year, half int
		works      []work
	}{{2024, 0, w24}, {2024, 1, w24}, {2025, 0, w25}, {2025, 1, succeeded(w25)}} {
		if err := c.halves(ctx, h.year, h.half, h.works); err != nil {
			return err
		}
	}
	for _, year := range []int{2024, 2025} {
		c.at(calendar.DayOf(year, time.December, 20))
		if err := c.know(ctx); err != nil {
			return err
		}
		err := c.as(ctx, c.chief, fmt.Sprintf("ghi đơn vị thành viên năm %d", year), func(ctx context.Context, tx *store.Tx) error {
			_, err := c.draw(ctx, tx, contest.Contest{Year: year, Basis: "Chỉ ghi đơn vị thành viên; kết quả của năm chưa vào sổ"}, c.membersIn(year))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// membersIn are the units of a year around the reform, each for the days on which
// it was a member.
func (c *cluster) membersIn(year int) []contest.Unit {
	eve := calendar.DayOf(2025, time.June, 30)
	var units []contest.Unit
	for _, f := range c.fronts {
		u := contest.Unit{Body: f.id, Role: contest.Member}
		switch f.code {
		case "mttq-ha-giang", "mttq-lao-cai":
			if year > 2025 {
				continue
			}
			if year == 2025 {
				u.Until, u.Note = eve, "Kết thúc khi hợp nhất ngày 1/7/2025"
			}
		case "mttq-tuyen-quang-2025", "mttq-lao-cai-2025":
			if year < 2025 {
				continue
			}
			if year == 2025 {
				u.Since = eve + 1
			}
			u.Note = "Minh họa: nối tiếp trong cụm; văn bản phân lại cụm của Trung ương chưa có trong sổ"
		}
		units = append(units, u)
	}
	return units
}

// year2026 is the contest that runs now: some have sent their self-score, some have
// begun, some not.
func (c *cluster) year2026(ctx context.Context) error {
	for half := range 2 {
		if err := c.halves(ctx, 2026, half, succeeded(grown(works2022(), 117))); err != nil {
			return err
		}
	}
	c.at(calendar.DayOf(2026, time.March, 10))
	var k contest.Contest
	err := c.as(ctx, c.chief, "lập cuộc thi đua năm 2026", func(ctx context.Context, tx *store.Tx) (err error) {
		units := c.membersIn(2026)
		for i := range units {
			switch units[i].Body {
			case c.front("mttq-cao-bang").id:
				units[i].Role = contest.Lead
			case c.front("mttq-son-la").id:
				units[i].Role = contest.Deputy
			}
		}
		if k, err = c.draw(ctx, tx, contest.Contest{Year: 2026, Basis: "Bảng điểm minh họa; so với năm 2023 đổi chỉ tiêu sửa chữa nhà và điểm đối thoại"}, units); err != nil {
			return err
		}
		if err := c.put(ctx, tx, contest.Criterion{Contest: k.ID, Deadline: calendar.DayOf(2026, time.November, 30)}, table2026()); err != nil {
			return err
		}
		return contest.Name(ctx, tx, c.chief, k.ID, "conference", c.council)
	})
	if err != nil {
		return err
	}
	if err := c.signed(ctx, k, calendar.DayOf(2026, time.March, 10), succeeded(grown(works2022(), 113))); err != nil {
		return err
	}
	c.at(calendar.DayOf(2026, time.October, 15))
	if err := c.opened(ctx, &k); err != nil {
		return err
	}
	return c.scoring2026(ctx, k)
}

// table2026 is the table of this year: a higher target for repairs, and dialogues
// counted one by one.
func table2026() []row {
	rows := clusterTable()
	for i := range rows {
		for j := range rows[i].in {
			switch r := &rows[i].in[j].Criterion; r.No {
			case "2.3":
				r.Target = "240"
			case "3.3":
				r.Method, r.Per, r.Value = contest.PerCount, points(0.5), "[dialogue.acts]"
			}
		}
	}
	return rows
}

// scoring2026 is how far the units are: four have sent their sheet, of which one is
// checked by its peer; one has begun; two have not.
func (c *cluster) scoring2026(ctx context.Context, k contest.Contest) error {
	judged := map[string][]float64{
		"mttq-lang-son": {4, 2, 3, 4, 4.75, 5, 3, 0, 0}, "mttq-cao-bang": {4, 2, 3, 4, 5, 5, 3, 4, 0}, "mttq-son-la": {3.75, 2, 3, 3.75, 5, 4.75, 3, 0, 0},
		"mttq-dien-bien": {3.75, 2, 3, 4, 5, 4.75, 1.5, 2, 0}, "mttq-lai-chau": {3.5, 2},
	}
	c.at(until)
	for _, f := range c.fronts {
		given := judged[f.code]
		if given == nil {
			continue
		}
		if err := c.selfScore(ctx, k, f, given, nil); err != nil {
			return fmt.Errorf("%s scores itself: %w", f.code, err)
		}
		if len(given) < len(byPeople) {
			continue
		}
		if err := c.handOn(ctx, f.clerk, k, f, ""); err != nil {
			return fmt.Errorf("%s hands on: %w", f.code, err)
		}
	}
	return c.review(ctx, c.front("mttq-cao-bang").clerk, k, c.front("mttq-lang-son"), []verdict{
		{"mttq-lang-son", "1.2", 3.5, "Thiếu số liệu tuyên truyền của 3 xã biên giới."},
	})
}
