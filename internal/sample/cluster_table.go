package sample

import (
	"context"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/store"
)

// clusterScale is the scale of the sample: ninety points for the table and ten for
// bonuses, as the guidance of 2017 had it.
func clusterScale() contest.Scale {
	least, most := contest.Points(0), 100*contest.Point
	return contest.Scale{Base: 90 * contest.Point, Bonus: 10 * contest.Point, Deduction: 3 * contest.Point, Least: &least, Most: &most, Decimals: 2}
}

func said(vi, en, fr string) map[string]string {
	return map[string]string{"vi": vi, "en": en, "fr": fr}
}

func clusterClasses() []contest.Class {
	return []contest.Class{
		{Code: "excellent", Names: said("Xuất sắc", "Excellent", "Excellent"), From: 95 * contest.Point},
		{Code: "good", Names: said("Tốt", "Good", "Bien"), From: 85 * contest.Point},
		{Code: "fair", Names: said("Khá", "Fair", "Assez bien"), From: 0},
	}
}

// The awards of the sample.
const (
	excellentUnit = "comprehensive-excellent"
	meritPaper    = "merit"
	centralFlag   = "central-flag"
)

func clusterAwards() []contest.Award {
	return []contest.Award{
		{Code: excellentUnit, Names: said("Đơn vị xuất sắc toàn diện", "Comprehensive excellent unit", "Unité d’excellence générale"), Quota: 1, RankMost: 1, Ballot: true, Flag: true, Grade: contest.Grade{Level: contest.OfUnit, Form: contest.Title, Manner: contest.Regular}},
		{Code: meritPaper, Names: said("Bằng khen", "Certificate of merit", "Diplôme d’honneur"), Quota: 2, RankMost: 3, Grade: contest.Grade{Level: contest.OfMinistry, Form: contest.Merit, Manner: contest.Regular}, Papers: proposalPapers()[:3]},
		{Code: centralFlag, Names: said("Cờ thi đua của Ủy ban Trung ương MTTQ Việt Nam", "Emulation flag of the Central Front", "Drapeau d’émulation du Front central"), Quota: 1, RankMost: 1, Grade: contest.Grade{Level: contest.OfMinistry, Form: contest.AFlag, Manner: contest.Regular}, Papers: proposalPapers()},
	}
}

// proposalPapers are the papers of a proposal as files of commendation have them.
func proposalPapers() []contest.Paper {
	return []contest.Paper{
		{Code: "submission", Names: said("Tờ trình", "Submission", "Proposition")},
		{Code: "report", Names: said("Báo cáo thành tích", "Report of achievements", "Rapport des mérites")},
		{Code: "minutes", Names: said("Biên bản họp xét khen thưởng", "Minutes of the meeting", "Procès-verbal de la réunion")},
		{Code: "ballot", Names: said("Biên bản kiểm phiếu", "Minutes of the ballot", "Procès-verbal du vote")},
		{Code: "initiative", Names: said("Hồ sơ sáng kiến, mô hình", "Papers of an initiative", "Dossier d’initiative")},
		{Code: "opinion", Names: said("Ý kiến của cấp ủy, cơ quan liên quan", "Opinion of the authorities concerned", "Avis des autorités concernées")},
	}
}

// clusterSums are the totals that a conference reports of its cluster.
func clusterSums() []contest.Whole {
	return []contest.Whole{
		{Code: "resources", Names: said("Kinh phí và nguồn lực vận động", "Funds and resources mobilised", "Fonds et ressources mobilisés"), Measures: []string{"resource-drive.money:VND", "resource-drive.goods:VND"}},
		{Code: "money", Names: said("trong đó: tiền", "of which money", "dont argent"), Measures: []string{"resource-drive.money:VND"}},
		{Code: "goods", Names: said("trong đó: hiện vật quy ra tiền", "of which goods, valued", "dont dons en nature, évalués"), Measures: []string{"resource-drive.goods:VND"}},
		{Code: "houses", Names: said("Nhà đại đoàn kết làm mới, sửa chữa", "Great-solidarity houses built and repaired", "Maisons de la grande solidarité bâties et réparées"), Measures: []string{"solidarity-house.built", "solidarity-house.repaired"}},
		{Code: "built", Names: said("trong đó: làm mới", "of which new", "dont neuves"), Measures: []string{"solidarity-house.built"}},
		{Code: "repaired", Names: said("trong đó: sửa chữa", "of which repaired", "dont réparées"), Measures: []string{"solidarity-house.repaired"}},
	}
}

// row is one criterion of the sample's table with the rows in it.
type row struct {
	contest.Criterion
	in []row
}

func points(n float64) contest.Points { return contest.Points(n * float64(contest.Point)) }

func group(no string, most float64, names map[string]string, handler string, in ...row) row {
	return row{contest.Criterion{No: no, Names: names, Max: points(most), Method: contest.Group, Evidence: contest.EvidenceNone, Handler: handler}, in}
}

func byHand(no string, most float64, names map[string]string) row {
	return row{contest.Criterion{No: no, Names: names, Max: points(most), Method: contest.ByHand, Evidence: contest.EvidenceOptional}, nil}
}

func perCount(no string, most, per float64, measure string, names map[string]string) row {
	return row{contest.Criterion{No: no, Names: names, Max: points(most), Method: contest.PerCount, Per: points(per), Value: "[" + measure + "]", Evidence: contest.EvidenceRequired}, nil}
}

func counted(no string, method contest.Method, most float64, value, target string, names map[string]string) row {
	return row{contest.Criterion{No: no, Names: names, Max: points(most), Method: method, Value: value, Target: target, Evidence: contest.EvidenceRequired}, nil}
}

// clusterTable is a full table in the shape of those of Fronts: groups with points,
// a handler and a deadline, children of every way to score.
func clusterTable() []row {
	tiers := counted("2.2", contest.Tiers, 8, "[solidarity-house.built]", "", said("Nhà đại đoàn kết làm mới", "Great-solidarity houses built", "Maisons neuves de la grande solidarité"))
	tiers.Condition = said("Từ 300 nhà: 8 điểm; từ 200: 7; từ 100: 6; dưới 100: 3", "300 and more: 8; 200: 7; 100: 6; fewer: 3", "300 et plus : 8 ; 200 : 7 ; 100 : 6 ; moins : 3")
	tiers.Tiers = []contest.Tier{{From: "300", Points: points(8)}, {From: "200", Points: points(7)}, {From: "100", Points: points(6)}, {From: "0", Points: points(3)}}
	plan := byHand("a", 2, said("Có kế hoạch tuyên truyền năm", "A plan of information work exists", "Un plan d’information existe"))
	plan.Method = contest.YesNo
	growth := counted("2.5", contest.Formula, 5, "min(5, max(0, 3 + percent([resource-drive.money:VND], [resource-drive.money:VND@last]) / 10 - 10))", "", said("Nguồn lực bằng tiền so với năm trước", "Money mobilised against the year before", "Argent mobilisé par rapport à l’année précédente"))
	growth.Condition = said("Bằng năm trước: 3 điểm; cứ tăng 10% thêm 1 điểm, giảm 10% bớt 1 điểm", "As the year before: 3 points; one more for each 10% up, one fewer for each 10% down", "Comme l’année précédente : 3 points ; un de plus par 10 % de hausse, un de moins par 10 % de baisse")
	dialogue := counted("3.3", contest.Formula, 6, "[dialogue.acts] / 2", "", said("Đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân", "Dialogues of leaders with the people", "Dialogues des responsables avec la population"))
	return []row{
		group("1", 15, said("Tuyên truyền, vận động, tập hợp khối đại đoàn kết", "Information work, great solidarity", "Information, grande solidarité"), "Ban Tuyên giáo",
			perCount("1.1", 6, 0.05, "front-publicity.acts", said("Buổi tuyên truyền, vận động Nhân dân", "Public information sessions", "Séances d’information")),
			byHand("1.2", 4, said("Tuyên truyền biển, đảo, chủ quyền biên giới quốc gia", "Information on seas, islands and the border", "Information sur la mer, les îles, la frontière")),
			group("1.3", 5, said("Nắm tình hình Nhân dân", "Hearing the people", "À l’écoute de la population"), "Ban Tuyên giáo",
				plan, byHand("b", 3, said("Báo cáo tình hình Nhân dân hằng quý", "Quarterly reports of what the people say", "Rapports trimestriels sur l’opinion")))),
		group("2", 37, said("Cuộc vận động, phong trào thi đua yêu nước, an sinh xã hội", "Campaigns, patriotic emulation, social security", "Campagnes, émulation patriotique, action sociale"), "Ban Phong trào",
			counted("2.1", contest.ToTarget, 10, "[resource-drive.money:VND]", "20000000000", said("Vận động nguồn lực bằng tiền", "Money mobilised", "Argent mobilisé")),
			tiers,
			counted("2.3", contest.ToTarget, 6, "[solidarity-house.repaired]", "200", said("Nhà đại đoàn kết sửa chữa", "Great-solidarity houses repaired", "Maisons réparées")),
			perCount("2.4", 8, 0.5, "campaign.acts", said("Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”", "Campaign “Vietnamese people give priority to Vietnamese goods”", "Campagne « Les Vietnamiens achètent vietnamien »")),
			growth),
		group("3", 18, said("Giám sát, phản biện xã hội, tham gia xây dựng Đảng, chính quyền", "Supervision, social criticism, building Party and government", "Contrôle et critique sociale, édification du Parti et du pouvoir"), "Ban Dân chủ - Pháp luật",
			perCount("3.1", 7, 0.5, "supervision.acts", said("Cuộc giám sát", "Supervisions", "Contrôles")),
			perCount("3.2", 5, 0.5, "social-criticism.acts", said("Cuộc phản biện xã hội", "Reviews of drafts", "Examens de projets")),
			dialogue),
		group("4", 10, said("Đối ngoại Nhân dân, bảo vệ biên giới", "People’s foreign relations, the border", "Relations extérieures du peuple, frontière"), "Ban Đối ngoại",
			perCount("4.1", 6, 1, "exchange.acts", said("Giao lưu Nhân dân hai bên biên giới", "Exchanges across the border", "Rencontres transfrontalières")),
			byHand("4.2", 4, said("Phối hợp giữ gìn đường biên, cột mốc", "Keeping border line and markers together", "Garde commune de la frontière et des bornes"))),
		group("5", 10, said("Củng cố tổ chức, nâng cao chất lượng cán bộ", "The organisation and its staff", "Organisation et personnel"), "Ban Tổ chức",
			byHand("5.1", 5, said("Củng cố tổ chức bộ máy các cấp", "The apparatus at every level", "L’appareil à tous les niveaux")),
			byHand("5.2", 5, said("Chế độ thông tin, báo cáo", "Information and reports", "Information et rapports"))),
		{contest.Criterion{No: "6", Names: said("Điểm thưởng: mô hình mới được Trung ương giới thiệu", "Bonus: new model shown by the centre", "Bonus : nouveau modèle présenté par le centre"), Max: points(6), Method: contest.Bonus, Per: points(1.5), Evidence: contest.EvidenceOptional}, nil},
		{contest.Criterion{No: "7", Names: said("Điểm thưởng: đăng cai hoạt động của cụm", "Bonus: hosting activities of the cluster", "Bonus : accueil d’activités du groupe"), Max: points(4), Method: contest.Bonus, Per: points(2), Evidence: contest.EvidenceOptional}, nil},
		{contest.Criterion{No: "8", Names: said("Điểm trừ: báo cáo chậm", "Deduction: late reports", "Retrait : rapports en retard"), Max: points(3), Method: contest.Deduction, Per: points(0.5), Evidence: contest.EvidenceNone}, nil},
	}
}

// put enters rows under one of their contest, groups before what is in them; at the
// top that is a criterion without an id.
func (c *cluster) put(ctx context.Context, tx *store.Tx, under contest.Criterion, rows []row) error {
	for i, r := range rows {
		r.Contest, r.Parent, r.Order, r.Deadline = under.Contest, under.ID, i+1, under.Deadline
		written, err := contest.Put(ctx, tx, c.chief, r.Criterion, 0)
		if err != nil {
			return err
		}
		if err := c.put(ctx, tx, written, r.in); err != nil {
			return err
		}
	}
	return nil
}

// amount is one figure of a Front with how exactly it is known.
type amount struct {
	n   int64
	how deed.Qualifier
}

func exactly(n int64) amount { return amount{n, deed.Exact} }
func over(n int64) amount    { return amount{n, deed.Over} }

const bn = 1_000_000_000

// work is what one Front did in a year; all of it is invented, but so that the
// seven together make what was told of the cluster.
type work struct {
	front                                                       string
	money, goods, built, repaired                               amount
	publicity, campaigns, supervision, criticism, talks, abroad int64
}

func works2022() []work {
	return []work{
		{"mttq-lang-son", exactly(38_500_000_000), exactly(3 * bn), exactly(312), exactly(298), 132, 17, 15, 11, 13, 7},
		{"mttq-cao-bang", over(24_200_000_000), amount{}, exactly(285), over(240), 118, 16, 13, 9, 11, 6},
		{"mttq-son-la", over(34 * bn), exactly(2 * bn), over(400), exactly(180), 126, 14, 14, 10, 12, 5},
		{"mttq-lai-chau", exactly(18_750_000_000), amount{}, exactly(196), exactly(104), 96, 12, 11, 7, 9, 5},
		{"mttq-lao-cai", exactly(30 * bn), exactly(3_050_000_000), exactly(251), exactly(149), 121, 16, 14, 10, 12, 6},
		{"mttq-ha-giang", over(28_500_000_000), amount{}, over(350), exactly(215), 109, 13, 12, 8, 10, 6},
		{"mttq-dien-bien", exactly(17 * bn), exactly(1 * bn), exactly(130), exactly(90), 104, 15, 12, 9, 12, 6},
	}
}

func works2021() []work {
	return []work{
		{"mttq-lang-son", exactly(36 * bn), exactly(2 * bn), exactly(290), exactly(260), 120, 14, 13, 9, 11, 0},
		{"mttq-cao-bang", over(22 * bn), amount{}, exactly(270), over(210), 110, 13, 12, 8, 10, 0},
		{"mttq-son-la", over(31_200_000_000), exactly(1_500_000_000), over(360), exactly(170), 118, 12, 13, 9, 10, 0},
		{"mttq-lai-chau", exactly(17_100_000_000), amount{}, exactly(180), exactly(95), 90, 10, 10, 6, 8, 0},
		{"mttq-lao-cai", exactly(28_400_000_000), exactly(2_400_000_000), exactly(240), exactly(130), 115, 13, 13, 9, 11, 0},
		{"mttq-ha-giang", over(27 * bn), amount{}, over(330), exactly(190), 101, 11, 11, 7, 9, 0},
		{"mttq-dien-bien", exactly(16_300_000_000), exactly(900_000_000), exactly(120), exactly(80), 98, 12, 11, 8, 10, 0},
	}
}

// portion gives the share of a whole number that falls to one of n parts, the last
// taking what is left.
func portion(total int64, part, of int) int64 {
	if part == of-1 {
		return total - total/int64(of)*int64(of-1)
	}
	return total / int64(of)
}

// reported are the years of the seven Fronts as they went: what they did, quarter
// by quarter.
func (c *cluster) reported(ctx context.Context) error {
	for _, y := range []struct {
		year  int
		works []work
	}{{2021, works2021()}, {2022, works2022()}} {
		for quarter := range 4 {
			first := calendar.DayOf(y.year, time.Month(3*quarter+1), 1)
			last := first.AddMonths(3) - 1
			if quarter == 3 {
				last = calendar.DayOf(y.year, time.November, 10)
			}
			c.at(max(last, calendar.DayOf(2021, time.December, 20)))
			for _, w := range y.works {
				if err := c.quarter(ctx, w, last, quarter, 4); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// quarter enters what a Front did in one of the parts of a year.
func (c *cluster) quarter(ctx context.Context, w work, day calendar.Day, part, of int) error {
	f := c.front(w.front)
	of64 := func(a amount) amount {
		a.n = portion(a.n, part, of)
		if part < of-1 {
			a.how = deed.Exact // it is the last report of a year that says “over”
		}
		return a
	}
	one := func(n int64) amount { return exactly(portion(n, part, of)) }
	done := []struct {
		kind, title string
		lines       map[deed.Unit]amount
	}{
		{"resource-drive", "Vận động nguồn lực xây dựng nông thôn mới, an sinh xã hội", map[deed.Unit]amount{deed.Money: of64(w.money), deed.GoodsValue: of64(w.goods)}},
		{"solidarity-house", "Làm mới, sửa chữa nhà đại đoàn kết cho hộ nghèo", map[deed.Unit]amount{deed.Built: of64(w.built), deed.Repaired: of64(w.repaired)}},
		{"front-publicity", "Tuyên truyền, vận động Nhân dân", map[deed.Unit]amount{deed.Acts: one(w.publicity)}},
		{"campaign", "Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”", map[deed.Unit]amount{deed.Acts: one(w.campaigns)}},
		{"supervision", "Giám sát theo kế hoạch năm", map[deed.Unit]amount{deed.Acts: one(w.supervision)}},
		{"social-criticism", "Phản biện dự thảo văn bản", map[deed.Unit]amount{deed.Acts: one(w.criticism)}},
		{"dialogue", "Đối thoại với Nhân dân", map[deed.Unit]amount{deed.Acts: one(w.talks)}},
		{"exchange", "Giao lưu Nhân dân hai bên biên giới", map[deed.Unit]amount{deed.Acts: one(w.abroad)}},
	}
	return c.as(ctx, f.clerk, "vào sổ công tác quý", func(ctx context.Context, tx *store.Tx) error {
		for _, d := range done {
			var lines []deed.Line
			for _, unit := range deed.Units() {
				if a := d.lines[unit]; a.n > 0 {
					lines = append(lines, deed.Line{Unit: unit, Quantity: a.n, Qualifier: a.how, Currency: currencyOf(unit)})
				}
			}
			if len(lines) == 0 {
				continue
			}
			_, err := deed.Post(ctx, tx, f.clerk, deed.Deed{Body: f.id, Kind: d.kind, Title: d.title, Day: calendar.InMonth(day.Year(), monthOf(day)), Status: deed.Done, Lines: lines, Source: invented})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
