package web

import (
	"kith.app/internal/asset"
	"kith.app/internal/page"
)

// register lists every address, grouped as the user sees the product. A
// subject's handlers stand in the file of that subject.
func (s *Server) register() {
	s.registerDoor()
	s.registerDeeds()
	s.registerPeople()
	s.registerBodies()
	s.registerFund()
	s.registerSettings()
	// Everything else leads nowhere, politely.
	s.handle("/", s.nowhere)
}

// registerDoor: what every page needs, and the way in.
func (s *Server) registerDoor() {
	s.routes.Handle("GET "+asset.Prefix, assets())
	s.handle("POST /language", s.chooseLanguage)
	s.handle("GET /begin", s.beginForm)
	s.handle("POST /begin", s.begin)
	s.handle("GET /sign-in", s.signInForm)
	s.handle("POST /sign-in", s.signIn)
	s.handle("POST /sign-out", s.signOut)
	s.inside("GET /more", s.more)
	s.inside("GET /help", s.help)
}

// registerDeeds: what was done and is planned.
func (s *Server) registerDeeds() {
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
	s.insideUpload("POST /deeds/{id}/papers", s.deedAttach)
	s.inside("GET /deeds/{id}/papers/{paper}", s.deedPaper)
	s.inside("GET /deeds/{id}/papers/{paper}/remove", s.deedDetachAsk)
	s.inside("POST /deeds/{id}/papers/{paper}/remove", s.deedDetach)
	s.inside("GET /deeds/{id}/cancel", s.deedCancelAsk)
	s.inside("POST /deeds/{id}/cancel", s.deedCancel)
}

// registerPeople: the roll, one person, households, records that are one person.
func (s *Server) registerPeople() {
	s.inside("GET /people", s.people)
	s.inside("GET /people/new", s.newPerson)
	s.inside("POST /people", s.enrol)
	s.inside("GET /people/find", s.findPeople)
	s.inside("GET /people/echo/birth", s.echoBirth)
	s.inside("GET /people/census", s.census)
	s.inside("GET /people/longevity", s.longevity)
	s.inside("GET /people/longevity/settings", s.longevitySettings)
	s.inside("POST /people/longevity/settings", s.saveLadder)
	s.inside("GET /people/duplicates", s.duplicates)
	s.inside("POST /people/apart", s.apart)
	s.inside("POST /people/merge", s.merge)
	s.inside("GET /people/{id}", s.person)
	s.inside("POST /people/{id}", s.correct)
	s.inside("GET /people/{id}/edit", s.editPerson)
	s.inside("GET /people/{id}/merge", s.askMerge)
	s.inside("POST /people/{id}/merge", s.chooseMerge)
	s.inside("POST /people/{id}/unmerge", s.unmerge)
	s.inside("GET /people/{id}/death", s.askDeath)
	s.inside("POST /people/{id}/death", s.die)
	s.inside("GET /people/{id}/leave", s.askLeave)
	s.inside("POST /people/{id}/leave", s.leave)
	s.inside("GET /people/{id}/move", s.askMove)
	s.inside("POST /people/{id}/move", s.move)
	s.inside("GET /people/{id}/join", s.askJoin)
	s.inside("POST /people/{id}/join", s.join)
	s.inside("GET /people/{id}/household", s.askHousehold)
	s.inside("POST /people/{id}/household", s.settle)
	s.inside("GET /households", s.households)
	s.inside("GET /households/{id}", s.household)
	s.inside("GET /places", s.findPlaces)
}

// registerBodies: the association, its branches, who sits on which seat.
func (s *Server) registerBodies() {
	s.inside("GET /bodies", s.bodies)
	s.inside("GET /bodies/new", s.newBody)
	s.inside("POST /bodies", s.foundBody)
	s.inside("GET /body/{id}", s.bodyByID)
	s.inside("GET /bodies/{code}", s.body)
	s.inside("POST /bodies/{code}", s.describeBody)
	s.inside("GET /bodies/{code}/edit", s.editBody)
	s.inside("GET /bodies/{code}/rename", s.askRename)
	s.inside("POST /bodies/{code}/rename", s.rename)
	s.inside("GET /offices", s.board)
	s.inside("GET /offices/new", s.newOffice)
	s.inside("POST /offices", s.createOffice)
	s.inside("GET /offices/{id}", s.office)
	s.inside("GET /offices/{id}/appoint", s.askAppoint)
	s.inside("POST /offices/{id}/appoint", s.appoint)
	s.inside("GET /holdings/{id}/release", s.askRelease)
	s.inside("POST /holdings/{id}/release", s.release)
}

// registerSettings: oneself, who can sign in, words, safety, history.
func (s *Server) registerSettings() {
	s.inside("GET /me", s.me)
	s.inside("POST /me", s.saveMe)
	s.inside("GET /settings", s.settings)
	s.inside("GET /settings/users", s.users)
	s.inside("POST /settings/users", s.admitUser)
	s.inside("POST /settings/users/{id}", s.changeUser)
	s.inside("GET /settings/labels", s.labels)
	s.inside("POST /settings/labels", s.saveLabel)
	s.inside("GET /settings/backup", s.backupPage)
	s.inside("POST /settings/backup", s.takeBackup)
	s.inside("GET /history", s.history)
}

// more shows the whole menu: the last word at the bottom of a phone.
func (s *Server) more(q *request) error {
	return q.show(page.More(q.shell(q.say("shell.more"))))
}
