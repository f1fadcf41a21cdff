package sample

import (
	"context"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/office"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// coming is what lies ahead when the living years end: deeds planned, tasks
// given, a paper that waits for its answer.
func (b *builder) coming(ctx context.Context) error {
	return b.write(ctx, "dự định hai tháng tới", func(ctx context.Context, tx *store.Tx) error {
		for _, job := range []func(context.Context, *store.Tx) error{b.planned, b.tasks, b.letters, b.branchReports} {
			if err := job(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// planned are the deeds of the weeks ahead.
func (b *builder) planned(ctx context.Context, tx *store.Tx) error {
	sick := b.anyone()
	for _, d := range []deed.Deed{
		{Kind: "sick-visit", Body: b.branches[sick.branch].id, Day: calendar.On(2026, time.November, 27), Title: "Thăm ốm " + sick.Name, Parties: []deed.Party{{Role: deed.Receiver, Person: sick.ID}}},
		{Kind: "meeting-board", Body: b.root, Day: calendar.On(2026, time.December, 13), Title: "Họp ban chấp hành cuối năm 2026", PlaceNote: "Nhà văn hóa phường Mường Thanh"},
		{Kind: "gift", Body: b.root, Day: calendar.On(2026, time.December, 22), Title: "Tặng quà hội viên là cựu chiến binh"},
		{Kind: "meeting-spring", Body: b.root, Day: calendar.On(2027, time.February, 9), Title: "Gặp mặt đầu xuân 2027", PlaceNote: "Hội trường phường Mường Thanh"},
	} {
		d.Status, d.Source = deed.Planned, form
		if _, err := deed.Post(ctx, tx, b.by, d); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) tasks(ctx context.Context, tx *store.Tx) error {
	for _, t := range []office.Task{
		{Text: "Thu xong hội phí năm 2026 của các hội viên còn nợ", Person: b.posts["thuquy"], Due: calendar.DayOf(2026, time.December, 20)},
		{Text: "Nộp danh sách các cụ mừng thọ năm 2027", Name: "Các chi hội", Due: calendar.DayOf(2026, time.December, 31)},
		{Text: "Bổ sung chứng từ các phiếu chi còn thiếu", Person: b.posts["thuquy"], Due: calendar.DayOf(2026, time.November, 15)},
	} {
		t.Body = b.root
		if _, err := office.Resolve(ctx, tx, b.by, t); err != nil {
			return err
		}
	}
	return nil
}

// branchReports notes which branches have sent their report on 2025: all but the
// two that are asked each year.
func (b *builder) branchReports(ctx context.Context, tx *store.Tx) error {
	for i, br := range b.branches[:len(b.branches)-2] {
		of, err := tx.Body(ctx, br.id)
		if err != nil {
			return err
		}
		ask, err := report.AskFor(of, report.Annual, "2025", b.today())
		if err != nil {
			return err
		}
		if _, err := report.Arrived(ctx, tx, b.by, ask, calendar.DayOf(2026, time.January, 3+i), "nộp bản giấy"); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) letters(ctx context.Context, tx *store.Tx) error {
	_, err := office.Enter(ctx, tx, b.by, office.Draft{Paper: office.Paper{
		Body: b.root, Way: office.In, Kind: office.Letter, Day: b.today(), From: "Ủy ban MTTQ Việt Nam thành phố Hải Phòng", Theirs: "412/MTTQ-BTT",
		Dated: calendar.On(2026, time.October, 26), Subject: "Về việc phối hợp gặp mặt đồng hương đầu xuân 2027",
		Deadline: calendar.DayOf(2026, time.December, 5), Handler: b.posts["thuky"],
	}})
	return err
}
