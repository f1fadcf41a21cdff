package web

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/chart/specimen"
	"kith.app/internal/page"
)

// The gallery shows every shared part with invented people, so that it can be
// looked at and judged before any subject uses it.

// inside draws parts as the children of a component.
func around(outer templ.Component, parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(parts...)), w)
	})
}

func words(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

func bars(values ...float64) []page.Bar {
	var all []page.Bar
	names := []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"}
	for n, v := range values {
		all = append(all, page.Bar{Name: names[n], Value: v, Said: coin(v), Now: n == len(values)-1})
	}
	return all
}

func coin(v float64) string {
	return string([]byte{byte('0' + int(v)/10%10), byte('0' + int(v)%10)})
}

func (q *request) galleryShell(title, lead string) page.Shell {
	s := q.shell(title)
	s.Lead = lead
	s.Book = page.Book{Name: "Hội đồng hương Hải Dương", Under: "khu vực Điện Biên Phủ", Href: "/"}
	s.Person = page.Person{Mark: "u1", Name: "Đặng Thị Lan", Office: "Thư ký", Href: "/me", SignOut: "/sign-out"}
	return s
}

func galleryToday(q *request) error {
	s := q.galleryShell("Chào bác Lan", "Chủ nhật 22 tháng 11 năm 2026 · 14 tháng Mười, Bính Ngọ")
	s.Actions = page.FirstLink("Ghi một việc đã làm", "/deeds/new")
	return q.show(around(page.Layout(s),
		page.Tiles(s.Reader, []page.Tile{
			{Figure: "61", Text: "lượt thăm hội viên ốm · năm 2025: 58", Href: "/x", Chart: page.Series{Title: "Thăm ốm", Told: "từ 3 đến 8 lượt mỗi tháng", Bars: bars(3, 5, 4, 6, 7, 5, 4, 8, 6, 7, 6)}},
			{Figure: "23", Text: "cụ được mừng thọ · còn 4 cụ trong năm", Href: "/x", Chart: page.Series{Title: "Mừng thọ", Told: "nhiều nhất tháng Hai", Bars: bars(1, 6, 2, 0, 1, 2, 1, 3, 2, 3, 2)}},
			{Figure: "48.350.000 đ", Text: "tồn quỹ, khớp sổ quỹ ngày 20/11", Href: "/x", Broad: true, Chart: page.Series{Title: "Tồn quỹ", Told: "gần như không đổi", Good: true, Bars: bars(40, 42, 41, 39, 44, 46, 45, 47, 46, 49, 48)}},
		}),
		around(page.Columns(),
			around(page.Card("60 ngày tới", page.Link{Text: "In cả danh sách", Href: "/x"}), page.Agenda([]page.Coming{
				{Day: "25", Month: "tháng 11", Text: "Mừng thọ 80 tuổi cụ Phạm Văn Thược", Note: "Chi hội Noong Bua · quà theo định mức 500.000 đ · bác Tiến thăm", Href: "/x", Mark: page.Mark{Tone: page.Due, Text: "còn 3 ngày"}},
				{Day: "02", Month: "tháng 12", Text: "Quốc khánh nước CHDCND Lào", Note: "Thư gửi Tổng Lãnh sự quán · đã có bản thảo, chờ ký", Href: "/x", Mark: page.Mark{Tone: page.Waiting, Text: "chờ ký"}},
				{Day: "20", Month: "tháng 12", Text: "Hạn nộp báo cáo năm của 12 chi hội", Note: "9 đã gửi · thiếu: Mường Thanh, Him Lam, Thanh Trường", Href: "/x", Mark: page.Mark{Tone: page.Late, Text: "thiếu 3"}},
				{Day: "09", Month: "tháng 1", Text: "Họp mặt đầu xuân: gửi giấy mời", Note: "412 giấy mời · in theo chi hội", Href: "/x", Mark: page.Mark{Tone: page.Done, Text: "sẵn sàng in"}},
			})),
			around(page.Card("Vừa ghi", page.Link{Text: "Tất cả", Href: "/x"}), page.Entries([]page.Entry{
				{Text: "Thăm ốm ông Vũ Đình Khoát", Note: "hôm qua · phiếu chi 87 · người ghi: Lan", Href: "/x", Figure: "300.000 đ"},
				{Text: "Thưởng 42 cháu học sinh giỏi", Note: "15/11 · chi hội Thanh Minh", Href: "/x", Figure: "8.400.000 đ"},
				{Text: "Nhận ủng hộ của gia đình ông Bùi Quang Hải", Note: "12/11 · phiếu thu 131", Href: "/x", Figure: "+2.000.000 đ", Tone: page.Done},
			})),
		),
	))
}

func galleryForm(q *request) error {
	s := q.galleryShell("Ghi một việc đã làm", "Chỉ cần bốn mục. Còn lại ghi sau cũng được.")
	var wrong page.Problems
	if q.value("wrong") != "" {
		wrong = page.Problems{{Field: "who", Text: "Ghi tên người được thăm."}, {Field: "amount", Text: "Số tiền phải là số, ví dụ 300.000."}}
	}
	r := s.Reader
	kinds := []page.Option{{Value: "sick", Text: "Thăm ốm", Chosen: true}, {Value: "mourn", Text: "Phúng viếng"}, {Value: "long", Text: "Mừng thọ"}, {Value: "study", Text: "Khuyến học"}, {Value: "poor", Text: "Trợ giúp khó khăn"}, {Value: "home", Text: "Về thăm quê"}, {Value: "else", Text: "Việc khác…"}}
	return q.show(around(page.Layout(s), around(page.Form(r, page.FormHead{Action: "/gallery/form", Draft: "gallery", Files: true}, wrong),
		around(page.Fields(),
			page.Chips(r, page.Field{Name: "kind", Label: "Việc gì?"}, kinds),
			page.Combobox(r, wrong.Mark(page.Field{Name: "who", Label: "Cho ai?", Needed: true, Value: q.value("who"), Hint: "Gõ vài chữ của tên."}), page.Search{Href: "/gallery/people", IDName: "who_id"}),
			page.DateInput(r, page.Field{Name: "when", Label: "Ngày nào?", Needed: true, Value: "21/11/2026", Echo: "thứ Bảy · 13 tháng Mười âm lịch", EchoFrom: "/gallery/echo", Hint: "Không nhớ ngày: ghi 11/2026 hoặc 2026"}),
			page.MoneyInput(r, wrong.Mark(page.Field{Name: "amount", Label: "Bao nhiêu?", Value: "300.000 đ", EchoFrom: "/gallery/echo", Echo: "Ba trăm nghìn đồng"})),
			page.TextInput(r, page.Field{Name: "by", Label: "Ai đi thăm?", Value: "Lan, Tiến"}),
			around(page.Notice(page.Done), words("Theo định mức từ 01/2024: thăm ốm nằm viện 300.000 đ, một năm không quá hai lần. Đây là lần thứ nhất trong năm.")),
		),
		around(page.Fold("Quà bằng hiện vật, ngày công", "", true), page.Lines(page.LinesHead{Name: "gifts", Label: "Quà", Title: true, Add: "Thêm một món quà"},
			[]templ.Component{gift(r, "1")}, gift(r, "{n}"))),
		around(page.Fold("Giấy tờ, ảnh, người làm chứng", "2 mục", true), around(page.Fields(),
			page.FileInput(r, page.Field{Name: "paper", Label: "Ảnh hoặc giấy tờ", Hint: "Ảnh chụp, PDF hoặc Word, mỗi tệp không quá 64 MB"}, ".jpg,.png,.pdf"),
			page.Select(r, page.Field{Name: "branch", Label: "Chi hội"}, []page.Option{{Value: "1", Text: "Noong Bua"}, {Value: "2", Text: "Him Lam"}}),
			page.TextArea(r, page.Field{Name: "note", Label: "Ghi chú", Whole: true}, 3),
			page.NumberInput(r, page.Field{Name: "count", Label: "Số người", Short: true, Unit: "người", Value: "2"}),
			page.PasswordInput(r, page.Field{Name: "password", Label: "Mật khẩu", Autofill: "current-password"}),
			page.Radios(r, page.Field{Name: "state", Label: "Đã làm hay mới dự định?"}, []page.Option{{Value: "done", Text: "Đã làm", Note: "tính vào sổ và báo cáo", Chosen: true}, {Value: "plan", Text: "Dự định", Note: "nhắc khi đến ngày"}}),
			page.ChipsMany(r, page.Field{Name: "with", Label: "Cùng làm"}, []page.Option{{Value: "a", Text: "Hội Phụ nữ", Chosen: true}, {Value: "b", Text: "Hội Cựu chiến binh"}}),
			page.Tick(page.Field{Name: "named", Label: "Gia đình đồng ý nêu tên trên bảng tin", Value: "yes", Hint: "bỏ dấu nếu chưa hỏi", Whole: true}),
		)),
		around(page.FormEnd(), page.Submit("Ghi vào sổ"), page.SubmitAs("Ghi và ghi tiếp", "next", "yes"), page.BareLink("Thôi", "/gallery")),
	)))
}

// gift is one line of goods.
func gift(r page.Reader, n string) templ.Component {
	return templ.Join(
		page.TextInput(r, page.Field{Name: "gift", ID: "gift-" + n, Label: "Món quà"}),
		page.NumberInput(r, page.Field{Name: "pieces", ID: "pieces-" + n, Label: "Số lượng", Short: true}),
	)
}

func galleryList(q *request) error {
	s := q.galleryShell("Hội viên", "523 người trong 12 chi hội")
	s.Crumbs = []page.Link{{Text: "Hôm nay", Href: "/"}, {Text: "Hội viên", Href: "/people"}}
	s.Actions = templ.Join(page.FirstLink("Thêm hội viên", "/x"), page.ButtonLink(page.GlyphUpload, "Nhập từ Excel", "/x"))
	s.Flashes = []page.Flash{{Tone: page.Done, Text: "Đã ghi thêm cụ Phạm Văn Thược vào chi hội Noong Bua.", Link: page.Link{Text: "Xem", Href: "/x"}}}
	r := s.Reader
	table := page.Table{
		ID: "roll", Caption: "Hội viên", Quiet: true,
		Columns: []page.Column{
			{Head: "Họ tên", Chief: true, Sort: "?sort=name", Sorted: page.Rising},
			{Head: "Năm sinh", Figure: true, Sort: "?sort=born"},
			{Head: "Chi hội", Sort: "?sort=branch"},
			{Head: "Quê quán"},
			{Head: "Hội phí 2026"},
			{Head: "Đã đóng", Figure: true},
		},
		Total: []page.Cell{{Text: "Cộng trang này"}, {}, {}, {}, {}, {Text: "480.000 đ"}},
		Next:  "?after=4", Told: "1–5 trong 523 hội viên",
	}
	for _, name := range []string{"Vũ Đình Khoát", "Đặng Thị Lan", "Phạm Văn Thược", "Nguyễn Hữu Tiến", "Bùi Quang Hải"} {
		if q.value("q") != "" && name != "Đặng Thị Lan" {
			continue
		}
		mark := page.Badge(page.Done, "đã đóng")
		if name == "Bùi Quang Hải" {
			mark = page.Badge(page.Late, "nợ 2 năm")
		}
		table.Rows = append(table.Rows, page.Row{Href: "/gallery/record", Cells: []page.Cell{
			{Text: name, Note: "0912 000 000"}, {Text: "1949"}, {Text: "Noong Bua"}, {Text: "xã Kim Anh, Kim Thành", Note: "nay xã Phú Thái, Hải Phòng"}, {Part: mark}, {Text: "120.000 đ", Tone: page.Done},
		}})
	}
	wide := table
	wide.ID, wide.Wide, wide.Quiet, wide.Caption, wide.Next, wide.Told = "wide", true, false, "Bảng rộng cuộn trong khung", "", ""
	empty := page.Table{Columns: table.Columns, Empty: page.Empty{Glyph: page.GlyphPeople, Head: "Chưa có hội viên nào", Text: "Nhập từ tệp Excel đang có, hoặc ghi từng người. Chỉ cần họ tên; còn lại bổ sung sau.", Do: page.Link{Text: "Nhập danh sách", Href: "/x"}, Or: page.Link{Text: "Ghi một người", Href: "/x"}}}
	return q.show(around(page.Layout(s),
		page.Tabs("Cách xem", []page.Tab{{Text: "Tất cả", Count: "523", Href: "/x", Current: true}, {Text: "Sắp mừng thọ", Count: "27", Href: "/x"}, {Text: "Nợ hội phí", Count: "41", Href: "/x"}, {Text: "Đã mất", Href: "/x"}}),
		around(page.Filter(r, page.FilterHead{Action: "/gallery/list", Results: "roll", Label: "Tìm theo tên, số điện thoại, quê", Query: q.value("q"), Clear: "/gallery/list"}),
			page.Select(r, page.Field{Name: "branch", Label: "Chi hội"}, []page.Option{{Text: "Tất cả chi hội"}, {Value: "1", Text: "Noong Bua"}})),
		around(page.Toolbar([]page.Tool{{Glyph: page.GlyphDownload, Text: "Tải về Excel", Href: "/x"}, {Glyph: page.GlyphPaper, Text: "Bản Word", Href: "/x"}}), page.PrintButton(r)),
		page.DataTable(r, table), page.DataTable(r, wide), page.DataTable(r, empty),
	))
}

func galleryRecord(q *request) error {
	s := q.galleryShell("Phạm Văn Thược", "sinh 1946 · chi hội Noong Bua")
	s.Crumbs = []page.Link{{Text: "Hội viên", Href: "/people"}}
	s.Actions = templ.Join(page.ButtonLink(page.GlyphEdit, "Sửa", "/x"), page.DialogLink(page.GlyphRemove, "Ghi đã rời hội", "/gallery/confirm"))
	r := s.Reader
	return q.show(around(page.Layout(s),
		page.Steps(r, []page.Step{{Text: "Chọn tệp", Done: true}, {Text: "Khớp cột", Done: true}, {Text: "Xem thử", Current: true}, {Text: "Nhập"}}),
		around(page.Columns(),
			around(page.Card("Hồ sơ", page.Link{}), page.Facts([]page.Fact{
				{Name: "Họ tên", Text: "Phạm Văn Thược"},
				{Name: "Ngày sinh", Text: "1946", Note: "chỉ biết năm"},
				{Name: "Quê quán", Text: "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", Note: "nay xã Phú Thái, thành phố Hải Phòng", Href: "/x"},
				{Name: "Điện thoại", Text: "0912 000 000"},
				{Name: "Hội phí", Mark: page.Mark{Tone: page.Late, Text: "nợ 2 năm"}},
				{Name: "Đã nhận", Text: "1.300.000 đ", Note: "Một triệu ba trăm nghìn đồng"},
			})),
			around(page.Card("Lịch sử", page.Link{Text: "Ai xem được", Href: "/x"}), page.History([]page.Past{
				{When: "20/11/2026 08:15 · Lan", Text: "Sửa số điện thoại", Note: "từ 0912 000 001", Href: "/x"},
				{When: "15/02/2026 · Tiến", Text: "Mừng thọ 80 tuổi", Note: "500.000 đ · phiếu chi 12", Tone: page.Done},
				{When: "01/01/2024 · nhập từ Excel", Text: "Vào sổ", Note: "tệp danh sách 2024, dòng 17"},
			})),
		),
		around(page.Card("Thăm ốm theo tháng, 2026", page.Link{}), page.Bars(r, page.Series{Title: "Thăm ốm theo tháng, 2026", Told: "nhiều nhất tháng Tám", Bars: bars(3, 5, 4, 6, 7, 5, 4, 8, 6, 7, 6)}), page.BarList(page.Series{Title: "Theo chi hội", Bars: bars(9, 5, 1)})),
		around(page.Card("Tổ chức", page.Link{}), page.Tree(s.Reader, []page.Node{{Text: "Hội đồng hương", Href: "/x", Note: "523 hội viên", Below: []page.Node{
			{Text: "Chi hội Noong Bua", Href: "/x", Note: "61 hội viên", Mark: page.Mark{Tone: page.Done, Text: "đã báo cáo"}},
			{Text: "Chi hội Him Lam", Href: "/x", Note: "48 hội viên", Mark: page.Mark{Tone: page.Late, Text: "chưa báo cáo"}, Below: []page.Node{{Text: "Tổ 3", Href: "/x"}}},
		}}})),
		page.Doors([]page.Door{{Glyph: page.GlyphReport, Head: "Báo cáo năm", Text: "Số liệu 2025, ký và gửi được ngay", Href: "/x"}, {Glyph: page.GlyphGift, Head: "Mừng thọ 2027", Text: "31 cụ tròn tuổi", Href: "/x", Mark: page.Mark{Tone: page.Due, Text: "cần chuẩn bị"}}, {Glyph: page.GlyphOffice, Head: "Bàn giao", Text: "Tình hình hội khi đổi người", Href: "/x"}}),
		page.Progress("Đã nhập 340 trong 523 dòng", 340, 523),
		around(page.Notice(page.Late), words("Sổ quỹ lệch 50.000 đ so với kiểm kê ngày 20/11.")),
		around(page.Notice(page.Due), words("Tỉnh Hải Dương nay thuộc thành phố Hải Phòng (từ 01/07/2025). 6 việc chưa bàn giao.")),
		around(page.Notice(page.Plain), words("Chỉ thư ký và thủ quỹ xem được trang này.")),
		page.Money("48.350.000 đ", "Bốn mươi tám triệu ba trăm năm mươi nghìn đồng"),
		icons(),
		page.Compare("Hai bản ghi", "Bản đang có", "Bản mới nhập", []page.Difference{
			{Name: "name", Label: "Họ tên", Left: "Phạm Văn Thược", Right: "Phạm Văn Thuộc", Keep: "left"},
			{Name: "phone", Label: "Điện thoại", Left: "—", Right: "0912 000 000", Keep: "right"},
			{Label: "Chi hội", Left: "Noong Bua", Right: "Noong Bua"},
		}),
	))
}

// icons shows every drawing.
func icons() templ.Component {
	var all []templ.Component
	for _, g := range []page.Glyph{
		page.GlyphHome, page.GlyphDeed, page.GlyphPeople, page.GlyphBody, page.GlyphTie, page.GlyphFund, page.GlyphProgramme, page.GlyphContest,
		page.GlyphCalendar, page.GlyphReport, page.GlyphOffice, page.GlyphPress, page.GlyphSettings, page.GlyphMore, page.GlyphSearch, page.GlyphPrint,
		page.GlyphDownload, page.GlyphUpload, page.GlyphEdit, page.GlyphAdd, page.GlyphRemove, page.GlyphWarning, page.GlyphInfo, page.GlyphCheck,
		page.GlyphClock, page.GlyphHistory, page.GlyphEye, page.GlyphUp, page.GlyphDown, page.GlyphBack, page.GlyphPaper, page.GlyphGift,
		page.GlyphPlace, page.GlyphPhone, page.GlyphUndo, page.GlyphKey,
	} {
		all = append(all, page.ButtonLink(g, string(g), "/x"))
	}
	return around(page.Toolbar(nil), all...)
}

func galleryConfirm(q *request) error {
	s := q.galleryShell("Ghi đã rời hội", "")
	return q.show(around(page.Layout(s), page.Confirm(s.Reader, page.Asked{
		Title: "Cụ Phạm Văn Thược rời hội?", Text: "Tên cụ không còn trong danh sách từ hôm nay. Việc đã ghi vẫn giữ nguyên, và có thể ghi vào lại bất cứ lúc nào.",
		Action: "/gallery/confirm", Do: "Ghi đã rời hội", Danger: true, Leave: "/gallery/record",
		Reason: &page.Field{Name: "reason", Label: "Vì sao?", Hint: "bỏ trống cũng được"},
	})))
}

func galleryCharts(q *request) error {
	s := q.galleryShell("Hình vẽ", "Bản đồ, trục thời gian, nguồn gốc, biểu đồ")
	pictures := specimen.All()
	var cards []templ.Component
	for _, name := range slices.Sorted(maps.Keys(pictures)) {
		p := pictures[name]
		cards = append(cards, around(page.Card(p.Title, page.Link{}), page.Picture(s.Reader, p)))
	}
	return q.show(around(page.Layout(s), cards...))
}
