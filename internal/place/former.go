package place

// former are provinces that ended before the first snapshot, with the codes of
// those that stand where they were. People of 65 were born in them and say so; a
// search finds the province they became. Nothing is reckoned with them.
var former = []struct {
	name, years string
	codes       []string
}{
	{"Bắc Thái", "1965–1996", []string{"06", "19"}},
	{"Bình Trị Thiên", "1976–1989", []string{"44", "45", "46"}},
	{"Cao Lạng", "1975–1978", []string{"04", "20"}},
	{"Cửu Long", "1976–1991", []string{"84", "86"}},
	{"Gia Lai - Kon Tum", "1975–1991", []string{"62", "64"}},
	{"Hà Bắc", "1962–1996", []string{"24", "27"}},
	{"Hà Nam Ninh", "1975–1991", []string{"35", "36", "37"}},
	{"Hà Sơn Bình", "1975–1991", []string{"01", "17"}},
	{"Hà Tây", "1965–1975, 1991–2008", []string{"01"}},
	{"Hà Tuyên", "1975–1991", []string{"02", "08"}},
	{"Hải Hưng", "1968–1996", []string{"30", "33"}},
	{"Hoàng Liên Sơn", "1975–1991", []string{"10", "15"}},
	{"Minh Hải", "1976–1996", []string{"95", "96"}},
	{"Nam Hà", "1965–1975, 1991–1996", []string{"35", "36"}},
	{"Nghệ Tĩnh", "1975–1991", []string{"40", "42"}},
	{"Nghĩa Bình", "1975–1989", []string{"51", "52"}},
	{"Phú Khánh", "1975–1989", []string{"54", "56"}},
	{"Quảng Nam - Đà Nẵng", "1976–1996", []string{"48", "49"}},
	{"Sài Gòn", "–1976", []string{"79"}},
	{"Sông Bé", "1976–1996", []string{"70", "74"}},
	{"Thuận Hải", "1975–1991", []string{"58", "60"}},
	{"Vĩnh Phú", "1968–1996", []string{"25", "26"}},
}

// alias is a name of a unit that the map does not hold, with what is shown for it.
type alias struct{ full, shown string }

// aliases gives the former names of provinces by their places in units.
func (m *Map) aliases() map[int32][]alias {
	all := map[int32][]alias{}
	for _, f := range former {
		for _, code := range f.codes {
			id, ok := compose(m.begins[0], Province, code)
			if at, found := m.at(id); ok && found {
				all[at] = append(all[at], alias{"Tỉnh " + f.name, f.name + " (" + f.years + ")"})
			}
		}
	}
	return all
}
