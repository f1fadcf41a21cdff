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

	s.money("GET /fund/statement", s.fundStatement)
	s.money("GET /fund/statement.xlsx", s.fundStatementSheet)
	s.money("GET /fund/ledger/{id}", s.fundLedger)
	s.money("GET /fund/donors", s.fundDonors)
	s.money("GET /fund/budget", s.fundBudget)
	s.money("POST /fund/budget", s.setBudget)
	s.money("GET /fund/closing", s.fundClosing)
	s.money("POST /fund/closing", s.closeFund)

	s.money("GET /fund/dues", s.fundDues)
	s.money("GET /fund/dues.xlsx", s.fundDuesSheet)
	s.money("GET /fund/dues/reminder", s.fundReminder)
	s.money("GET /fund/dues/take", s.takeDues)
	s.money("POST /fund/dues/take", s.payDues)
	s.money("POST /fund/dues/rates", s.setRate)
	s.money("GET /fund/dues/{id}", s.memberDues)
	s.money("POST /fund/dues/{id}/pay", s.payMember)
	s.money("POST /fund/dues/{id}/exempt", s.exemptMember)
}
