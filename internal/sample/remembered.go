package sample

import (
	"context"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// remembered are, drawn up to show the registers, who of one district lies or lives
// in the other, what the association of Hải Phòng holds of the war years, and the
// articles that the books are built on with what of them is not in the books.
func (b *builder) remembered(ctx context.Context) error {
	return b.write(ctx, "vào sổ liệt sĩ, tư liệu, bài báo", func(ctx context.Context, tx *store.Tx) error {
		if err := b.memorials(ctx, tx); err != nil {
			return err
		}
		a, err := tx.BodyByCode(ctx, CambodiaCode)
		if err != nil {
			return err
		}
		for _, k := range []union.Keepsake{
			{Title: "Ảnh đơn vị quân tình nguyện hành quân (minh họa)", Kind: "photograph", Of: calendar.InYear(1979), Owner: "Gia đình hội viên", Where: "Tủ tư liệu Văn phòng hội", Use: union.UseAsk},
			{Title: "Bài nói tại buổi gặp mặt cựu chuyên gia (minh họa)", Kind: "speech", Of: calendar.InYear(2020), Maker: "Chủ tịch hội", Owner: "Hội", Where: "Tập bài nói năm 2020", Use: union.UseOurs},
			{Title: "Ảnh lưu niệm với bạn Campuchia (minh họa)", Kind: "photograph", Of: calendar.InYear(1984), Owner: "Bảo tàng thành phố", Where: "Bản in tại Văn phòng hội", Use: union.UsePermitted, Permit: "Công văn 12/BT, dùng trong triển lãm"},
			{Title: "Băng ghi âm hồi ký (minh họa)", Kind: "recording", Of: calendar.InYear(1982), Where: "Tủ tư liệu Văn phòng hội"},
		} {
			k.Body = a.ID
			if _, err := union.Enter(ctx, tx, b.by, k, 0); err != nil {
				return err
			}
		}
		return b.articles(ctx, tx)
	})
}

// memorials are who of one district lies or lives in the other, and one visit.
func (b *builder) memorials(ctx context.Context, tx *store.Tx) error {
	handles := map[string]body.ID{}
	for _, h := range []string{"tinh-thanh-hoa", "huyen-tho-xuan-thanh-hoa", "huyen-que-son-quang-nam"} {
		held, err := b.held(ctx, tx, h)
		if err != nil {
			return err
		}
		handles[h] = held.ID
	}
	thanh, xuan, son := handles["tinh-thanh-hoa"], handles["huyen-tho-xuan-thanh-hoa"], handles["huyen-que-son-quang-nam"]
	for _, m := range []union.Memorial{
		{Name: "Lê Văn Thọ (minh họa)", As: union.Martyr, Other: xuan, Where: "Nghĩa trang liệt sĩ huyện Quế Sơn", Grave: "hàng 4, mộ 12", Day: calendar.InYear(1972), Kin: "em trai, xã Xuân Lập"},
		{Name: "Trịnh Đình Lam (minh họa)", As: union.Martyr, Other: xuan, Where: "Nghĩa trang liệt sĩ huyện Quế Sơn", Grave: "hàng 7, mộ 3", Day: calendar.InYear(1969)},
		{Name: "Nguyễn Hữu Sơn (minh họa)", As: union.Veteran, Other: son, Where: "xã Thọ Long", Day: calendar.InYear(1976)},
	} {
		m.Body = thanh
		if _, err := union.Enter(ctx, tx, b.by, m, 0); err != nil {
			return err
		}
	}
	under, err := tx.TieByCode(ctx, TwinsCode)
	if err != nil {
		return err
	}
	_, err = deed.Post(ctx, tx, b.by, deed.Deed{
		Body: thanh, Kind: "courtesy-visit", Title: "Dâng hương Nghĩa trang liệt sĩ huyện Quế Sơn (minh họa)", Day: calendar.On(2026, time.July, 24), Status: deed.Done, Ties: []tie.ID{under.ID}, Source: form,
		Parties: []deed.Party{{Role: deed.Giver, Body: thanh}}, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
	})
	return err
}

// articles are those on which the books of the union are built, with what they
// tell and the books do not have.
func (b *builder) articles(ctx context.Context, tx *store.Tx) error {
	u, err := tx.BodyByCode(ctx, UnionCode)
	if err != nil {
		return err
	}
	_, err = union.Enter(ctx, tx, b.by, union.Article{
		Body: u.ID, Title: unionArticle.Title, Paper: "Báo Bình Dương", Day: calendar.On(2025, time.April, 25), Author: "Huỳnh Thủy; Vi Bảo dịch",
		Missing: []union.Unwritten{
			{Text: "Tổng thống Cộng hòa Liên bang Đức thăm Trường Đại học Việt Đức: ngày, ai đón"},
			{Text: "Kỷ niệm 75 năm quan hệ Việt Nam – Liên bang Nga: bài ghi cả năm 2024 và kế hoạch 2025", Why: "hai năm trái nhau, đã ghi cả hai vào kế hoạch"},
		},
	}, 0)
	return err
}
