package reform_test

import (
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/locale"
	"kith.app/internal/place"
	"kith.app/internal/reform"
)

func plan(t *testing.T) (*place.Map, reform.Plan) {
	t.Helper()
	m, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m, reform.VietNam(m)
}

func TestEveryUnitThatEndedWithAnHeirIsTold(t *testing.T) {
	m, p := plan(t)
	heirs := map[body.ID]int{}
	for _, e := range p.Events {
		if err := e.Check(); err != nil {
			t.Errorf("%s on %s: %v", e.Kind, e.Day, err)
		}
		for _, s := range e.Edges {
			if s.From != s.To && s.To != 0 {
				heirs[s.From]++
			}
		}
	}
	for _, id := range p.Units {
		if want := len(m.After(id)); want > 0 && heirs[body.ID(id)] != want {
			t.Errorf("%s has %d heirs, the map says %d", m.NameOn(id, place.Reform-1), heirs[body.ID(id)], want)
		}
	}
}

func TestADistrictThatMergedBackIsTold(t *testing.T) {
	m, p := plan(t)
	nongSon, err := m.ByCode(place.District, "519", place.Reform-200)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.Events {
		if e.Kind == body.Merging && e.Ends(body.ID(nongSon)) {
			if got := m.NameOn(place.ID(e.Edges[0].To), e.Day); got != "Huyện Quế Sơn" || e.Day.String() != "2025-01-01" {
				t.Errorf("Nông Sơn merged into %s on %s", got, e.Day)
			}
			return
		}
	}
	t.Error("nothing tells what became of Nông Sơn")
}

func TestWhatIsHeldBringsOnlyWhatItNeeds(t *testing.T) {
	m, p := plan(t)
	queSon, err := m.ByCode(place.District, "509", place.Reform-1)
	if err != nil {
		t.Fatal(err)
	}
	held := p.Held(m, func(id body.ID) bool { return id == body.ID(queSon) })
	if n := len(held.Units); n < 20 || n > 200 {
		t.Errorf("%d units come with one district", n)
	}
	if again := p.Held(m, func(id body.ID) bool {
		for _, u := range held.Units {
			if body.ID(u) == id && u.Level() != place.District {
				return true
			}
		}
		return id == body.ID(queSon)
	}); len(again.Units) != len(held.Units) || len(again.Events) != len(held.Events) {
		t.Errorf("a second look brings %d units and %d events, the first %d and %d", len(again.Units), len(again.Events), len(held.Units), len(held.Events))
	}
}

// Communes that ended before the reform have no heir in any source: their end is
// told, and that nothing more is known.
func TestWhatTheSourceDoesNotTellIsSaidSo(t *testing.T) {
	m, p := plan(t)
	silent := map[body.ID]bool{}
	for _, id := range m.Untold() {
		silent[body.ID(id)] = true
	}
	if len(silent) != 587 {
		t.Errorf("%d communes without a told heir, the lists have 587", len(silent))
	}
	for _, e := range p.Events {
		for _, s := range e.Edges {
			if !silent[s.From] || s.To == s.From {
				continue
			}
			if e.Kind != body.Ending || s.To != 0 || e.Note == "" || m.Stood(place.ID(s.From), e.Day) || !m.Stood(place.ID(s.From), e.Day-1) {
				t.Errorf("%s ended by %s on %s: %+v", m.NameOn(place.ID(s.From), e.Day-1), e.Kind, e.Day, s)
			}
			delete(silent, s.From)
		}
	}
	if len(silent) > 0 {
		t.Errorf("nothing tells of the end of %d communes", len(silent))
	}
}

// What a reform notes of units without a known heir is told in the reader's language,
// also where an earlier version of the program wrote it in Vietnamese.
func TestTheNoteOfAReformIsToldInTheReadersLanguage(t *testing.T) {
	const before = "Nguồn chỉ cho biết đơn vị không còn trong danh mục từ ngày này (có thể đã thôi trước đó, sau lần danh mục trước); không nói nhập vào đơn vị nào."
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Langs() {
		say := words.In(lang).Say
		for _, note := range []string{"reform.silent", before} {
			if got, want := reform.NoteSaid(note, say), say("reform.silent"); got != want || got == "" || lang != locale.Vi && got == before {
				t.Errorf("%s: %q is told as %q", lang, note, got)
			}
		}
		if got := reform.NoteSaid("Theo biên bản", say); got != "Theo biên bản" {
			t.Errorf("what somebody wrote is told as %q", got)
		}
	}
}
