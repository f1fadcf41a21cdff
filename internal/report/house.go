package report

import (
	"context"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/office"
)

// The settings by which a body heads its papers; what a branch has not set it
// takes from the body above it.
const (
	SettingFamily     = "paper.family"       // document.Family of papers in Vietnamese
	SettingForeign    = "paper.foreign"      // of papers in other languages; letterhead when empty
	SettingParents    = "paper.parents"      // bodies printed above the name, one a line
	SettingName       = "paper.name"         // as it heads papers, when not the full name; a line break is kept
	SettingSymbol     = office.SettingSymbol // BLL of "05/BC-BLL"
	SettingPlace      = "paper.place"        // where papers are dated
	SettingVoice      = "paper.voice"        // on whose behalf the head signs: "Ban Liên lạc"
	SettingContact    = "paper.contact"      // address and telephone, one a line, on letterheads
	SettingRecipients = "paper.recipients"   // who gets copies, one a line
)

// inherited are the settings that a branch takes from above.
func inherited() []string { return []string{SettingFamily, SettingForeign, SettingPlace} }

// House is a body as it writes: how it heads its papers and who signs.
type House struct {
	Names      Label           `json:"names"` // on the paper's date
	Above      Label           `json:"above,omitempty"`
	Family     document.Family `json:"family"`
	Foreign    document.Family `json:"foreign"`
	Parents    []string        `json:"parents,omitempty"`
	Name       string          `json:"name,omitempty"`
	Symbol     string          `json:"symbol,omitempty"`
	Place      string          `json:"place,omitempty"`
	Voice      string          `json:"voice,omitempty"`
	Contact    []string        `json:"contact,omitempty"`
	Recipients []string        `json:"recipients,omitempty"`
	Signer     Signer          `json:"signer"`
	Office     string          `json:"office,omitempty"` // what its head is called where not a head: chair, lead
}

// Signer is who signs: the head on the day, or a deputy in the head's place.
type Signer struct {
	Name  string `json:"name,omitempty"`
	Kind  string `json:"kind,omitempty"` // of the office held
	Title string `json:"title,omitempty"`
	Head  string `json:"head,omitempty"` // title of the head, when a deputy signs
}

// HouseBook is what a house is read from.
type HouseBook interface {
	Tree() *body.Tree
	Root() body.ID
	Body(ctx context.Context, id body.ID) (body.Body, error)
	Settings(ctx context.Context, of body.ID, prefix string) (map[string]string, error)
	PostsOn(ctx context.Context, of body.ID, on calendar.Day) ([]Post, error)
}

// HouseOf reads how a body writes on a day.
func HouseOf(ctx context.Context, b HouseBook, of body.ID, on calendar.Day) (House, error) {
	self, err := b.Body(ctx, of)
	if err != nil {
		return House{}, err
	}
	set, err := b.Settings(ctx, of, "paper.")
	if err != nil {
		return House{}, err
	}
	h := House{Names: NamesOn(self, on)}
	if parent, ok := b.Tree().ParentOn(of, on); ok {
		above, err := b.Body(ctx, parent)
		if err != nil {
			return House{}, err
		}
		h.Above = NamesOn(above, on)
	}
	if top := b.Tree().Top(of, on); top != of {
		general, err := b.Settings(ctx, top, "paper.")
		if err != nil {
			return House{}, err
		}
		for _, name := range inherited() {
			if set[name] == "" {
				set[name] = general[name]
			}
		}
	}
	h.take(set)
	if h.Symbol == "" {
		h.Symbol = initials(h.Names["vi"])
	}
	posts, err := b.PostsOn(ctx, of, on)
	h.Signer = signer(posts)
	switch self.Kind {
	case body.Union, body.Friendship, body.Front:
		h.Office = "chair"
	case body.Cluster:
		h.Office = "lead"
	}
	return h, err
}

// take fills a house from settings.
func (h *House) take(set map[string]string) {
	h.Family, h.Foreign = document.State, document.Lettered
	if f := document.Family(set[SettingFamily]); f != "" {
		h.Family = f
	}
	if f := document.Family(set[SettingForeign]); f != "" {
		h.Foreign = f
	}
	h.Parents, h.Contact, h.Recipients = lines(set[SettingParents]), lines(set[SettingContact]), lines(set[SettingRecipients])
	h.Name, h.Symbol, h.Place, h.Voice = set[SettingName], set[SettingSymbol], set[SettingPlace], set[SettingVoice]
}

func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// initials proposes the symbol of a body from the first words of its name.
func initials(name string) string {
	var b strings.Builder
	for i, word := range strings.Fields(name) {
		if i == 3 {
			break
		}
		b.WriteRune([]rune(strings.ToUpper(word))[0])
	}
	return b.String()
}

// signer finds who signs: the first holder of the office of the head, or else a
// deputy in the head's place.
func signer(posts []Post) Signer {
	var head *Post
	for i, p := range posts {
		if p.Kind == "head" && head == nil {
			head = &posts[i]
			if len(p.Holders) > 0 {
				return Signer{Name: p.Holders[0].Name, Kind: p.Kind, Title: p.Title}
			}
		}
	}
	for _, p := range posts {
		if p.Kind == "deputy" && len(p.Holders) > 0 {
			s := Signer{Name: p.Holders[0].Name, Kind: p.Kind, Title: p.Title}
			if head != nil {
				s.Head = head.Title
			}
			return s
		}
	}
	return Signer{Kind: "head"}
}

// Sheet begins a paper of the house with its head; the number is whole, or
// empty for dots.
func (h House) Sheet(to locale.Speaker, page document.Page, number string, date calendar.Date) *document.Builder {
	b := document.Compose(string(to.Lang), page)
	b.Head(h.head(to, number, date))
	b.Paper().Author = h.Names.In(string(to.Lang))
	if day, ok := date.Day(); ok {
		b.Paper().Dated = day.String()
	}
	return b
}

func (h House) head(to locale.Speaker, number string, date calendar.Date) document.Head {
	by := document.Issuer{Family: h.Family, Parents: h.Parents, Name: h.Name}
	if to.Lang != locale.Vi {
		by.Family, by.Contact, by.Parents, by.Name = h.Foreign, h.Contact, nil, ""
	}
	if by.Name == "" {
		by.Name = h.Names.In(string(to.Lang))
	}
	if len(by.Parents) == 0 && len(h.Above) > 0 {
		by.Parents = []string{h.Above.In(string(to.Lang))}
	}
	return document.HeadOf(to.Say, by, number, to.DateOfficial(h.Place, date))
}

// Spoken is the body as it speaks of itself: the committee on whose behalf the
// head signs, or its name.
func (h House) Spoken(lang locale.Lang) string {
	if h.Voice != "" && lang == locale.Vi {
		return h.Voice
	}
	return h.Names.In(string(lang))
}

// Signature is the head's signature, or a deputy's in the head's place.
func (h House) Signature(to locale.Speaker) document.Signature {
	s := document.Signature{Position: upper(to, h.titled(to, h.Signer.Kind, h.Signer.Title)), Name: h.Signer.Name}
	if h.Voice != "" || to.Lang != locale.Vi {
		s.Capacity = append(s.Capacity, upper(to, to.Say("report.behalf", h.Spoken(to.Lang))))
	}
	if h.Signer.Kind == "deputy" {
		s.Capacity = append(s.Capacity, upper(to, to.Say("report.for", h.titled(to, "head", h.Signer.Head))))
	}
	return s
}

// titled names an office of the house: unions, friendship associations and Fronts
// have chairs where others have heads, and a cluster the unit in its lead.
func (h House) titled(to locale.Speaker, kind, title string) string {
	if h.Office != "" && (title == "" || to.Lang != locale.Vi) && (kind == "head" || kind == "deputy") {
		return to.Say("report.office." + kind + "." + h.Office)
	}
	return OfficeTitle(to, kind, title)
}

// upper writes in capitals where Vietnamese papers do.
func upper(to locale.Speaker, text string) string {
	if to.Lang == locale.Vi {
		return strings.ToUpper(text)
	}
	return text
}

// OfficeTitle names an office: its own title, or that of its kind.
func OfficeTitle(to locale.Speaker, kind, title string) string {
	if title != "" && to.Lang == locale.Vi {
		return title
	}
	return to.Say("report.office." + kind)
}

// Copies is who gets the paper, with the file.
func (h House) Copies(to locale.Speaker) []string {
	return append(append([]string(nil), h.Recipients...), to.Say("report.file"))
}
