package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lineage"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// Two associations become one; who was in both is counted once afterwards, and who
// reads the heir reads what the other was.
func TestAMergerIsToldBeforeAndAfter(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		day := b.As(by).Today() - 30
		var one, two body.Body
		var e body.Event
		people := enrol(t, b, person.Person{Body: b.Root(), Name: "Lê Văn Một"}, person.Person{Body: b.Root(), Name: "Trần Thị Hai"}, person.Person{Body: b.Root(), Name: "Bùi Văn Ba"})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if one, err = body.Found(ctx, tx, storetest.Named("Hội Một", body.Friendship)); err != nil {
				return err
			}
			if two, err = body.Found(ctx, tx, storetest.Named("Hội Hai", body.Friendship)); err != nil {
				return err
			}
			for _, m := range []person.Membership{{Body: one.ID, Person: people[0].ID}, {Body: one.ID, Person: people[1].ID}, {Body: two.ID, Person: people[1].ID}, {Body: two.ID, Person: people[2].ID}} {
				m.Category, m.Joined, m.Lasts = person.Full, calendar.InYear(2020), true
				if _, err := person.Join(ctx, tx, by, m); err != nil {
					return err
				}
			}
			if e, err = body.Merge(ctx, tx, []body.ID{one.ID, two.ID}, body.Successor{Body: one.ID}, body.Decision{Day: day}); err != nil {
				return err
			}
			_, err = lineage.Settle(ctx, tx, by, lineage.Act{Of: two.ID, What: lineage.Members, Way: lineage.Hand, Heir: one.ID, Day: day})
			return err
		})
		heirs := access.Actor{Grants: []access.Grant{{Right: access.ReadFigures, Body: one.ID}}}
		for name, by := range map[string]access.Actor{"operator": by, "officer of the heir": heirs} {
			c, err := b.As(by).Compared(ctx, e.ID, b.As(by).Today())
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Before) != 2 || len(c.After) != 1 || c.Before[0].Members != 2 || c.Before[1].Members != 2 || c.After[0].Members != 3 {
				t.Errorf("%s sees %+v", name, c)
			}
		}
		elsewhere := access.Actor{Grants: []access.Grant{{Right: access.ReadFigures, Body: b.Root(), Depth: access.Own}}}
		c, err := b.As(elsewhere).Compared(ctx, e.ID, b.As(by).Today())
		if err != nil || c.Before[1].Seen || c.Before[1].Members != 0 {
			t.Errorf("somebody of another association sees %+v, %v", c.Before, err)
		}
	})
}

func TestMembersOfTwoAssociationsAreCountedOnce(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		people := enrol(t, b, person.Person{Body: b.Root(), Name: "Lê Văn Một"}, person.Person{Body: b.Root(), Name: "Trần Thị Hai"})
		var other body.Body
		before, memberships, counted, err := b.As(by).AlsoElsewhere(ctx, b.Root(), b.As(by).Today())
		if err != nil || len(before) != 0 {
			t.Fatalf("%d of %d people are elsewhere already, %v", len(before), counted, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			if other, err = body.Found(ctx, tx, storetest.Named("Hội Khác", body.Friendship)); err != nil {
				return err
			}
			for _, m := range []person.Membership{{Body: other.ID, Person: people[1].ID}} {
				m.Category, m.Joined, m.Lasts = person.Full, calendar.InYear(2020), true
				if _, err := person.Join(ctx, tx, by, m); err != nil {
					return err
				}
			}
			return nil
		})
		also, now, people2, err := b.As(by).AlsoElsewhere(ctx, b.Root(), b.As(by).Today())
		if err != nil || len(also) != 1 || also[0].Person.ID != people[1].ID || also[0].There[0] != other.ID || now != memberships || people2 != counted {
			t.Errorf("%+v are elsewhere too, %d memberships of %d people, %v", also, now, people2, err)
		}
	})
}

// What names an article as its source was taken from it; others were not.
func TestWhatWasTakenFromAnArticle(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		article := source.Source{Kind: source.Article, Title: "Báo tỉnh: Hai hội kết nghĩa", Quote: "hai hội đã kết nghĩa"}
		var a union.Article
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			other, err := body.Found(ctx, tx, storetest.Named("Hội bạn", body.Friendship))
			if err != nil {
				return err
			}
			if _, err := tie.Enter(ctx, tx, by, tie.Tie{
				Code: "hai-hoi", Kind: "twinning", Body: b.Root(), Titles: []tie.Title{{Lang: "vi", Text: "Hai hội"}}, Source: article,
				Parties: []tie.Party{{Side: 1, Body: b.Root()}, {Side: 2, Body: other.ID}},
			}); err != nil {
				return err
			}
			a, err = union.Enter(ctx, tx, by, union.Article{Body: b.Root(), Title: article.Title, Missing: []union.Unwritten{{Text: "Ai ký"}, {Text: "Ngày ký", Done: b.As(by).Today()}}}, 0)
			return err
		})
		taken, err := b.As(by).TakenFrom(ctx, b.Root())
		if err != nil || len(taken) != 1 || len(taken[article.Title]) != 1 || taken[article.Title][0].Quote != article.Quote || a.Left() != 1 {
			t.Errorf("taken were %+v, %d left, %v", taken, a.Left(), err)
		}
	})
}
