package deed_test

import (
	"testing"

	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

func TestCountsAreReadAsPeopleTypeThem(t *testing.T) {
	cases := []struct {
		typed    string
		decimals int
		want     int64
		means    deed.Qualifier
		key      string
	}{
		{"42", 0, 42, deed.Exact, ""},
		{"1.094", 0, 1094, deed.Exact, ""},
		{"1 094 lượt", 0, 1094, deed.Exact, ""},
		{"42 cháu", 0, 42, deed.Exact, ""},
		{"trên 500", 0, 500, deed.Over, ""},
		{"Khoảng 3.200 nhà", 0, 3200, deed.About, ""},
		{"ít nhất 7", 0, 7, deed.AtLeast, ""},
		{"gần 30", 0, 30, deed.Nearly, ""},
		{"2,5", 1, 25, deed.Exact, ""},
		{"2", 1, 20, deed.Exact, ""},
		{"2,5", 0, 0, deed.Exact, "deed.count.unreadable"},
		{"-3", 0, 0, deed.Exact, "deed.count.negative"},
		{"99999999999999999999", 0, 0, deed.Exact, "deed.count.huge"},
		{"nhiều", 0, 0, deed.Exact, "deed.count.unreadable"},
		{"chừng ấy 4", 0, 0, deed.Exact, "deed.count.unreadable"},
	}
	for _, c := range cases {
		n, means, err := deed.ReadCount(c.typed, c.decimals)
		key := ""
		if all := fault.All(err); len(all) > 0 {
			key = all[0].Key
		}
		if n != c.want && err == nil || means != c.means && err == nil || key != c.key {
			t.Errorf("%q: %d %v %q; want %d %v %q", c.typed, n, means, key, c.want, c.means, c.key)
		}
	}
}
