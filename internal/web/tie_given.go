package web

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// tieGiven reads the answers into a tie; parties that the book does not have yet
// are given apart.
func (q *request) tieGiven(a *tieAnswers, t tie.Tie) (tie.Tie, []partyFound, error) {
	var wrong []error
	add := func(err error) { wrong = append(wrong, err) }
	date := func(name string) calendar.Date {
		d, err := q.readDay(a.fields[name])
		add(at(name, err))
		return d
	}
	months := func(name string) int {
		n, _, err := countOr(a.fields[name], 0)
		add(at(name, err))
		return int(n)
	}
	t.Kind, t.Code, t.Body = a.fields["kind"], a.fields["code"], body.ID(idOf(a.fields["keeper"]))
	t.Titles = nil
	for lang, name := range map[string]string{"vi": "titleVi", "en": "titleEn", "fr": "titleFr"} {
		if a.fields[name] != "" {
			t.Titles = append(t.Titles, tie.Title{Lang: lang, Text: a.fields[name]})
		}
	}
	slices.SortFunc(t.Titles, func(x, y tie.Title) int { return strings.Compare(y.Lang, x.Lang) })
	t.Reason, t.Note, t.Original, t.Rank = a.fields["reason"], a.fields["note"], a.fields["original"], a.fields["rank"]
	t.Fields = q.fieldsGiven(a)
	t.Effect, t.Expiry, t.Renews = date("effect"), date("expiry"), a.fields["renews"] == "yes"
	t.RenewMonths, t.NoticeMonths, t.ReviewMonths = months("renewMonths"), months("noticeMonths"), months("reviewMonths")
	t.Permit.Number, t.Permit.Issuer = a.fields["permit"], a.fields["permitBy"]
	t.Langs = langsGiven(a.fields["langs"])
	t.Parent = tie.ID(idOf(a.fields["parent_id"]))
	if a.fields["parent"] == "" {
		t.Parent = 0
	} else if t.Parent == 0 {
		add(fault.Field("parent", "tie.parent.unknown"))
	}
	t.Committee = q.committeeGiven(a.fields["committee"], t.Committee)
	if len(t.Stages) == 0 && t.ID == 0 {
		t.Stages = q.firstStage(a, date("signed"))
	}
	found, err := q.partiesGiven(a, t)
	add(err)
	return t, found, fault.Gather(wrong...)
}

// fieldsGiven reads the fields of cooperation, a tie's own among them.
func (q *request) fieldsGiven(a *tieAnswers) []string {
	all := slices.DeleteFunc(slices.Clone(a.chosen), func(f string) bool { return !slices.Contains(tie.Fields(), f) })
	for own := range strings.SplitSeq(a.fields["own"], ",") {
		if own = strings.ReplaceAll(strings.TrimSpace(own), " ", "_"); own != "" {
			all = append(all, own)
		}
	}
	return all
}

// langsGiven reads languages as people list them.
func langsGiven(typed string) []string {
	var all []string
	for one := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' }) {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// committeeGiven reads one of the committee a line: "Tên, chức vụ". Who is of the
// book keeps the link to their record.
func (q *request) committeeGiven(typed string, before []tie.Member) []tie.Member {
	var all []tie.Member
	for line := range strings.Lines(typed) {
		name, office, _ := strings.Cut(strings.TrimSpace(line), ",")
		m := tie.Member{Name: strings.TrimSpace(name), Office: strings.TrimSpace(office)}
		if m.Name == "" {
			continue
		}
		for _, was := range before {
			if was.Name == m.Name {
				m.Person, m.Side, m.From, m.Until = was.Person, was.Side, was.From, was.Until
			}
		}
		if m.Person == 0 && strings.Contains(m.Name, " ") {
			if rows, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: m.Name, Status: store.Everybody, Limit: 2}); err == nil && len(rows) == 1 && text.Fold(rows[0].Name) == text.Fold(m.Name) {
				m.Person = rows[0].ID
			}
		}
		all = append(all, m)
	}
	return all
}

// firstStage is the signing of a new tie.
func (q *request) firstStage(a *tieAnswers, signed calendar.Date) []tie.Stage {
	s := tie.Stage{Kind: tie.Signature, Date: signed, Place: a.fields["place"], Paper: tie.Paper{Number: a.fields["paper"]}}
	if a.fields["source"] != "" {
		s.Source = source.Source{Kind: source.Form, Title: a.fields["source"]}
	}
	if signed.IsUnknown() && s.Place == "" && s.Paper.IsZero() && s.Source.IsZero() {
		return nil
	}
	return []tie.Stage{s}
}

// partiesGiven finds out whom the lines of all sides mean. Parties of the past
// are not in the form; they stay.
func (q *request) partiesGiven(a *tieAnswers, t tie.Tie) ([]partyFound, error) {
	var all []partyFound
	var wrong []error
	for _, p := range t.Parties {
		if !p.Until.IsUnknown() {
			all = append(all, partyFound{party: p})
		}
	}
	for i := range a.sides {
		for j := range a.sides[i] {
			row := &a.sides[i][j]
			f, err := q.resolveParty(i+1, row)
			wrong = append(wrong, err)
			if row.at > 0 && row.at <= len(t.Parties) && t.Parties[row.at-1].Body == f.party.Body {
				was := t.Parties[row.at-1]
				f.party.From, f.party.Before = was.From, was.Before
			}
			all = append(all, f)
		}
		if len(a.sides[i]) == 0 && (i < 2 || i < t.Sides()) {
			wrong = append(wrong, fault.Field("side"+strconv.Itoa(i+1), "tie.side.empty"))
		}
	}
	return all, fault.Gather(wrong...)
}
