package fund

// LoanID identifies a loan to a member.
type LoanID int64
