package sample

import (
	_ "embed"
	"math/rand/v2"
	"strconv"
	"strings"

	"kith.app/internal/person"
)

// The people of the sample are invented: family names by their frequency, the
// other names drawn from those that people of that age bear. Whoever bears one
// of these names in life is not meant.

//go:embed data/vi_family_freq.csv
var familyFrequency string

// women and men are middle and given names of the generations in the roll.
var (
	womenMiddle = strings.Fields("Thị Thị Thị Thị Kim Thu Ngọc Bích Hồng Thanh Minh Xuân")
	womenGiven  = strings.Fields("Lan Hương Hoa Nga Thảo Mai Loan Hồng Yến Vân Hằng Nhung Thủy Tâm Hiền Liên Phượng Dung Chín Bảy Thoa Xuyến Lý Nụ Mận Hạnh Thơm Vui Nhàn Tuyết Oanh Hà Nguyệt Ngân Ánh Huệ Cúc Đào Sen Gấm")
	menMiddle   = strings.Fields("Văn Văn Văn Đình Xuân Quang Đức Hữu Ngọc Công Trọng Bá Viết Minh Thế Huy Duy")
	menGiven    = strings.Fields("Hùng Dũng Sơn Thược Khoát Tiến Bình Minh Thắng Hải Tuấn Cường Vinh Toàn Nghĩa Thái Phú Lực Khải Bảo Quyết Thành Chiến Thuận Hòa Lợi Kiên Định Luân Huân Vượng Thịnh Nhượng Tường Khánh Điền Canh Mùi Tuất Dần")
)

// guideName is whom the guide looks for where it explains the search.
const guideName = "Đặng Thị Hương"

// names draws invented names.
type names struct {
	r        *rand.Rand
	families []string
	upTo     []int // running sums of the frequencies
	used     map[string]bool
}

func newNames(r *rand.Rand) *names {
	n := &names{r: r, used: map[string]bool{}}
	total := 0
	for _, line := range strings.Split(familyFrequency, "\n")[1:] {
		family, count, ok := strings.Cut(strings.TrimSpace(line), ",")
		weight, err := strconv.Atoi(count)
		if !ok || err != nil || weight < 8 {
			continue
		}
		total += weight
		n.families, n.upTo = append(n.families, family), append(n.upTo, total)
	}
	return n
}

func (n *names) family() string {
	at := n.r.IntN(n.upTo[len(n.upTo)-1])
	for i, sum := range n.upTo {
		if at < sum {
			return n.families[i]
		}
	}
	return n.families[0]
}

// full draws a name that nobody in the sample bears yet.
func (n *names) full(sex person.Sex) string {
	for {
		name := n.family() + " " + pick(n.r, menMiddle) + " " + pick(n.r, menGiven)
		if sex == person.Female {
			name = n.family() + " " + pick(n.r, womenMiddle) + " " + pick(n.r, womenGiven)
			if strings.HasPrefix(name, "Đặng Thị ") && !n.used[guideName] {
				name = guideName
			}
		}
		if !n.used[name] {
			n.used[name] = true
			return name
		}
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
