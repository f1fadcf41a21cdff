package world

import (
	"math"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/place"
)

func TestCountriesBearTheirNamesInSixLanguages(t *testing.T) {
	laos, found := ByCode("la")
	if !found || laos.Name("vi") != "Lào" || laos.Name("fr") != "Laos" || laos.Name("lo") != "ລາວ" {
		t.Errorf("ByCode(la) = %v, %v; names %q", laos, found, laos.Names())
	}
	if laos.Name("de") != "Laos" {
		t.Errorf("a language that is not kept gives %q, want the English name", laos.Name("de"))
	}
	for name, code := range map[string]string{
		"Lào": "LA", "lao": "LA", "Cam-pu-chia": "KH", "Campuchia": "KH", "Hàn Quốc": "KR", "South Korea": "KR", "KOR": "KR",
		"Hoa Kỳ": "US", "Mỹ": "US", "Allemagne": "DE", "trung quoc": "CN", "Việt Nam": "VN", "Hà Lan": "NL", "ລາວ": "LA", "法国": "FR",
	} {
		if c, found := CountryNamed(name); !found || c.Code != code {
			t.Errorf("CountryNamed(%q) = %q, %v; want %s", name, c.Code, found, code)
		}
	}
	if c, found := CountryNamed("Atlantis"); found {
		t.Errorf("Atlantis is %v", c)
	}
	if n := len(Countries()); n < 240 || n > 260 {
		t.Errorf("%d countries", n)
	}
}

func TestPlacesAreFoundInAnySpelling(t *testing.T) {
	for _, c := range []struct {
		query, country string
		lat, lon       float64
	}{
		{"Daejeon (KR)", "KR", 36.35, 127.38},
		{"Viêng Chăn", "LA", 17.97, 102.60},
		{"thanh pho vieng chan", "LA", 17.97, 102.60},
		{"Champasak (LA)", "LA", 14.89, 105.88},
		{"Chăm-pa-xắc, Lào", "LA", 14.89, 105.88},
		{"Kratie (KH)", "KH", 12.49, 106.02},
		{"Heidelberg, Đức", "DE", 49.41, 8.69},
		{"Oryol Oblast (RU)", "RU", 52.97, 36.08},
		{"Yamaguchi Prefecture (JP)", "JP", 34.18, 131.47},
		{"Quảng Châu", "CN", 23.12, 113.25},
		{"Emilia-Romagna (IT)", "IT", 44.49, 11.34},
		{"Val-de-Marne (FR)", "FR", 48.79, 2.46},
		{"East Flanders (BE)", "BE", 51.05, 3.72},
		{"Nông Cống", "VN", 19.62, 105.65},
		{"Sài Gòn", "VN", 10.82, 106.63},
		{"Kitakyushu (JP)", "JP", 33.88, 130.85},
	} {
		found := Find(c.query)
		if len(found) == 0 {
			t.Errorf("Find(%q) found nothing", c.query)
			continue
		}
		p := found[0]
		if p.Country != c.country || math.Abs(p.At.Lat-c.lat) > 0.15 || math.Abs(p.At.Lon-c.lon) > 0.15 {
			t.Errorf("Find(%q)[0] = %+v, want %s at %v %v", c.query, p, c.country, c.lat, c.lon)
		}
	}
}

func TestNamesakesAreAllGiven(t *testing.T) {
	if found := Find("Heidelberg"); len(found) < 3 {
		t.Errorf("Heidelberg stands in Germany, the United States and South Africa; found %v", found)
	}
	vientiane := Find("Vientiane (LA)")
	regions := 0
	for _, p := range vientiane {
		if p.Kind == Region {
			regions++
		}
	}
	if len(vientiane) != 3 || regions != 2 {
		t.Errorf("Vientiane is a city, its prefecture and a province; found %+v", vientiane)
	}
	if found := Find("Paris (Atlantis)"); found != nil {
		t.Errorf("a country that is none found %v", found)
	}
	if found := Find("  "); found != nil {
		t.Errorf("nothing found %v", found)
	}
}

func TestSuggestionsBeginAsTyped(t *testing.T) {
	found := Suggest("daej", 5)
	if len(found) == 0 || found[0].Name != "Daejeon" {
		t.Errorf("Suggest(daej) = %v", found)
	}
	if n := len(Suggest("san", 7)); n != 7 {
		t.Errorf("Suggest gives %d places, want 7", n)
	}
}

func TestNoTownInTheArchipelagosIsListedElsewhere(t *testing.T) {
	for _, p := range places().places {
		if p.Country != "VN" && p.At.Lon > 110.5 && p.At.Lon < 113.5 && p.At.Lat > 15 && p.At.Lat < 18 {
			t.Errorf("%+v lies in Hoàng Sa", p)
		}
	}
}

func TestWrittenNamesLeadSomewhere(t *testing.T) {
	for _, n := range written().towns {
		if len(FindIn(n.alias, n.country)) == 0 {
			t.Errorf("%s %s = %s leads nowhere", n.country, n.of, n.alias)
		}
	}
}

func TestKilometres(t *testing.T) {
	hanoi, paris := Spot{21.03, 105.85}, Spot{48.85, 2.35}
	if km := hanoi.Kilometres(paris); math.Abs(km-9200) > 60 {
		t.Errorf("Hà Nội to Paris is %.0f km", km)
	}
}

func TestProvincesAreDrawnAsTheyStoodThen(t *testing.T) {
	if now, then := len(Provinces(place.Reform).Shapes), len(Provinces(place.Reform-1).Shapes); now != 34 || then != 63 {
		t.Errorf("%d provinces since the reform and %d before, want 34 and 63", now, then)
	}
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range []calendar.Day{place.Reform, place.Reform - 1} {
		for _, id := range m.Provinces(on) {
			site, found := UnitSite(m, id)
			if !found || site.Of != id || site.At.Lon > 110 {
				t.Errorf("%s lies at %v, %v", m.NameOn(id, on), site, found)
			}
		}
	}
}

func TestUnitsOfVietNamLieWhereTheirTownIs(t *testing.T) {
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	find := func(query string, on calendar.Day) place.ID {
		hits := m.Find(query, on, 1)
		if len(hits) == 0 {
			t.Fatalf("no unit %q", query)
		}
		return hits[0].ID
	}
	before := place.Reform - 1
	for query, want := range map[string]Spot{
		"huyện Nông Cống": {19.62, 105.65}, "huyện Thọ Xuân": {19.93, 105.52}, "xã Nông Cống": {19.62, 105.65},
	} {
		on := before
		if strings.HasPrefix(query, "xã") {
			on = place.Reform
		}
		id := find(query, on)
		site, found := UnitSite(m, id)
		if !found || site.Of != id || math.Abs(site.At.Lat-want.Lat) > 0.05 || math.Abs(site.At.Lon-want.Lon) > 0.05 {
			t.Errorf("%s lies at %+v (of %s), want %v", query, site, m.NameOn(site.Of, on), want)
		}
	}
	// Quế Sơn's town bears another name; the province is the nearest certain place.
	id := find("huyện Quế Sơn", before)
	if site, found := UnitSite(m, id); !found || site.Of.Level() != place.Province && site.Of != id {
		t.Errorf("Quế Sơn lies at %+v, %v", site, found)
	}
	if _, found := UnitSite(m, 1); found {
		t.Error("a unit that is none lies somewhere")
	}
}

func TestTheWorldHasItsCountries(t *testing.T) {
	for name, o := range map[string]*Outline{"coarse": Coarse(), "fine": Fine()} {
		seen := map[string]Shape{}
		for _, s := range o.Shapes {
			seen[s.Code] = s
		}
		for code, at := range map[string]Spot{"VN": {21.03, 105.85}, "LA": {19.9, 102.1}, "FR": {48.85, 2.35}, "BR": {-15.8, -47.9}, "RU": {55.7, 37.6}} {
			if !seen[code].Holds(at) {
				t.Errorf("%s: %s does not hold %v", name, code, at)
			}
		}
		if len(o.Land) == 0 || len(o.Borders) < 200 {
			t.Errorf("%s: %d pieces of land, %d borders", name, len(o.Land), len(o.Borders))
		}
	}
}

func TestATownAndItsProvinceAreOneSpot(t *testing.T) {
	for name, country := range map[string]string{"Champasak": "LA", "Viêng Chăn": "LA", "Kratie": "KH", "Tỉnh Champasak": "LA", "Daejeon": "KR"} {
		if _, found := Locate(name, country); !found {
			t.Errorf("%s is nowhere: %v", name, FindIn(name, country))
		}
	}
	for name, country := range map[string]string{"Heidelberg": "", "Washington": "US", "Atlantis": "GR"} {
		if at, found := Locate(name, country); found {
			t.Errorf("%s was guessed at %v", name, at)
		}
	}
}
