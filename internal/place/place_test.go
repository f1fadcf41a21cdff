package place

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kith.app/internal/calendar"
)

func load(t testing.TB) *Map {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func on(y int, m time.Month, d int) calendar.Day { return calendar.DayOf(y, m, d) }

var (
	before = on(2025, 3, 1)
	eve    = on(2025, 6, 30)
	today  = on(2026, 10, 1)
)

// only gives the one unit of a level that bears a name on a day.
func only(t testing.TB, m *Map, level Level, full string, day calendar.Day) ID {
	t.Helper()
	var found []ID
	for _, id := range m.Standing(level, day) {
		if m.NameOn(id, day) == full {
			found = append(found, id)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d units are named %q, want 1", len(found), full)
	}
	return found[0]
}

func heirNames(m *Map, heirs []Heir, day calendar.Day) []string {
	var names []string
	for _, h := range heirs {
		names = append(names, m.NameOn(h.ID, day))
	}
	return names
}

func TestUnitsCountedOnEachDay(t *testing.T) {
	m := load(t)
	cases := []struct {
		day                           calendar.Day
		provinces, districts, commune int
	}{
		{on(1990, 5, 1), 63, 705, 10599},
		{on(2021, 11, 1), 63, 705, 10599},
		{on(2024, 12, 31), 63, 705, 10599},
		{on(2025, 1, 1), 63, 696, 10051},
		{on(2025, 3, 1), 63, 696, 10035},
		{on(2025, 6, 30), 63, 696, 10035},
		{on(2025, 7, 1), 34, 0, 3321},
		{on(2026, 4, 30), 34, 0, 3321},
		{today, 34, 0, 3321},
	}
	for _, c := range cases {
		p, d, x := len(m.Provinces(c.day)), len(m.Standing(District, c.day)), len(m.Standing(Commune, c.day))
		if p != c.provinces || d != c.districts || x != c.commune {
			t.Errorf("on %v: %d/%d/%d, want %d/%d/%d", c.day, p, d, x, c.provinces, c.districts, c.commune)
		}
	}
}

func TestTreeIsWholeOnEveryDay(t *testing.T) {
	m := load(t)
	for _, day := range []calendar.Day{on(2021, 11, 1), on(2025, 1, 1), before, Reform, today} {
		seen := 0
		for _, p := range m.Provinces(day) {
			for _, child := range m.Children(p, day) {
				seen += 1 + len(m.Children(child, day))
			}
		}
		if want := len(m.Standing(District, day)) + len(m.Standing(Commune, day)); seen != want {
			t.Errorf("on %v: %d units hang below provinces, want %d", day, seen, want)
		}
		for _, id := range m.Standing(Commune, day) {
			for _, above := range m.LineOn(id, day) {
				if !m.Stood(above, day) {
					t.Errorf("on %v: %d stands in %d, which does not stand", day, id, above)
				}
			}
		}
	}
}

func TestEveryOldCommuneHasAnHeirInTheRightProvince(t *testing.T) {
	m := load(t)
	split := 0
	for _, id := range m.Standing(Commune, eve) {
		heirs := m.Now(id, Reform)
		if len(heirs) == 0 {
			t.Fatalf("%s has no heir", m.PathOn(id, eve))
		}
		if len(heirs) > 1 {
			split++
		}
		old, _ := m.ProvinceOn(id, eve)
		want := m.Now(old, Reform)[0].ID
		for _, h := range heirs {
			if got, _ := m.ProvinceOn(h.ID, Reform); got != want || h.Within || h.Part != (len(heirs) > 1) {
				t.Errorf("%s: heir %+v in %s, want it in %s", m.PathOn(id, eve), h, m.NameOn(got, Reform), m.NameOn(want, Reform))
			}
		}
		if m.Split(id) != (len(heirs) > 1) {
			t.Errorf("%s: Split = %v with %d heirs", m.PathOn(id, eve), m.Split(id), len(heirs))
		}
	}
	if split != 434 {
		t.Errorf("%d communes were split, want 434", split)
	}
}

func TestEveryNewUnitCameFromSomewhere(t *testing.T) {
	m := load(t)
	for _, level := range []Level{Province, Commune} {
		for _, id := range m.Standing(level, Reform) {
			if m.Stood(id, eve) {
				continue
			}
			if len(m.Before(id)) == 0 {
				t.Errorf("%s came from nothing", m.PathOn(id, Reform))
			}
		}
	}
}

func TestEveryUnitOf2021LeadsSomewhereToday(t *testing.T) {
	m := load(t)
	within := 0
	for _, level := range []Level{Province, District, Commune} {
		for _, id := range m.Standing(level, on(2021, 11, 1)) {
			heirs := m.Now(id, today)
			if len(heirs) == 0 {
				t.Errorf("%s leads nowhere", m.PathOn(id, on(2021, 11, 1)))
			}
			for _, h := range heirs {
				if !m.Stood(h.ID, today) {
					t.Errorf("%s leads to %d, which does not stand", m.PathOn(id, on(2021, 11, 1)), h.ID)
				}
				if h.Within {
					within++
				}
			}
		}
	}
	if within == 0 || within > 600 {
		t.Errorf("%d units of 2021 have no recorded heir, want some, at most 600", within)
	}
}

func TestProvincesThroughTheReform(t *testing.T) {
	m := load(t)
	went := 0
	for _, id := range m.Provinces(eve) {
		heirs := m.Now(id, today)
		if len(heirs) != 1 || heirs[0].Part || heirs[0].Within {
			t.Errorf("%s became %+v, want one whole heir", m.NameOn(id, eve), heirs)
		}
		if heirs[0].ID == id {
			went++
		}
	}
	if went != 11 {
		t.Errorf("%d provinces went on, want 11", went)
	}
	haiDuong := only(t, m, Province, "Tỉnh Hải Dương", eve)
	if haiDuong != 20211101100030 {
		t.Errorf("Hải Dương is %d, want 20211101100030", haiDuong)
	}
	haiPhong := only(t, m, Province, "Thành phố Hải Phòng", today)
	if got := m.Now(haiDuong, today); !slices.Equal(got, []Heir{{ID: haiPhong}}) {
		t.Errorf("Hải Dương became %+v, want Hải Phòng", got)
	}
	if got := heirNames(m, m.Now(haiPhong, before), before); !slices.Equal(got, []string{"Tỉnh Hải Dương", "Thành phố Hải Phòng"}) {
		t.Errorf("Hải Phòng came from %q", got)
	}
	dienBien := only(t, m, Province, "Tỉnh Điện Biên", eve)
	if got := m.Now(dienBien, today); !slices.Equal(got, []Heir{{ID: dienBien}}) {
		t.Errorf("Điện Biên became %+v, want itself", got)
	}
	hue := only(t, m, Province, "Thành phố Huế", today)
	if got := m.NameOn(hue, on(2023, 1, 1)); got != "Tỉnh Thừa Thiên Huế" {
		t.Errorf("Huế in 2023 is %q", got)
	}
	dongNai := only(t, m, Province, "Thành phố Đồng Nai", today)
	if got := m.NameOn(dongNai, on(2025, 12, 31)); got != "Tỉnh Đồng Nai" {
		t.Errorf("Đồng Nai in 2025 is %q", got)
	}
}

func TestDistrictsLeaveTheirCommunes(t *testing.T) {
	m := load(t)
	queSon := only(t, m, District, "Huyện Quế Sơn", eve)
	heirs := m.Now(queSon, Reform)
	if len(heirs) != 5 {
		t.Errorf("Quế Sơn became %q, want 5 communes", heirNames(m, heirs, Reform))
	}
	for _, h := range heirs {
		if p, _ := m.ProvinceOn(h.ID, Reform); m.NameOn(p, Reform) != "Thành phố Đà Nẵng" {
			t.Errorf("%s is not in Đà Nẵng", m.PathOn(h.ID, Reform))
		}
	}
	thoXuan := only(t, m, District, "Huyện Thọ Xuân", eve)
	heirs = m.Now(thoXuan, Reform)
	if len(heirs) != 8 {
		t.Errorf("Thọ Xuân became %q, want 8 communes", heirNames(m, heirs, Reform))
	}
	for _, h := range heirs {
		if !strings.HasSuffix(m.PathOn(h.ID, today), ", tỉnh Thanh Hóa") || !h.Part {
			t.Errorf("%s, part %v, want it in Thanh Hóa as a part", m.PathOn(h.ID, today), h.Part)
		}
	}
}

func TestNongSonWentBackIntoQueSon(t *testing.T) {
	m := load(t)
	queSon := only(t, m, District, "Huyện Quế Sơn", eve)
	nongSon := only(t, m, District, "Huyện Nông Sơn", on(2024, 12, 31))
	if got := m.Now(nongSon, before); !slices.Equal(got, []Heir{{ID: queSon}}) {
		t.Errorf("Nông Sơn became %+v, want Quế Sơn", got)
	}
	if m.Stood(nongSon, on(2025, 1, 1)) {
		t.Error("Nông Sơn still stands on 2025-01-01")
	}
	with := m.DistrictHeirs(queSon, eve, today)
	without := m.DistrictHeirs(queSon, on(2024, 12, 31), today)
	if len(without) >= len(with) {
		t.Errorf("Quế Sơn has %d heirs with Nông Sơn and %d without, want fewer without", len(with), len(without))
	}
}

func TestIslandDistrictsBecameSpecialZones(t *testing.T) {
	m := load(t)
	for _, island := range []string{"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"} {
		old := only(t, m, District, "Huyện "+island, eve)
		got := m.Now(old, today)
		want := only(t, m, Commune, "Đặc khu "+island, today)
		if !slices.Equal(got, []Heir{{ID: want}}) {
			t.Errorf("%s became %+v, want %d", island, got, want)
		}
		if back := m.Before(want); !slices.Equal(back, []ID{old}) {
			t.Errorf("%s came from %v, want %d", island, back, old)
		}
	}
}

func TestCodesAreUsedAgain(t *testing.T) {
	m := load(t)
	reused := 0
	for _, id := range m.Standing(Commune, Reform) {
		if old, err := m.ByCode(Commune, id.Code(), eve); err == nil && old != id {
			reused++
		}
		if got, err := m.ByCode(Commune, id.Code(), Reform); err != nil || got != id {
			t.Errorf("ByCode(%s) = %d, %v, want %d", id.Code(), got, err, id)
		}
	}
	if reused < 1823 {
		t.Errorf("%d codes were given out anew, want at least 1823", reused)
	}
	if _, err := m.ByCode(District, "509", today); err == nil {
		t.Error("a district is found by its code after the reform")
	}
}

func TestUnchangedCommuneKeepsItsID(t *testing.T) {
	m := load(t)
	kept := 0
	for _, id := range m.Standing(Commune, Reform) {
		if m.Stood(id, eve) {
			kept++
		}
	}
	if kept != 132 {
		t.Errorf("%d communes went on, want 132", kept)
	}
	id := only(t, m, Commune, "Đặc khu Thổ Châu", today)
	u, err := m.Unit(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(u.Names) != 2 || u.Names[0].Full != "Xã Thổ Châu" || u.Names[0].During.To != eve || u.Names[1].During.From != Reform {
		t.Errorf("Thổ Châu is named %+v", u.Names)
	}
	if got := m.PathOn(id, eve); got != "xã Thổ Châu, thành phố Phú Quốc, tỉnh Kiên Giang" {
		t.Errorf("path before the reform is %q", got)
	}
}

func TestPathOfItsTime(t *testing.T) {
	m := load(t)
	hits := m.Find("xã kim anh, kim thành", before, 5)
	if len(hits) == 0 {
		t.Fatal("Kim Anh is not found")
	}
	if got, want := m.PathOn(hits[0].ID, before), "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương"; got != want {
		t.Errorf("path %q, want %q", got, want)
	}
}

func TestNotOnTheMap(t *testing.T) {
	m := load(t)
	if _, err := m.Unit(7); err == nil {
		t.Error("unit 7 is found")
	}
	if m.Has(7) || m.NameOn(7, today) != "" || m.PathOn(7, today) != "" || m.Now(7, today) != nil || m.AllNames(7) != nil {
		t.Error("unit 7 has properties")
	}
}

func TestDistrictsAreSelectableForThePastOnly(t *testing.T) {
	if !District.Selectable(eve) || District.Selectable(Reform) || !Commune.Selectable(today) {
		t.Error("districts must be selectable up to 2025-06-30 only")
	}
}

func TestLoadIsQuickAndSmall(t *testing.T) {
	var start, end runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&start)
	m := load(t)
	runtime.GC()
	runtime.ReadMemStats(&end)
	if kept := int64(end.HeapAlloc) - int64(start.HeapAlloc); kept > 12<<20 {
		t.Errorf("the map keeps %d bytes, want at most 12 MiB", kept)
	}
	runtime.KeepAlive(m)
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		load(b)
	}
}

func BenchmarkFind(b *testing.B) {
	m := load(b)
	for b.Loop() {
		m.Find("kim anh kim thanh", today, 10)
	}
}

func TestLiesFollowsThePastAndTheHeirs(t *testing.T) {
	m, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	before, today := calendar.DayOf(2024, 5, 1), calendar.DayOf(2026, 5, 1)
	first := func(name string, on calendar.Day) ID {
		hits := m.Find(name, on, 1)
		if len(hits) == 0 {
			t.Fatalf("no place %q", name)
		}
		return hits[0].ID
	}
	kimAnh := first("Kim Anh Kim Thành Hải Dương", before)
	for name, want := range map[ID]bool{
		kimAnh: true, first("tỉnh Hải Dương", before): true, first("huyện Kim Thành", before): true,
		first("thành phố Hải Phòng", today): true, first("tỉnh Điện Biên", today): false,
	} {
		if got := m.Lies(kimAnh, name); got != want {
			t.Errorf("Kim Anh lies in %s: %v, want %v", m.NameOn(name, today), got, want)
		}
	}
}
