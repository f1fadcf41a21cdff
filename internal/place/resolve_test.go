package place_test

import (
	"slices"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/place"
)

func reader(t testing.TB) (*place.Map, *place.Reader) {
	t.Helper()
	m, err := place.Load()
	if err != nil {
		t.Fatal(err)
	}
	return m, place.NewReader(m, place.Reform+400)
}

func TestAWrittenPathNamesOneUnit(t *testing.T) {
	m, r := reader(t)
	for _, c := range []struct{ written, want, rest string }{
		{"Hải Dương", "tỉnh Hải Dương", ""},
		{"hai duong", "tỉnh Hải Dương", ""},
		{"Tỉnh Hải Dương", "tỉnh Hải Dương", ""},
		{"TP. Hải Dương", "thành phố Hải Dương, tỉnh Hải Dương", ""},
		{"Kim Thành, Hải Dương", "huyện Kim Thành, tỉnh Hải Dương", ""},
		{"Kim Anh - Kim Thành - Hải Dương", "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", ""},
		{"Kim Anh, Kim Thành, Hải Phòng", "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", ""},
		{"X. Kim Anh, H. Kim Thành, T. Hải Dương", "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", ""},
		{"xã Kim Anh huyện Kim Thành tỉnh Hải Dương", "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", ""},
		{"thôn Đoài, xã Kim Anh, huyện Kim Thành, Hải Dương", "xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương", "thôn Đoài"},
		{"Số 12, tổ 5, phường Him Lam, TP Điện Biên Phủ, tỉnh Điện Biên", "phường Him Lam, thành phố Điện Biên Phủ, tỉnh Điện Biên", "Số 12, tổ 5"},
	} {
		got := r.Read(c.written)
		id, ok := got.Only()
		if !ok || got.Rest != c.rest {
			var all []string
			for _, id := range got.Units {
				all = append(all, m.PathOn(id, place.Reform-1)+" "+m.PathOn(id, place.Reform))
			}
			t.Errorf("%q: read %q, rest %q, want %q with rest %q", c.written, all, got.Rest, c.want, c.rest)
			continue
		}
		if path := m.PathOn(id, place.Reform-1); path != c.want {
			t.Errorf("%q = %q, want %q", c.written, path, c.want)
		}
	}
}

func TestWhatMayBeAnotherPlaceIsNotRead(t *testing.T) {
	_, r := reader(t)
	for _, written := range []string{"", "Kim Anh, Kim Thành, Nghệ An", "Abcxyz, Hải Dương", "Abcxyz", "ở xa", "Liên bang Nga", ", , -"} {
		if got := r.Read(written); len(got.Units) != 0 {
			t.Errorf("%q was read as %v", written, got)
		}
	}
}

func TestNamesakesAreAllGiven(t *testing.T) {
	_, r := reader(t)
	for _, written := range []string{"xã Tân Lập", "Quang Trung"} {
		if got := r.Read(written); len(got.Units) < 2 {
			t.Errorf("%q gave %v, want several", written, got)
		}
	}
}

func TestEveryUnitIsReadFromItsOwnPath(t *testing.T) {
	m, r := reader(t)
	wrong := 0
	for _, days := range []calendar.Day{-1000, -150, -1, 0, 350} {
		day := place.Reform + days
		for _, level := range []place.Level{place.Province, place.District, place.Commune} {
			for _, id := range m.Standing(level, day) {
				got := r.Read(m.PathOn(id, day))
				only, ok := got.Only()
				if only == id {
					continue
				}
				// A path of before may be read as what became of the unit; of two that
				// bore one name in one district both are told.
				if slices.Contains(got.Units, id) || ok && followed(m, id, only, day) {
					continue
				}
				if wrong++; wrong <= 20 {
					t.Errorf("%s (%d) was read as %v, rest %q", m.PathOn(id, day), id, got.Units, got.Rest)
				}
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d paths wrong", wrong)
	}
}

// followed tells whether a unit is what became of another by any snapshot, or
// bore the very same name at another time.
func followed(m *place.Map, id, by place.ID, on calendar.Day) bool {
	u, err := m.Unit(by)
	if err != nil {
		return false
	}
	for _, n := range u.Names {
		if n.Full == m.NameOn(id, on) {
			return true
		}
	}
	for _, day := range []calendar.Day{calendar.DayOf(2025, 1, 1), calendar.DayOf(2025, 3, 1), place.Reform, calendar.DayOf(2026, 4, 30)} {
		for _, h := range m.Now(id, day) {
			if h.ID == by {
				return true
			}
		}
	}
	return false
}
