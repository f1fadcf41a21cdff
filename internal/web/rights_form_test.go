package web

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// askedOfBranch is a form that the branch asks of itself, with one reply.
func (r *rights) askedOfBranch(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	f, err := reporting.Define(ctx, tx, by, reporting.Form{
		Code: "bao-cao-kin", Body: r.branch.ID, Names: reporting.Names{"vi": "Báo cáo tháng"}, Every: reporting.Month, Due: 5, Since: calendar.DayOf(2026, 1, 1),
		Senders: reporting.Senders{Named: []body.ID{r.branch.ID}}, Posting: reporting.OnApproval,
		Questions: []reporting.Question{{Kind: reporting.Text, Names: reporting.Names{"vi": "Tình hình"}}, {Kind: reporting.Number, Names: reporting.Names{"vi": "Số buổi"}}, {Kind: reporting.Image, Names: reporting.Names{"vi": "Ảnh"}}},
	}, 0)
	if err != nil {
		return err
	}
	answers := reporting.NewAnswers()
	answers.Words[1] = marks[access.ReadDeeds]
	_, err = reporting.Send(ctx, tx, by, f.ID, calendar.MonthOf(2026, 10), reporting.Sending{Unit: r.branch.ID, Based: reporting.Latest, Way: reporting.Inside, Answers: answers})
	r.ids["/forms/"] = f.Code
	return err
}

// formAddress fills an address of forms, which name a unit and a question.
func (r *rights) formAddress(path string) string {
	if !strings.HasPrefix(path, "/forms/") {
		return path
	}
	return strings.NewReplacer("{unit}", idText(r.branch.ID), "{n}", "1", "{token}", "AAAA").Replace(path)
}
