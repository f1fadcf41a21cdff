package page

// SignInPage is the door.
type SignInPage struct {
	Shell Shell
	Login string
	Back  string
	Wrong Problems
}

// BeginPage is the first page of an empty book.
type BeginPage struct {
	Shell   Shell
	Wrong   Problems
	Name    string
	Officer string
	Office  string
	Offices []Option
	Login   string
}

// withoutTongues is the frame of the page: the languages are its first question.
func (p BeginPage) withoutTongues() Shell {
	p.Shell.Tongues = nil
	return p.Shell
}
