package sample

import (
	"context"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// The sources of what is told of the two districts.
var (
	visitArticle = source.Source{
		Kind: source.Article, Title: "Báo Thanh Hóa: Đoàn công tác huyện Quế Sơn (Quảng Nam) thăm, làm việc với huyện Thọ Xuân",
		Where: "baothanhhoa.vn, bản tiếng Pháp", Day: "2024-08",
	}
	anniversaryArticle = source.Source{Kind: source.Article, Title: "Truyền hình Thanh Hóa: Kỷ niệm 55 năm kết nghĩa Thọ Xuân – Quế Sơn", Where: "truyenhinhthanhhoa.vn", Day: "2023-11-20"}
	provincesArticle   = source.Source{Kind: source.Article, Title: "Báo Thanh Hóa: Kỷ niệm 60 năm ngày kết nghĩa hai tỉnh Thanh Hóa – Quảng Nam", Where: "baothanhhoa.vn", Day: "2020"}
	againArticle       = source.Source{
		Kind: source.Article, Title: "Báo Đà Nẵng: Các xã Duy Nghĩa, Nam Phước, Duy Xuyên và Thu Bồn kết nghĩa với 7 xã của tỉnh Thanh Hóa", Where: "baodanang.vn", Day: "2025-08-19",
	}
)

// quoted is a source with the sentence that says so.
func quoted(s source.Source, words string) source.Source {
	s.Quote = words
	return s
}

// twins are the two districts twinned since 1968, the tie of their provinces, what
// is known of their visits, and the pair of districts whose communes signed anew
// after the reform.
func (b *builder) twins(ctx context.Context) error {
	return b.write(ctx, "vào sổ quan hệ kết nghĩa Thọ Xuân – Quế Sơn", func(ctx context.Context, tx *store.Tx) error {
		xuan, err := b.held(ctx, tx, "huyen-tho-xuan-thanh-hoa")
		if err != nil {
			return err
		}
		son, err := b.held(ctx, tx, "huyen-que-son-quang-nam")
		if err != nil {
			return err
		}
		provinces, err := b.twinProvinces(ctx, tx)
		if err != nil {
			return err
		}
		thanh, err := b.held(ctx, tx, "tinh-thanh-hoa")
		if err != nil {
			return err
		}
		for _, o := range []officer{
			{login: "thoxuan", title: "Chánh Văn phòng", kind: access.Secretary, at: xuan.ID, from: calendar.InYear(2020), ended: calendar.OnDay(calendar.DayOf(2025, time.June, 30)), sex: person.Male, birth: 1971},
			{login: "thanhhoa", title: "Cán bộ đối ngoại", kind: access.Secretary, at: thanh.ID, from: calendar.InYear(2021), sex: person.Female, birth: 1984},
		} {
			if _, err := b.seat(ctx, tx, o); err != nil {
				return err
			}
		}
		t, err := tie.Enter(ctx, tx, b.by, b.districtTie(xuan.ID, son.ID, provinces.ID))
		if err != nil {
			return err
		}
		return b.twinDeeds(ctx, tx, t, xuan.ID, son.ID)
	})
}

// twinProvinces is the tie under which the districts were paired off.
func (b *builder) twinProvinces(ctx context.Context, tx *store.Tx) (tie.Tie, error) {
	thanh, err := b.held(ctx, tx, "tinh-thanh-hoa")
	if err != nil {
		return tie.Tie{}, err
	}
	nam, err := b.held(ctx, tx, "tinh-quang-nam")
	if err != nil {
		return tie.Tie{}, err
	}
	return tie.Enter(ctx, tx, b.by, tie.Tie{
		Code: "thanh-hoa-quang-nam", Kind: "twinning", Body: thanh.ID,
		Titles:  []tie.Title{{Lang: "vi", Text: "Kết nghĩa Thanh Hóa – Quảng Nam"}, {Lang: "en", Text: "Twinning of Thanh Hoa and Quang Nam"}, {Lang: "fr", Text: "Jumelage de Thanh Hoa et de Quang Nam"}},
		Parties: []tie.Party{{Side: 1, Body: thanh.ID, Level: tie.Province}, {Side: 2, Body: nam.ID, Level: tie.Province}},
		Stages:  []tie.Stage{{Kind: tie.Signature, Date: calendar.On(1960, time.March, 12), Source: quoted(provincesArticle, "lễ kết nghĩa tối 12/3/1960")}},
		Source:  provincesArticle,
	})
}

// districtTie is the twinning of 1968. The article of 2024 gives the day; the place
// is told by the broadcast of the 55th anniversary.
func (b *builder) districtTie(xuan, son body.ID, provinces tie.ID) tie.Tie {
	return tie.Tie{
		Code: TwinsCode, Kind: "twinning", Body: xuan, Parent: provinces,
		Titles: []tie.Title{
			{Lang: "vi", Text: "Kết nghĩa Thọ Xuân – Quế Sơn"}, {Lang: "en", Text: "Twinning of Tho Xuan and Que Son"}, {Lang: "fr", Text: "Jumelage de Tho Xuan et de Que Son"},
		},
		Parties: []tie.Party{{Side: 1, Body: xuan, Level: tie.District}, {Side: 2, Body: son, Level: tie.District}},
		Stages: []tie.Stage{{
			Kind: tie.Signature, Date: calendar.On(1968, time.November, 20), Place: "Mỹ Lý Hạ, xã Bắc Lương",
			Source: quoted(visitArticle, "le 20 novembre 1968, la cérémonie de jumelage a eu lieu entre le district de Tho Xuan (Thanh Hoa) et le district de Que Son (Quang Nam)"),
		}},
		Reason: "Chủ trương của Trung ương Đảng: các tỉnh, thành phố miền Bắc kết nghĩa với các tỉnh, thành phố miền Nam để động viên, hỗ trợ, giúp đỡ lẫn nhau.",
		Fields: []string{"people", "governance", "relief"}, Source: visitArticle,
	}
}

// twinDeeds are what is known of the tie's life: the 55th anniversary, the visit
// of August 2024 with its gifts, what both sides said of themselves, and wishes.
func (b *builder) twinDeeds(ctx context.Context, tx *store.Tx, t tie.Tie, xuan, son body.ID) error {
	visit := quoted(visitArticle, "le 2 août, une délégation de travail du district de Que Son […] a visité et travaillé dans le district de Tho Xuan")
	given := quoted(visitArticle, "a fait don de 120 millions de VND pour soutenir la construction de logements pour les ménages pauvres […] ; a offert 20 cadeaux aux bénéficiaires")
	deeds := []deed.Deed{
		{
			Body: xuan, Kind: "anniversary", Title: "Kỷ niệm 55 năm kết nghĩa Thọ Xuân – Quế Sơn", Day: calendar.On(2023, time.November, 20), Source: anniversaryArticle,
			Parties: []deed.Party{{Role: deed.Host, Body: xuan}, {Role: deed.Guest, Body: son}}, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
		},
		{
			// The article says “le 2 août” and tells of the first six months of 2024.
			Body: xuan, Kind: "delegation-in", Title: "Đoàn công tác huyện Quế Sơn thăm, làm việc", Day: calendar.On(2024, time.August, 2).Derived(), Source: visit,
			Parties: []deed.Party{
				{Role: deed.Head, Name: "Bí thư Huyện ủy, Chủ tịch HĐND huyện Quế Sơn"}, {Role: deed.Guest, Body: son}, {Role: deed.Host, Body: xuan},
			},
			Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}},
		},
		{
			Body: xuan, Kind: "gift", Title: "Huyện Quế Sơn hỗ trợ làm nhà cho hộ nghèo, tặng quà gia đình chính sách huyện Thọ Xuân", Day: calendar.On(2024, time.August, 2).Derived(), Source: given,
			Parties: []deed.Party{{Role: deed.Giver, Body: son}, {Role: deed.Receiver, Body: xuan}},
			Lines: []deed.Line{
				{Unit: deed.Money, Currency: money.VND, Quantity: 120_000_000}, {Unit: deed.Things, Quantity: 20, Item: "suất quà"},
			},
		},
	}
	for _, d := range deeds {
		d.Ties, d.Status = []tie.ID{t.ID}, deed.Done
		if _, err := deed.Post(ctx, tx, b.by, d); err != nil {
			return err
		}
	}
	return b.twinFigures(ctx, tx, t, xuan, son)
}

// twinFigures are what each side said of itself at the meeting, and what the two
// hoped for.
func (b *builder) twinFigures(ctx context.Context, tx *store.Tx, t tie.Tie, xuan, son body.ID) error {
	half := calendar.OnDay(calendar.DayOf(2024, time.June, 30))
	for _, s := range []struct {
		of       body.ID
		measure  string
		quantity int64
		how      deed.Qualifier
		words    string
	}{
		{xuan, "Chỉ tiêu của kế hoạch năm", 36, deed.Exact, "8/36 objectifs"},
		{xuan, "Chỉ tiêu đạt và vượt kế hoạch", 8, deed.Exact, "le district a atteint 8/36 objectifs et dépassé le plan"},
		{xuan, "Chỉ tiêu đạt trên 50%", 11, deed.Exact, "11/36 objectifs ont atteint plus de 50 %"},
		{son, "Xã của huyện", 11, deed.Exact, "9/11 communes"},
		{son, "Xã đạt chuẩn nông thôn mới", 9, deed.Exact, "9/11 communes répondant aux normes NTM"},
		{son, "Thôn nông thôn mới kiểu mẫu", 18, deed.Exact, "18 villages reconnus comme villages modèles NTM"},
		{son, "Thu nhập bình quân đầu người (đồng/người/năm)", 48_000_000, deed.Over, "plus de 48 millions de VND/personne/an"},
	} {
		st := deed.Stated{Body: s.of, Measure: s.measure, Day: half, Quantity: s.quantity, Qualifier: s.how, Source: quoted(visitArticle, s.words)}
		if _, err := deed.State(ctx, tx, b.by, st); err != nil {
			return err
		}
	}
	_, err := tie.Undertake(ctx, tx, b.by, tie.Promise{
		Tie: t.ID, Text: "Tiếp tục gặp gỡ, trao đổi, học tập kinh nghiệm giữa hai huyện", Made: calendar.On(2024, time.August, 2).Derived(), Who: "Hai huyện",
		Source: quoted(visitArticle, "les deux districts continueront d'organiser des réunions, des échanges et de tirer des enseignements"),
	})
	return err
}

// signedAnew are the communes of the former districts of Duy Xuyên and Nông Cống,
// which after the reform signed the old tie anew, four with seven.
func (b *builder) signedAnew(ctx context.Context) error {
	return b.write(ctx, "vào sổ quan hệ kết nghĩa ký lại ngày 19/8/2025", func(ctx context.Context, tx *store.Tx) error {
		xuyen, err := b.held(ctx, tx, "huyen-duy-xuyen-quang-nam")
		if err != nil {
			return err
		}
		cong, err := b.held(ctx, tx, "huyen-nong-cong-thanh-hoa")
		if err != nil {
			return err
		}
		old, err := tie.Enter(ctx, tx, b.by, tie.Tie{
			Code: "duy-xuyen-nong-cong", Kind: "twinning", Body: xuyen.ID,
			Titles:  []tie.Title{{Lang: "vi", Text: "Kết nghĩa Duy Xuyên – Nông Cống"}},
			Parties: []tie.Party{{Side: 1, Body: xuyen.ID, Level: tie.District}, {Side: 2, Body: cong.ID, Level: tie.District}},
			Source:  againArticle, Note: "Ngày kết nghĩa lần đầu chưa rõ; bài báo không nêu.",
		})
		if err != nil {
			return err
		}
		parties, err := b.communes(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tie.SignAnew(ctx, tx, b.by, tie.Tie{
			Code: "duy-xuyen-nong-cong-2025", Kind: "mou", Body: parties[0].Body, Before: []tie.ID{old.ID}, Parties: parties,
			Titles: []tie.Title{{Lang: "vi", Text: "Ghi nhớ kết nghĩa 4 xã của Đà Nẵng với 7 xã của Thanh Hóa"}},
			Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2025, time.August, 19), Source: againArticle}},
			Fields: []string{"agriculture", "tourism", "new-rural", "youth", "culture", "sport"}, Source: againArticle,
		}, "Hai huyện không còn từ ngày 1/7/2025; các xã mới ký lại")
		return err
	})
}

// communes are the four and the seven that signed on 19 August 2025.
func (b *builder) communes(ctx context.Context, tx *store.Tx) ([]tie.Party, error) {
	var parties []tie.Party
	for side, handles := range [][]string{
		{"xa-duy-nghia-da-nang", "xa-nam-phuoc-da-nang", "xa-duy-xuyen-da-nang", "xa-thu-bon-da-nang"},
		{
			"xa-tuong-linh-thanh-hoa", "xa-truong-van-thanh-hoa", "xa-nong-cong-thanh-hoa", "xa-trung-chinh-thanh-hoa", "xa-thang-loi-thanh-hoa",
			"xa-thang-binh-thanh-hoa", "xa-cong-chinh-thanh-hoa",
		},
	} {
		for _, h := range handles {
			unit, err := b.held(ctx, tx, h)
			if err != nil {
				return nil, err
			}
			parties = append(parties, tie.Party{Side: side + 1, Body: unit.ID, Level: tie.Commune})
		}
	}
	return parties, nil
}
