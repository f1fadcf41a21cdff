package web

// registerContests: the emulation year of clusters and blocks.
func (s *Server) registerContests() {
	s.registerContestDesk()
}

// registerContestDesk: what who keeps a contest works with.
func (s *Server) registerContestDesk() {
	s.inside("GET /contests", s.contests)
	s.inside("GET /contests.xlsx", s.contestsSheet)
	s.inside("GET /contests/{id}", s.contest)
	s.inside("GET /contests/{id}/standings.xlsx", s.contestStandingsSheet)
	s.inside("GET /contests/{id}/table", s.contestTablePage)
	s.inside("GET /contests/{id}/table/new", s.newCriterion)
	s.inside("POST /contests/{id}/table/new", s.saveCriterion)
	s.inside("POST /contests/{id}/table/copy", s.copyTable)
	s.inside("GET /contests/{id}/table/compare", s.compareTables)
	s.inside("GET /contests/{id}/table/{criterion}", s.editCriterion)
	s.inside("POST /contests/{id}/table/{criterion}", s.saveCriterion)
	s.inside("POST /contests/{id}/table/{criterion}/move", s.shiftCriterion)
	s.inside("GET /contests/{id}/table/{criterion}/strike", s.strikeAsk)
	s.inside("POST /contests/{id}/table/{criterion}/strike", s.strikeCriterion)
}
