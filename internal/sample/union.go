package sample

import (
	"context"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// What the newspaper of Bình Dương told of the province's union in 2025, and the
// province's own page of its foreign localities in 2019.
var (
	unionArticle = source.Source{
		Kind: source.Article, Title: "Báo Bình Dương (tiếng Anh): Provincial Union of Friendship Organizations promotes solidarity and friendship", Where: "baobinhduong.vn", Day: "2025-04-25",
	}
	localitiesPage = source.Source{Kind: source.Article, Title: "Cổng thông tin tỉnh Bình Dương: các địa phương kết nghĩa", Where: "eng.binhduong.gov.vn", Day: "2019-12"}
	japanesePage   = source.Source{Kind: source.Article, Title: "Cổng thông tin tỉnh Bình Dương (tiếng Nhật)", Where: "jp.binhduong.gov.vn"}
	yamaguchiNews  = source.Source{Kind: source.Article, Title: "Binh Duong et Yamaguchi (Japon) célèbrent le 10e anniversaire de leur partenariat", Where: "vietnam.vnanet.vn", Day: "2024-12"}
	bdsPage        = source.Source{Kind: source.Article, Title: "Cổng thông tin tỉnh Bình Dương: Sisterhood localities", Where: "eng.binhduong.gov.vn"}
)

// friend is a foreign locality of the province: what is known of the tie and who
// says so. Of the fourteen that were counted in August 2024 eleven are named.
type friend struct {
	country, vi, en, fr string
	kind                string
	level               tie.Level
	signed              calendar.Date
	source              source.Source
	others              []tie.Claim
	note                string
}

func friends() []friend {
	year := calendar.InYear
	return []friend{
		{"KR", "Thành phố Daejeon", "Daejeon", "Daejeon", "friendship", tie.City, calendar.On(2005, time.May, 17), japanesePage, nil, ""},
		{"JP", "Tỉnh Yamaguchi", "Yamaguchi", "Préfecture de Yamaguchi", "friendship", tie.Province, calendar.On(2014, time.December, 25), yamaguchiNews, []tie.Claim{{Date: calendar.On(2014, time.December, 24), Source: bdsPage}}, ""},
		{"DE", "Thành phố Heidelberg", "Heidelberg", "Heidelberg", "mou", tie.City, calendar.InMonth(2024, time.August), unionArticle, nil, "Địa phương nước ngoài thứ 14."},
		{"NL", "Thành phố Eindhoven", "Eindhoven", "Eindhoven", "friendship", tie.City, year(2015), unionArticle, nil, ""},
		{"NL", "Thành phố Emmen", "Emmen", "Emmen", "friendship", tie.City, year(2015), unionArticle, []tie.Claim{{Date: calendar.On(2015, time.November, 17), Source: bdsPage}}, ""},
		{"BE", "Tỉnh Đông Flanders", "East Flanders", "Flandre-Orientale", "friendship", tie.Province, year(2015), unionArticle, []tie.Claim{{Date: calendar.On(2015, time.October, 14), Source: bdsPage}}, ""},
		{"LA", "Tỉnh Champasak", "Champasak", "Champassak", "friendship", tie.Province, calendar.Date{}, unionArticle, nil, ""},
		{"KH", "Tỉnh Kratié", "Kratie", "Kratié", "friendship", tie.Province, calendar.Date{}, localitiesPage, nil, "Kế thừa từ tỉnh Sông Bé, nơi tỉnh Bình Dương tách ra."},
		{"CN", "Thành phố Quảng Châu", "Guangzhou", "Canton", "friendship", tie.City, calendar.Date{}, localitiesPage, nil, ""},
		{"IT", "Vùng Emilia-Romagna", "Emilia-Romagna", "Émilie-Romagne", "friendship", tie.Region, calendar.Date{}, localitiesPage, nil, ""},
		{"RU", "Tỉnh Oryol", "Oryol Oblast", "Oblast d’Orel", "friendship", tie.Province, calendar.Date{}, localitiesPage, nil, ""},
	}
}

// members are the union's member associations that are known by name.
var memberAssociations = []struct{ code, vi, en, fr, country string }{
	{"hoi-huu-nghi-viet-lao-binh-duong", "Hội Hữu nghị Việt Nam – Lào tỉnh Bình Dương", "Viet Nam–Laos Friendship Association of Binh Duong", "Association d’amitié Viêt Nam–Laos de Binh Duong", "LA"},
	{"hoi-huu-nghi-viet-campuchia-binh-duong", "Hội Hữu nghị Việt Nam – Campuchia tỉnh Bình Dương", "Viet Nam–Cambodia Friendship Association of Binh Duong", "Association d’amitié Viêt Nam–Cambodge de Binh Duong", "KH"},
	{"hoi-huu-nghi-viet-nhat-binh-duong", "Hội Hữu nghị Việt Nam – Nhật Bản tỉnh Bình Dương", "Viet Nam–Japan Friendship Association of Binh Duong", "Association d’amitié Viêt Nam–Japon de Binh Duong", "JP"},
	{"hoi-huu-nghi-viet-han-binh-duong", "Hội Hữu nghị Việt Nam – Hàn Quốc tỉnh Bình Dương", "Viet Nam–Korea Friendship Association of Binh Duong", "Association d’amitié Viêt Nam–Corée de Binh Duong", "KR"},
	{"hoi-huu-nghi-viet-ha-lan-binh-duong", "Hội Hữu nghị Việt Nam – Hà Lan tỉnh Bình Dương", "Viet Nam–Netherlands Friendship Association of Binh Duong", "Association d’amitié Viêt Nam–Pays-Bas de Binh Duong", "NL"},
}

// unionBook is the union of friendship organisations of Bình Dương: associations,
// foreign localities, the year 2024 and the plan of 2025.
func (b *builder) unionBook(ctx context.Context) error {
	return b.write(ctx, "vào sổ Liên hiệp các tổ chức hữu nghị tỉnh Bình Dương", func(ctx context.Context, tx *store.Tx) error {
		province, err := b.provinceOn(ctx, tx, "74")
		if err != nil {
			return err
		}
		u, err := body.Found(ctx, tx, body.Body{
			Code: UnionCode, Kind: body.Union, Seat: int64(province.ID),
			Names: names3("Liên hiệp các tổ chức hữu nghị tỉnh Bình Dương", "Union of Friendship Organisations of Binh Duong Province", "Union des organisations d’amitié de la province de Binh Duong"),
		})
		if err != nil {
			return err
		}
		if _, err := b.seat(ctx, tx, officer{login: "doingoai", kind: access.Secretary, at: u.ID, from: calendar.InYear(2020), planned: calendar.InYear(2025), sex: person.Female, birth: 1976}); err != nil {
			return err
		}
		associations := map[string]body.ID{}
		for _, m := range memberAssociations {
			a, err := body.Found(ctx, tx, body.Body{Code: m.code, Kind: body.Friendship, Parent: u.ID, Names: names3(m.vi, m.en, m.fr)})
			if err != nil {
				return err
			}
			associations[m.country] = a.ID
		}
		ties, err := b.unionTies(ctx, tx, u.ID, province.ID)
		if err != nil {
			return err
		}
		if err := b.unionYear(ctx, tx, u.ID, ties, associations); err != nil {
			return err
		}
		return b.unionPlan(ctx, tx, u.ID)
	})
}

// unionTies are the province's ties with foreign localities, kept on the union's
// books, and the minutes of the two Fronts.
func (b *builder) unionTies(ctx context.Context, tx *store.Tx, u, province body.ID) (map[string]tie.Tie, error) {
	ties := map[string]tie.Tie{}
	for _, f := range friends() {
		there, err := abroad(ctx, tx, f.country, names3(f.vi, f.en, f.fr))
		if err != nil {
			return nil, err
		}
		t := tie.Tie{
			Code: "binh-duong-" + tie.CodeFrom(f.en), Kind: f.kind, Body: u, Source: f.source, Note: f.note,
			Titles:  []tie.Title{{Lang: "vi", Text: "Bình Dương – " + short(f.vi)}, {Lang: "en", Text: "Binh Duong – " + f.en}, {Lang: "fr", Text: "Binh Duong – " + f.fr}},
			Parties: []tie.Party{{Side: 1, Body: province, Level: tie.Province, Land: "VN"}, {Side: 2, Body: there.ID, Level: f.level, Land: f.country}},
		}
		if !f.signed.IsUnknown() {
			t.Stages = []tie.Stage{{Kind: tie.Signature, Date: f.signed, Source: f.source, Others: f.others}}
		}
		if f.en == "Heidelberg" {
			t.Fields = []string{"people", "education"}
		}
		if ties[f.en], err = tie.Enter(ctx, tx, b.by, t); err != nil {
			return nil, err
		}
	}
	minutes, err := b.frontMinutes(ctx, tx, u, ties["Champasak"].ID)
	ties["minutes"] = minutes
	return ties, err
}

// short leaves out what sort of place it is.
func short(name string) string {
	if _, own := place.Part(name); own != "" {
		return own
	}
	return name
}

// frontMinutes are the minutes of the two Fronts for 2019-2024 with their review.
func (b *builder) frontMinutes(ctx context.Context, tx *store.Tx, u body.ID, under tie.ID) (tie.Tie, error) {
	here, err := body.Found(ctx, tx, body.Body{Kind: body.Front, Code: "mttq-binh-duong", Names: names3("Ủy ban MTTQ Việt Nam tỉnh Bình Dương", "Viet Nam Fatherland Front Committee of Binh Duong", "Comité du Front de la Patrie de Binh Duong")})
	if err != nil {
		return tie.Tie{}, err
	}
	there, err := body.Found(ctx, tx, body.Body{Kind: body.Front, Code: "front-champasak", Names: names3("Mặt trận Lào Xây dựng đất nước tỉnh Champasak", "Lao Front for National Construction of Champasak", "Front lao d’édification nationale de Champassak")})
	if err != nil {
		return tie.Tie{}, err
	}
	if err := union.Locate(ctx, tx, b.by, there.ID, "LA"); err != nil {
		return tie.Tie{}, err
	}
	t, err := tie.Enter(ctx, tx, b.by, tie.Tie{
		Code: "mttq-binh-duong-champasak", Kind: "minutes", Body: u, Parent: under, ReviewMonths: 60,
		Titles: []tie.Title{
			{Lang: "vi", Text: "Biên bản làm việc MTTQ Bình Dương – Mặt trận Champasak 2019-2024"},
			{Lang: "en", Text: "Minutes of the working session of the two Fronts, 2019-2024"},
			{Lang: "fr", Text: "Procès-verbal de travail des deux Fronts, 2019-2024"},
		},
		Parties: []tie.Party{{Side: 1, Body: here.ID, Level: tie.Unit, Land: "VN"}, {Side: 2, Body: there.ID, Level: tie.Unit, Land: "LA"}},
		Stages:  []tie.Stage{{Kind: tie.Signature, Date: calendar.InYear(2019), Source: quoted(unionArticle, "period 2019 - 2024")}},
		Expiry:  calendar.InYear(2024), Source: unionArticle,
	})
	if err != nil {
		return tie.Tie{}, err
	}
	_, err = tie.PlanReview(ctx, tx, b.by, tie.Review{
		Tie: t.ID, Covers: "2019-2024", Due: calendar.InYear(2024), Held: calendar.InYear(2024).About(), Outcome: "Tổng kết 5 năm thực hiện biên bản làm việc giữa hai Mặt trận.",
	})
	return t, err
}

// event is one activity of the union's year 2024 as the article tells it.
type event struct {
	kind, title string
	day         calendar.Date
	series      int64
	part        union.Part
	planning    union.Planning
	countries   []string
	tie         string
	lines       []deed.Line
	parties     []deed.Party
	words       string
}

func unionEvents() []event {
	one := []deed.Line{{Unit: deed.Acts, Quantity: 1}}
	in2024 := calendar.InYear(2024)
	return []event{
		{"anniversary", "Gặp mặt kỷ niệm 45 năm Ngày Chiến thắng chiến tranh bảo vệ biên giới Tây Nam và cùng quân dân Campuchia chiến thắng chế độ diệt chủng", in2024, 0, union.Chaired, union.Planned, []string{"KH"}, "", one, nil, "45th anniversary of the Victory Day"},
		{"scholarship", "“Chắp cánh tình hữu nghị”: trao học bổng cho học viên Lào, Campuchia Trường Sĩ quan Công binh", in2024, 0, union.Chaired, union.Planned, []string{"LA", "KH"}, "", one, nil, "“Nurturing friendship” to award scholarships to Lao and Cambodian students"},
		{"student-exchange", "Giao lưu sinh viên ba nước “Chung dòng Mekong” lần thứ 12", in2024, 12, union.Chaired, union.Planned, []string{"LA", "KH"}, "", one, []deed.Party{{Role: deed.Host, Name: "Trường Đại học Bình Dương"}}, "The 12th Sharing the Mekong Program of Binh Duong province in 2024"},
		{report.KindOverseas, "Tặng quà hộ người Việt từ Campuchia về tạm trú tại huyện Dầu Tiếng và hộ khó khăn", in2024, 0, union.Chaired, union.Planned, []string{"KH"}, "", []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Families, Quantity: 200}}, nil, "gift giving program for 200 Vietnamese households"},
		{"festival", "Lễ hội Nhật Bản 2024", in2024, 0, union.Coordinated, union.Planned, []string{"JP"}, "", one, nil, "Japan Festival 2024"},
		{"anniversary", "Gặp mặt kỷ niệm 75 năm quan hệ ngoại giao Việt Nam – Liên bang Nga", in2024, 0, union.Chaired, union.Planned, []string{"RU"}, "", one, nil, "meeting to celebrate the 75th anniversary of establishing diplomatic relations between Vietnam - Russian Federation"},
		{"anniversary", "Kỷ niệm 10 năm hợp tác hữu nghị Bình Dương – Yamaguchi", calendar.On(2024, time.December, 18), 0, union.Joined, union.Planned, []string{"JP"}, "Yamaguchi", one, nil, "celebrate 10 years of friendly cooperation between Binh Duong province and Yamaguchi Prefecture"},
		{"delegation-in", "Đón Đoàn đại biểu cấp cao tỉnh Champasak thăm, làm việc, chúc Tết", calendar.InMonth(2025, time.January), 0, union.Joined, union.Outside, []string{"LA"}, "Champasak", one, []deed.Party{{Role: deed.Head, Name: "Bí thư Tỉnh ủy, Tỉnh trưởng tỉnh Champasak", Note: "Ủy viên Trung ương Đảng"}}, "first days of the new year 2025"},
		{"award-received", "Chủ tịch nước CHDCND Lào tặng tỉnh Bình Dương Huân chương Lao động hạng Nhất", calendar.InMonth(2025, time.January), 0, union.Unsaid, union.Unstated, []string{"LA"}, "Champasak", one, nil, "presents the First Class Labor Medal of the President of the Lao People's Democratic Republic to Binh Duong province"},
	}
}

// unionYear enters what the article tells of 2024 and the first days of 2025, and
// the figures it states beside them.
func (b *builder) unionYear(ctx context.Context, tx *store.Tx, u body.ID, ties map[string]tie.Tie, associations map[string]body.ID) error {
	for _, e := range unionEvents() {
		d := deed.Deed{
			Body: u, Kind: e.kind, Title: e.title, Day: e.day, Series: e.series, Status: deed.Done, Lines: e.lines, Parties: e.parties, Source: quoted(unionArticle, e.words),
		}
		for _, c := range e.countries {
			if a := associations[c]; a != 0 {
				d.Parties = append(d.Parties, deed.Party{Role: deed.Coordinator, Body: a})
			}
		}
		if t, ok := ties[e.tie]; ok && e.tie != "" {
			d.Ties = []tie.ID{t.ID}
		}
		posted, err := deed.Post(ctx, tx, b.by, d)
		if err != nil {
			return err
		}
		if e.series == 12 {
			b.twelfth = posted.ID
		}
		if e.part == union.Unsaid {
			continue
		}
		if _, err := union.Describe(ctx, tx, b.by, union.Activity{Deed: posted.ID, Part: e.part, Planning: e.planning, Countries: e.countries}, 0); err != nil {
			return err
		}
	}
	for _, s := range []deed.Stated{
		{Measure: "Địa phương nước ngoài có quan hệ hợp tác hữu nghị", Day: calendar.InMonth(2024, time.August), Quantity: 14, Source: quoted(unionArticle, "bringing the total number of localities […] to 14 localities")},
		{Measure: "Hoạt động hòa bình, đoàn kết, hữu nghị chủ trì và phối hợp trong năm", Day: calendar.InYear(2024), Quantity: 30, Qualifier: deed.Over, Source: quoted(unionArticle, "successfully chaired and coordinated more than 30 peace, solidarity and friendship activities")},
	} {
		s.Body = u
		if _, err := deed.State(ctx, tx, b.by, s); err != nil {
			return err
		}
	}
	return nil
}

// unionPlan is the plan of 2025 as the union's president told it.
func (b *builder) unionPlan(ctx context.Context, tx *store.Tx, u body.ID) error {
	if err := union.Head(ctx, tx, b.by, union.Plan{Body: u, Year: 2025, Motto: "Chủ động, linh hoạt, sáng tạo, hiệu quả"}, 0); err != nil {
		return err
	}
	for _, text := range []string{
		"Tổ chức Đại hội Liên hiệp lần thứ III, nhiệm kỳ 2025-2030",
		"Vận động thành lập Hội Hữu nghị Việt Nam – ASEAN",
		"Kỷ niệm 50 năm thiết lập quan hệ ngoại giao Việt Nam – Cộng hòa Liên bang Đức",
		"Kỷ niệm 75 năm thiết lập quan hệ ngoại giao Việt Nam – Liên bang Nga",
		"Kỷ niệm 20 năm quan hệ hợp tác hữu nghị với thành phố Daejeon (Hàn Quốc)",
		"Kỷ niệm 10 năm quan hệ hợp tác hữu nghị với Eindhoven, Emmen (Hà Lan) và Đông Flanders (Bỉ)",
	} {
		if _, err := union.Intend(ctx, tx, b.by, union.Item{Body: u, Year: 2025, Text: text, When: calendar.InYear(2025)}); err != nil {
			return err
		}
	}
	return nil
}
