package page

import "github.com/a-h/templ"

// current marks the place where the reader is, for eyes and for ears.
func current(here bool) templ.Attributes {
	if !here {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// hasMore tells whether the rail needs its last word.
func hasMore(menu []MenuItem) bool {
	for _, item := range menu {
		if item.Place == OnMore {
			return true
		}
	}
	return false
}

// moreOpen tells whether the reader is somewhere under the last word of the rail.
func moreOpen(menu []MenuItem) bool {
	for _, item := range menu {
		if item.Place == OnMore && item.Current {
			return true
		}
	}
	return false
}

// underMore tells whether the reader is somewhere a phone keeps under "more".
func underMore(menu []MenuItem) bool {
	for _, item := range menu {
		if item.Place != OnPhone && item.Current {
			return true
		}
	}
	return false
}
