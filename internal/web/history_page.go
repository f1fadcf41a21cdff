package web

import (
	"cmp"
	"encoding/json"
	"net/url"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// historyPerPage is how many changes a page of the history shows.
const historyPerPage = 50

// history lists everything that was written, by whom and why.
func (s *Server) history(q *request) error {
	query := store.ChangeQuery{Subject: q.value("subject"), Actor: q.id("by"), Link: q.id("link"), N: q.id("n"), Most: historyPerPage + 1}
	changes, err := q.view().Changes(q.Context(), query)
	if err != nil {
		return err
	}
	p := page.HistoryPage{Shell: q.shell(q.say("history.title")), Subject: query.Subject}
	p.Shell.Lead = q.say("history.lead")
	if len(changes) > historyPerPage {
		changes = changes[:historyPerPage]
		last := changes[historyPerPage-1]
		v := url.Values{"link": {strconv.FormatInt(last.Link, 10)}, "n": {strconv.FormatInt(last.N, 10)}, "subject": {query.Subject}, "by": {q.value("by")}}
		p.Next = "/history?" + v.Encode()
	}
	for _, c := range changes {
		p.Changes = append(p.Changes, page.Past{
			When: q.when(c.At), Text: q.historyLine(c),
			Note: joinDots([]string{q.why(c.Why), c.Name, q.changed(c)}), Href: recordPath(c),
		})
	}
	for _, subject := range []string{"person", "membership", "deed", "entry", "body", "office", "holding", "delegation", "account", "setting"} {
		p.Subjects = append(p.Subjects, page.Option{Value: subject, Text: q.subjectName(subject), Chosen: subject == query.Subject})
	}
	return q.show(page.HistoryList(p))
}

// subjectName is what a sort of record is called, or its code when it has no
// name yet.
func (q *request) subjectName(subject string) string {
	if key := "history.subject." + subject; q.server.Words.Has(key) {
		return q.say(key)
	}
	return subject
}

// historyLine names a change: what sort of record, and which where it has a name.
func (q *request) historyLine(c store.Change) string {
	if name := recordName(c, q.lang()); name != "" {
		return q.say("history.line", q.subjectName(c.Subject), name)
	}
	return q.subjectName(c.Subject)
}

// recordName is what a changed record calls itself, in a language where it has
// names in several.
func recordName(c store.Change, lang string) string {
	for _, state := range []json.RawMessage{c.After, c.Before} {
		var record struct {
			Title, Name, Text, Login, Code, Number string
			Names                                  json.RawMessage
		}
		if len(state) == 0 || json.Unmarshal(state, &record) != nil {
			continue
		}
		var names []struct{ Full string }
		if json.Unmarshal(record.Names, &names) == nil && len(names) > 0 {
			return names[0].Full
		}
		var byLang map[string]string
		if json.Unmarshal(record.Names, &byLang) == nil && cmp.Or(byLang[lang], byLang["vi"]) != "" {
			return cmp.Or(byLang[lang], byLang["vi"])
		}
		return cmp.Or(record.Title, record.Name, record.Text, record.Login, record.Number, record.Code)
	}
	return ""
}

// recordPath leads to a changed record, where it has a page.
func recordPath(c store.Change) string {
	if folder, known := recordFolders[c.Subject]; known {
		return folder + strconv.FormatInt(c.Ref, 10)
	}
	return ""
}

// recordFolders are the addresses beneath which records have their page.
var recordFolders = map[string]string{
	"person": "/people/", "deed": "/deeds/", "entry": "/fund/entries/", "body": "/body/", "office": "/offices/",
	"meeting": "/office/meetings/", "task": "/office/tasks/", "paper": "/office/papers/", "handover": "/office/handover/",
	"report": "/reports/", "loan": "/fund/loans/", "job": "/import/",
}

// bodyByID leads from a body's id, as the history has it, to its page.
func (s *Server) bodyByID(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	b, err := q.view().Body(q.Context(), body.ID(id))
	if err != nil {
		return err
	}
	return q.goTo("/bodies/" + b.Code)
}
