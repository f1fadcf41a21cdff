package page

import "kith.app/docs/guide"

// HelpPage is the guide in the reader's language.
type HelpPage struct {
	Shell    Shell
	Sections []guide.Section // the first stands before the list of tasks
}
