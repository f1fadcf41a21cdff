package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// The forms of the sample.
const (
	MonthlyForm = "bao-cao-thang" // asked of the branches by the association
	WeeklyForm  = "mat-tran-so"   // asked of the Fronts by their cluster
)

// forms are a monthly form of the branches, fourteen months long, and a weekly one
// of the Fronts whose totals go on to a national platform.
func (b *builder) forms(ctx context.Context) error {
	if err := b.monthly(ctx); err != nil {
		return err
	}
	return b.weekly(ctx)
}

func vi(said string) reporting.Names { return reporting.Names{"vi": said} }

func three(vi, en, fr string) reporting.Names { return reporting.Names{"vi": vi, "en": en, "fr": fr} }

// monthlyForm is what communes' Fronts really ask each month, shortened and turned
// to branches of countrymen.
func (b *builder) monthlyForm() reporting.Form {
	return reporting.Form{
		Code: MonthlyForm, Body: b.root, Every: reporting.Month, Due: 5, Since: calendar.DayOf(2025, time.September, 1), Posting: reporting.OnApproval,
		Names:   three("Báo cáo tháng của chi hội", "Monthly report of the branches", "Rapport mensuel des sections"),
		Intro:   vi("Mỗi chi hội gửi một phiếu mỗi tháng; gửi lại thì phiếu sau thay phiếu trước."),
		Senders: reporting.Senders{Under: b.root, Kinds: []body.Kind{body.Branch}}, Contact: "Thư ký Ban liên lạc, 0215 555 0103",
		Groups: []reporting.Group{
			{Code: "p1", Names: three("Tình hình hội viên", "The members", "Les membres")},
			{Code: "p2", Names: three("Tuyên truyền, vận động", "Publicity and campaigns", "Information et campagnes")},
			{Code: "p3", Names: three("Đánh giá, kiến nghị", "Judgement and proposals", "Appréciation et propositions")},
		},
		Questions: []reporting.Question{
			{Group: "p1", Kind: reporting.Text, Needed: true, Names: three("Tình hình, tâm tư của hội viên", "How the members fare and what they think", "Situation et préoccupations des membres")},
			{Group: "p1", Kind: reporting.Number, Names: three("Số hội viên gặp khó khăn", "Members in hardship", "Membres en difficulté")},
			{Group: "p2", Kind: reporting.Number, Needed: true, Feeds: "publication.acts", Names: three("Số buổi tuyên truyền", "Publicity sessions", "Séances d’information")},
			{Group: "p2", Kind: reporting.Number, Names: three("Số lượt người dự", "People who came", "Participants")},
			{Group: "p2", Kind: reporting.Money, Cur: "VND", Names: three("Số tiền vận động được", "Money raised", "Argent collecté")},
			{Group: "p2", Kind: reporting.Number, Names: three("Số hộ được giúp đỡ", "Households helped", "Ménages aidés")},
			{Group: "p2", Kind: reporting.YesNo, Names: three("Có mô hình, việc làm mới không?", "Anything new worth showing?", "Une initiative nouvelle ?")},
			{Group: "p2", Kind: reporting.Link, Names: three("Địa chỉ ảnh, bài viết", "Pictures or an article", "Photos ou article")},
			{Group: "p3", Kind: reporting.Choice, Names: three("Tự đánh giá", "Own judgement", "Auto-évaluation"), Options: []reporting.Option{
				{Code: "o1", Names: three("Hoàn thành tốt", "Done well", "Bien accompli")}, {Code: "o2", Names: three("Hoàn thành", "Done", "Accompli")}, {Code: "o3", Names: three("Còn hạn chế", "With shortcomings", "Insuffisant")},
			}},
			{Group: "p3", Kind: reporting.Text, Names: three("Kiến nghị với Ban liên lạc", "Proposals to the committee", "Propositions au comité")},
		},
	}
}

// define draws up a form.
func (b *builder) define(ctx context.Context, f reporting.Form) (reporting.Form, error) {
	err := b.write(ctx, "lập biểu mẫu báo cáo", func(ctx context.Context, tx *store.Tx) (err error) {
		f, err = reporting.Define(ctx, tx, b.by, f, f.Revision)
		return err
	})
	return f, err
}

// answered is what a unit typed for the questions of a form.
func answered(f reporting.Form, typed ...string) (reporting.Answers, error) {
	all := reporting.NewAnswers()
	for i, said := range typed {
		if err := all.Read(f.Questions[i], said, "vi"); err != nil {
			return all, err
		}
	}
	return all, nil
}

// monthly has the branches send fourteen months: one of them regularly late, and of
// October three nothing, one sent back, two not yet approved.
func (b *builder) monthly(ctx context.Context) error {
	b.at(calendar.DayOf(2025, time.September, 15))
	asked := b.monthlyForm()
	asked.Posting = reporting.Never // on trial until the year's report is out
	f, err := b.define(ctx, asked)
	if err != nil {
		return err
	}
	counted := calendar.DayOf(2026, time.January, 1)
	for p := f.Every.Of(f.Since); p.From <= until; p = f.Every.After(p) {
		if p.From == counted {
			b.at(calendar.DayOf(2026, time.January, 20))
			f.Posting = reporting.OnApproval
			if f, err = b.define(ctx, f); err != nil {
				return err
			}
		}
		for i := range b.branches {
			if err := b.branchMonth(ctx, f, p, i); err != nil {
				return fmt.Errorf("%s of branch %d: %w", f.Every.Code(p), i, err)
			}
		}
	}
	return nil
}

// concerns are what branches tell of their members.
var concerns = []string{
	"Hội viên phấn khởi, đoàn kết; quan tâm việc chuẩn bị gặp mặt đầu xuân.",
	"Hội viên ổn định; một số cụ cao tuổi ốm dài ngày cần thăm hỏi.",
	"Hội viên mong có thêm thông tin về quê sau sắp xếp đơn vị hành chính.",
	"Tình hình bình thường; vận động đóng hội phí đạt kết quả khá.",
}

func (b *builder) branchMonth(ctx context.Context, f reporting.Form, p calendar.Period, i int) error {
	_, m, _ := p.From.Civil()
	last := p.To+1 > until // October 2026
	if last && i >= 9 {
		return nil // three have not sent
	}
	if i == 7 && m%4 == 0 && !last {
		return nil // one forgets a month now and then
	}
	n := int64(m) + 3*int64(p.From.Year()-2025) // no two years alike
	typed := []string{
		concerns[(i+int(m))%len(concerns)], fmt.Sprint((i*int(n) + 3) % 5), fmt.Sprint(1 + (i+int(n)*(p.From.Year()-2023))%4), attended(i, n), raised(i, n), fmt.Sprint((i + int(n)) % 4),
		[]string{"không", "có"}[(i+int(n))%2], "", []string{"o1", "o2", "o2", "o3"}[(i+int(n))%4], "",
	}
	answers, err := answered(f, typed...)
	if err != nil {
		return err
	}
	day := p.To + 2
	if i == 7 {
		day = p.To + 8 // after the fifth
	}
	b.at(day)
	unit := b.branches[i].id
	return b.write(ctx, "chi hội gửi báo cáo tháng", func(ctx context.Context, tx *store.Tx) error {
		sent := reporting.Sending{Unit: unit, Based: reporting.Latest, By: "Chi hội trưởng", Way: reporting.ByLink, Answers: answers}
		if _, err := reporting.Send(ctx, tx, b.by, f.ID, p, sent); err != nil {
			return err
		}
		j := reporting.Judgement{Form: f.ID, Period: p, Unit: unit, Based: reporting.Latest}
		switch {
		case last && i == 5:
			j.Reason = "Số lượt người dự ghi “trên 200” trong khi chi hội có 58 hội viên, đề nghị xem lại."
			_, err := reporting.SendBack(ctx, tx, b.by, j)
			return err
		case last && i >= 6:
			return nil // waits to be approved
		}
		_, err := reporting.Approve(ctx, tx, b.by, j)
		return err
	})
}

// attended is how many came, not always counted to the head.
func attended(i int, month int64) string {
	n := fmt.Sprint(18 + (int64(i)*7+month*5)%40)
	switch {
	case i == 5:
		return "trên 200"
	case i%4 == 1:
		return "khoảng " + n
	case i%4 == 2:
		return "trên " + n
	}
	return n
}

func raised(i int, month int64) string {
	if (int64(i)+month)%5 == 0 {
		return "0"
	}
	return fmt.Sprint(1000 * (500 + (int64(i)*130+month*70)%900))
}

// weekly has the Fronts of the cluster send four weeks of October 2026.
func (b *builder) weekly(ctx context.Context) error {
	var cluster body.Body
	var units []body.ID
	codes := []string{"mttq-lang-son", "mttq-cao-bang", "mttq-son-la", "mttq-lai-chau", "mttq-dien-bien", "mttq-tuyen-quang-2025", "mttq-lao-cai-2025"}
	b.at(calendar.DayOf(2026, time.October, 1))
	err := b.write(ctx, "tìm các đơn vị của cụm", func(ctx context.Context, tx *store.Tx) (err error) {
		if cluster, err = tx.BodyByCode(ctx, ClusterCode); err != nil {
			return err
		}
		for _, code := range codes {
			one, err := tx.BodyByCode(ctx, code)
			if err != nil {
				return err
			}
			units = append(units, one.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	f, err := b.define(ctx, weeklyForm(cluster.ID, units))
	if err != nil {
		return err
	}
	for p := f.Every.Of(f.Since); p.To <= until; p = f.Every.After(p) {
		for i, unit := range units {
			if i == 3 && p.To+7 > until {
				continue // one has not sent the last week
			}
			b.at(p.To + 1)
			n := int64(i) + int64(p.From)%7
			answers, err := answered(f, fmt.Sprint(3+n%6), []string{"", "khoảng ", "trên "}[i%3]+fmt.Sprint(100*(2+n)), fmt.Sprintf("%d triệu", 40+10*n), fmt.Sprint(1+n%4), "")
			if err != nil {
				return err
			}
			err = b.write(ctx, "Mặt trận tỉnh gửi số liệu tuần", func(ctx context.Context, tx *store.Tx) error {
				_, err := reporting.Send(ctx, tx, b.by, f.ID, p, reporting.Sending{Unit: unit, Based: reporting.Latest, By: "Văn phòng", Way: reporting.ByLink, Answers: answers})
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func weeklyForm(cluster body.ID, units []body.ID) reporting.Form {
	return reporting.Form{
		Code: WeeklyForm, Body: cluster, Every: reporting.Week, Due: 2, Since: calendar.DayOf(2026, time.September, 28), Until: calendar.DayOf(2026, time.November, 1), Posting: reporting.Never,
		Names:   three("Số liệu tuần “Mặt trận số”", "Weekly figures for “Mặt trận số”", "Chiffres hebdomadaires « Mặt trận số »"),
		Senders: reporting.Senders{Named: units}, Contact: "Thường trực cụm trưởng",
		Questions: []reporting.Question{
			{Kind: reporting.Number, Needed: true, Names: three("Số cuộc tuyên truyền", "Publicity events", "Actions d’information")},
			{Kind: reporting.Number, Needed: true, Names: three("Số lượt người tham gia", "People who took part", "Participants")},
			{Kind: reporting.Money, Cur: "VND", Needed: true, Names: three("Tiền ủng hộ Quỹ “Vì người nghèo”", "Given to the fund “For the Poor”", "Dons au fonds « Pour les pauvres »")},
			{Kind: reporting.Number, Names: three("Số nhà đại đoàn kết khởi công, bàn giao", "Solidarity houses begun or handed over", "Maisons de solidarité commencées ou remises")},
			{Kind: reporting.Text, Names: three("Vấn đề nổi lên trong tuần", "What came up this week", "Faits marquants de la semaine")},
		},
		Platform: []reporting.Column{
			{Title: "MaDonVi", What: reporting.PlatformCode},
			{Title: "TenDonVi", What: reporting.PlatformUnit},
			{Title: "TuNgay", What: reporting.PlatformFrom},
			{Title: "DenNgay", What: reporting.PlatformTo},
			{Title: "SoCuocTT", What: "q1"},
			{Title: "SoLuotNguoi", What: "q2"},
			{Title: "QuyViNguoiNgheo", What: "q3"},
			{Title: "NhaDDK", What: "q4"},
			{Title: "NguonNhap", Fixed: "KITH"},
		},
	}
}
