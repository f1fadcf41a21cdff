package sample

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/programme"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// PlanCode is the code of Thọ Xuân's plan of 2024.
const PlanCode = "tho-xuan-plan-2024"

// Thirty-six targets as a district's plan has them. The article tells how many were
// met and how many stood over half, not which: names and figures are samples. Of the
// seventeen others it says nothing, so they have no data.
//
//go:embed data/tho_xuan_2024.csv
var thoXuan2024 []byte

// half is the day for which the article tells how the plan stood.
var half = calendar.DayOf(2024, time.June, 30)

// plans are the plan of Thọ Xuân, the communes of Quế Sơn that met the standard, and
// the plans of the association and its branches, whose figures the journal tells.
func (b *builder) plans(ctx context.Context) error {
	for _, step := range []struct {
		why string
		do  func(context.Context, *store.Tx) error
	}{
		{"lập kế hoạch huyện Thọ Xuân năm 2024", b.thoXuanPlan},
		{"ghi xã đạt chuẩn nông thôn mới của huyện Quế Sơn", b.queSonCommunes},
		{"lập kế hoạch năm 2026 của hội và các chi hội", b.ownPlans},
	} {
		if err := b.write(ctx, step.why, step.do); err != nil {
			return err
		}
	}
	return nil
}

// words are words in the three languages.
func words(vi, en, fr string) programme.Words { return programme.Words{"vi": vi, "en": en, "fr": fr} }

func (b *builder) thoXuanPlan(ctx context.Context, tx *store.Tx) error {
	xuan, err := b.held(ctx, tx, "huyen-tho-xuan-thanh-hoa")
	if err != nil {
		return err
	}
	p, err := programme.Draw(ctx, tx, b.by, programme.Plan{
		Code: PlanCode, Body: xuan.ID, Period: calendar.Year(2024),
		Titles: words("Kế hoạch phát triển kinh tế - xã hội huyện Thọ Xuân năm 2024", "Socio-economic development plan of Tho Xuan district, 2024", "Plan de développement socio-économique du district de Tho Xuan, 2024"),
		Authorities: []programme.Authority{
			{Code: "huyen", Names: words("HĐND huyện", "District council", "Conseil du district")},
			{Code: "tinh", Names: words("UBND tỉnh", "Provincial committee", "Comité provincial")},
		},
		Due: []calendar.Day{calendar.DayOf(2024, time.July, 5), calendar.DayOf(2025, time.January, 5)},
		Note: "Minh họa: Báo Thanh Hóa chỉ nêu trong 6 tháng đầu năm 2024 huyện đạt và vượt kế hoạch 8/36 chỉ tiêu, 11/36 chỉ tiêu đạt trên 50%; " +
			"không nêu tên chỉ tiêu, không nói gì về 17 chỉ tiêu còn lại. Tên và số của từng chỉ tiêu do sổ mẫu đặt ra.",
	})
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(thoXuan2024)).ReadAll()
	if err != nil {
		return fmt.Errorf("read the sample plan: %w", err)
	}
	reported := map[programme.TargetID]programme.Actual{}
	for _, row := range rows[1:] {
		t, a, err := b.thoXuanTarget(ctx, tx, p, row)
		if err != nil {
			return fmt.Errorf("target %q: %w", row[1], err)
		}
		if a != nil {
			reported[t] = *a
		}
	}
	if p, err = programme.Adopt(ctx, tx, b.by, p.ID, calendar.DayOf(2023, time.December, 20), p.Revision); err != nil {
		return err
	}
	targets, err := tx.Targets(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, t := range targets {
		if a, ok := reported[t.ID]; ok {
			if _, err := programme.Report(ctx, tx, b.by, a, 0); err != nil {
				return fmt.Errorf("figure of %q: %w", t.Code, err)
			}
		}
	}
	return nil
}

// thoXuanTarget enters one row: code, names, heading, unit, direction, per, rule,
// baseline, plans of district and province, reached by the end of June, who.
func (b *builder) thoXuanTarget(ctx context.Context, tx *store.Tx, p programme.Plan, row []string) (programme.TargetID, *programme.Actual, error) {
	d := programme.Definition{
		Names: words(row[1], row[2], row[3]), Group: groups[row[4]], Units: units[row[5]], Direction: programme.Direction(row[6]), Rule: programme.Sum, Who: row[11],
	}
	if d.Units == nil || d.Group == nil {
		return 0, nil, fmt.Errorf("no unit %q or heading %q", row[5], row[4])
	}
	switch {
	case row[5] == "%":
		d.Per, d.Rule = 100, programme.Weighted
	case d.Direction == programme.YesNo:
		d.Rule = programme.Count
	}
	if row[7] != "" {
		n, err := programme.ReadNumber("baseline", row[7])
		if err != nil {
			return 0, nil, err
		}
		d.Baseline, d.FromBaseline = &n, true
	}
	for i, authority := range []string{"huyen", "tinh"} {
		if row[8+i] == "" {
			continue
		}
		n, err := programme.ReadNumber("plan", row[8+i])
		if err != nil {
			return 0, nil, err
		}
		d.Values = append(d.Values, programme.Value{Authority: authority, Plan: n})
	}
	t, err := programme.Set(ctx, tx, b.by, programme.Target{Plan: p.ID, Code: row[0], Def: d}, 0)
	if err != nil || row[10] == "" {
		return t.ID, nil, err
	}
	n, err := programme.ReadNumber("actual", row[10])
	return t.ID, &programme.Actual{
		Target: t.ID, On: half, Value: &n, Source: source.Source{Kind: source.Form, Title: "Số minh họa; bài báo chỉ nêu số chỉ tiêu đạt", Day: "2024-06-30"},
	}, err
}

// groups and units are the headings and the units of the sample's targets.
var (
	groups = map[string]programme.Words{
		"kinh-te": words("Kinh tế", "Economy", "Économie"), "xa-hoi": words("Văn hóa - xã hội", "Culture and society", "Culture et société"),
		"moi-truong": words("Môi trường", "Environment", "Environnement"), "an-ninh": words("An ninh, trật tự", "Security", "Sécurité"),
	}
	units = map[string]programme.Words{
		"%": words("%", "%", "%"), "tỷ đồng": words("tỷ đồng", "bn VND", "mds VND"), "triệu đồng": words("triệu đồng", "m VND", "M VND"), "triệu USD": words("triệu USD", "m USD", "M USD"),
		"nghìn tấn": words("nghìn tấn", "thousand tonnes", "milliers de tonnes"), "ha": words("ha", "ha", "ha"), "km": words("km", "km", "km"), "người": words("người", "people", "personnes"),
		"xã": words("xã", "communes", "communes"), "thôn": words("thôn", "villages", "villages"), "sản phẩm": words("sản phẩm", "products", "produits"), "lượt": words("nghìn lượt", "thousand visits", "milliers de visites"),
		"doanh nghiệp": words("doanh nghiệp", "firms", "entreprises"), "trường": words("trường", "schools", "écoles"), "nhà": words("nhà", "houses", "maisons"), "": words("", "", ""),
	}
)

// queSonCommunes are the eleven communes of Quế Sơn, of which nine met the standard.
// The article tells how many; which ones and what the others lack is a sample.
func (b *builder) queSonCommunes(ctx context.Context, tx *store.Tx) error {
	xuan, err := b.held(ctx, tx, "huyen-tho-xuan-thanh-hoa")
	if err != nil {
		return err
	}
	short := map[string][]string{"que-phong": {"10", "11"}, "que-hiep": {"10", "17"}}
	for _, name := range []string{
		"que-xuan-1", "que-xuan-2", "que-phu", "que-mi", "que-an", "que-minh", "que-chau", "que-thuan", "que-long", "que-phong", "que-hiep",
	} {
		unit, err := b.held(ctx, tx, "xa-"+name+"-que-son-quang-nam")
		if err != nil {
			return err
		}
		s := programme.Status{
			Body: xuan.ID, Unit: unit.ID, Standard: "ntm-commune-2021", On: half, Outcome: programme.Meets, Missing: short[name],
			Source: quoted(visitArticle, "9/11 communes répondant aux normes NTM"), Note: "Minh họa: bài báo nêu 9/11 xã, không nêu tên xã và tiêu chí còn thiếu.",
		}
		if len(s.Missing) > 0 {
			s.Outcome = programme.Falls
		}
		if _, err := programme.State(ctx, tx, b.by, s); err != nil {
			return err
		}
	}
	return nil
}

// ownTarget is one target of the association's plans; a branch has those with a
// plan of its own.
type ownTarget struct {
	code    string
	names   programme.Words
	unit    programme.Words
	measure string
	plan    int64
	branch  func(i int) int64 // nil: only the association
}

func ownTargets() []ownTarget {
	each := func(plan int64) func(int) int64 { return func(int) int64 { return plan } }
	return []ownTarget{
		{"tham-om", words("Thăm hội viên ốm", "Visits to sick members", "Visites aux membres malades"), words("lượt", "visits", "visites"), "sick-visit.acts", 60, each(6)},
		{"khuyen-hoc", words("Học sinh, sinh viên được khen thưởng", "Pupils and students rewarded", "Élèves et étudiants récompensés"), words("cháu", "pupils", "élèves"), "study-award.persons", 120, each(10)},
		{"giup-kho-khan", words("Hội viên khó khăn được giúp", "Families in hardship helped", "Familles en difficulté aidées"), words("hộ", "families", "familles"), "hardship.families", 5, nil},
		{"hoi-vien", words("Số hội viên", "Members", "Membres"), words("người", "people", "personnes"), "member.persons", 530, nil},
		{"ung-ho-quy", words("Ủng hộ quỹ", "Donations to the fund", "Dons au fonds"), words("đồng", "VND", "VND"), "donation.money:VND", 60_000_000, nil},
		{"ky-yeu", words("In kỷ yếu của hội", "A book of the association printed", "Un livre de l’association imprimé"), words("", "", ""), "", 1, nil},
	}
}

// ownPlans are the plan of the association for 2026 and those of its branches, which
// are told by the journal.
func (b *builder) ownPlans(ctx context.Context, tx *store.Tx) error {
	if err := b.ownPlan(ctx, tx, b.root, "hai-duong-dien-bien-plan-2026", words("Kế hoạch công tác hội năm 2026", "Plan of the association, 2026", "Plan de l’association, 2026"), -1); err != nil {
		return err
	}
	for i, branch := range b.branches {
		title := words("Kế hoạch chi hội "+branch.name+" năm 2026", "Plan of the "+branch.name+" branch, 2026", "Plan de la section de "+branch.name+", 2026")
		if err := b.ownPlan(ctx, tx, branch.id, "chi-hoi-"+body.CodeFrom(branch.name)+"-plan-2026", title, i); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) ownPlan(ctx context.Context, tx *store.Tx, of body.ID, code string, titles programme.Words, branch int) error {
	p, err := programme.Draw(ctx, tx, b.by, programme.Plan{
		Code: code, Body: of, Titles: titles, Period: calendar.Year(2026), Due: []calendar.Day{calendar.DayOf(2026, time.December, 20)},
		Authorities: []programme.Authority{{Code: "hoi", Names: words("Ban Chấp hành", "Executive committee", "Comité exécutif")}},
	})
	if err != nil {
		return err
	}
	for _, t := range ownTargets() {
		d := programme.Definition{Names: t.names, Units: t.unit, Direction: programme.More, Rule: programme.Sum, Measure: t.measure}
		plan := t.plan
		if branch >= 0 {
			if t.branch == nil {
				continue
			}
			plan = t.branch(branch)
		}
		if t.measure == "" {
			d.Direction, d.Rule, d.Who = programme.YesNo, programme.Count, "Thư ký"
		}
		if programme.StockMeasure(t.measure) {
			d.Direction = programme.Keep
		}
		d.Values = []programme.Value{{Authority: "hoi", Plan: programme.Whole(plan)}}
		if _, err := programme.Set(ctx, tx, b.by, programme.Target{Plan: p.ID, Code: t.code, Def: d}, 0); err != nil {
			return err
		}
	}
	_, err = programme.Adopt(ctx, tx, b.by, p.ID, calendar.DayOf(2026, time.January, 10), p.Revision)
	return err
}
