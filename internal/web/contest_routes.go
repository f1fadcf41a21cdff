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
}
