package document

import (
	"slices"
	"strings"
)

// Say forms the sentence of a key in the language of the paper.
type Say func(key string, args ...any) string

// Family is the way a kind of body heads its papers.
type Family string

// The families seen in originals.
const (
	State    Family = "state"      // state bodies and most associations
	Front    Family = "front"      // Fatherland Front: several lines of parents
	Party    Family = "party"      // Party committees
	Youth    Family = "youth"      // Youth Union
	Union    Family = "union"      // grass-roots unions: a star below the body
	Informal Family = "informal"   // name of the body only
	Bare     Family = "none"       // nothing at all
	Lettered Family = "letterhead" // French and English letters
)

// Families lists the families in the order they are offered.
func Families() []Family {
	return []Family{State, Front, Party, Youth, Union, Informal, Bare, Lettered}
}

// Issuer is the body that writes and how it heads its papers.
type Issuer struct {
	Family  Family
	Parents []string // bodies above it, the highest first
	Name    string   // as it signs; a line break is kept
	Contact []string // address, telephone: on letterheads only
}

// HeadOf lays out the head of a paper of an issuer. The number is whole
// ("05/BC-BLL") or empty, which prints dots; the place and date come in words.
func HeadOf(say Say, by Issuer, number, place string) Head {
	switch by.Family {
	case Bare:
		return Head{}
	case Lettered:
		return letterhead(say, by, number, place)
	}
	h := Head{Left: issuing(by), Right: crown(say, by.Family)}
	if by.Family != Informal || number != "" {
		h.Number = []Line{{Text: numberLine(say, by.Family, number), Size: 13, Align: Centre}}
	}
	if place != "" {
		h.Place = []Line{{Text: place, Size: 13, Italic: true, Align: Centre}}
	}
	return h
}

// About adds the subject of an official letter below its number.
func (h Head) About(text string) Head {
	h.Number = append(h.Number, Line{Text: text, Size: 12, Align: Centre})
	return h
}

// Stacked gives all lines of a head in one column, the nation first.
func (h Head) Stacked() []Line {
	return slices.Concat(h.Right, h.Left, h.Number, h.Place)
}

func issuing(by Issuer) []Line {
	var lines []Line
	for _, parent := range by.Parents {
		lines = append(lines, Line{Text: strings.ToUpper(parent), Size: 12, Align: Centre})
	}
	name := Line{Text: strings.ToUpper(by.Name), Size: 12, Bold: true, Align: Centre, Rule: RulePart}
	switch by.Family {
	case Party, Union:
		name.Rule = NoRule
		return append(lines, name, Line{Text: "*", Size: 12, Align: Centre})
	case Youth:
		name.Rule = NoRule
		return append(lines, name, Line{Text: "***", Size: 12, Align: Centre})
	}
	return append(lines, name)
}

// crown is the right side: the nation and its motto, or what the family has.
func crown(say Say, f Family) []Line {
	switch f {
	case Party:
		return []Line{{Text: say("paper.party"), Size: 13, Bold: true, Align: Centre, Rule: RuleText}}
	case Youth:
		return []Line{{Text: say("paper.youth"), Size: 13, Bold: true, Align: Centre, Rule: RuleText}}
	case Informal:
		return nil
	}
	return []Line{
		{Text: say("paper.nation"), Size: 12, Bold: true, Align: Centre},
		{Text: say("paper.motto"), Size: 13, Bold: true, Align: Centre, Rule: RuleText},
	}
}

func numberLine(say Say, f Family, number string) string {
	if number == "" {
		number = "………"
	}
	if f == Party || f == Youth {
		return say("paper.number.party", number)
	}
	return say("paper.number", number)
}

func letterhead(say Say, by Issuer, number, place string) Head {
	h := Head{Shape: Letterhead}
	for _, parent := range by.Parents {
		h.Left = append(h.Left, Line{Text: parent, Size: 11, Align: Centre})
	}
	h.Left = append(h.Left, Line{Text: by.Name, Size: 16, Bold: true, Align: Centre})
	for i, line := range by.Contact {
		l := Line{Text: line, Size: 10, Align: Centre}
		if i == len(by.Contact)-1 {
			l.Rule = RuleFull
		}
		h.Left = append(h.Left, l)
	}
	if len(by.Contact) == 0 {
		h.Left[len(h.Left)-1].Rule = RuleFull
	}
	if number != "" {
		h.Number = []Line{{Text: say("paper.reference", number), Size: 12, Align: Left}}
	}
	if place != "" {
		h.Place = []Line{{Text: place, Size: 12, Align: Right}}
	}
	return h
}
