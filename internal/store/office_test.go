package store_test

import (
	"context"
	"encoding/hex"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// come enters a paper that came.
func come(t testing.TB, b *store.Book, d office.Draft) office.Paper {
	t.Helper()
	d.Way, d.Body = office.In, b.Root()
	return entered(t, b, d)
}

// went enters a paper that went.
func went(t testing.TB, b *store.Book, d office.Draft) office.Paper {
	t.Helper()
	d.Way, d.Body, d.Symbol = office.Out, b.Root(), "BLL"
	return entered(t, b, d)
}

func entered(t testing.TB, b *store.Book, d office.Draft) office.Paper {
	t.Helper()
	var p office.Paper
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		p, err = office.Enter(ctx, tx, storetest.Operator(), d)
		return err
	})
	return p
}

func paper(kind, subject string) office.Draft {
	return office.Draft{Paper: office.Paper{Kind: kind, Subject: subject, From: "UBND phường Mường Thanh"}}
}

func TestPapersAreNumberedByKindAndTypedNumbersAreKept(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		var got []string
		for _, d := range []office.Draft{
			paper(office.Report, "Báo cáo quý I"),
			paper(office.Report, "Báo cáo quý II"),
			paper(office.Letter, "Xin hỗ trợ hội trường"),
			{Paper: paper("", "Quyết định khen thưởng").Paper, Typed: "12/QĐ-…"},
			paper("decision", "Quyết định tiếp theo"),
			{Paper: paper(office.Report, "Báo cáo bù").Paper, Typed: "41"},
			paper(office.Report, "Báo cáo năm"),
		} {
			got = append(got, went(t, b, d).Label())
		}
		want := []string{"01/BC-BLL", "02/BC-BLL", "01/BLL", "12/QĐ-BLL", "13/QĐ-BLL", "41/BC-BLL", "42/BC-BLL"}
		if !slices.Equal(got, want) {
			t.Errorf("numbers %q, want %q", got, want)
		}
		for n, want := range []int64{1, 2} {
			if got := come(t, b, paper(office.Letter, "Mời họp")).Number; got != want {
				t.Errorf("arrival %d has number %d, want %d", n, got, want)
			}
		}
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			d := paper(office.Report, "Trùng số")
			d.Way, d.Body, d.Typed = office.Out, b.Root(), "2"
			_, err := office.Enter(ctx, tx, storetest.Operator(), d)
			return err
		})
		if key != "paper.number.taken" {
			t.Errorf("a number taken: %s", key)
		}
		missing, err := b.As(storetest.Operator()).MissingNumbers(context.Background(), b.Root(), 2026)
		if err != nil || len(missing["paper.out.report"]) != 20 || missing["paper.out.report"][0] != 3 || len(missing["paper.in"]) != 0 {
			t.Errorf("missing %v, %v", missing, err)
		}
		next, err := b.As(storetest.Operator()).NextPaperNumber(context.Background(), b.Root(), office.Out, office.Report, storetest.Today())
		if err != nil || next != 43 {
			t.Errorf("next %d, %v, want 43", next, err)
		}
		sound(t, b)
	})
}

func TestAReplySettlesWhatItAnswersAndAVoidOneDoesNot(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, view := context.Background(), b.As(storetest.Operator())
		d := paper(office.Letter, "Đề nghị báo cáo số hội viên cao tuổi")
		d.Day, d.Deadline, d.Theirs = calendar.DayOf(2026, 11, 2), calendar.DayOf(2026, 11, 15), "88/UBND-VX"
		in := come(t, b, d)
		waiting := func() int {
			n, err := view.CountPapers(ctx, store.PapersAsked{Late: true})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if waiting() != 1 {
			t.Fatal("a paper past its deadline is not late")
		}
		reply := paper(office.Report, "Số hội viên cao tuổi")
		reply.Answers = in.ID
		out := went(t, b, reply)
		if got, err := view.Paper(ctx, in.ID); err != nil || got.Answered != out.ID || got.Settled != out.Day || waiting() != 0 {
			t.Errorf("answered: %+v, %v", got, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return office.Void(ctx, tx, storetest.Operator(), out.ID, "ký nhầm")
		})
		if waiting() != 1 {
			t.Error("a void reply still answers")
		}
		if got := went(t, b, paper(office.Report, "Thay bản hủy")).Label(); got != "02/BC-BLL" {
			t.Errorf("the number of a void paper was given again: %s", got)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return office.Settle(ctx, tx, storetest.Operator(), in.ID, tx.Today(), "đã trả lời qua điện thoại")
		})
		if waiting() != 0 {
			t.Error("a paper that was dealt with is late")
		}
		sound(t, b)
	})
}

func TestWhatTheBookMadeIsRegisteredOnce(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		made := office.Made{Body: b.Root(), Kind: office.Report, From: "report/7", Subject: "Báo cáo năm 2025", Symbol: "BLL"}
		var first, again office.Paper
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if first, err = office.Register(ctx, tx, storetest.Operator(), made); err != nil {
				return err
			}
			again, err = office.Register(ctx, tx, storetest.Operator(), made)
			return err
		})
		if first.Label() != "01/BC-BLL" || again.ID != first.ID {
			t.Errorf("first %s, again %s", first.Label(), again.Label())
		}
	})
}

func TestTheRegisterIsFoundByWordsAndSeenByRight(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		d := paper(office.Letter, "Góp ý dự thảo điều lệ")
		d.From, d.Theirs = "Hội Người cao tuổi tỉnh", "17/HNCT"
		come(t, b, d)
		went(t, b, paper(office.Report, "Báo cáo tổng kết"))
		view := b.As(officer(b, access.Secretary, b.Root()))
		for typed, want := range map[string]int{"": 2, "dieu le": 1, "nguoi cao tuoi": 1, "17 hnct": 1, "bc bll": 1, "tổng kết": 1, "không có": 0} {
			got, err := view.Papers(ctx, store.PapersAsked{Typed: typed})
			if err != nil || len(got) != want {
				t.Errorf("%q found %d, %v, want %d", typed, len(got), err, want)
			}
		}
		for name, actor := range map[string]access.Actor{"a member of the board": officer(b, access.Member, b.Root()), "a stranger": {}} {
			if got, err := b.As(actor).Papers(ctx, store.PapersAsked{}); err != nil || len(got) != 0 {
				t.Errorf("%s sees %d papers, %v", name, len(got), err)
			}
		}
		if _, err := office.Enter(ctx, nil, officer(b, access.Treasurer, b.Root()), office.Draft{Paper: office.Paper{Body: b.Root()}}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a treasurer enters a paper: %v", err)
		}
	})
}

func TestATaskRunsFromResolutionToDone(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		storetest.Branch(t, b, "Chi hội Một")
		p := enrol(t, b, person.Person{Name: "Bùi Thị Hạnh"})[0]
		var soon, later office.Task
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			soon, err = office.Resolve(ctx, tx, by, office.Task{Body: b.Root(), Text: "Lập danh sách mừng thọ", Person: p.ID, Due: calendar.DayOf(2026, 11, 20)})
			if err != nil {
				return err
			}
			later, err = office.Resolve(ctx, tx, by, office.Task{Body: b.Root(), Text: "Sửa điều lệ", Name: "Ban Thường vụ"})
			return err
		})
		view := b.As(officer(b, access.Secretary, b.Root()))
		due, err := view.TasksDue(ctx, storetest.Today()+60)
		if err != nil || len(due) != 1 || due[0].ID != soon.ID || due[0].Who != "Bùi Thị Hạnh" || !due[0].Late(storetest.Today()) {
			t.Fatalf("due %+v, %v", due, err)
		}
		own := access.Actor{Account: 2, Person: int64(p.ID), Today: storetest.Today()}
		if mine, err := b.As(own).Tasks(ctx, store.TasksAsked{}); err != nil || len(mine) != 1 {
			t.Errorf("who is to do it sees %d tasks, %v, want her own", len(mine), err)
		}
		finish := func(by access.Actor, id office.TaskID) error {
			return b.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
				return office.Finish(ctx, tx, by, id, office.Outcome{Note: "đã gửi"})
			})
		}
		if err := finish(own, later.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("another's task: %v, want forbidden", err)
		}
		if err := finish(own, soon.ID); err != nil {
			t.Errorf("her own task: %v", err)
		}
		if got, err := view.Task(ctx, soon.ID); err != nil || got.Status != office.Done || got.Ended != storetest.Today() {
			t.Errorf("done: %+v, %v", got, err)
		}
		if key := refused(t, b, func(ctx context.Context, tx *store.Tx) error { return office.Drop(ctx, tx, by, later.ID, " ") }); key != "task.why.missing" {
			t.Errorf("dropped without a word: %s", key)
		}
		if history, err := view.History(ctx, "task", int64(soon.ID)); err != nil || len(history) != 2 {
			t.Errorf("history %d, %v", len(history), err)
		}
	})
}

func TestAMeetingCountsWhoCameWhenItIsConcluded(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		var d deed.Deed
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.Post(ctx, tx, by, deed.Deed{Body: b.Root(), Kind: "meeting-board", Status: deed.Planned, Title: "Họp quý IV", Day: on("2026-11-20")})
			if err != nil {
				return err
			}
			_, err = office.Convene(ctx, tx, by, office.Meeting{Deed: d.ID, Chair: "Phạm Văn Thược", Attendees: []office.Attendee{
				{Name: "Phạm Văn Thược", Presence: office.Present}, {Name: "Đặng Thị Lan", Presence: office.Late}, {Name: "Vũ Đình Khoát", Presence: office.Excused},
			}})
			if err != nil {
				return err
			}
			if _, err = office.Invite(ctx, tx, by, d.ID, []office.Attendee{{Name: "Đặng Thị Lan"}, {Name: "Bùi Quang Hải"}}); err != nil {
				return err
			}
			return office.Conclude(ctx, tx, by, d.ID)
		})
		m, done, err := b.As(by).Meeting(ctx, d.ID)
		if err != nil || len(m.Attendees) != 4 || m.Attendees[1].Presence != office.Late || m.Revision != 2 {
			t.Fatalf("meeting %+v, %v", m, err)
		}
		if done.Status != deed.Done || len(done.Lines) != 2 || done.Lines[1].Unit != deed.Persons || done.Lines[1].Quantity != 2 {
			t.Errorf("deed %+v", done)
		}
		rows, err := b.As(by).Meetings(ctx, 0, 10)
		if err != nil || len(rows) != 1 || rows[0].Invited != 4 || rows[0].Came != 2 {
			t.Errorf("rows %+v, %v", rows, err)
		}
		if rows, err := b.As(officer(b, access.Member, b.Root())).Meetings(ctx, 0, 10); err != nil || len(rows) != 0 {
			t.Errorf("a member of the board reads %d meetings, %v", len(rows), err)
		}
		sound(t, b)
	})
}

func TestAnOfficeIsHandedOverWithTheStateAsItStood(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		storetest.Branch(t, b, "Chi hội Noong Bua")
		people := enrol(t, b, person.Person{Name: "Đặng Thị Lan"}, person.Person{Name: "Trịnh Thị Mai"}, person.Person{Name: "Nguyễn Hữu Tiến"})
		openFund(t, b, b.Root())
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-01-10"), Parts: []fund.Part{dong("dues", 5_000_000)}})
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Payment, Day: on("2026-02-10"), Parts: []fund.Part{dong("gift", 300_000)}})
		d := paper(office.Letter, "Xin ý kiến")
		d.Deadline = storetest.Today() + 5
		come(t, b, d)
		var old person.Holding
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			o, err := person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: "secretary", Seats: 1})
			if err != nil {
				return err
			}
			old, err = person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: people[0].ID, From: on("2021-05"), PlannedEnd: on("2026-05")})
			return err
		})
		state, err := b.As(by).OfficeState(ctx, b.Root(), storetest.Today())
		if err != nil {
			t.Fatal(err)
		}
		if state.Roll.Members != 3 || len(state.Roll.Branches) != 1 || state.Money == nil || state.Money.Lacking == 0 || state.Money.Purses[0].Amount.Minor != 4_700_000 || len(state.Papers) != 1 || len(state.Board) != 1 || !state.Board[0].Holders[0].Overrun {
			t.Errorf("state %+v", state)
		}
		head, err := hex.DecodeString(state.Head)
		if known, knowErr := b.KnowsHead(ctx, state.Head); err != nil || knowErr != nil || !known || len(head) != 32 {
			t.Errorf("head %q is not of this book: %v %v", state.Head, err, knowErr)
		}
		day := storetest.Today()
		early := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := office.HandOver(ctx, tx, by, office.Handover{Holding: old.ID, Taker: people[1].ID, Day: day, Since: day})
			return err
		})
		if early != "handover.since.early" {
			t.Errorf("two hold one office: %s", early)
		}
		var h office.Handover
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			h, err = office.HandOver(ctx, tx, by, office.Handover{Holding: old.ID, Taker: people[1].ID, Witness: people[2].ID, Day: day, Since: day + 1, State: state})
			return err
		})
		board, err := b.As(by).Board(ctx, b.Root(), day+1)
		if err != nil || board.Seats[0].Holders[0].Name != "Trịnh Thị Mai" {
			t.Errorf("board %+v, %v", board, err)
		}
		kept, err := b.As(by).Handover(ctx, h.ID)
		if err != nil || kept.State.Head != state.Head || kept.Giver != people[0].ID || kept.State.Money == nil {
			t.Errorf("kept %+v, %v", kept, err)
		}
		if _, err := b.As(officer(b, access.Member, b.Root())).Handover(ctx, h.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a member of the board reads a handover: %v", err)
		}
		sound(t, b)
	})
}
