package web

import (
	"kith.app/docs/guide"
	"kith.app/internal/page"
)

// help shows the guide in the reader's language.
func (s *Server) help(q *request) error {
	sections, err := guide.In(string(q.reader.Lang))
	if err != nil {
		return err
	}
	return q.show(page.Help(page.HelpPage{Shell: q.shell(sections[0].Head), Sections: sections}))
}
