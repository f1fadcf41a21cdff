package store_test

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// An answer altered behind the book's back, now or in an earlier sending, is found by
// the digest that the history has of it.
func TestAnAlteredAnswerIsFound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		a := newAsked(t, b, 3)
		a.send(0, "3", "120", "", "Ổn định")
		a.send(0, "4", "130", "", "Ổn định")
		a.send(1, "0", "", "", "Không có gì")
		a.send(2, "5")
		if err := a.approve(2); err != nil {
			t.Fatal(err)
		}
		if err := a.sendBack(1, "Thiếu số người dự"); err != nil {
			t.Fatal(err)
		}
		a.send(1, "1", "9")
		check := func(when, want string) {
			t.Helper()
			trouble, err := b.Check(context.Background())
			found := ""
			for _, one := range trouble {
				if one.Part == "form" {
					found += one.What + "; "
				}
			}
			if err != nil || want == "" && found != "" || !strings.Contains(found, want) {
				t.Errorf("%s: %q %v, want %q", when, found, err, want)
			}
		}
		check("as it was sent", "")
		for _, c := range []struct{ alter, back, want string }{
			{`UPDATE reply SET words = '{"4":"Rất tốt"}' WHERE words LIKE '%Ổn định%'`, `UPDATE reply SET words = '{"4":"Ổn định"}' WHERE words LIKE '%Rất tốt%'`, "sending 2: the answers, of this sending"},
			{`UPDATE reply_past SET words = '{"4":"Tốt"}' WHERE words LIKE '%Ổn định%'`, `UPDATE reply_past SET words = '{"4":"Ổn định"}' WHERE words LIKE '%Tốt%'`, "are not those of the digests"},
			{`DELETE FROM reply_past WHERE n = 1 AND status = 'returned'`, "", "sendings and judgements in the history"},
		} {
			if err := store.Tamper(context.Background(), b, c.alter); err != nil {
				t.Fatal(err)
			}
			check(c.alter, c.want)
			if c.back == "" {
				continue
			}
			if err := store.Tamper(context.Background(), b, c.back); err != nil {
				t.Fatal(err)
			}
			check(c.back, "")
		}
	})
}
