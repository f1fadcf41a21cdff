package sample

import (
	"context"
	"fmt"

	"kith.app/internal/contest"
	"kith.app/internal/money"
	"kith.app/internal/store"
)

// conferencePlan is what was prepared for the conference of 2022: the order of the
// afternoon is the article's; hours, seats, models, gifts and costs are invented.
func (c *cluster) conferencePlan(ctx context.Context, tx *store.Tx, k contest.Contest) error {
	host, next := c.front("mttq-lang-son").id, c.front("mttq-dien-bien").id
	vnd := func(n int64) money.Amount { return money.Of(n, money.VND) }
	items := []contest.Item{
		{Kind: contest.AStep, Hour: "08:00", Text: "Thăm Công ty TNHH MTV Xe điện Việt – Nhật", Place: "thành phố Lạng Sơn"},
		{Kind: contest.AStep, Hour: "09:30", Text: "Thăm Công ty TNHH Bảo Long", Place: "huyện Cao Lộc"},
		{Kind: contest.AStep, Hour: "14:00", Text: "Khai mạc, giới thiệu đại biểu", Unit: host, Place: "thành phố Lạng Sơn"},
		{Kind: contest.AStep, Hour: "14:15", Text: "Báo cáo tổng kết hoạt động Cụm thi đua năm 2022", Unit: host},
		{Kind: contest.AStep, Hour: "14:35", Text: "Tọa đàm Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”"},
		{Kind: contest.AStep, Hour: "15:30", Text: "Phát biểu của lãnh đạo tỉnh Lạng Sơn"},
		{Kind: contest.AStep, Hour: "15:45", Text: "Phát biểu của Ủy ban Trung ương MTTQ Việt Nam"},
		{Kind: contest.AStep, Hour: "16:00", Text: "Công bố kết quả thi đua; phát động, ký giao ước thi đua năm 2023"},
		{Kind: contest.AStep, Hour: "16:20", Text: "Trao cờ luân lưu Cụm trưởng năm 2023", Unit: next},
		{Kind: contest.ASpeech, Unit: host, Text: "Báo cáo tổng kết của Cụm trưởng"},
		{Kind: contest.ASpeech, Unit: c.front("mttq-cao-bang").id, Text: "Kinh nghiệm vận động nguồn lực làm nhà đại đoàn kết"},
		{Kind: contest.ASpeech, Unit: c.front("mttq-lao-cai").id, Text: "Đối ngoại Nhân dân ở khu vực biên giới"},
		{Kind: contest.ASpeech, Who: "Lãnh đạo tỉnh Lạng Sơn", Text: "Phát biểu chào mừng"},
		{Kind: contest.ASpeech, Who: "Lãnh đạo Ủy ban Trung ương MTTQ Việt Nam", Text: "Phát biểu chỉ đạo"},
		{Kind: contest.ASeat, Place: "Bàn chủ tọa", Unit: host, Who: "Chủ tịch"},
		{Kind: contest.ASeat, Place: "Hàng A, ghế 1", Who: "Lãnh đạo Ủy ban Trung ương MTTQ Việt Nam"},
		{Kind: contest.ASeat, Place: "Hàng A, ghế 2", Who: "Lãnh đạo tỉnh Lạng Sơn"},
	}
	for i, f := range c.fronts {
		if f.id != host {
			items = append(items, contest.Item{Kind: contest.ASeat, Place: fmt.Sprintf("Hàng B, ghế %d", i), Unit: f.id, Who: "Trưởng đoàn"})
		}
	}
	items = append(items,
		contest.Item{Kind: contest.AModel, Unit: host, Text: "Tổ tự quản đường biên, cột mốc"},
		contest.Item{Kind: contest.AModel, Unit: c.front("mttq-cao-bang").id, Text: "Nhà đại đoàn kết do dòng họ, bản làng góp ngày công"},
		contest.Item{Kind: contest.AModel, Unit: c.front("mttq-son-la").id, Text: "Phiên chợ hàng Việt ở xã biên giới"},
		contest.Item{Kind: contest.AGift, Text: "Tranh lưu niệm xứ Lạng", Who: "Trưởng các đoàn", Amount: vnd(3_000_000)},
		contest.Item{Kind: contest.AGift, Text: "Cờ luân lưu Cụm trưởng", Unit: next},
		contest.Item{Kind: contest.ACost, Text: "Hội trường, trang trí, âm thanh", Unit: host, Amount: vnd(12_000_000)},
		contest.Item{Kind: contest.ACost, Text: "Tài liệu, thẻ tên", Unit: host, Amount: vnd(4_500_000)},
		contest.Item{Kind: contest.ACost, Text: "Quà lưu niệm", Unit: host, Amount: vnd(3_000_000)},
		contest.Item{Kind: contest.ACost, Text: "Giải khát, bữa cơm thân mật", Unit: host, Amount: vnd(18_000_000)},
	)
	for _, i := range items {
		i.Contest = k.ID
		if i.Kind != contest.AStep || i.Hour < "14" {
			i.Note = "minh họa"
		}
		if _, err := contest.PutItem(ctx, tx, c.chief, i, 0); err != nil {
			return fmt.Errorf("%s %q: %w", i.Kind, i.Text, err)
		}
	}
	return nil
}
