package web

// registerContestUnit: the file of a unit in a contest, workbooks that go in and out.
func (s *Server) registerContestUnit() {
	s.inside("GET /contests/{id}/units/{code}", s.contestUnit)
	s.inside("POST /contests/{id}/units/{code}/accept", s.contestUnitAccept)
	s.inside("POST /contests/{id}/units/{code}/on", s.contestUnitOn)
	s.inside("POST /contests/{id}/units/{code}/back", s.contestUnitBack)
	s.insideUpload("POST /contests/{id}/units/{code}/scores/{criterion}", s.contestUnitScore)
	s.inside("GET /contests/{id}/units/{code}/why", s.contestWhy)
	s.inside("POST /contests/{id}/units/{code}/appeal", s.contestAppeal)
	s.inside("GET /contests/{id}/units/{code}/files/{paper}", s.contestUnitFile)
	s.inside("GET /contests/{id}/units/{code}/sheet.xlsx", s.contestUnitSheet)
}
