package sample

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// consulates are those to which the union sends flowers and letters, as the
// article of 2025 lists them. Who holds the office of consul general is not told.
var consulates = []struct{ country, vi, en, fr, newYear string }{
	{"LA", "Lào", "Laos", "du Laos", "new-year.LA"},
	{"KH", "Campuchia", "Cambodia", "du Cambodge", "new-year.KH"},
	{"IN", "Ấn Độ", "India", "d’Inde", ""},
	{"RU", "Liên bang Nga", "the Russian Federation", "de Russie", ""},
	{"JP", "Nhật Bản", "Japan", "du Japon", ""},
	{"KR", "Hàn Quốc", "the Republic of Korea", "de Corée", ""},
	{"SG", "Singapore", "Singapore", "de Singapour", ""},
	{"DE", "Cộng hòa Liên bang Đức", "Germany", "d’Allemagne", ""},
	{"NL", "Hà Lan", "the Netherlands", "des Pays-Bas", ""},
}

// protocol is what the union does for consulates year by year: whom it remembers
// on which day, and the letters of the year that went.
func (b *builder) protocol(ctx context.Context) error {
	return b.write(ctx, "vào sổ lễ tân của Liên hiệp", func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.BodyByCode(ctx, UnionCode)
		if err != nil {
			return err
		}
		for _, c := range consulates {
			of, err := body.Found(ctx, tx, body.Body{
				Code: "tong-lanh-su-quan-" + strings.ToLower(c.country), Kind: body.Authority,
				Names: names3("Tổng Lãnh sự quán "+c.vi+" tại TP. Hồ Chí Minh", "Consulate General of "+c.en+" in Ho Chi Minh City", "Consulat général "+c.fr+" à Hô Chi Minh-Ville"),
			})
			if err != nil {
				return err
			}
			if err := union.Locate(ctx, tx, b.by, of.ID, c.country); err != nil {
				return err
			}
			office, err := person.Create(ctx, tx, b.by, person.Office{Body: of.ID, Kind: string(access.Head), Title: "Tổng Lãnh sự", Seats: 1, Rank: 1, Since: calendar.Earliest})
			if err != nil {
				return err
			}
			for _, day := range []string{"national." + c.country, c.newYear} {
				if err := b.remember(ctx, tx, occasion.Custom{Body: u.ID, Occasion: day, To: of.ID, Office: office.ID}); err != nil {
					return err
				}
			}
		}
		return b.champasakWishes(ctx, tx)
	})
}

// remember makes letter and flowers the custom of a day, and has last year's sent.
func (b *builder) remember(ctx context.Context, tx *store.Tx, c occasion.Custom) error {
	if c.Occasion == "" {
		return nil
	}
	for _, do := range []occasion.Doing{occasion.Letter, occasion.Flowers} {
		c.Do, c.Lang = do, "vi"
		adopted, err := occasion.Adopt(ctx, tx, b.by, c)
		if err != nil {
			return err
		}
		for year := 2025; year <= b.today().Year(); year++ {
			if err := b.fulfil(ctx, tx, adopted, year); err != nil {
				return err
			}
		}
	}
	return nil
}

// fulfil does the duty of a custom in a year, where the day has come: the letter is
// drafted two weeks before and answered a week after. One that is near is drafted.
func (b *builder) fulfil(ctx context.Context, tx *store.Tx, c occasion.Custom, year int) error {
	feasts, err := occasion.Shipped()
	if err != nil {
		return err
	}
	for _, f := range feasts {
		if f.Code != c.Occasion {
			continue
		}
		on, ok := f.In(year, nil)
		switch {
		case !ok || on.Day > b.today()+60 || on.Day > b.today() && c.Do != occasion.Letter:
			return nil
		case on.Day+7 > b.today():
			d, err := occasion.Begin(ctx, tx, b.by, b.duty(c, on))
			if err != nil {
				return err
			}
			_, err = occasion.Take(ctx, tx, b.by, d.ID, d.Revision, occasion.Took{Step: occasion.Drafted})
			return err
		}
		return b.send(ctx, tx, c, on)
	}
	return fmt.Errorf("no feast %q", c.Occasion)
}

// duty is what a custom asks for on an occasion, with its words.
func (b *builder) duty(c occasion.Custom, on occasion.Occurrence) occasion.Duty {
	subject, text := "Thư chúc mừng "+on.Names["vi"], "Nhân dịp "+on.Names["vi"]+", Liên hiệp các tổ chức hữu nghị tỉnh Bình Dương trân trọng gửi tới Ngài Tổng Lãnh sự lời chúc mừng tốt đẹp nhất."
	if on.Kind == occasion.National {
		subject = "Thư chúc mừng Quốc khánh " + on.Names["vi"]
		text = strings.Replace(text, "Nhân dịp ", "Nhân dịp Quốc khánh ", 1)
	}
	if c.Do == occasion.Flowers {
		subject, text = strings.Replace(subject, "Thư", "Lẵng hoa", 1), ""
	}
	return occasion.Duty{
		Body: c.Body, Custom: c.ID, For: on, Do: c.Do, To: c.To, Office: c.Office, Addressee: "Ngài Tổng Lãnh sự", Lang: c.Lang, Subject: subject, Text: text,
	}
}

// send takes a duty up and through its steps.
func (b *builder) send(ctx context.Context, tx *store.Tx, c occasion.Custom, on occasion.Occurrence) error {
	d, err := occasion.Begin(ctx, tx, b.by, b.duty(c, on))
	if err != nil {
		return err
	}
	days := map[occasion.Step]calendar.Day{occasion.Drafted: -14, occasion.Ordered: -7, occasion.Signed: -5, occasion.Sent: -3, occasion.Received: -1, occasion.Answered: 6}
	for _, step := range c.Do.Steps() {
		if step == occasion.Answered && (c.Do == occasion.Flowers || on.Day.Weekday() < time.Wednesday) {
			break // not everybody answers
		}
		if d, err = occasion.Take(ctx, tx, b.by, d.ID, d.Revision, occasion.Took{Step: step, Day: on.Day + days[step]}); err != nil {
			return err
		}
	}
	return nil
}

// champasakWishes are what was wished at the meeting with Champasak in the first
// days of 2025, entered by the officer as an illustration: what was said there is
// not published.
func (b *builder) champasakWishes(ctx context.Context, tx *store.Tx) error {
	t, err := tx.TieByCode(ctx, "binh-duong-champasak")
	if err != nil {
		return err
	}
	made := calendar.InMonth(2025, time.January)
	for _, p := range []tie.Promise{
		{Side: 1, Text: "Tiếp nhận 10 sinh viên Champasak học tiếng Việt (số liệu minh họa)", Quantity: 10, Unit: "sinh viên", Due: calendar.On(2026, time.September, 30)},
		{Side: 2, Text: "Mời đoàn thanh niên hữu nghị sang thăm Champasak (nội dung minh họa)", Due: calendar.InMonth(2026, time.December)},
		{Text: "Tổng kết biên bản 2019-2024 và bàn biên bản giai đoạn mới (nội dung minh họa)", Who: "Mặt trận hai bên", Due: calendar.InMonth(2025, time.December)},
	} {
		p.Tie, p.Made, p.Source = t.ID, made, form
		if _, err := tie.Undertake(ctx, tx, b.by, p); err != nil {
			return err
		}
	}
	return nil
}
