package web

import "kith.app/internal/intake"

// registerContestUnit: the file of a unit in a contest, workbooks that go in and out.
func (s *Server) registerContestUnit() {
	s.inside("GET /contests/statistics", s.contestStatistics)
	s.inside("GET /contests/{id}/table.xlsx", s.contestTableSheet)
	s.inside("GET /contests/{id}/sheets.xlsx", s.contestSheetsSheet)
	for _, w := range []contestBook{{intake.Criteria, "table"}, {intake.Scores, "sheets"}} {
		s.inside("GET /contests/{id}/bring/"+w.name, s.contestBring(w))
		s.insideUpload("POST /contests/{id}/bring/"+w.name, s.contestBringFile(w))
		s.inside("GET /contests/{id}/bring/"+w.name+"/{token}", s.contestBringLook(w))
		s.inside("POST /contests/{id}/bring/"+w.name+"/{token}", s.contestBringDo(w))
	}
	s.inside("GET /contests/{id}/papers", s.contestPapers)
	s.inside("GET /contests/{id}/papers/{kind}", s.contestPaper)
	s.inside("GET /contests/{id}/units/{unit}/papers/{kind}", s.contestUnitPaper)
	s.inside("GET /contests/{id}/units/{unit}", s.contestUnit)
	s.inside("POST /contests/{id}/units/{unit}/accept", s.contestUnitAccept)
	s.inside("POST /contests/{id}/units/{unit}/on", s.contestUnitOn)
	s.inside("POST /contests/{id}/units/{unit}/back", s.contestUnitBack)
	s.insideUpload("POST /contests/{id}/units/{unit}/scores/{criterion}", s.contestUnitScore)
	s.inside("GET /contests/{id}/units/{unit}/why", s.contestWhy)
	s.inside("POST /contests/{id}/units/{unit}/appeal", s.contestAppeal)
	s.inside("GET /contests/{id}/units/{unit}/files/{paper}", s.contestUnitFile)
	s.inside("GET /contests/{id}/units/{unit}/evidence/{criterion}", s.contestProofs)
	s.inside("GET /contests/{id}/units/{unit}/evidence/{criterion}/files/{paper}", s.contestProofFile)
	s.inside("GET /contests/{id}/units/{unit}/sheet.xlsx", s.contestUnitSheet)
}
