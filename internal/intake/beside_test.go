package intake_test

import (
	"context"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/intake"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// Two organisations keep the book, each with member numbers of its own.
func TestMemberNumbersAreThoseOfTheOrganisationFirst(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		other := storetest.Beside(t, b, "Hội đồng hương Kinh Môn")
		ours, theirs := intake.Options{Body: b.Root()}, intake.Options{Body: other.ID}
		heads := `Số thẻ|Họ và tên|Năm sinh|Quê quán|Ngày vào Hội`
		first := table(t, intake.People, ours, heads, `001|Đặng Thị Hương|1949|Hải Dương|2005`, `002|Vũ Văn Sáu|1960|Hải Dương|2005`)
		if j := bring(t, b, first, ours); j.Counts.New != 2 {
			t.Fatalf("counts %+v", j.Counts)
		}
		// The same numbers over there are other people; who is in both keeps the first membership.
		second := table(t, intake.People, theirs, heads, `001|Phạm Quang Bình|1955|Hải Dương|2010`, `007|Vũ Văn Sáu|1960|Hải Dương|2010`)
		j := bring(t, b, second, theirs)
		if j.Counts.New != 1 || j.Counts.Update != 1 {
			t.Fatalf("counts %+v, want one new and one known", j.Counts)
		}
		in := func(name string) map[body.ID]string {
			numbers := map[body.ID]string{}
			for _, m := range people(t, b)[name].Memberships {
				if m.Lasts {
					numbers[m.Body] = m.Number
				}
			}
			return numbers
		}
		if sau := in("Vũ Văn Sáu"); len(sau) != 2 || sau[b.Root()] != "002" || sau[other.ID] != "007" {
			t.Errorf("memberships %v, want one in each", sau)
		}
		if huong := in("Đặng Thị Hương"); len(huong) != 1 || huong[b.Root()] != "001" {
			t.Errorf("memberships %v", huong)
		}
		for _, again := range []struct {
			tab *intake.Table
			o   intake.Options
		}{{first, ours}, {second, theirs}} {
			if p := propose(t, b, again.tab, again.o); p.Counts().Same != 2 {
				t.Errorf("again: %+v, want all the same", p.Counts())
			}
		}
		clean(t, b)
	})
}

// Several who bear one number are several, whatever a row calls the one it means.
func TestANumberOfSeveralIsNeverNobodys(t *testing.T) {
	b := storetest.Open(t)
	storetest.Branch(t, b, "Chi hội Noong Bua")
	heads := `Số thẻ|Họ và tên|Năm sinh|Quê quán|Chi hội`
	bring(t, b, table(t, intake.People, intake.Options{}, heads, `01|Đặng Thị Hương|1949|Hải Dương|Noong Bua`), intake.Options{})
	bring(t, b, table(t, intake.People, intake.Options{}, heads, `02|Vũ Văn Sáu|1960|Hải Dương|Noong Bua`), intake.Options{})
	m := people(t, b)["Vũ Văn Sáu"].Memberships[0]
	m.Number = "01"
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Amend(ctx, tx, storetest.Operator(), m, m.Revision)
		return err
	})
	p := propose(t, b, table(t, intake.People, intake.Options{}, heads, `01|Trần Thị Bảy|1970|Hải Dương|Noong Bua`), intake.Options{})
	if got := row(t, p.Rows[0]); p.Rows[0].What != intake.Trouble {
		t.Errorf("proposed %s, want several", got)
	}
	p = propose(t, b, table(t, intake.People, intake.Options{}, heads, `01|Vũ Văn Sáu|1960|Hải Dương|Noong Bua`), intake.Options{})
	if got := row(t, p.Rows[0]); p.Rows[0].What != intake.Same {
		t.Errorf("proposed %s, want the one of that name", got)
	}
}
