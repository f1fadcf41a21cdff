// Package specimen holds pictures of invented and public facts, as they will be
// drawn in use, for tests and for whoever wants to look at them.
package specimen

import (
	"math"
	"strconv"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/place"
	"kith.app/internal/world"
)

// All gives every picture by its name.
func All() map[string]chart.Picture {
	return map[string]chart.Picture{
		"world": Union(), "district": Districts(), "neighbours": Neighbours(), "crowd": Crowd(), "timeline": Ties(), "split": Split(), "merge": Merge(),
		"line": Line(), "plan": Plan(), "rank": Rank(), "months": Targets(),
	}
}

var statuses = []chart.Key{{Tone: chart.Good, Name: "Đang hoạt động"}, {Tone: chart.Warn, Name: "Ít liên lạc (trên 24 tháng)"}, {Tone: chart.Bad, Name: "Đã hết hạn"}, {Tone: chart.Ended, Name: "Đã kết thúc"}}

var islandNames = [2]string{"QĐ. Hoàng Sa", "QĐ. Trường Sa"}

func placed(name, query string, tone chart.Tone, size float64) chart.MapPlace {
	p := chart.MapPlace{Name: name, Tone: tone, Size: size}
	if found := world.Find(query); len(found) > 0 {
		p.At = found[0].At
	}
	return p
}

// Union is a union with localities over the whole world.
func Union() chart.Picture {
	m := chart.Map{
		Title: "Các địa phương nước ngoài kết nghĩa với Bình Dương", Told: "14 địa phương ở 9 nước; 9 đang hoạt động.",
		Keys: statuses, On: place.Reform, Islands: islandNames,
		Places: []chart.MapPlace{
			placed("Bình Dương", "Thủ Dầu Một (VN)", chart.Home, 1), placed("Daejeon", "Daejeon (KR)", chart.Good, 1),
			placed("Yamaguchi", "Yamaguchi (JP)", chart.Good, 0.6), placed("Heidelberg", "Heidelberg (DE)", chart.Good, 0.3),
			placed("Eindhoven", "Eindhoven (NL)", chart.Good, 0.6), placed("Emmen", "Emmen (NL)", chart.Warn, 0.2),
			placed("Đông Flanders", "East Flanders (BE)", chart.Warn, 0.2), placed("Champasak", "Champasak (LA)", chart.Good, 1),
			placed("Kratie", "Kratie (KH)", chart.Good, 0.4), placed("Quảng Châu", "Guangzhou (CN)", chart.Bad, 0.2),
			placed("Emilia-Romagna", "Emilia-Romagna (IT)", chart.Ended, 0), placed("Ô-ri-ôn", "Oryol (RU)", chart.Ended, 0),
			placed("Los Angeles", "Los Angeles (US)", chart.Plain, 0.2),
		},
	}
	m.Table.Head = []string{"Số", "Địa phương", "Tình trạng"}
	for i, p := range m.Places {
		said := ""
		for _, k := range statuses {
			if k.Tone == p.Tone {
				said = k.Name
			}
		}
		m.Table.Rows = append(m.Table.Rows, []chart.Cell{{Text: strconv.Itoa(i + 1), Figure: true}, {Text: p.Name, Ref: "/gallery"}, {Text: said}})
	}
	for i := 1; i < len(m.Places); i++ {
		m.Links = append(m.Links, chart.MapLink{From: 0, To: i})
	}
	return chart.DrawMap(m)
}

// Districts is two districts of Viet Nam.
func Districts() chart.Picture {
	return chart.DrawMap(chart.Map{
		Title: "Kết nghĩa Thọ Xuân – Quế Sơn", Told: "Hai huyện, một ở Thanh Hóa, một ở Quảng Nam.", On: place.Reform - 1,
		Keys: statuses[:1], Islands: islandNames,
		Places: []chart.MapPlace{placed("Thọ Xuân", "Thọ Xuân (VN)", chart.Home, 1), {Name: "Quế Sơn", At: world.Spot{Lat: 15.69, Lon: 108.2}, Tone: chart.Good, Size: 1}},
		Links:  []chart.MapLink{{From: 0, To: 1}},
	})
}

// Crowd is a city with a hundred twins.
func Crowd() chart.Picture {
	m := chart.Map{Title: "Một thành phố có 98 địa phương kết nghĩa", Told: "Phần lớn ở châu Âu.", On: place.Reform, Keys: statuses, Islands: islandNames}
	m.Places = append(m.Places, placed("Hải Phòng", "Haiphong (VN)", chart.Home, 1))
	tones := []chart.Tone{chart.Good, chart.Good, chart.Warn, chart.Bad, chart.Ended}
	for _, country := range []string{"DE", "FR", "PL", "IT", "JP", "KR", "US"} {
		for i, p := range world.Suggest("b, "+country, 14) {
			m.Links = append(m.Links, chart.MapLink{From: 0, To: len(m.Places)})
			m.Places = append(m.Places, chart.MapPlace{Name: p.Name, At: p.At, Tone: tones[i%5], Size: float64(i%4) / 4})
		}
	}
	return chart.DrawMap(m)
}

func day(year int, m time.Month, d int) calendar.Day { return calendar.DayOf(year, m, d) }

// Ties is ties along the years.
func Ties() chart.Picture {
	return chart.DrawTimeline(chart.Timeline{
		Title: "Các mối kết nghĩa qua thời gian", Told: "Bốn mối, mối lâu nhất từ năm 1968.", Today: day(2026, 11, 26), TodaySaid: "hôm nay", Keys: statuses,
		Lanes: []chart.Lane{
			{
				Name: "Thọ Xuân – Quế Sơn: kết nghĩa giữa hai huyện trong những năm chiến tranh", Spans: []chart.Span{{During: calendar.Period{From: day(1968, 11, 20), To: day(2025, 6, 30)}, Tone: chart.Ended}},
				Dots: []chart.Dot{{On: calendar.OnDay(day(1968, 11, 20)), Tone: chart.Good}, {On: calendar.InYear(1985), Tone: chart.Plain}, {On: calendar.OnDay(day(2024, 8, 2)), Tone: chart.Good}},
			},
			{Name: "Daejeon", Spans: []chart.Span{{During: calendar.Since(day(2005, 5, 17)), Tone: chart.Good}}, Dots: []chart.Dot{{On: calendar.OnDay(day(2005, 5, 17)), Tone: chart.Good}, {On: calendar.InYear(2015), Tone: chart.Plain}}},
			{Name: "Yamaguchi", Spans: []chart.Span{{During: calendar.Since(day(2014, 12, 25)), Tone: chart.Warn}}, Dots: []chart.Dot{{On: calendar.OnDay(day(2024, 12, 18)), Tone: chart.Good}}},
			{Name: "Kratie (từ thời tỉnh Sông Bé)", Spans: []chart.Span{{During: calendar.Period{From: calendar.Earliest, To: day(2019, 5, 1)}, Tone: chart.Bad}}},
		},
	})
}

var lineageKeys = []chart.Key{{Tone: chart.Home, Name: "Đang xem"}, {Tone: chart.Good, Name: "Đang tồn tại"}, {Tone: chart.Ended, Name: "Đã kết thúc"}}

// Split is a district that became eight communes.
func Split() chart.Picture {
	l := chart.Lineage{
		Title: "Huyện Thọ Xuân", Told: "Chia thành 8 xã ngày 01/07/2025.", Keys: lineageKeys,
		Bodies: []chart.Body{{Name: "Huyện Thọ Xuân", When: "đến 30/06/2025", Tone: chart.Home}},
	}
	p := chart.Passage{Said: "01/07/2025 · kết thúc", From: []int{0}}
	for _, n := range []string{"Xã Thọ Xuân", "Xã Thọ Long", "Xã Xuân Hòa", "Xã Sao Vàng", "Xã Lam Sơn", "Xã Thọ Lập", "Xã Xuân Tín", "Xã Xuân Lập"} {
		p.To = append(p.To, len(l.Bodies))
		l.Bodies = append(l.Bodies, chart.Body{Name: n, When: "từ 01/07/2025", Tone: chart.Good})
	}
	l.Steps = []chart.Passage{p}
	return chart.DrawLineage(l)
}

// Merge is fifteen communes that became one.
func Merge() chart.Picture {
	l := chart.Lineage{Title: "Mười lăm xã thành một", Told: "Nhập năm 2025.", Keys: lineageKeys}
	p := chart.Passage{Said: "2025 · nhập"}
	for i := range 15 {
		p.From = append(p.From, i)
		l.Bodies = append(l.Bodies, chart.Body{Name: "Xã Hòa Bình Đông " + strconv.Itoa(i+1), When: "đến 2025", Tone: chart.Ended})
	}
	p.To = []int{15}
	l.Bodies = append(l.Bodies, chart.Body{Name: "Xã Nông Cống", When: "từ 01/07/2025", Tone: chart.Home})
	l.Steps = []chart.Passage{p}
	return chart.DrawLineage(l)
}

// Line is a province through fifty years.
func Line() chart.Picture {
	return chart.DrawLineage(chart.Lineage{
		Title: "Tỉnh Bình Dương", Told: "Tách từ Sông Bé, nhập vào Thành phố Hồ Chí Minh.", Keys: lineageKeys,
		Bodies: []chart.Body{
			{Name: "Tỉnh Thủ Dầu Một", When: "", Tone: chart.Ended},
			{Name: "Tỉnh Sông Bé", When: "1976 – 1996", Tone: chart.Ended},
			{Name: "Tỉnh Bình Phước", When: "1997 – 30/06/2025", Tone: chart.Ended},
			{Name: "Tỉnh Bình Dương", When: "1997 – 30/06/2025", Tone: chart.Home},
			{Name: "Tỉnh Bà Rịa - Vũng Tàu", When: "đến 30/06/2025", Tone: chart.Ended},
			{Name: "Thành phố Hồ Chí Minh (trước 2025)", When: "đến 30/06/2025", Tone: chart.Ended},
			{Name: "Tỉnh Đồng Nai", When: "từ 01/07/2025", Tone: chart.Good},
			{Name: "Thành phố Hồ Chí Minh", When: "từ 01/07/2025", Tone: chart.Good},
		},
		Steps: []chart.Passage{
			{Said: "1976 · nhập", From: []int{0}, To: []int{1}},
			{Said: "01/01/1997 · chia", From: []int{1}, To: []int{2, 3}},
			{Said: "01/07/2025 · nhập", From: []int{2}, To: []int{6}},
			{Said: "01/07/2025 · nhập", From: []int{3, 4, 5}, To: []int{7}},
		},
	})
}

// Plan is results against a plan.
func Plan() chart.Picture {
	unknown := math.NaN()
	return chart.DrawBars(chart.Bars{
		Title: "Chỉ tiêu năm 2024", Told: "8/36 đạt.", Guides: []chart.Guide{{At: 50, Name: "50 %"}, {At: 100, Name: "kế hoạch"}},
		Keys: []chart.Key{{Tone: chart.Good, Name: "Đạt"}, {Tone: chart.Warn, Name: "Trên một nửa"}, {Tone: chart.Bad, Name: "Từ một nửa trở xuống"}},
		Rows: []chart.BarRow{
			{Name: "Số xã đạt chuẩn nông thôn mới nâng cao", Value: 82, Plan: unknown, Said: "9/11 xã", Tone: chart.Warn},
			{Name: "Thu ngân sách nhà nước trên địa bàn", Value: 118, Plan: unknown, Said: "118 %", Tone: chart.Good},
			{Name: "Tỷ lệ hộ nghèo giảm", Value: 31, Plan: unknown, Said: "0,31 / 1,0 điểm %", Tone: chart.Bad},
			{Name: "Giải quyết việc làm mới cho lao động nông thôn và người hoàn thành nghĩa vụ quân sự", Value: unknown, Plan: unknown, Said: "chưa có số liệu"},
		},
	})
}

// Rank is units in the order of their rank.
func Rank() chart.Picture {
	unknown := math.NaN()
	rows := []chart.BarRow{}
	for i, n := range []string{"Lạng Sơn", "Điện Biên", "Cao Bằng", "Hà Giang", "Lào Cai", "Lai Châu", "Quảng Ninh"} {
		rows = append(rows, chart.BarRow{Rank: strconv.Itoa(i + 1), Name: n, Value: 98.5 - float64(i*i), Plan: unknown, Said: strconv.Itoa(98-i*i) + ",5 điểm", Strong: i == 1, Tone: map[bool]chart.Tone{true: chart.Home}[i == 1]})
	}
	return chart.DrawBars(chart.Bars{Title: "Xếp hạng cụm năm 2022", Told: "Lạng Sơn dẫn đầu.", Rows: rows})
}

// Targets is targets month by month.
func Targets() chart.Picture {
	m := chart.Months{Title: "Chỉ tiêu theo tháng", Told: "Bốn chỉ tiêu.", Now: "Năm 2026", Before: "Năm 2025", BreakSaid: "Đổi chuẩn: hai bên không so được với nhau"}
	for i := range m.Names {
		m.Names[i] = strconv.Itoa(i + 1)
	}
	for i, n := range []string{"Lượt thăm ốm", "Suất quà Tết cho gia đình chính sách", "Xã đạt chuẩn nông thôn mới", "Học sinh nhận học bổng"} {
		p := chart.Panel{Name: n, Said: "đến tháng 10: " + strconv.Itoa(120+i*37)}
		for k := range 12 {
			p.Now[k], p.Before[k] = float64((k*7+i*5)%13), float64((k*5+i*3)%11)
			if k > 9 {
				p.Now[k] = math.NaN()
			}
		}
		if i == 2 {
			p.Break = 4
		}
		m.Panels = append(m.Panels, p)
	}
	return chart.DrawMonths(m)
}

// Neighbours is two countries around one sea.
func Neighbours() chart.Picture {
	return chart.DrawMap(chart.Map{
		Title: "Huế và Manila", Told: "Hai thành phố bên Biển Đông.", Islands: islandNames, On: place.Reform,
		Places: []chart.MapPlace{placed("Huế", "Huế (VN)", chart.Home, 1), placed("Manila", "Manila (PH)", chart.Good, 1)},
		Links:  []chart.MapLink{{From: 0, To: 1}},
	})
}
