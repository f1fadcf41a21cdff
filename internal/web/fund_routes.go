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
	s.insideUpload("POST /fund/entries", s.atDesk(s.enter))
	s.money("GET /fund/entries/{id}", s.fundEntry)
	s.money("POST /fund/entries/{id}/approve", s.approveEntry)
	s.money("POST /fund/entries/{id}/voucher", s.vouchEntry)
	s.insideUpload("POST /fund/entries/{id}/papers", s.atDesk(s.scanEntry))
	s.money("GET /fund/entries/{id}/papers/{paper}", s.entryScan)
	s.money("GET /fund/entries/{id}/papers/{paper}/remove", s.unscanForm)
	s.money("POST /fund/entries/{id}/papers/{paper}/remove", s.unscanEntry)
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

	s.money("GET /fund/entries/{id}/paper.pdf", s.inFormat("pdf", s.entryPaper))
	s.money("GET /fund/entries/{id}/paper.docx", s.inFormat("docx", s.entryPaper))
	s.money("GET /fund/statement/paper/{as}", s.statementPaper)
	s.money("GET /fund/donors/paper/{as}", s.donorsPaper)
	s.money("GET /fund/cash-count/{id}/paper/{as}", s.countPaper)
	s.registerCare()
}

// registerCare lists the addresses of what a treasurer does now and then.
func (s *Server) registerCare() {
	s.money("GET /fund/loans", s.fundLoans)
	s.money("GET /fund/loans/new", s.loanForm)
	s.money("POST /fund/loans", s.lend)
	s.money("GET /fund/loans/{id}", s.fundLoan)
	s.money("POST /fund/loans/{id}", s.repay)

	s.money("GET /fund/stock", s.fundStock)
	s.money("POST /fund/stock", s.moveStock)
	s.money("GET /fund/stock/{id}/undo", s.undoStockForm)
	s.money("POST /fund/stock/{id}/undo", s.undoStock)

	s.money("GET /fund/bank", s.fundBank)
	s.insideUpload("POST /fund/bank", s.atDesk(s.takeBank))
	s.money("POST /fund/bank/reconcile", s.reconcile)
	s.money("POST /fund/bank/{id}/release", s.releaseLine)

	s.money("GET /fund/cash-count", s.fundCount)
	s.money("POST /fund/cash-count", s.countCash)

	s.money("GET /fund/opening", s.openingForm)
	s.money("POST /fund/opening", s.bringForward)

	s.money("GET /settings/series", s.seriesPage)
	s.money("POST /settings/series", s.nameSeries)
	s.money("GET /settings/headings", s.headings)
	s.money("POST /settings/headings", s.addHeading)
	s.money("GET /settings/headings/{id}", s.headingForm)
	s.money("POST /settings/headings/{id}", s.describeHeading)
	s.money("GET /settings/purposes", s.purposes)
	s.money("POST /settings/purposes", s.addPurpose)
	s.money("GET /settings/norms", s.norms)
	s.money("POST /settings/norms", s.setNorm)
	s.money("GET /settings/norms/{id}/end", s.endNormForm)
	s.money("POST /settings/norms/{id}/end", s.endNorm)
}

// inFormat names the format of a paper where the address does so in its last
// word.
func (s *Server) inFormat(as string, h func(d *desk) error) func(d *desk) error {
	return func(d *desk) error {
		d.SetPathValue("as", as)
		return h(d)
	}
}
