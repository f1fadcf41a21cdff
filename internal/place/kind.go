package place

import "strings"

// kinds of unit as their names begin, each with the key of the sentence that
// names a unit of it in every language.
var kinds = []struct{ begins, key string }{
	{"Thành phố", "place.city"},
	{"Thị trấn", "place.townlet"},
	{"Đặc khu", "place.zone"},
	{"Thị xã", "place.town"},
	{"Phường", "place.ward"},
	{"Huyện", "place.district"},
	{"Quận", "place.cityDistrict"},
	{"Tỉnh", "place.province"},
	{"Xã", "place.commune"},
}

// Part takes a full name apart: "Xã" and "Kim Anh".
func Part(full string) (kind, own string) {
	for _, k := range kinds {
		if after, is := strings.CutPrefix(full, k.begins+" "); is {
			return k.begins, after
		}
	}
	return "", full
}

// Naming gives the key of the sentence that names a unit in the reader's
// language, and the name that fills it: "place.commune" and "Kim Anh" say "xã Kim
// Anh", "Kim Anh commune", "commune de Kim Anh".
func Naming(full string) (key, own string) {
	for _, k := range kinds {
		if after, is := strings.CutPrefix(full, k.begins+" "); is {
			return k.key, after
		}
	}
	return "place.other", full
}

// InText gives a full name as it is written inside a Vietnamese sentence: "xã Kim
// Anh", "thành phố Hải Phòng".
func InText(full string) string {
	kind, own := Part(full)
	if kind == "" {
		return own
	}
	return strings.ToLower(kind) + " " + own
}
