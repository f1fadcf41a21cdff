package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/office"
	"kith.app/internal/store"
)

// conferenceDay is the day of the conference that the article tells of.
var conferenceDay = calendar.DayOf(2022, time.December, 2)

// conference is the day in Lạng Sơn: visits, the seminar, the ballot, the results,
// the contract of the next year and the flag.
func (c *cluster) conference(ctx context.Context) error {
	c.at(conferenceDay)
	k, err := c.contestOf(ctx, 2022)
	if err != nil {
		return err
	}
	for _, f := range c.fronts {
		if err := c.handOn(ctx, c.chief, k, f, ""); err != nil {
			return fmt.Errorf("conference on %s: %w", f.code, err)
		}
	}
	return c.as(ctx, c.chief, "hội nghị tổng kết cụm thi đua năm 2022", func(ctx context.Context, tx *store.Tx) error {
		flag, err := c.conferenceDeeds(ctx, tx)
		if err != nil {
			return err
		}
		if err := c.conferencePlan(ctx, tx, k); err != nil {
			return err
		}
		if err := c.stated(ctx, tx); err != nil {
			return err
		}
		if err := c.voted(ctx, tx, k); err != nil {
			return err
		}
		if k, err = contest.Publish(ctx, tx, c.chief, k.ID, "CÔNG BỐ", k.Revision); err != nil {
			return err
		}
		if err := c.honoured(ctx, tx, k); err != nil {
			return err
		}
		next, err := c.draw(ctx, tx, contest.Contest{Year: 2023, Basis: "Bảng điểm minh họa"}, c.members("", ""))
		if err != nil {
			return err
		}
		if err := contest.CopyTable(ctx, tx, c.chief, k.ID, next.ID); err != nil {
			return err
		}
		return contest.PassFlag(ctx, tx, c.chief, k.ID, contest.Flag{
			Taker: c.front("mttq-dien-bien").id, Day: conferenceDay, Deed: flag, Note: "Cờ cụm trưởng năm 2023",
		})
	})
}

func (c *cluster) contestOf(ctx context.Context, year int) (contest.Contest, error) {
	f, err := c.book.As(c.chief).ContestOf(ctx, c.id, year)
	return f.Contest, err
}

// conferenceDeeds are the day's events as the article tells them; the deed of the
// flag is given back.
func (c *cluster) conferenceDeeds(ctx context.Context, tx *store.Tx) (deed.ID, error) {
	day := calendar.OnDay(conferenceDay)
	guests := []deed.Party{{Role: deed.Host, Body: c.front("mttq-lang-son").id}}
	for _, f := range c.fronts[1:] {
		guests = append(guests, deed.Party{Role: deed.Participant, Body: f.id})
	}
	guests = append(guests, deed.Party{Role: deed.Guest, Name: "Phó Chủ tịch Ủy ban Trung ương MTTQ Việt Nam"}, deed.Party{Role: deed.Guest, Name: "Phó Bí thư Thường trực Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh Lạng Sơn"})
	one := []deed.Line{{Unit: deed.Acts, Quantity: 1}}
	var last deed.ID
	for _, d := range []deed.Deed{
		{
			Kind: "exchange", Title: "Thăm doanh nghiệp thực hiện tốt Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”", PlaceNote: "thành phố Lạng Sơn, huyện Cao Lộc",
			Parties: []deed.Party{
				{Role: deed.Host, Name: "Công ty TNHH MTV Xe điện Việt – Nhật", Note: "thành phố Lạng Sơn"}, {Role: deed.Host, Name: "Công ty TNHH Bảo Long", Note: "huyện Cao Lộc"},
			},
			Source: quoted(clusterArticle, "in the morning of the same day, the delegation […] visited production and business activities at Vietnam – Japan Electric Vehicle One Member Co., Ltd (Lang Son city); Bao Long Co., Ltd (Cao Loc district)"),
		},
		{
			Kind: "meeting-general", Title: "Hội nghị tổng kết hoạt động Cụm thi đua năm 2022 và tọa đàm Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”", PlaceNote: "thành phố Lạng Sơn", Parties: guests,
			Source: quoted(clusterArticle, "On the afternoon of December 2, in Lang Son city, the Emulation Cluster of the Fatherland Front Committee of 7 northern border provinces […] held a conference to summarize activities in 2022"),
		},
		{
			Kind: "other", Title: "Trao cờ luân lưu Cụm trưởng năm 2023 cho MTTQ tỉnh Điện Biên", PlaceNote: "thành phố Lạng Sơn",
			Parties: []deed.Party{{Role: deed.Giver, Body: c.front("mttq-lang-son").id, Name: "Chủ tịch Ủy ban MTTQ tỉnh Lạng Sơn"}, {Role: deed.Receiver, Body: c.front("mttq-dien-bien").id}},
			Source:  quoted(clusterArticle, "presented the leader flag of the Cluster Leader in 2023 to Dien Bien province"),
		},
	} {
		d.Body, d.Day, d.Status, d.Lines = c.id, day, deed.Done, one
		posted, err := deed.Post(ctx, tx, c.chief, d)
		if err != nil {
			return 0, err
		}
		last = posted.ID
		if d.Kind == "meeting-general" {
			if err := c.askedFor(ctx, tx, posted.ID); err != nil {
				return 0, err
			}
		}
	}
	return last, nil
}

// askedFor are the tasks that the central Front gave the units at the conference; by
// whom and until when was not said.
func (c *cluster) askedFor(ctx context.Context, tx *store.Tx, meeting deed.ID) error {
	for _, text := range []string{
		"Tập trung tuyên truyền chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước",
		"Phối hợp thực hiện tốt các cuộc vận động, phong trào thi đua yêu nước gắn với các chương trình mục tiêu quốc gia",
		"Chủ động đề xuất, phối hợp tổ chức gặp gỡ, đối thoại định kỳ giữa người đứng đầu cấp ủy, chính quyền với Nhân dân",
		"Chủ động phối hợp giải quyết các vụ việc phức tạp phát sinh từ cơ sở",
		"Đổi mới công tác giám sát, phản biện xã hội theo hướng có trọng tâm",
		"Củng cố, kiện toàn tổ chức bộ máy; nâng cao trình độ, năng lực cán bộ Mặt trận các cấp",
	} {
		if _, err := office.Resolve(ctx, tx, c.chief, office.Task{Text: text, Meeting: meeting, Name: "Các đơn vị trong cụm", Note: "Ý kiến của Ủy ban Trung ương MTTQ Việt Nam; hạn không nêu."}); err != nil {
			return err
		}
	}
	return nil
}

// voted is the secret ballot on the first title.
func (c *cluster) voted(ctx context.Context, tx *store.Tx, k contest.Contest) error {
	rule, err := contest.SetRule(ctx, tx, c.chief, k.ID, contest.VoteRule{
		Code: "title", Names: said("Suy tôn danh hiệu của cụm", "Vote on titles of the cluster", "Vote des titres du groupe"),
		Quorum: contest.Ratio{Num: 2, Den: 3}, Threshold: contest.Ratio{Num: 2, Den: 3}, Of: contest.OfPresent, Secret: true,
		Basis: "Quy chế hoạt động của cụm (minh họa)", Since: calendar.DayOf(2016, time.January, 1), Until: calendar.Latest,
	})
	if err != nil {
		return err
	}
	_, err = contest.Vote(ctx, tx, c.chief, contest.Ballot{
		Contest: k.ID, Award: excellentUnit, Question: "Suy tôn đơn vị xuất sắc toàn diện năm 2022", Day: conferenceDay, Rule: contest.VoteRule{Code: rule.Code},
		Eligible: 15, Present: 14, Issued: 14, Collected: 14, Valid: 13,
		Candidates: []contest.Candidate{{Unit: c.front("mttq-lang-son").id, For: 12}, {Unit: c.front("mttq-cao-bang").id, For: 5}},
		Tellers:    []string{"Tổ kiểm phiếu của hội nghị"}, Note: "Số phiếu là minh họa.",
	})
	return err
}

// honoured gives the titles of the year.
func (c *cluster) honoured(ctx context.Context, tx *store.Tx, k contest.Contest) error {
	for _, h := range []struct {
		award, front, reason string
		decree               contest.Decree
	}{
		{excellentUnit, "mttq-lang-son", "Dẫn đầu cụm thi đua năm 2022", contest.Decree{Day: conferenceDay, Issuer: "Hội nghị tổng kết cụm thi đua", Text: "Công nhận đơn vị xuất sắc toàn diện của cụm năm 2022."}},
		{meritPaper, "mttq-cao-bang", "Thành tích xuất sắc trong công tác Mặt trận năm 2022", contest.Decree{Day: conferenceDay, Issuer: "Ủy ban Trung ương MTTQ Việt Nam", Text: "Minh họa."}},
	} {
		given, err := contest.ProposeAward(ctx, tx, c.chief, contest.Honour{Contest: k.ID, Award: h.award, Unit: c.front(h.front).id, For: h.reason})
		if err != nil {
			return fmt.Errorf("%s: %w", h.front, err)
		}
		if h.award == meritPaper {
			var found []contest.Filed
			for _, p := range proposalPapers()[:3] {
				found = append(found, contest.Filed{Of: p.Code, State: contest.OnFile, Note: "minh họa"})
			}
			if _, err := contest.FilePapers(ctx, tx, c.chief, contest.Filing{Honour: given.ID, Found: found, Based: given.Revision}); err != nil {
				return err
			}
		}
		if _, err := contest.DecideAward(ctx, tx, c.chief, given.ID, contest.Ruling{Status: contest.Given, Decree: h.decree}); err != nil {
			return err
		}
	}
	return c.proposedFlag(ctx, tx, k)
}

// proposedFlag is a proposal whose file is not whole yet: invented.
func (c *cluster) proposedFlag(ctx context.Context, tx *store.Tx, k contest.Contest) error {
	h, err := contest.ProposeAward(ctx, tx, c.chief, contest.Honour{Contest: k.ID, Award: centralFlag, Unit: c.front("mttq-lang-son").id, For: "Hoàn thành xuất sắc nhiệm vụ công tác Mặt trận năm 2022 (minh họa)"})
	if err != nil {
		return err
	}
	_, err = contest.FilePapers(ctx, tx, c.chief, contest.Filing{Honour: h.ID, Based: h.Revision, Found: []contest.Filed{
		{Of: "submission", State: contest.OnFile, Note: "số 41/TTr-MTTQ-BTT ngày 05/12/2022 (minh họa)"},
		{Of: "minutes", State: contest.OnFile, Note: "ngày 02/12/2022 (minh họa)"},
		{Of: "ballot", State: contest.OnFile, Note: "ngày 02/12/2022 (minh họa)"},
		{Of: "initiative", State: contest.NotNeeded, Note: "Tập thể đề nghị theo kết quả thi đua"},
	}})
	return err
}

// year2023 is the contract of 2023, signed at the conference; how the year went is
// not in the book.
func (c *cluster) year2023(ctx context.Context) error {
	k, err := c.contestOf(ctx, 2023)
	if err != nil {
		return err
	}
	return c.signed(ctx, k, conferenceDay, works2022())
}

// reformed is what the reform of 2025 did: the Fronts of Hà Giang and Tuyên Quang
// became one, and those of Lào Cai and Yên Bái.
func (c *cluster) reformed(ctx context.Context) error {
	c.at(calendar.DayOf(2025, time.July, 2))
	return c.write(ctx, "hợp nhất Mặt trận các tỉnh theo sắp xếp đơn vị hành chính năm 2025", func(ctx context.Context, tx *store.Tx) error {
		for i, m := range []struct {
			member string
			joined front
			heir   front
		}{
			{"mttq-ha-giang", front{code: "mttq-tuyen-quang", province: "08", vi: "Tuyên Quang", en: "Tuyen Quang", fr: "Tuyên Quang"}, front{code: "mttq-tuyen-quang-2025", province: "08", vi: "Tuyên Quang", en: "Tuyen Quang", fr: "Tuyên Quang"}},
			{"mttq-lao-cai", front{code: "mttq-yen-bai", province: "15", vi: "Yên Bái", en: "Yen Bai", fr: "Yen Bai"}, front{code: "mttq-lao-cai-2025", province: "10", vi: "Lào Cai", en: "Lao Cai", fr: "Lao Cai"}},
		} {
			seat, err := c.provinceOn(ctx, tx, m.joined.province)
			if err != nil {
				return err
			}
			other, err := body.Found(ctx, tx, body.Body{Code: m.joined.code, Kind: body.Front, Seat: int64(seat.ID), Names: frontNames(&m.joined), Note: "Không ở trong cụm trước khi hợp nhất."})
			if err != nil {
				return err
			}
			_, err = body.Merge(ctx, tx, []body.ID{c.front(m.member).id, other.ID}, body.Successor{New: &body.Body{Code: m.heir.code, Kind: body.Front, Names: frontNames(&m.heir)}}, body.Decision{
				Day: calendar.DayOf(2025, time.July, 1), Note: "Theo sắp xếp đơn vị hành chính cấp tỉnh; số quyết định của Trung ương chưa có trong sổ.", Source: "Nghị quyết số 202/2025/QH15",
			})
			if err != nil {
				return err
			}
			heir, err := tx.BodyByCode(ctx, m.heir.code)
			if err != nil {
				return err
			}
			m.heir.id = heir.ID
			if err := c.foundFront(ctx, tx, &m.heir, 1979+2*i, calendar.Date{}); err != nil {
				return err
			}
			c.fronts = append(c.fronts, &m.heir)
		}
		return nil
	})
}
