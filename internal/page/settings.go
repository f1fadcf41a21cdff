package page

// SettingsPage is the page of doors to what can be set.
type SettingsPage struct {
	Shell Shell
	Doors []Door
}

// MePage is the page of who is signed in.
type MePage struct {
	Lending Link // what one lends and is lent
	Shell   Shell
	Wrong   Problems
	Login   string
	Record  Link
	Offices []Fact
	Homes   []Option // the organisations to choose from; one is no choice
	Rights  []string
	Langs   []Option
}

// UsersPage lists who can sign in.
type UsersPage struct {
	Shell    Shell
	Wrong    Problems
	Rows     []UserRow
	Login    string
	Person   string
	PersonID string
}

// UserRow is one way to sign in.
type UserRow struct {
	Login   string
	Name    string
	Href    string
	Path    string // where changes are sent
	Mark    Mark
	Stopped bool
}

// LabelsPage lets an association call things by its own words.
type LabelsPage struct {
	Shell  Shell
	Query  string
	Labels []Label
}

// Label is one word of the pages.
type Label struct {
	Key     string
	Shipped string
	Own     string
}

// BackupPage tells how the book is kept safe.
type BackupPage struct {
	Shell  Shell
	Sound  Mark
	Proven Fact // when that was found
	Head   Fact
	Copies []string
}

// HistoryPage lists what was written.
type HistoryPage struct {
	Shell    Shell
	Subject  string
	Subjects []Option
	Changes  []Past
	Next     string
}

// LentPage lists what officers lend to helpers.
type LentPage struct {
	Shell Shell
	Own   []Link // offices of the reader, to lend from
	Table Table
}
