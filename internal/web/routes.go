package web

import (
	"kith.app/internal/asset"
	"kith.app/internal/page"
)

// register lists every address, grouped as the user sees the product. A
// subject's handlers stand in the file of that subject.
func (s *Server) register() {
	// What every page needs.
	s.routes.Handle("GET "+asset.Prefix, assets())
	s.handle("POST /language", s.chooseLanguage)
	s.handle("GET /begin", s.beginForm)
	s.handle("POST /begin", s.begin)
	s.handle("GET /sign-in", s.signInForm)
	s.handle("POST /sign-in", s.signIn)
	s.handle("POST /sign-out", s.signOut)
	s.inside("GET /more", s.more)

	// Deeds.
	s.inside("GET /deeds", s.deedList)
	s.inside("GET /deeds/new", s.deedNew)
	s.insideUpload("POST /deeds/new", s.deedPost)
	s.inside("GET /deeds/who", s.deedWho)
	s.inside("GET /deeds/echo/day", s.echoDay)
	s.inside("GET /deeds/echo/amount", s.echoAmount)
	s.inside("GET /deeds/echo/people", s.echoPeople)
	s.inside("GET /deeds/{id}", s.deedShow)
	s.inside("GET /deeds/{id}/edit", s.deedEdit)
	s.insideUpload("POST /deeds/{id}/edit", s.deedSave)
	s.inside("POST /deeds/{id}/done", s.deedDone)
	s.inside("GET /deeds/{id}/cancel", s.deedCancelAsk)
	s.inside("POST /deeds/{id}/cancel", s.deedCancel)

	// Everything else leads nowhere, politely.
	s.handle("/", s.nowhere)
}

// more shows the whole menu: the last word at the bottom of a phone.
func (s *Server) more(q *request) error {
	return q.show(page.More(q.shell(q.say("shell.more"))))
}
