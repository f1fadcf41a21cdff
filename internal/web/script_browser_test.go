package web

import (
	"testing"

	"kith.app/internal/browsertest"
)

func TestHalfFilledFormSurvivesAClosedWindow(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/form")
		b.Fill("Ai đi thăm?", "Tiến, Hải")
		b.Click("Phúng viếng")
		b.Click("Thêm một món quà")
		b.Press("gạo")
		b.NewTab()
		b.Open("/gallery/form")
		b.See("Phần đang ghi dở lần trước đã được điền lại.")
		if got := b.Answer("Ai đi thăm?"); got != "Tiến, Hải" {
			t.Errorf("answer = %q", got)
		}
		if got := b.Script(`document.querySelector("[name=kind]:checked").value`); got != "mourn" {
			t.Errorf("kind = %q", got)
		}
		if got := b.Script(`[...document.getElementsByName("gift")].map((box) => box.id + "=" + box.value).join()`); got != "gift-1=,gift-2=gạo" {
			t.Errorf("gifts = %q", got)
		}
		b.Picture("gallery-draft")
		b.Fine()
		b.Click("Bỏ phần ghi dở")
		if got := b.Answer("Ai đi thăm?"); got != "Lan, Tiến" {
			t.Errorf("after discarding, answer = %q", got)
		}
		b.Fine()
	})
}

func TestDraftIsForgottenOnlyWhenTheBookHasTakenIt(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/form")
		b.Fill("Ai đi thăm?", "Tiến")
		b.Open("/gallery/list")
		b.Open("/gallery/form")
		b.See("đã được điền lại")
		b.Click("Ghi vào sổ")
		b.See("523 người")
		b.Open("/gallery/form")
		b.NotSee("đã được điền lại")
	})
}

func TestPersonIsChosenByKeyboardAlone(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/form")
		b.Fill("Cho ai?", "v")
		b.See("sinh 1952")
		b.Picture("gallery-combobox")
		b.Fine()
		b.Press(browsertest.Down + browsertest.Down + browsertest.Enter)
		if got := b.Answer("Cho ai?"); got != "Vũ Thị Khuê" {
			t.Errorf("chosen %q", got)
		}
		if got := b.Script(`document.querySelector("[name=who_id]").value`); got != "8" {
			t.Errorf("id %q", got)
		}
		b.See("sinh 1952 · chi hội Him Lam")
		b.Fill("Cho ai?", "Ai đó khác")
		if got := b.Script(`document.querySelector("[name=who_id]").value`); got != "" {
			t.Errorf("the id of another name is kept: %q", got)
		}
	})
}

func TestFieldsEchoWhatTheBookUnderstood(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/form")
		b.Fill("Bao nhiêu?", "500.000")
		b.See("hiểu là: 500.000")
	})
}

func TestListIsSearchedAsOneTypes(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/list")
		b.Script(`window.same = "yes"`)
		b.Fill("Tìm theo tên", "lan")
		b.Until(`document.querySelectorAll("#roll tbody tr").length === 1`)
		if got := b.At() + b.Script("window.same"); got != "/gallery/list?q=lan&branch=yes" {
			t.Errorf("at %q", got)
		}
		b.Quiet()
	})
}

func TestDialogAsksWhereOneStandsAndAPageWithoutScript(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/record")
		b.Click("Ghi đã rời hội")
		b.See("Cụ Phạm Văn Thược rời hội?")
		if b.At() != "/gallery/record" || b.Count("dialog[open]") != 1 {
			t.Errorf("no dialog at %s", b.At())
		}
		b.Screen("gallery-dialog")
		b.Fine()
		b.Click("Để nguyên")
		if b.Count("dialog") != 0 {
			t.Error("the dialog stays")
		}
		b.WithoutScript()
		b.Open("/gallery/record")
		b.Click("Ghi đã rời hội")
		b.See("Cụ Phạm Văn Thược rời hội?")
		if b.At() != "/gallery/confirm" {
			t.Errorf("at %s", b.At())
		}
	})
}

func TestAClickAnywhereInARowFollowsItsLink(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Open("/gallery/list")
		b.Script(`document.querySelector("#roll tbody td:nth-child(3)").click()`)
		b.See("Hồ sơ")
	})
}

func TestPaperShowsTheMatterWithoutTheMenu(t *testing.T) {
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		b.Paper()
		b.Open("/gallery/list")
		b.Picture("gallery-paper")
		b.NotSee("Mục khác")
		b.NotSee("Tải về Excel")
		b.See("Vũ Đình Khoát")
	})
}
