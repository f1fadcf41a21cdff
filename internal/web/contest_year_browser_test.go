package web

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// yearlong is a contest that many people bring through its year in a browser, each
// signing in for what is theirs to do.
type yearlong struct {
	town
	b     *browsertest.Browser
	units []body.Body // lead, deputy, member
	heads []string    // who speaks for each
	deed  deed.ID     // of the member, which it claims
	path  string      // of the contest of this year
}

// The people of the year: who keeps the cluster, who is named for a stage. Heads of
// branches speak for their units: nga leads, vui is deputy, hai is a member.
var seatsOfYear = []struct{ login, name, stage string }{
	{"mai", "Lò Thị Mai", "Cơ quan thường trực"},
	{"khanh", "Hà Văn Khánh", "Hội đồng thi đua"},
	{"loan", "Vì Thị Loan", "Ban Thường trực"},
	{"quyet", "Cầm Văn Quyết", "Ban Thường trực"},
	{"la", "Nguyễn Văn Lạ", ""}, // has nothing to do with it
}

func TestAWholeContestYearIsPlayedBySeparatePeopleInABrowser(t *testing.T) {
	y := yearlong{town: newTown(t), heads: []string{"nga", "vui", "hai"}}
	thanhTruong := storetest.Branch(t, y.book, "Chi hội Thanh Trường")
	y.units = []body.Body{y.noongBua, thanhTruong, y.himLam}
	y.officer(t, y.noongBua.ID, access.Head, "Cà Thị Nga", "nga")
	y.officer(t, thanhTruong.ID, access.Head, "Lường Thị Vui", "vui")
	y.people(t)
	browsertest.Run(t, y.base, func(b *browsertest.Browser) {
		y.b = b
		y.drawn()
		y.stages()
		y.signed()
		y.table()
		y.strangersAreRefused()
		y.selfScored()
		y.crossChecked()
		y.explained()
		y.ledAndOffice()
		y.councilAndBoard()
		y.published()
		y.appealed()
		y.handedOver()
	})
}

// people gives the assessors accounts, and each unit a deed that it can claim.
func (y *yearlong) people(t *testing.T) {
	t.Helper()
	hash, err := access.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Write(t, y.book, func(ctx context.Context, tx *store.Tx) error {
		cluster := storetest.Named("Cụm thi đua số 1", body.Cluster)
		cluster.Parent = y.book.Root()
		if _, err := body.Found(ctx, tx, cluster); err != nil {
			return err
		}
		for _, s := range seatsOfYear {
			p, err := person.Enrol(ctx, tx, storetest.Operator(), person.Person{Body: y.book.Root(), Name: s.name, Birth: calendar.InYear(1960)}, nil)
			if err != nil {
				return err
			}
			if _, err := store.Admit(ctx, tx, store.Account{Login: s.login, Person: p.ID, Hash: hash, Lang: "vi"}); err != nil {
				return err
			}
		}
		for i, u := range y.units {
			posted, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{
				Body: u.ID, Kind: "sick-visit", Title: "Thăm hội viên ốm quý I", Day: calendar.On(2026, 3, 4), Lines: []deed.Line{{Unit: deed.Acts, Quantity: int64(10 - i)}},
			})
			if err != nil {
				return err
			}
			y.deed = posted.ID
		}
		return nil
	})
}

// as signs somebody in and opens a page under the contest.
func (y *yearlong) as(login, under string) { enter(y.b, login, y.path+under) }

// refused opens a page under the contest that is not for who is signed in.
func (y *yearlong) refused(under, why string) {
	y.b.Open(y.path + under)
	y.b.See(why)
	y.b.Hush("403")
}

// sets writes answers into the form that sends to an address ending so, by the names of
// its fields, and sends it.
func (y *yearlong) sets(form string, answers ...string) {
	y.b.Until(`!!document.querySelector('form[action$="` + form + `"]')`)
	script := `(() => { const f = document.querySelector('form[action$="` + form + `"]'); const set = (n, v) => { const e = f.elements[n]; if (e.type === "checkbox") { e.checked = v !== "" } else { e.value = v } };`
	for i := 0; i+1 < len(answers); i += 2 {
		script += `set("` + answers[i] + `", "` + answers[i+1] + `");`
	}
	y.b.Script(script + ` f.requestSubmit(); return "sent" })()`)
}

func (y *yearlong) unit(i int) string { return "/units/" + y.units[i].Code }

// drawn: who keeps the cluster opens the year and enlists its units.
func (y *yearlong) drawn() {
	b := y.b
	enter(b, "lan", "/contests/new")
	b.Fill("Năm", "2026")
	b.Fill("Tổng điểm chuẩn", "20")
	b.Click("Cụm giao ước: tự chấm, chấm chéo, bỏ phiếu")
	b.Click("Mở kỳ thi đua")
	b.See("Đã mở kỳ thi đua năm 2026")
	y.path = b.At()
	for i, u := range y.units {
		b.Open(y.path + "/members")
		if i > 0 {
			b.Click("Thêm đơn vị")
		}
		name := u.NameOn("vi", storetest.Today())
		b.Fill("Đơn vị", name)
		b.Click(name)
		if i < 2 {
			b.Click([]string{"Cụm trưởng", "Cụm phó"}[i])
		}
		b.Click("Ghi vào danh sách")
		b.See("Đã ghi " + name)
	}
	b.Open(y.path + "/settings")
	b.Fill("Tên danh hiệu hoặc hình thức", "Đơn vị xuất sắc toàn diện")
	b.Fill("Chỉ tới hạng", "1")
	b.Click("Phải được bỏ phiếu thông qua")
	b.Script(`document.querySelector('form[action$="/settings/awards"]').requestSubmit()`) // one of several that end with the same word
	b.See("Đã lưu")
}

// stages: two more stages are put between the lead and the conference, which becomes
// the board; people are named for each.
func (y *yearlong) stages() {
	b := y.b
	for _, s := range [][]string{
		{"name-5", "Ban Thường trực", "order-5", "8", "name-6", "Cơ quan thường trực", "order-6", "5", "by-6", "assessors", "does-6", "edits", "back-6", "lead"},
		{"name-7", "Hội đồng thi đua", "order-7", "6", "by-7", "assessors", "does-7", "edits", "back-7", "lead", "order-5", "5", "order-6", "7"},
	} {
		b.Open(y.path + "/stages")
		y.sets("/stages/own", s...)
		b.See("Đã lưu")
		b.See(s[1])
	}
	for _, s := range seatsOfYear {
		if s.stage == "" {
			continue
		}
		b.Open(y.path + "/stages")
		b.Script(`(() => { const head = [...document.querySelectorAll("h2, h3")].find((h) => h.innerText.includes("` + s.stage + `")); const f = (head.closest("section, article, div.card") || head.parentElement).querySelector("form[action$='/stages/name']"); f.elements.who.value = "` + s.name + `"; f.requestSubmit(); return "" })()`)
		b.See("Đã lưu")
		b.See(s.name)
	}
	b.NotSee("chưa có ai được giao")
}

// signed: each unit signs what it means to do, and only its own contract.
func (y *yearlong) signed() {
	b := y.b
	y.as("hai", "")
	y.refused("/contract/"+y.units[0].Code, "Đây là bảng của đơn vị khác")
	for i, u := range y.units {
		y.as(y.heads[i], "/contract/"+u.Code)
		b.Fill("Nội dung chỉ tiêu", "Thăm 10 hội viên ốm")
		b.Fill("Ngày ký", "10/1/2026")
		b.Fill("Người ký", "Trưởng chi hội")
		b.Click("Lưu")
		b.See("đơn vị đã ký")
	}
	b.See("3/3 đơn vị đã ký")
}

// table: one criterion is read from the journal, one judged by people; the year opens.
func (y *yearlong) table() {
	b := y.b
	y.as("lan", "/table/new?method=per_count")
	y.sets("/table/new", "no", "1", "name", "Thăm hội viên ốm", "max", "10", "per", "1", "value", "[sick-visit.acts]")
	b.Until(`location.pathname === "` + y.path + `/table"`)
	b.Open(y.path + "/table/new?method=hand")
	y.sets("/table/new", "no", "2", "name", "Tuyên truyền, vận động", "max", "10")
	b.Until(`location.pathname === "` + y.path + `/table"`)
	b.See("Tuyên truyền, vận động")
	b.Open(y.path)
	b.Click("Mở cho các đơn vị tự chấm")
	b.See("các đơn vị bắt đầu tự chấm")
}

// strangersAreRefused: a unit sees its own file only, who has nothing to do with the
// contest sees nothing of it, and who keeps it is not who publishes before the end.
func (y *yearlong) strangersAreRefused() {
	y.as("hai", "")
	y.b.See("Chi hội Him Lam: tự chấm rồi chuyển bảng đi")
	y.refused(y.unit(0), "Đây là bảng của đơn vị khác")
	y.refused("/matrix", "Kết quả chung chỉ xem được sau khi công bố")
	y.refused("/changes", "Kết quả chung chỉ xem được sau khi công bố")
	y.refused("/publish", "Chỉ người phụ trách cụm")
	y.as("la", "")
	y.refused("", "Chỉ đơn vị tham gia và người chấm xem được kỳ thi đua này")
}

// score gives one criterion of the sheet at hand its points: it alone stands open.
func (y *yearlong) score(criterion, points, reason string) {
	y.b.See(criterion)
	y.b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = d.querySelector("summary").innerText.includes("` + criterion + `") })`)
	y.b.Fill("Điểm (tối đa 10)", points)
	if reason != "" {
		y.b.Fill("Lý do, giải thích", reason)
	}
	y.b.Click("Lưu điểm")
}

// selfScored: each unit takes over what the journal proposes; the member tries what is
// refused first.
func (y *yearlong) selfScored() {
	b := y.b
	for i, login := range y.heads {
		y.as(login, y.unit(i))
		b.Click("Nhận điểm sổ đề nghị cho 1 tiêu chí")
		b.See("Đã chấm 1/2 tiêu chí")
		if login == "hai" {
			b.Click("Chuyển bảng đi")
			b.See("2 “Tuyên truyền, vận động” chưa có điểm")
			b.Hush("422")
			y.score("2. Tuyên truyền, vận động", "11", "")
			b.See("11 điểm nằm ngoài khoảng từ 0 đến 10")
			b.Hush("422")
			if kept := b.Answer("Điểm (tối đa 10)"); kept != "11" {
				b.See("11 kept beside the message, not " + kept)
			}
			b.Fine()
		}
		y.score("2. Tuyên truyền, vận động", []string{"9", "8,5", "10"}[i], "")
		b.See("Đã lưu 2. Tuyên truyền, vận động")
		y.as(login, y.unit(i))
		b.Click("Chuyển bảng đi")
		b.See("Đã chuyển bảng của")
	}
}

// crossChecked: a neighbour sees the evidence and nothing more of the journal, gives
// another score with a reason, and assesses nobody's unit of their own.
func (y *yearlong) crossChecked() {
	b := y.b
	y.as("vui", "")
	b.See("2 bảng của đơn vị khác đang chờ bác chấm")
	y.as("vui", y.unit(1))
	b.NotSee("Chuyển bảng đi")
	y.as("vui", y.unit(2))
	b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = true })`)
	b.See("Thăm hội viên ốm quý I")
	if b.Count(`main a[href="`+deedPath(y.deed)+`"]`) != 0 {
		b.See("no way into the journal of another unit")
	}
	b.Picture("contest-year-evidence")
	b.Open(deedPath(y.deed))
	b.Hush("403")
	b.NotSee("Thăm hội viên ốm quý I")
	y.as("vui", y.unit(2))
	y.score("2. Tuyên truyền, vận động", "9,5", "")
	b.See("Cần ghi lý do")
	b.Hush("422")
	b.Fine()
	b.Fill("Lý do, giải thích", "thiếu kế hoạch quý III")
	b.Click("Lưu điểm")
	b.See("Đã lưu 2. Tuyên truyền, vận động")
	y.handsOn("vui", 2)
	y.handsOn("vui", 0)
	y.handsOn("hai", 1)
	y.as("vui", "")
	y.refused(y.unit(2), "Đây là bảng của đơn vị khác") // its turn is over
}

// handsOn has somebody send a unit's sheet on.
func (y *yearlong) handsOn(login string, unit int) {
	y.as(login, y.unit(unit))
	y.b.Click("Chuyển bảng đi")
	y.b.See("Đã chuyển bảng của")
}

func (y *yearlong) explained() {
	b := y.b
	for i, login := range y.heads {
		y.as(login, y.unit(i))
		if i == 2 {
			b.See("Điểm bị đổi")
			b.See("thiếu kế hoạch quý III")
			b.NotSee("Lường Thị Vui")
		}
		b.Fill("Giải trình", "Đơn vị nhất trí với kết quả chấm chéo")
		b.Click("Chuyển bảng đi")
		b.See("Đã chuyển bảng của")
	}
}

// ledAndOffice: the lead concludes the sheets of the others, the deputy that of the
// lead; then comes the standing office.
func (y *yearlong) ledAndOffice() {
	y.as("nga", y.unit(0))
	y.b.NotSee("Chuyển bảng đi") // nobody assesses their own unit
	y.handsOn("nga", 1)
	y.handsOn("nga", 2)
	y.handsOn("vui", 0)
	for i := range y.units {
		y.handsOn("mai", i)
	}
	y.as("hai", "")
	y.b.See("đang được xem xét")
	y.b.NotSee("Hội đồng thi đua")
}

// councilAndBoard: the council returns a sheet with its reason, the board only looks;
// of its two members who act at once the second hears of the first.
func (y *yearlong) councilAndBoard() {
	b := y.b
	y.as("khanh", y.unit(2))
	b.Click("Trả lại bảng này")
	b.Fill("Lý do trả lại", "cụm trưởng xem lại mục 2")
	b.Script(`document.querySelector('form[action$="/back"]').requestSubmit()`)
	b.See("Đã trả lại bảng của")
	y.as("nga", y.unit(2))
	b.See("cụm trưởng xem lại mục 2")
	b.Click("Chuyển bảng đi")
	b.See("Đã chuyển bảng của")
	for i := range y.units {
		y.handsOn("khanh", i)
	}
	y.as("loan", y.unit(2))
	if b.Count(`form[action*="/scores/"]`) != 0 {
		b.See("the board gives no scores")
	}
	y.boardActs("Cầm Văn Quyết", 2)
	b.Click("Chuyển bảng đi")
	b.See("Cầm Văn Quyết")
	b.Hush("40")
	b.Hush("42")
	y.handsOn("loan", 0)
	y.handsOn("quyet", 1)
}

// boardActs moves a sheet on while another has it open.
func (y *yearlong) boardActs(name string, unit int) {
	id, _ := idNumber(y.path[len("/contests/"):])
	if err := y.book.Write(context.Background(), store.Writing{By: access.Operator(name)}, func(ctx context.Context, tx *store.Tx) error {
		s, err := tx.Sheet(ctx, contest.ID(id), y.units[unit].ID)
		if err != nil {
			return err
		}
		_, err = contest.HandOn(ctx, tx, access.Operator(name), contest.Which{Contest: contest.ID(id), Unit: y.units[unit].ID, Based: s.Revision}, "")
		return err
	}); err != nil {
		y.b.See(err.Error())
	}
}

// published: who keeps the cluster records the vote and publishes; afterwards nothing is
// changed any more.
func (y *yearlong) published() {
	b := y.b
	y.as("lan", "/changes")
	b.See("thiếu kế hoạch quý III")
	b.Open(y.path + "/ballots")
	b.Click("Đặt quy tắc bỏ phiếu")
	b.Fill("Tên quy tắc", "Suy tôn")
	b.Fill("Số người phải có mặt", "2/3")
	b.Fill("Đạt từ", "80%")
	b.Fill("Hiệu lực từ ngày", "1/1/2024")
	b.Click("Đặt quy tắc")
	b.See("Đã lưu")
	b.Open(y.path + "/ballots/new")
	b.Fill("Bỏ phiếu về việc gì", "Suy tôn đơn vị xuất sắc toàn diện")
	b.Pick("Cho danh hiệu", "Đơn vị xuất sắc toàn diện")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	for _, count := range []string{"Có quyền bỏ phiếu", "Có mặt", "Phiếu phát ra", "Phiếu thu về", "Phiếu hợp lệ"} {
		b.Fill(count, "9")
	}
	b.Fill("Chi hội Noong Bua", "9")
	b.Click("Ghi kết quả")
	b.See("Đã ghi kết quả kiểm phiếu")
	b.Open(y.path + "/publish")
	b.Fill("Gõ chữ để xác nhận", "CÔNG BỐ")
	b.Click("Công bố")
	b.See("Đã công bố. Kết quả không sửa được nữa")
	y.as("hai", y.unit(2))
	b.NotSee("Lưu điểm")
	b.NotSee("Chuyển bảng đi")
	y.as("hai", y.unit(2)+"/why")
	b.See("2. Tuyên truyền, vận động: 10 → 9,5")
	b.See("thiếu kế hoạch quý III")
	b.NotSee("Lường Thị Vui")
	y.refused(y.unit(0), "Đây là bảng của đơn vị khác")
}

// appealed: a decision after publication amends and erases nothing.
func (y *yearlong) appealed() {
	b := y.b
	y.as("lan", y.unit(2)+"/why")
	b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = true })`)
	y.sets("/appeal", "to", "18", "day", dayTyped(storetest.Today()), "number", "12/QĐ", "reason", "đã nộp đủ kế hoạch quý III")
	b.See("Đã ghi quyết định")
	b.See("đã nộp đủ kế hoạch quý III")
	b.See("17,5")
}

// handedOver: the title is given, the lead of the year hands the flag to the deputy, who
// signs the next contract.
func (y *yearlong) handedOver() {
	b := y.b
	y.as("lan", "/awards")
	b.Script(`document.querySelectorAll("main details").forEach((d) => { d.open = true })`)
	b.Pick("Đơn vị", "Chi hội Noong Bua")
	b.Fill("Thành tích", "Dẫn đầu cụm thi đua năm 2026")
	b.Click("Đã có quyết định khen")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	b.Click("Ghi đề nghị")
	b.See("Đã ghi cho Chi hội Noong Bua")
	enter(b, "nga", "/contests/new")
	b.Fill("Năm", "2027")
	b.Pick("Làm theo", "Thi đua năm 2026 (2026)")
	b.Click("Mở kỳ thi đua")
	b.See("Đã mở kỳ thi đua năm 2027")
	next := b.At()
	b.Open(y.path + "/flag")
	b.Pick("Đơn vị nhận cờ", "Chi hội Thanh Trường")
	b.Fill("Ngày", dayTyped(storetest.Today()))
	b.Click("Trao cờ")
	b.See("Đã trao cờ")
	b.Open(next + "/members")
	b.See("từ Chi hội Noong Bua")
	enter(b, "vui", next+"/contract/"+y.units[1].Code)
	b.Fill("Nội dung chỉ tiêu", "Thăm 12 hội viên ốm")
	b.Fill("Ngày ký", dayTyped(storetest.Today()))
	b.Fill("Người ký", "Lường Thị Vui")
	b.Click("Lưu")
	b.See("1/3 đơn vị đã ký")
	b.Open(next + "/contract")
	b.See("1/3 đơn vị đã ký")
	b.Fine()
}
