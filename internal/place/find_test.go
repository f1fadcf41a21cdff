package place

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kith.app/internal/calendar"
)

func TestFindPutsTheRightPlaceFirst(t *testing.T) {
	m := load(t)
	cases := []struct {
		query string
		day   calendar.Day
		want  string
	}{
		{"kim anh kim thanh", before, "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương"},
		{"Kim Anh, Kim Thành, Hải Dương", before, "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương"},
		{"hai phong", today, "thành phố Hải Phòng"},
		{"tp hai phong", today, "thành phố Hải Phòng"},
		{"tinh hai duong", today, "tỉnh Hải Dương"},
		{"huyen tho xuan", today, "huyện Thọ Xuân, tỉnh Thanh Hóa"},
		{"tho xuan", before, "huyện Thọ Xuân, tỉnh Thanh Hóa"},
		{"tphcm", today, "thành phố Hồ Chí Minh"},
		{"TP.HCM", today, "thành phố Hồ Chí Minh"},
		{"thua thien hue", today, "thành phố Huế"},
		{"Đắc Lắc", before, "tỉnh Đắk Lắk"},
		{"dak lak", today, "tỉnh Đắk Lắk"},
		{"hoà bình", before, "tỉnh Hoà Bình"},
		{norm.NFD.String("Hòa Bình"), before, "tỉnh Hoà Bình"},
		{"dien b", today, "tỉnh Điện Biên"},
		{"con dao", today, "đặc khu Côn Đảo, thành phố Hồ Chí Minh"},
		{"que son trung", today, "xã Quế Sơn Trung, thành phố Đà Nẵng"},
		{"bà rịa vũng tàu", before, "tỉnh Bà Rịa - Vũng Tàu"},
	}
	for _, c := range cases {
		hits := m.Find(c.query, c.day, 5)
		if len(hits) == 0 || hits[0].Path != c.want {
			t.Errorf("Find(%q) = %+v, want %q first", c.query, hits, c.want)
		}
	}
}

func TestFindShowsNamesakesApart(t *testing.T) {
	m := load(t)
	var paths []string
	for _, h := range m.Find("tân lập", before, 50) {
		if h.Name == "Xã Tân Lập" && h.Stands {
			paths = append(paths, h.Path)
		}
	}
	if len(paths) < 10 {
		t.Errorf("%d communes Tân Lập found, want at least 10", len(paths))
	}
	slices.Sort(paths)
	if different := slices.Compact(slices.Clone(paths)); len(different) < len(paths) {
		t.Errorf("namesakes have the same path: %q", paths)
	}
}

func TestFindTellsTheOldNameItWasFoundBy(t *testing.T) {
	m := load(t)
	hits := m.Find("thua thien", today, 1)
	if len(hits) != 1 || hits[0].Name != "Thành phố Huế" || hits[0].As != "Tỉnh Thừa Thiên Huế" || !hits[0].Stands {
		t.Errorf("Find = %+v, want Huế as Thừa Thiên Huế", hits)
	}
}

func TestFindKnowsFormerProvinces(t *testing.T) {
	m := load(t)
	cases := []struct {
		query string
		as    string
		names []string
	}{
		{"hai hung", "Hải Hưng (1968–1996)", []string{"Tỉnh Hải Dương", "Tỉnh Hưng Yên"}},
		{"tinh Song Be", "Sông Bé (1976–1996)", []string{"Tỉnh Bình Phước", "Tỉnh Bình Dương"}},
		{"Hà Nam Ninh", "Hà Nam Ninh (1975–1991)", []string{"Tỉnh Hà Nam", "Tỉnh Nam Định", "Tỉnh Ninh Bình"}},
	}
	for _, c := range cases {
		var names []string
		for _, h := range m.Find(c.query, before, 10) {
			if h.As == c.as {
				names = append(names, h.Name)
			}
		}
		if !slices.Equal(names, c.names) {
			t.Errorf("Find(%q) gives %q as %s, want %q", c.query, names, c.as, c.names)
		}
	}
	hits := m.Find("kim anh kim thanh hai hung", before, 1)
	if len(hits) != 1 || hits[0].Name != "Xã Kim Anh" {
		t.Errorf("Find = %+v, want Kim Anh by the province of its time", hits)
	}
}

func TestFormerProvincesNameUnitsOfTheMap(t *testing.T) {
	m := load(t)
	for _, f := range former {
		for _, code := range f.codes {
			if _, err := m.ByCode(Province, code, before); err != nil {
				t.Errorf("%s: no province has the code %s", f.name, code)
			}
		}
	}
}

func TestFindOfNothing(t *testing.T) {
	m := load(t)
	for _, q := range []string{"", "  ", "—", "zzzz", "kim anh zzzz"} {
		if hits := m.Find(q, today, 10); len(hits) != 0 {
			t.Errorf("Find(%q) = %+v, want nothing", q, hits)
		}
	}
	if hits := m.Find("a b c d e g h i k l m n o p q r s t u v x y", today, 10); len(hits) > 10 {
		t.Errorf("%d hits, want at most 10", len(hits))
	}
}

func TestEveryUnitIsFoundByItsNameWithItsPath(t *testing.T) {
	m := load(t)
	for _, day := range []calendar.Day{before, today} {
		for i, id := range m.Standing(Commune, day) {
			if i%97 != 0 { // one in so many is enough to see, and quick
				continue
			}
			path := m.PathOn(id, day)
			found := slices.ContainsFunc(m.Find(path, day, 3), func(h Hit) bool { return h.ID == id })
			if !found {
				t.Errorf("Find(%q) does not give it in the first three", path)
			}
		}
	}
}

func TestAllNamesThenAndNow(t *testing.T) {
	m := load(t)
	cases := []struct {
		query string
		day   calendar.Day
		want  []string
		not   []string
	}{
		{"kim anh kim thanh", before, []string{"Xã Kim Anh", "Huyện Kim Thành", "Tỉnh Hải Dương", "Thành phố Hải Phòng"}, nil},
		{"que son trung", today, []string{"Xã Quế Sơn Trung", "Huyện Quế Sơn", "Tỉnh Quảng Nam", "Thành phố Đà Nẵng"}, nil},
		{"tinh hai duong", before, []string{"Tỉnh Hải Dương", "Thành phố Hải Phòng"}, nil},
		{"thanh pho hai phong", today, []string{"Thành phố Hải Phòng"}, []string{"Tỉnh Hải Dương"}},
		{"huyen tho xuan", before, []string{"Huyện Thọ Xuân", "Tỉnh Thanh Hóa", "Xã Thọ Lập"}, nil},
	}
	for _, c := range cases {
		names := m.AllNames(m.Find(c.query, c.day, 1)[0].ID)
		for _, want := range c.want {
			if !slices.Contains(names, want) {
				t.Errorf("AllNames(%s) = %q, want %q in it", c.query, names, want)
			}
		}
		for _, not := range c.not {
			if slices.Contains(names, not) {
				t.Errorf("AllNames(%s) = %q, want no %q in it", c.query, names, not)
			}
		}
	}
}
