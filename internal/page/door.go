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
