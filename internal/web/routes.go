package web

import (
	"kith.app/internal/asset"
	"kith.app/internal/page"
)

// register lists every address, grouped as the user sees the product. A
// subject's handlers stand in the file of that subject.
func (s *Server) register() {
	s.registerDoor()
	s.registerToday()
	s.registerDeeds()
	s.registerPeople()
	s.registerSheets()
	s.registerImport()
	s.registerBodies()
	s.registerFigures()
	s.registerReforms()
	s.registerCalendar()
	s.registerFeeds()
	s.registerLineage()
	s.registerLinePapers()
	s.registerTies()
	s.registerOffice()
	s.registerFund()
	s.registerPlans()
	s.registerSets()
	s.registerContests()
	s.registerUnion()
	s.registerReports()
	s.registerForms()
	s.registerLending()
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

// registerToday: the first page, and finding anything.
func (s *Server) registerToday() {
	s.inside("GET /{$}", s.todayPage)
	s.inside("GET /search", s.search)
}

// registerDeeds: what was done and is planned.
func (s *Server) registerDeeds() {
	s.inside("GET /deeds", s.deedList)
	s.inside("GET /deeds/new", s.deedNew)
	s.insideUpload("POST /deeds/new", s.deedPost)
	s.inside("GET /deeds.xlsx", s.deedSheet)
	s.inside("GET /deeds/visited", s.visited)
	s.inside("GET /deeds/pupils", s.pupils)
	s.inside("GET /deeds/trips", s.trips)
	s.inside("GET /deeds/brought", s.broughtForm)
	s.inside("POST /deeds/brought", s.brought)
	s.inside("GET /longevity", s.honouredPage)
	s.inside("GET /longevity.xlsx", s.honouredSheet)
	s.inside("POST /longevity", s.honouredPlan)
	s.inside("GET /settings/kinds", s.kinds)
	s.inside("GET /settings/kinds/{code}", s.kindForm)
	s.inside("POST /settings/kinds/{code}", s.saveKind)
	s.inside("GET /deeds/who", s.deedWho)
	s.inside("GET /deeds/echo/day", s.echoDay)
	s.inside("GET /deeds/echo/amount", s.echoAmount)
	s.inside("GET /deeds/echo/people", s.echoPeople)
	s.inside("GET /deeds/{id}", s.deedShow)
	s.inside("GET /deeds/{id}/print/{paper}", s.deedPrint)
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
	s.inside("GET /people/elsewhere", s.elsewhere)
	s.inside("GET /people/elsewhere.xlsx", s.elsewhereSheet)
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
	s.inside("POST /me/home", s.chooseHome)
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

// registerOffice lists the addresses of the office: register of papers,
// meetings, tasks, handovers.
func (s *Server) registerOffice() {
	s.inside("GET /office", s.officeDesk)
	s.inside("GET /office/papers", s.papers)
	s.inside("GET /office/papers.xlsx", s.papersSheet)
	s.inside("GET /office/papers/new", s.newPaper)
	s.insideUpload("POST /office/papers/new", s.enterPaper)
	s.inside("POST /office/papers/made", s.registerMade)
	s.inside("GET /office/papers/{id}", s.paper)
	s.insideUpload("POST /office/papers/{id}", s.amendPaper)
	s.inside("GET /office/papers/{id}/edit", s.editPaper)
	s.inside("POST /office/papers/{id}/settle", s.settlePaper)
	s.inside("POST /office/papers/{id}/reopen", s.reopenPaper)
	s.inside("POST /office/papers/{id}/void", s.voidPaper)
	s.insideUpload("POST /office/papers/{id}/files", s.attachFiles)
	s.inside("GET /office/papers/{id}/files/{digest}", s.paperFile)
	s.inside("GET /office/meetings", s.meetings)
	s.inside("GET /office/meetings/new", s.newMeeting)
	s.inside("POST /office/meetings/new", s.enterMeeting)
	s.inside("GET /office/meetings/{id}", s.meeting)
	s.inside("POST /office/meetings/{id}", s.minuteMeeting)
	s.inside("GET /office/meetings/{id}/paper", s.meetingPaper)
	s.inside("POST /office/meetings/{id}/invite", s.invite)
	s.inside("POST /office/meetings/{id}/attendance", s.markAttendance)
	s.inside("POST /office/meetings/{id}/tasks", s.resolveAt)
	s.inside("POST /office/meetings/{id}/held", s.concludeMeeting)
	s.inside("POST /office/meetings/{id}/register", s.registerMinutes)
	s.inside("GET /office/tasks", s.tasks)
	s.inside("POST /office/tasks", s.enterTask)
	s.inside("GET /office/tasks.xlsx", s.tasksSheet)
	s.inside("GET /office/tasks/{id}", s.task)
	s.inside("POST /office/tasks/{id}", s.reviseTask)
	s.inside("POST /office/tasks/{id}/done", s.finishTask)
	s.inside("POST /office/tasks/{id}/drop", s.dropTask)
	s.inside("POST /office/tasks/{id}/again", s.takeUpTask)
	s.inside("GET /office/handover", s.handoverDesk)
	s.inside("POST /office/handover", s.handOver)
	s.inside("GET /office/handover/state", s.statePaper)
	s.inside("GET /office/handover/{id}", s.handover)
	s.inside("GET /office/handover/{id}/paper", s.handoverPaper)
}

// more shows the whole menu: the last word at the bottom of a phone.
func (s *Server) more(q *request) error {
	return q.show(page.More(q.shell(q.say("shell.more"))))
}
