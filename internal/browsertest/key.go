package browsertest

import "github.com/chromedp/chromedp/kb"

// Keys that have no letter, for Press.
const (
	Enter  = kb.Enter
	Tab    = kb.Tab
	Escape = kb.Escape
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
)
