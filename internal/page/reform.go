package page

// ReformPage is a reform of administrative units in a book.
type ReformPage struct {
	Shell  Shell
	Notes  []NoteLine
	Doing  string // what is going on; empty when nothing is
	Done   int
	Steps  int
	Status string // of the reform in the book: empty, playing, standing, undoing
	Facts  []Fact
}
