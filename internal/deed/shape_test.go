package deed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/deed"
)

func TestKindsCountByThemselvesWhatTheyAreAbout(t *testing.T) {
	kinds, err := deed.ShippedKinds()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]deed.Kind{}
	for _, k := range kinds {
		by[k.Code] = k
	}
	cases := []struct {
		kind          string
		named, stated int64
		want          map[deed.Unit]int64
	}{
		{"sick-visit", 1, -1, map[deed.Unit]int64{deed.Acts: 1}},
		{"sick-visit", 0, -1, map[deed.Unit]int64{deed.Acts: 1}},
		{"sick-visit", 3, -1, map[deed.Unit]int64{deed.Acts: 3}},
		{"study-award", 0, 42, map[deed.Unit]int64{deed.Acts: 0, deed.Persons: 42}},
		{"hardship", 2, -1, map[deed.Unit]int64{deed.Families: 2}},
		{"home-trip", 38, -1, map[deed.Unit]int64{deed.Acts: 1, deed.Persons: 38}},
		{"meeting-spring", 0, -1, map[deed.Unit]int64{deed.Acts: 1}},
		{"donation", 1, -1, map[deed.Unit]int64{deed.Acts: 1}},
		{"relief-home", 1, 0, map[deed.Unit]int64{}},
	}
	for _, c := range cases {
		got := map[deed.Unit]int64{}
		for _, l := range by[c.kind].Propose(c.named, c.stated) {
			got[l.Unit] = l.Quantity
		}
		for u, n := range c.want {
			if n == 0 {
				delete(c.want, u)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s named %d stated %d (-want +got):\n%s", c.kind, c.named, c.stated, diff)
		}
	}
}
