package intake

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

// roll is everyone a row may be: those of the book, and the rows before it.
type roll struct {
	number map[string][]*Member // by folded member number
	name   map[string][]*Member // by folded name
	sorted map[string][]*Member // by the folded words of the name in order of the alphabet
	phone  map[string][]*Member
	taken  map[*Member]int          // by which row
	rows   map[string][]*toldPerson // rows before, by folded name
	twins  map[string]int           // the first row before that says the same of somebody, by all that it says
	cards  map[string]int           // rows before, by folded member number
	ours   func(body.ID) bool       // whether a body is of the organisation the table is of
}

// newRoll enters everyone of the book. Several organisations may keep it, each with
// member numbers of its own: ours tells which bodies are of the table's.
func newRoll(all []Member, ours func(body.ID) bool) *roll {
	r := &roll{
		ours:   ours,
		number: map[string][]*Member{}, name: make(map[string][]*Member, len(all)), sorted: make(map[string][]*Member, len(all)),
		phone: map[string][]*Member{}, taken: map[*Member]int{}, rows: map[string][]*toldPerson{}, twins: map[string]int{}, cards: map[string]int{},
	}
	for i := range all {
		r.add(&all[i])
	}
	return r
}

func (r *roll) add(m *Member) {
	folded := text.Fold(m.Name)
	r.name[folded] = append(r.name[folded], m)
	key := alphabetical(folded)
	r.sorted[key] = append(r.sorted[key], m)
	for _, number := range phoneKeys(m.Phone) {
		r.phone[number] = append(r.phone[number], m)
	}
	for _, one := range m.Memberships {
		if key := text.Fold(one.Number); key != "" && !slices.Contains(r.number[key], m) {
			r.number[key] = append(r.number[key], m)
		}
	}
}

func alphabetical(folded string) string {
	words := strings.Fields(folded)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// phoneKeys gives the numbers of a telephone field as they are compared.
func phoneKeys(phone string) []string {
	var all []string
	for _, one := range strings.FieldsFunc(phone, func(c rune) bool { return c == '/' || c == ';' || c == ',' }) {
		if number := dialled(one, false); len(number) >= 8 {
			all = append(all, number)
		}
	}
	return all
}

// sameName tells whether two names are one: spelt alike, or alike without
// accents where one of them was written without any.
func sameName(a, b string) bool {
	if text.Fold(a) != text.Fold(b) {
		return false
	}
	return spelling(a) == spelling(b) || plainName(a) || plainName(b)
}

func spelling(name string) string { return strings.ToLower(text.ToneOnSecond(name)) }

// plainName tells that a name is written without any accent.
func plainName(name string) bool { return strings.ToLower(text.Clean(name)) == text.Fold(name) }

// bearers lists those of the organisation the table is of who have a member number;
// where it gave the number to nobody, those of the others.
func (r *roll) bearers(number string) (all []*Member, own bool) {
	key := text.Fold(number)
	for _, m := range r.number[key] {
		if slices.ContainsFunc(m.Memberships, func(one person.Membership) bool { return text.Fold(one.Number) == key && r.ours(one.Body) }) {
			all = append(all, m)
		}
	}
	if len(all) > 0 {
		return all, true
	}
	return r.number[key], false
}

// byNumber finds the person with the row's member number: of several, the one who is
// called as the row says.
func (r *roll) byNumber(t *toldPerson) (found *Member, several bool) {
	if t.number == "" {
		return nil, false
	}
	all, _ := r.bearers(t.number)
	if len(all) > 1 {
		called := slices.DeleteFunc(slices.Clone(all), func(m *Member) bool { return !sameName(m.Name, t.name) })
		if len(called) > 0 {
			all = called
		}
	}
	switch len(all) {
	case 0:
		return nil, false
	case 1:
		return all[0], false
	}
	return nil, true
}

// numbered finds whom a row of a roll means by its member number. A number that only
// another organisation gave, to somebody else, says nothing of the row.
func (r *roll) numbered(t *toldPerson) (found *Member, several bool) {
	found, several = r.byNumber(t)
	if _, own := r.bearers(t.number); !own && (several || found != nil && !sameName(found.Name, t.name)) {
		return nil, false
	}
	return found, several
}

// byIdentity finds the person with the row's name, birth and origin. Of several
// who share all that, the one in the same branch or with the same telephone is
// taken, else the first whom no row before it has taken.
func (r *roll) byIdentity(t *toldPerson) *Member {
	var sure, likely []*Member
	for _, m := range r.name[text.Fold(t.name)] {
		if r.taken[m] != 0 || !sameName(m.Name, t.name) || r.otherNumber(m, t) {
			continue
		}
		switch t.identity(m) {
		case equal:
			sure = append(sure, m)
		case coarser, finer:
			likely = append(likely, m)
		case conflict, unknown:
		}
	}
	if len(sure) > 0 {
		return t.nearest(sure)
	}
	if len(likely) == 1 {
		return likely[0]
	}
	return nil
}

// otherNumber tells that both have a member number of the organisation and they differ.
func (r *roll) otherNumber(m *Member, t *toldPerson) bool {
	if t.number == "" {
		return false
	}
	has := false
	for _, one := range m.Memberships {
		has = has || one.Number != "" && r.ours(one.Body)
	}
	return has
}

// identity says how surely a person of the book is the one a row tells of, the
// names being the same.
func (t *toldPerson) identity(m *Member) agreement {
	birth, origin := agrees(t.birth, m.Birth), t.sameOrigin(m)
	phone := samePhone(t.phone, m.Phone)
	switch {
	case birth == conflict || origin == conflict:
		return conflict
	case birth == equal && origin == equal:
		return equal
	case birth != unknown:
		return finer // birth known on both sides and not against each other
	case t.birth == m.Birth && origin == equal:
		return equal // neither knows the birth
	case phone:
		return finer
	}
	return unknown
}

// sameOrigin compares the origin a row tells with that of a person.
func (t *toldPerson) sameOrigin(m *Member) agreement {
	has := m.Origin != 0 || m.OriginNote != ""
	switch {
	case t.origin.said == "" && !has:
		return equal
	case t.origin.said == "" || !has:
		return unknown
	case t.originText(m) || t.origin.id != 0 && int64(t.origin.id) == m.Origin:
		return equal
	case t.origin.id == 0 || m.Origin == 0:
		return unknown
	case t.within(m):
		return finer
	}
	return conflict
}

func samePhone(a, b string) bool {
	others := phoneKeys(b)
	return slices.ContainsFunc(phoneKeys(a), func(number string) bool { return slices.Contains(others, number) })
}

// nearest prefers, among people alike, the one in the row's branch, then the one
// with its telephone, then the first.
func (t *toldPerson) nearest(all []*Member) *Member {
	for _, m := range all {
		if one, ok := m.current(t.branch); ok && one.Body == t.branch && (t.phone == "" || samePhone(t.phone, m.Phone)) {
			return m
		}
	}
	for _, m := range all {
		if samePhone(t.phone, m.Phone) {
			return m
		}
	}
	for _, m := range all {
		if inBranch(m, t.branch) {
			return m
		}
	}
	return all[0]
}

func inBranch(m *Member, branch body.ID) bool {
	one, ok := m.current(branch)
	return ok && one.Body == branch
}

// alike lists who a new row may be the same as, though it was not matched: the
// same words in the name in any order and nothing against it, or one telephone
// and a name much alike.
func (r *roll) alike(t *toldPerson) []Alike {
	var all []Alike
	add := func(m *Member) {
		a := Alike{Ref: int64(m.ID), Name: m.Name}
		if !slices.Contains(all, a) && len(all) < alikeMost {
			all = append(all, a)
		}
	}
	for _, m := range r.sorted[alphabetical(text.Fold(t.name))] {
		birth, origin := agrees(t.birth, m.Birth), t.sameOrigin(m)
		if r.taken[m] != 0 || r.otherNumber(m, t) || birth == conflict || origin == conflict {
			continue
		}
		add(m)
	}
	for _, number := range phoneKeys(t.phone) {
		for _, m := range r.phone[number] {
			if r.taken[m] == 0 && text.Similarity(m.Name, t.name) >= 75 && agrees(t.birth, m.Birth) != conflict {
				add(m)
			}
		}
	}
	before := r.rows[text.Fold(t.name)]
	for _, one := range before[max(0, len(before)-lookedAt):] {
		if len(all) < alikeMost && one.isNew && !t.numbered(one) && agrees(t.birth, one.birth) != conflict && !t.elsewhere(one) {
			all = append(all, Alike{Row: one.row, Name: one.name})
		}
	}
	return all
}

// How many a row is told to be like, and how many rows before it of the same name
// are compared for that: a table may have one name in every row.
const (
	alikeMost = 5
	lookedAt  = 1000
)

// twin finds a row before this one that says the same of the same person: with the
// same member number, or where one of the two has none.
func (r *roll) twin(t *toldPerson) (row int, found bool) {
	said, card := t.all(), text.Fold(t.number)
	if card == "" {
		row, found = r.twins[said+"\x01"]
		return row, found
	}
	row, found = r.twins[said+"\x00"]
	if numbered, ok := r.twins[said+"\x00"+card]; ok && (!found || numbered < row) {
		return numbered, true
	}
	return row, found
}

// enter keeps a row, so that those after it can be compared with it.
func (r *roll) enter(t *toldPerson) {
	name := text.Fold(t.name)
	r.rows[name] = append(r.rows[name], t)
	said := t.all()
	for _, key := range []string{said + "\x00" + text.Fold(t.number), said + "\x01"} {
		if _, known := r.twins[key]; !known {
			r.twins[key] = t.row
		}
	}
}

// all puts together what a row says of a person, but for the member number.
func (t *toldPerson) all() string {
	return strings.Join([]string{spelling(t.name), t.birth.EDTF(), t.branchSaid, text.Fold(t.origin.said), t.phone, t.address}, "\x00")
}

// card notes the member number of a row and gives the row before it that has the
// same.
func (r *roll) card(t *toldPerson) (row int, found bool) {
	key := text.Fold(t.number)
	if key == "" {
		return 0, false
	}
	if before, ok := r.cards[key]; ok {
		return before, true
	}
	r.cards[key] = t.row
	return 0, false
}

// elsewhere tells that two rows name different places of origin.
func (t *toldPerson) elsewhere(o *toldPerson) bool {
	return t.origin.said != "" && o.origin.said != "" && text.Fold(t.origin.said) != text.Fold(o.origin.said)
}

// numbered tells that two rows have different member numbers.
func (t *toldPerson) numbered(o *toldPerson) bool { return t.number != "" && o.number != "" }
