package web

// registerFund lists the addresses of everything about money.
func (s *Server) registerFund() {
	s.money("GET /fund", s.fundHome)
	s.inside("POST /fund/open", s.openFund)
	s.money("GET /fund/who", s.fundWho)
	s.money("GET /fund/echo/amount", s.fundEchoAmount)
	s.money("GET /fund/echo/day", s.fundEchoDay)

	s.money("GET /fund/entries", s.fundEntries)
	s.money("GET /fund/entries.xlsx", s.fundEntriesSheet)
	s.money("GET /fund/entries/new", s.enterForm)
	s.money("POST /fund/entries", s.enter)
	s.money("GET /fund/entries/{id}", s.fundEntry)
	s.money("POST /fund/entries/{id}/approve", s.approveEntry)
	s.money("POST /fund/entries/{id}/voucher", s.vouchEntry)
	s.money("GET /fund/entries/{id}/reverse", s.reverseForm)
	s.money("POST /fund/entries/{id}/reverse", s.reverseEntry)
}
