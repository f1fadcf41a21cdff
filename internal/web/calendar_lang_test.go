package web

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// A letter to a Lao partner is drafted in English while nothing common is recorded, in
// Vietnamese once a text was signed in it; the page says so, and the names stand in
// their own script beside. No sentence is in Lao.
func TestALetterToALaoPartnerFollowsTheRuleOfLanguages(t *testing.T) {
	w := newOffice(t)
	laos := w.consulate(t, "Tổng Lãnh sự quán Lào", "Tổng Lãnh sự", "Khamla Sisavath")
	v := w.as(t, "lan")
	begin := func(day string) string {
		t.Helper()
		at := "/calendar/on/" + day
		v.done(at+"/customs", form("to", "Tổng Lãnh sự quán Lào", "toId", idText(laos.ID), "do", "letter", "lang", "", "body", idText(w.book.Root())))
		_, got := v.ask("GET", at, "")
		custom := regexp.MustCompile(`name="custom" value="(\d+)"`).FindStringSubmatch(got)
		if custom == nil {
			t.Fatalf("nothing to begin at %s", at)
		}
		return v.done(at+"/duties", form("custom", custom[1]))
	}
	v.sees("/calendar/on/national.LA-2026", "Theo nơi nhận", "Soạn sẵn được tiếng Việt, Anh, Pháp")
	duty := begin("national.LA-2026")
	v.sees(duty, "Nơi nhận dùng: Lào, chưa soạn sẵn được.", "Chưa ghi tiếng chung nào của hai bên: theo lệ là tiếng Anh")
	by := storetest.Operator()
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		holders, err := w.book.As(by).Board(ctx, laos.ID, storetest.Today())
		if err != nil {
			return err
		}
		head := holders.Seats[0].Holders[0].Person
		if err := union.Receive(ctx, tx, by, union.Protocol{Person: head, Script: "ຄຳຫຼ້າ ສີສະຫວາດ", Country: "LA", Tongues: []union.Tongue{{Lang: "lo"}}, Address: map[string]string{"vi": "Ngài"}}, 0); err != nil {
			return err
		}
		_, err = tie.Enter(ctx, tx, by, tie.Tie{
			Kind: "friendship", Body: w.book.Root(), Langs: []string{"lo", "vi"}, Parties: []tie.Party{{Side: 1, Body: w.book.Root()}, {Side: 2, Body: laos.ID, Land: "LA"}},
			Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2019, 5, 6)}},
		})
		return err
	})
	duty = begin("new-year.LA-2027")
	got := v.sees(duty, "Nơi nhận dùng: Lào, chưa soạn sẵn được.", "Tiếng của văn bản hai bên đã ký: Tiếng Việt", "Ngài Khamla Sisavath (ຄຳຫຼ້າ ສີສະຫວາດ)")
	text := regexp.MustCompile(`(?s)<textarea[^>]*name="text"[^>]*>(.*?)</textarea>`).FindStringSubmatch(got)
	if text == nil || strings.TrimSpace(text[1]) == "" || regexp.MustCompile(`\p{Lao}`).MatchString(text[1]) {
		t.Errorf("drafted %q", text)
	}
	v.sees(duty+"/paper?as=html", "Ngài Khamla Sisavath (ຄຳຫຼ້າ ສີສະຫວາດ)")
}

// An addressee that the book does not hold is refused beside its field, for a calendar
// that cannot name whom it tells of would not open at all; and a day that no year has
// beside its own.
func TestTheCalendarRefusesWhatItCouldNotShow(t *testing.T) {
	w := newOffice(t)
	v := w.as(t, "lan")
	const at = "/calendar/on/national.LA-2026"
	for path, bad := range map[string][2]string{
		at + "/customs":     {form("to", "Nơi nào đó", "toId", "99", "do", "letter", "body", idText(w.book.Root())), "Nơi nhận này không có trong sổ"},
		"/calendar/feasts":  {form("name", "Ngày lạ", "returns", "solar", "day", "31/2", "body", idText(w.book.Root())), "Không năm nào có ngày “31/2”"},
		"/calendar/feasts ": {form("name", "Ngày lạ", "returns", "lunar", "day", "31/1", "body", idText(w.book.Root())), "Không năm nào có ngày “31/1”"},
	} {
		if answer, got := v.ask("POST", strings.TrimSpace(path), bad[0]); answer.StatusCode != 422 || !strings.Contains(got, bad[1]) {
			t.Errorf("%s: status %d, want it refused with %q", path, answer.StatusCode, bad[1])
		}
	}
	if answer, got := v.ask("POST", "/calendar/feasts/new-year.LA/decree", form("from", "1/2/2027", "to", "1/1/2027")); answer.StatusCode != 422 || strings.Count(got, "Còn 1 chỗ cần sửa") != 1 {
		t.Errorf("status %d: what is wrong is told %d times, want once", answer.StatusCode, strings.Count(got, "Còn 1 chỗ cần sửa"))
	}
	v.sees("/calendar", "Lịch")
	v.sees(at)
}
