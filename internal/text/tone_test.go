package text

import "testing"

func TestToneOnSecond(t *testing.T) {
	cases := map[string]string{
		"Hòa Bình":         "Hoà Bình",
		"HÒA, khỏe; THÚY.": "HOÀ, khoẻ; THUÝ.",
		"Thanh Hoá":        "Thanh Hoá",
		"hoàng toàn":       "hoàng toàn",
		"của mùa tủy":      "của mùa tuỷ",
		"Hoài Ngọc":        "Hoài Ngọc",
		"Cửa Lò":           "Cửa Lò",
		"qụy":              "quỵ",
	}
	for in, want := range cases {
		if got := ToneOnSecond(in); got != want {
			t.Errorf("ToneOnSecond(%q) = %q, want %q", in, got, want)
		}
	}
}
