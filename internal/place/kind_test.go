package place

import "testing"

func TestNamesAreTakenApart(t *testing.T) {
	cases := []struct{ full, kind, own, key, text string }{
		{"Xã Kim Anh", "Xã", "Kim Anh", "place.commune", "xã Kim Anh"},
		{"Thị xã Chũ", "Thị xã", "Chũ", "place.town", "thị xã Chũ"},
		{"Thị trấn Thọ Xuân", "Thị trấn", "Thọ Xuân", "place.townlet", "thị trấn Thọ Xuân"},
		{"Thành phố Hải Phòng", "Thành phố", "Hải Phòng", "place.city", "thành phố Hải Phòng"},
		{"Quận 1", "Quận", "1", "place.cityDistrict", "quận 1"},
		{"Đặc khu Côn Đảo", "Đặc khu", "Côn Đảo", "place.zone", "đặc khu Côn Đảo"},
		{"Lào", "", "Lào", "place.other", "Lào"},
	}
	for _, c := range cases {
		kind, own := Part(c.full)
		key, named := Naming(c.full)
		if kind != c.kind || own != c.own || named != c.own || key != c.key || InText(c.full) != c.text {
			t.Errorf("%q is %q + %q, key %s, in text %q", c.full, kind, own, key, InText(c.full))
		}
	}
}

func TestEveryUnitOfTheMapIsOfAKnownKind(t *testing.T) {
	m := load(t)
	for _, n := range m.names {
		if kind, own := Part(n.full); kind == "" || own == "" {
			t.Errorf("%q is of no known kind", n.full)
		}
	}
}
