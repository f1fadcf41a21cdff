package sample

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// veteransArticle is the city's page on the meeting with former experts and
// volunteer soldiers. It gives neither its day nor the name of the twin city.
var veteransArticle = source.Source{
	Kind: source.Article, Title: "Cổng thông tin thành phố Hải Phòng: Gặp mặt cựu chuyên gia và quân tình nguyện Việt Nam giúp Campuchia", Where: "thanhphohaiphong.gov.vn", Day: "2020",
}

// cambodiaBook is the Viet Nam–Cambodia friendship association of Hải Phòng: its
// age, what it meant to do in 2021, and the tie of two cities of which one is not
// named.
func (b *builder) cambodiaBook(ctx context.Context) error {
	return b.write(ctx, "vào sổ Hội Hữu nghị Việt Nam – Campuchia thành phố Hải Phòng", func(ctx context.Context, tx *store.Tx) error {
		city, err := b.provinceOn(ctx, tx, "31")
		if err != nil {
			return err
		}
		// Thirty-one years of building and growth, told in 2020.
		a, err := body.Found(ctx, tx, body.Body{
			Code: CambodiaCode, Kind: body.Friendship, Seat: int64(city.ID), Founded: calendar.InYear(1989).About().Derived(),
			Names: names3("Hội Hữu nghị Việt Nam – Campuchia thành phố Hải Phòng", "Viet Nam–Cambodia Friendship Association of Hai Phong", "Association d’amitié Viêt Nam–Cambodge de Hai Phong"),
			Note:  "Năm thành lập suy ra từ “trải qua 31 năm xây dựng và trưởng thành” (2020).",
		})
		if err != nil {
			return err
		}
		if _, err := b.seat(ctx, tx, officer{login: "haiphong", kind: access.Secretary, at: a.ID, from: calendar.InYear(2019), sex: person.Male, birth: 1958}); err != nil {
			return err
		}
		twin, err := abroad(ctx, tx, "KH", names3("Thành phố kết nghĩa của Hải Phòng tại Campuchia (chưa rõ tên)", "Twin city of Hai Phong in Cambodia (name not given)", "Ville jumelle de Hai Phong au Cambodge (nom non donné)"))
		if err != nil {
			return err
		}
		_, err = tie.Enter(ctx, tx, b.by, tie.Tie{
			Code: "hai-phong-campuchia", Kind: "twinning", Body: a.ID,
			Titles:  []tie.Title{{Lang: "vi", Text: "Hai thành phố kết nghĩa anh em Hải Phòng và Campuchia"}, {Lang: "en", Text: "Hai Phong and its twin city in Cambodia"}, {Lang: "fr", Text: "Hai Phong et sa ville jumelle au Cambodge"}},
			Parties: []tie.Party{{Side: 1, Body: city.ID, Level: tie.City, Land: "VN"}, {Side: 2, Body: twin.ID, Level: tie.City, Land: "KH"}},
			Source:  quoted(veteransArticle, "cầu nối hữu nghị gắn kết giữa hai thành phố kết nghĩa anh em"), Note: "Bài báo không nêu tên thành phố bạn và ngày ký.",
		})
		if err != nil {
			return err
		}
		return b.cambodiaPlan(ctx, tx, a.ID)
	})
}

// cambodiaPlan is what the association set itself for 2021.
func (b *builder) cambodiaPlan(ctx context.Context, tx *store.Tx, a body.ID) error {
	if err := union.Head(ctx, tx, b.by, union.Plan{Body: a, Year: 2021, Motto: "Tự nguyện, tự túc, tự làm"}, 0); err != nil {
		return err
	}
	for _, i := range []union.Item{
		{Text: "Tuyên truyền, vận động sâu rộng trong nhân dân, nhất là thế hệ trẻ, về quan hệ hữu nghị Việt Nam – Campuchia"},
		{Text: "Làm cầu nối để hai thành phố kết nghĩa bàn bạc, ký kết hợp tác thiết thực"},
		{Text: "Các địa phương lớn còn lại có tổ chức hội", Target: "tất cả các địa phương lớn", Gauge: union.ByPlaces},
		{Text: "Động viên, giúp đỡ lẫn nhau; củng cố, phát triển hội và hội viên"},
	} {
		i.Body, i.Year, i.When = a, 2021, calendar.InYear(2021)
		if _, err := union.Intend(ctx, tx, b.by, i); err != nil {
			return err
		}
	}
	return nil
}
