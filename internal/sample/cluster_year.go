package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/appraisal"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/store"
)

// currencyOf is đồng where a unit needs a currency.
func currencyOf(u deed.Unit) money.Currency {
	if u.HasCurrency() {
		return money.VND
	}
	return ""
}

// judged are the points that people give where the journal says nothing: in the
// order of byPeople.
var byPeople = []string{"1.2", "a", "b", "4.2", "5.1", "5.2", "6", "7", "8"}

var judged2022 = map[string][]float64{
	"mttq-lang-son":  {4, 2, 3, 4, 5, 5, 4.5, 4, 0},
	"mttq-cao-bang":  {3.75, 2, 3, 4, 4.75, 5, 3, 2, 0},
	"mttq-son-la":    {4, 2, 2.75, 3.5, 5, 4.5, 3, 0, 0.5},
	"mttq-lai-chau":  {3.5, 2, 2.5, 4, 4.5, 4.5, 1.5, 0, 0.5},
	"mttq-lao-cai":   {4, 2, 3, 3.75, 4.75, 4.75, 3, 2, 0},
	"mttq-ha-giang":  {3.5, 2, 2.5, 4, 4.5, 4, 1.5, 0, 1},
	"mttq-dien-bien": {3.75, 2, 3, 4, 5, 4.75, 3, 0, 0},
}

// verdict is a score that somebody changed, and why.
type verdict struct {
	front, no string
	points    float64
	reason    string
}

// claimed are what units claim beyond what their journal shows.
var claimed2022 = []verdict{
	{"mttq-dien-bien", "2.4", 8, "Có thêm một phiên chợ hàng Việt cuối tháng 11, chưa kịp vào sổ."},
	{"mttq-lai-chau", "4.1", 6, "Một cuộc giao lưu trực tuyến không tính vào sổ."},
}

// checked are what the peers, then the lead, changed.
var (
	peers2022 = []verdict{
		{"mttq-lang-son", "6", 3, "Mô hình thứ ba chưa có văn bản giới thiệu của Trung ương."},
		{"mttq-cao-bang", "1.2", 3.25, "Thiếu kế hoạch phối hợp tuyên truyền quý III."},
		{"mttq-son-la", "5.1", 4.5, "Còn 02 xã chưa kiện toàn chức danh Phó Chủ tịch."},
		{"mttq-dien-bien", "2.4", 7.5, "Phiên chợ cuối tháng 11 chưa có minh chứng."},
		{"mttq-ha-giang", "5.2", 3.5, "Báo cáo 6 tháng gửi chậm 12 ngày."},
	}
	lead2022 = []verdict{
		{"mttq-cao-bang", "4.2", 3, "Chưa có biên bản phối hợp tuần tra với lực lượng biên phòng."},
		{"mttq-dien-bien", "2.4", 8, "Đã bổ sung ảnh và kế hoạch phiên chợ."},
		{"mttq-lai-chau", "4.1", 5, "Giao lưu trực tuyến không tính theo hướng dẫn chấm."},
	}
	explained2022 = map[string]string{
		"mttq-dien-bien": "Đơn vị gửi bổ sung kế hoạch, ảnh phiên chợ ngày 26/11.",
		"mttq-cao-bang":  "Kế hoạch quý III lồng trong kế hoạch 6 tháng cuối năm; đơn vị nhận thiếu sót.",
	}
)

// year2022 is the whole way of the year's contest up to the conference.
func (c *cluster) year2022(ctx context.Context) error {
	k, err := c.drawn2022(ctx)
	if err != nil {
		return err
	}
	c.at(calendar.DayOf(2022, time.November, 14))
	for _, f := range c.fronts {
		if err := c.selfScore(ctx, k, f, judged2022[f.code], claimed2022); err != nil {
			return fmt.Errorf("%s scores itself: %w", f.code, err)
		}
		if err := c.handOn(ctx, f.clerk, k, f, ""); err != nil {
			return fmt.Errorf("%s hands on: %w", f.code, err)
		}
	}
	c.at(calendar.DayOf(2022, time.November, 22))
	for i, f := range c.fronts {
		if err := c.review(ctx, c.fronts[(i+1)%len(c.fronts)].clerk, k, f, peers2022); err != nil {
			return fmt.Errorf("peers on %s: %w", f.code, err)
		}
	}
	c.at(calendar.DayOf(2022, time.November, 25))
	for _, f := range c.fronts {
		note := explained2022[f.code]
		if note == "" {
			note = "Đơn vị nhất trí với kết quả chấm chéo."
		}
		if err := c.handOn(ctx, f.clerk, k, f, note); err != nil {
			return fmt.Errorf("%s explains: %w", f.code, err)
		}
	}
	c.at(calendar.DayOf(2022, time.November, 29))
	for _, f := range c.fronts {
		by := c.front("mttq-lang-son").clerk
		if f.code == "mttq-lang-son" {
			by = c.front("mttq-dien-bien").clerk // the deputy looks at the lead's own sheet
		}
		if err := c.review(ctx, by, k, f, lead2022); err != nil {
			return fmt.Errorf("lead on %s: %w", f.code, err)
		}
	}
	return nil
}

// drawn2022 draws up the contest of 2022, has its contract signed and opens it.
func (c *cluster) drawn2022(ctx context.Context) (contest.Contest, error) {
	c.at(calendar.DayOf(2022, time.January, 20))
	var k contest.Contest
	err := c.as(ctx, c.chief, "lập cuộc thi đua năm 2022", func(ctx context.Context, tx *store.Tx) (err error) {
		k = contest.Contest{Year: 2022, Basis: "Bảng điểm minh họa, theo khuôn Hướng dẫn số 82/HD-MTTW-BTT ngày 18/5/2017 (90 điểm, thưởng đến 10 điểm)"}
		if k, err = c.draw(ctx, tx, k, c.members("mttq-lang-son", "mttq-dien-bien")); err != nil {
			return err
		}
		if err := c.put(ctx, tx, contest.Criterion{Contest: k.ID, Deadline: calendar.DayOf(2022, time.November, 15)}, clusterTable()); err != nil {
			return err
		}
		return contest.Name(ctx, tx, c.chief, k.ID, "conference", c.council)
	})
	if err != nil {
		return k, err
	}
	if err := c.signed(ctx, k, calendar.DayOf(2022, time.January, 20), works2021()); err != nil {
		return k, err
	}
	c.at(calendar.DayOf(2022, time.October, 20))
	return k, c.opened(ctx, &k)
}

func (c *cluster) opened(ctx context.Context, k *contest.Contest) error {
	return c.as(ctx, c.chief, "mở chấm điểm", func(ctx context.Context, tx *store.Tx) (err error) {
		*k, err = contest.Open(ctx, tx, c.chief, k.ID)
		return err
	})
}

// signed has every unit sign the contract of a year, with what it means to do: a
// tenth more than the year before.
func (c *cluster) signed(ctx context.Context, k contest.Contest, day calendar.Day, before []work) error {
	for _, w := range before {
		f := c.front(w.front)
		houses := (w.built.n + w.repaired.n) * 11 / 10
		contract := contest.Contract{
			Contest: k.ID, Unit: f.id, Signed: day, Signer: "Đại diện Ban Thường trực", Office: "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh " + f.vi,
			Titles: []string{excellentUnit},
			Targets: []contest.Pledge{
				{Text: "Vận động nguồn lực bằng tiền", Measure: "resource-drive.money:VND", Target: fmt.Sprint(w.money.n * 11 / 10), Currency: string(money.VND)},
				{Text: fmt.Sprintf("Làm mới, sửa chữa %d nhà đại đoàn kết", houses)},
				{Text: "Cuộc giám sát theo kế hoạch", Measure: "supervision.acts", Target: fmt.Sprint(w.supervision + 1), Unit: "cuộc"},
			},
		}
		err := c.as(ctx, f.clerk, "ký giao ước thi đua", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Sign(ctx, tx, f.clerk, contract, 0)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s signs: %w", f.code, err)
		}
	}
	return nil
}

// selfScore enters a unit's own scores: what its journal proposes, what people
// judge, and what it claims beyond.
func (c *cluster) selfScore(ctx context.Context, k contest.Contest, f *front, judged []float64, claims []verdict) error {
	file, err := c.book.As(f.clerk).Contest(ctx, k.ID)
	if err != nil {
		return err
	}
	proposed, failed, err := appraisal.Proposals(ctx, c.book.As(f.clerk), appraisal.Sheet{Contest: k, Table: file.Table, Unit: f.id})
	if err != nil {
		return err
	}
	for _, err := range failed {
		return err
	}
	said := map[string]contest.Points{}
	for i, no := range byPeople {
		if i < len(judged) {
			said[no] = points(judged[i])
		}
	}
	return c.as(ctx, f.clerk, "tự chấm điểm", func(ctx context.Context, tx *store.Tx) error {
		for _, r := range file.Table.Leaves(f.id) {
			s := contest.Score{Contest: k.ID, Unit: f.id, Criterion: r.ID}
			var offered *contest.Points
			if p, ok := proposed[r.ID]; ok {
				s.Points, s.Deeds, offered = p.Points, p.Deeds, &p.Points
			} else if s.Points, ok = said[r.No]; !ok {
				continue
			}
			for _, v := range claims {
				if v.front == f.code && v.no == r.No {
					s.Points, s.Reason = points(v.points), v.reason
				}
			}
			if _, err := contest.Enter(ctx, tx, f.clerk, s, offered, 0); err != nil {
				return fmt.Errorf("%s: %w", r.No, err)
			}
		}
		return nil
	})
}

// review gives a unit's sheet the scores that somebody would have otherwise, takes
// over the rest and hands it on.
func (c *cluster) review(ctx context.Context, by access.Actor, k contest.Contest, f *front, verdicts []verdict) error {
	err := c.as(ctx, by, "chấm lại điểm", func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Criteria(ctx, k.ID)
		if err != nil {
			return err
		}
		for _, v := range verdicts {
			if v.front != f.code {
				continue
			}
			for _, r := range all {
				if r.No != v.no {
					continue
				}
				if _, err := contest.Enter(ctx, tx, by, contest.Score{Contest: k.ID, Unit: f.id, Criterion: r.ID, Points: points(v.points), Reason: v.reason}, nil, 0); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.handOn(ctx, by, k, f, "")
}

func (c *cluster) handOn(ctx context.Context, by access.Actor, k contest.Contest, f *front, note string) error {
	return c.as(ctx, by, "chuyển phiếu điểm", func(ctx context.Context, tx *store.Tx) error {
		s, err := tx.Sheet(ctx, k.ID, f.id)
		if err != nil {
			return err
		}
		_, err = contest.HandOn(ctx, tx, by, contest.Which{Contest: k.ID, Unit: f.id, Based: s.Revision}, note)
		return err
	})
}
