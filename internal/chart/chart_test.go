package chart

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/drawing"
	"kith.app/internal/place"
	"kith.app/internal/world"
)

var update = flag.Bool("update", false, "write the golden files anew")

// pictures are the pictures that are kept as files and looked at.
func pictures() map[string]Picture {
	return map[string]Picture{
		"world": unionMap(), "district": districtMap(), "crowd": crowdMap(), "timeline": tiesTimeline(),
		"split": splitLineage(), "merge": mergeLineage(), "line": longLineage(), "plan": planBars(), "rank": rankBars(), "months": targetMonths(),
	}
}

func TestPicturesAreAsLookedAt(t *testing.T) {
	for name, p := range pictures() {
		for size, d := range map[string]*drawing.Drawing{"wide": p.Wide, "narrow": p.Narrow} {
			path := filepath.Join("testdata", name+"-"+size+".svg")
			got := d.SVG("")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s is drawn differently; look at it and run with -update", path)
			}
		}
	}
}

var statuses = []Key{{Good, "Đang hoạt động"}, {Warn, "Ít liên lạc (trên 24 tháng)"}, {Bad, "Đã hết hạn"}, {Ended, "Đã kết thúc"}}

var islandNames = [2]string{"QĐ. Hoàng Sa", "QĐ. Trường Sa"}

func placed(name, query string, tone Tone, size float64) MapPlace {
	p := MapPlace{Name: name, Tone: tone, Size: size}
	if found := world.Find(query); len(found) > 0 {
		p.At = found[0].At
	}
	return p
}

func unionMap() Picture {
	m := Map{
		Title: "Các địa phương nước ngoài kết nghĩa với Bình Dương", Told: "14 địa phương ở 9 nước; 9 đang hoạt động.",
		Keys: statuses, On: place.Reform, Islands: islandNames,
		Places: []MapPlace{
			placed("Bình Dương", "Thủ Dầu Một (VN)", Home, 1), placed("Daejeon", "Daejeon (KR)", Good, 1),
			placed("Yamaguchi", "Yamaguchi (JP)", Good, 0.6), placed("Heidelberg", "Heidelberg (DE)", Good, 0.3),
			placed("Eindhoven", "Eindhoven (NL)", Good, 0.6), placed("Emmen", "Emmen (NL)", Warn, 0.2),
			placed("Đông Flanders", "East Flanders (BE)", Warn, 0.2), placed("Champasak", "Champasak (LA)", Good, 1),
			placed("Kratie", "Kratie (KH)", Good, 0.4), placed("Quảng Châu", "Guangzhou (CN)", Bad, 0.2),
			placed("Emilia-Romagna", "Emilia-Romagna (IT)", Ended, 0), placed("Ô-ri-ôn", "Oryol (RU)", Ended, 0),
			placed("Los Angeles", "Los Angeles (US)", Plain, 0.2),
		},
	}
	for i := 1; i < len(m.Places); i++ {
		m.Links = append(m.Links, MapLink{0, i})
	}
	return DrawMap(m)
}

func districtMap() Picture {
	return DrawMap(Map{
		Title: "Kết nghĩa Thọ Xuân – Quế Sơn", Told: "Hai huyện, một ở Thanh Hóa, một ở Quảng Nam.", On: place.Reform - 1,
		Keys: statuses[:1], Islands: islandNames,
		Places: []MapPlace{placed("Thọ Xuân", "Thọ Xuân (VN)", Home, 1), {Name: "Quế Sơn", At: world.Spot{Lat: 15.69, Lon: 108.2}, Tone: Good, Size: 1}},
		Links:  []MapLink{{0, 1}},
	})
}

func crowdMap() Picture {
	m := Map{Title: "Một thành phố có 98 địa phương kết nghĩa", Told: "Phần lớn ở châu Âu.", On: place.Reform, Keys: statuses, Islands: islandNames}
	m.Places = append(m.Places, placed("Hải Phòng", "Haiphong (VN)", Home, 1))
	tones := []Tone{Good, Good, Warn, Bad, Ended}
	for _, country := range []string{"DE", "FR", "PL", "IT", "JP", "KR", "US"} {
		for i, p := range world.Suggest("b, "+country, 14) {
			m.Links = append(m.Links, MapLink{0, len(m.Places)})
			m.Places = append(m.Places, MapPlace{Name: p.Name, At: p.At, Tone: tones[i%5], Size: float64(i%4) / 4})
		}
	}
	return DrawMap(m)
}

func day(year int, m time.Month, d int) calendar.Day { return calendar.DayOf(year, m, d) }

func tiesTimeline() Picture {
	return DrawTimeline(Timeline{
		Title: "Các mối kết nghĩa qua thời gian", Told: "Bốn mối, mối lâu nhất từ năm 1968.", Today: day(2026, 11, 26), TodaySaid: "hôm nay", Keys: statuses,
		Lanes: []Lane{
			{
				Name: "Thọ Xuân – Quế Sơn: kết nghĩa giữa hai huyện trong những năm chiến tranh", Spans: []Span{{calendar.Period{From: day(1968, 11, 20), To: day(2025, 6, 30)}, Ended}},
				Dots: []Dot{{calendar.OnDay(day(1968, 11, 20)), Good}, {calendar.InYear(1985), Plain}, {calendar.OnDay(day(2024, 8, 2)), Good}},
			},
			{Name: "Daejeon", Spans: []Span{{calendar.Since(day(2005, 5, 17)), Good}}, Dots: []Dot{{calendar.OnDay(day(2005, 5, 17)), Good}, {calendar.InYear(2015), Plain}}},
			{Name: "Yamaguchi", Spans: []Span{{calendar.Since(day(2014, 12, 25)), Warn}}, Dots: []Dot{{calendar.OnDay(day(2024, 12, 18)), Good}}},
			{Name: "Kratie (từ thời tỉnh Sông Bé)", Spans: []Span{{calendar.Period{From: calendar.Earliest, To: day(2019, 5, 1)}, Bad}}},
		},
	})
}

var lineageKeys = []Key{{Home, "Đang xem"}, {Good, "Đang tồn tại"}, {Ended, "Đã kết thúc"}}

func splitLineage() Picture {
	l := Lineage{
		Title: "Huyện Thọ Xuân", Told: "Chia thành 8 xã ngày 01/07/2025.", Keys: lineageKeys,
		Bodies: []Body{{"Huyện Thọ Xuân", "đến 30/06/2025", Home}},
	}
	p := Passage{Said: "01/07/2025 · kết thúc", From: []int{0}}
	for _, n := range []string{"Xã Thọ Xuân", "Xã Thọ Long", "Xã Xuân Hòa", "Xã Sao Vàng", "Xã Lam Sơn", "Xã Thọ Lập", "Xã Xuân Tín", "Xã Xuân Lập"} {
		p.To = append(p.To, len(l.Bodies))
		l.Bodies = append(l.Bodies, Body{n, "từ 01/07/2025", Good})
	}
	l.Steps = []Passage{p}
	return DrawLineage(l)
}

func mergeLineage() Picture {
	l := Lineage{Title: "Mười lăm xã thành một", Told: "Nhập năm 2025.", Keys: lineageKeys}
	p := Passage{Said: "2025 · nhập"}
	for i := range 15 {
		p.From = append(p.From, i)
		l.Bodies = append(l.Bodies, Body{"Xã Hòa Bình Đông " + strconv.Itoa(i+1), "đến 2025", Ended})
	}
	p.To = []int{15}
	l.Bodies = append(l.Bodies, Body{"Xã Nông Cống", "từ 01/07/2025", Home})
	l.Steps = []Passage{p}
	return DrawLineage(l)
}

func longLineage() Picture {
	return DrawLineage(Lineage{
		Title: "Tỉnh Bình Dương", Told: "Tách từ Sông Bé, nhập vào Thành phố Hồ Chí Minh.", Keys: lineageKeys,
		Bodies: []Body{
			{"Tỉnh Thủ Dầu Một", "", Ended},
			{"Tỉnh Sông Bé", "1976 – 1996", Ended},
			{"Tỉnh Bình Phước", "1997 – 30/06/2025", Ended},
			{"Tỉnh Bình Dương", "1997 – 30/06/2025", Home},
			{"Tỉnh Bà Rịa - Vũng Tàu", "đến 30/06/2025", Ended},
			{"Thành phố Hồ Chí Minh (trước 2025)", "đến 30/06/2025", Ended},
			{"Tỉnh Đồng Nai", "từ 01/07/2025", Good},
			{"Thành phố Hồ Chí Minh", "từ 01/07/2025", Good},
		},
		Steps: []Passage{
			{"1976 · nhập", []int{0}, []int{1}},
			{"01/01/1997 · chia", []int{1}, []int{2, 3}},
			{"01/07/2025 · nhập", []int{2}, []int{6}},
			{"01/07/2025 · nhập", []int{3, 4, 5}, []int{7}},
		},
	})
}

func planBars() Picture {
	unknown := math.NaN()
	return DrawBars(Bars{
		Title: "Chỉ tiêu năm 2024", Told: "8/36 đạt.", Guides: []Guide{{50, "50 %"}, {100, "kế hoạch"}},
		Keys: []Key{{Good, "Đạt"}, {Warn, "Trên một nửa"}, {Bad, "Từ một nửa trở xuống"}},
		Rows: []BarRow{
			{Name: "Số xã đạt chuẩn nông thôn mới nâng cao", Value: 82, Plan: unknown, Said: "9/11 xã", Tone: Warn},
			{Name: "Thu ngân sách nhà nước trên địa bàn", Value: 118, Plan: unknown, Said: "118 %", Tone: Good},
			{Name: "Tỷ lệ hộ nghèo giảm", Value: 31, Plan: unknown, Said: "0,31 / 1,0 điểm %", Tone: Bad},
			{Name: "Giải quyết việc làm mới cho lao động nông thôn và người hoàn thành nghĩa vụ quân sự", Value: unknown, Plan: unknown, Said: "chưa có số liệu"},
		},
	})
}

func rankBars() Picture {
	unknown := math.NaN()
	rows := []BarRow{}
	for i, n := range []string{"Lạng Sơn", "Điện Biên", "Cao Bằng", "Hà Giang", "Lào Cai", "Lai Châu", "Quảng Ninh"} {
		rows = append(rows, BarRow{Rank: strconv.Itoa(i + 1), Name: n, Value: 98.5 - float64(i*i), Plan: unknown, Said: strconv.Itoa(98-i*i) + ",5 điểm", Strong: i == 1, Tone: map[bool]Tone{true: Home}[i == 1]})
	}
	return DrawBars(Bars{Title: "Xếp hạng cụm năm 2022", Told: "Lạng Sơn dẫn đầu.", Rows: rows})
}

func targetMonths() Picture {
	m := Months{Title: "Chỉ tiêu theo tháng", Told: "Bốn chỉ tiêu.", Now: "Năm 2026", Before: "Năm 2025", BreakSaid: "Đổi chuẩn: hai bên không so được với nhau"}
	for i := range m.Names {
		m.Names[i] = strconv.Itoa(i + 1)
	}
	for i, n := range []string{"Lượt thăm ốm", "Suất quà Tết cho gia đình chính sách", "Xã đạt chuẩn nông thôn mới", "Học sinh nhận học bổng"} {
		p := Panel{Name: n, Said: "đến tháng 10: " + strconv.Itoa(120+i*37)}
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
	return DrawMonths(m)
}

func TestPicturesNeedNeitherScriptNorStyle(t *testing.T) {
	for name, p := range pictures() {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			svg := d.SVG("wide")
			for _, bad := range []string{"style=", "<style", "<script", "NaN", "Inf", "href"} {
				if strings.Contains(svg, bad) {
					t.Errorf("%s holds %q", name, bad)
				}
			}
			if !strings.Contains(svg, "<title>"+p.Title+"</title>") || !strings.Contains(svg, "<desc>"+p.Told+"</desc>") {
				t.Errorf("%s does not say what it shows", name)
			}
			if len(svg) > 70_000 {
				t.Errorf("%s is %d bytes", name, len(svg))
			}
		}
	}
}

func TestNoWordsRunOverTheEdge(t *testing.T) {
	for name, p := range pictures() {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			for _, s := range d.Shapes {
				words, is := s.(drawing.Text)
				if !is {
					continue
				}
				wide := drawing.Width(words.Words, words.Size, words.Bold)
				from := words.At.X - wide*map[drawing.Anchor]float64{drawing.Middle: 0.5, drawing.End: 1}[words.Anchor]
				if from < -1 || from+wide > d.Width+1 || words.At.Y < 0 || words.At.Y > d.Height {
					t.Errorf("%s %.0f: %q stands from %.0f to %.0f at height %.0f of %.0f", name, d.Width, words.Words, from, from+wide, words.At.Y, d.Height)
				}
			}
		}
	}
}

func TestLabelsOnAMapDoNotMeet(t *testing.T) {
	for _, p := range []Picture{unionMap(), crowdMap()} {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			var rooms []box
			for _, s := range d.Shapes {
				if words, is := s.(drawing.Text); is && words.Halo {
					b := box{words.At.X, words.At.Y - 11, drawing.Width(words.Words, words.Size, words.Bold), 14}
					for _, other := range rooms {
						if b.meets(other) {
							t.Errorf("%s: %q meets another name", p.Title, words.Words)
						}
					}
					rooms = append(rooms, b)
				}
			}
		}
	}
}

func TestEveryMapOfTheNeighbourhoodShowsTheArchipelagos(t *testing.T) {
	for name, p := range map[string]Picture{"district": districtMap(), "neighbours": DrawMap(Map{
		Islands: islandNames, On: place.Reform,
		Places: []MapPlace{placed("Huế", "Huế (VN)", Home, 1), placed("Manila", "Manila (PH)", Good, 1)},
	})} {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			svg := d.SVG("")
			for _, island := range islandNames {
				if !strings.Contains(svg, island) {
					t.Errorf("%s, %.0f wide: no %s", name, d.Width, island)
				}
			}
		}
	}
}

func TestNothingToShowDrawsNothing(t *testing.T) {
	table := Table{Head: []string{"a"}}
	for name, p := range map[string]Picture{
		"map": DrawMap(Map{Table: table, Places: []MapPlace{{Name: "nobody knows where"}}}), "timeline": DrawTimeline(Timeline{Table: table, Lanes: []Lane{{Name: "undated"}}}),
		"lineage": DrawLineage(Lineage{Table: table}), "bars": DrawBars(Bars{Table: table}), "months": DrawMonths(Months{Table: table}),
	} {
		if !p.Empty() || len(p.Table.Head) != 1 {
			t.Errorf("%s: empty %v, table %v; want no drawing and the table kept", name, p.Empty(), p.Table)
		}
	}
}

func TestALineageInACircleEnds(t *testing.T) {
	p := DrawLineage(Lineage{Bodies: []Body{{Name: "A"}, {Name: "B"}}, Steps: []Passage{{"1", []int{0}, []int{1}}, {"2", []int{1}, []int{0}}}})
	if p.Empty() {
		t.Error("drawn empty")
	}
}

func BenchmarkMapOfAHundred(b *testing.B) {
	for b.Loop() {
		p := crowdMap()
		p.Wide.SVG("wide")
		p.Narrow.SVG("narrow")
	}
}
