package web

import (
	"context"
	"errors"
	"net/http"
	"path"
	"strings"

	"github.com/emersion/go-ical"
	"github.com/emersion/go-vcard"
	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"
	"github.com/emersion/go-webdav/carddav"

	"kith.app/internal/agenda"
	"kith.app/internal/store"
)

// Where calendars and address books lie for programs that speak CalDAV and
// CardDAV.
const (
	davCal  = "/dav/cal/"
	davCard = "/dav/card/"
)

// registerDAV: the addresses at which telephones look by themselves, and what
// they find there, to be read only.
func (s *Server) registerDAV() {
	for from, to := range map[string]string{"/.well-known/caldav": davCal, "/.well-known/carddav": davCard} {
		s.routes.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusMovedPermanently) })
	}
	s.routes.Handle("/dav/", limited(formBytesMax, http.HandlerFunc(s.dav)))
}

// dav asks who somebody is and hands the request to the calendar or the address
// books of theirs.
func (s *Server) dav(w http.ResponseWriter, r *http.Request) {
	login, secret, _ := r.BasicAuth()
	o, ok := s.openFeed(r.Context(), secret)
	if !ok || !strings.EqualFold(strings.TrimSpace(login), o.login) {
		w.Header().Set("WWW-Authenticate", `Basic realm="Kith", charset="UTF-8"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	// Some clients leave the last slash of a folder away.
	if ext := path.Ext(r.URL.Path); ext != ".ics" && ext != ".vcf" && !strings.HasSuffix(r.URL.Path, "/") {
		r.URL.Path += "/"
	}
	b := davBook{server: s, opened: o}
	switch {
	case strings.HasPrefix(r.URL.Path, davCal):
		(&caldav.Handler{Backend: davCalendar{b}, Prefix: davCal}).ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, davCard):
		(&carddav.Handler{Backend: davCards{b}, Prefix: davCard}).ServeHTTP(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

var (
	errDavReadOnly = webdav.NewHTTPError(http.StatusForbidden, errors.New("read only"))
	errDavNothing  = webdav.NewHTTPError(http.StatusNotFound, errors.New("nothing here"))
)

// davBook is the book as one token opens it.
type davBook struct {
	server *Server
	opened opened
}

// home is the folder of the one who asks below a prefix.
func (b davBook) home(prefix, folder string) string { return prefix + b.opened.login + "/" + folder }

// davCalendar is the calendar of one reader.
type davCalendar struct{ davBook }

// CurrentUserPrincipal is who asks.
func (c davCalendar) CurrentUserPrincipal(context.Context) (string, error) {
	return c.home(davCal, ""), nil
}

// CalendarHomeSetPath is the folder of calendars.
func (c davCalendar) CalendarHomeSetPath(context.Context) (string, error) {
	return c.home(davCal, "calendars/"), nil
}

func (c davCalendar) at() string { return c.home(davCal, "calendars/kith/") }

// ListCalendars lists the one calendar there is.
func (c davCalendar) ListCalendars(context.Context) ([]caldav.Calendar, error) {
	f := c.server.feedOf(c.opened.actor)
	return []caldav.Calendar{{Path: c.at(), Name: f.Name, SupportedComponentSet: []string{ical.CompEvent}}}, nil
}

// GetCalendar gives the calendar at a path.
func (c davCalendar) GetCalendar(ctx context.Context, at string) (*caldav.Calendar, error) {
	if path.Clean(at) != path.Clean(c.at()) {
		return nil, errDavNothing
	}
	all, err := c.ListCalendars(ctx)
	return &all[0], err
}

// ListCalendarObjects lists every event.
func (c davCalendar) ListCalendarObjects(ctx context.Context, at string, _ *caldav.CalendarCompRequest) ([]caldav.CalendarObject, error) {
	if path.Clean(at) != path.Clean(c.at()) {
		return nil, errDavNothing
	}
	items, err := c.server.feedItems(ctx, c.opened.actor)
	if err != nil {
		return nil, err
	}
	f := c.server.feedOf(c.opened.actor)
	objects := f.Objects(items)
	all := make([]caldav.CalendarObject, len(objects))
	for i, o := range objects {
		all[i] = caldav.CalendarObject{Path: c.at() + items[i].Key() + ".ics", ETag: o.Tag, Data: o.Data}
	}
	return all, nil
}

// GetCalendarObject gives one event.
func (c davCalendar) GetCalendarObject(ctx context.Context, at string, req *caldav.CalendarCompRequest) (*caldav.CalendarObject, error) {
	all, err := c.ListCalendarObjects(ctx, path.Dir(at), req)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Path == at {
			return &all[i], nil
		}
	}
	return nil, errDavNothing
}

// QueryCalendarObjects gives the events that fit.
func (c davCalendar) QueryCalendarObjects(ctx context.Context, at string, query *caldav.CalendarQuery) ([]caldav.CalendarObject, error) {
	all, err := c.ListCalendarObjects(ctx, at, nil)
	if err != nil {
		return nil, err
	}
	return caldav.Filter(query, all)
}

// CreateCalendar refuses: the book is written in its own pages.
func (davCalendar) CreateCalendar(context.Context, *caldav.Calendar) error { return errDavReadOnly }

// PutCalendarObject refuses.
func (davCalendar) PutCalendarObject(context.Context, string, *ical.Calendar, *caldav.PutCalendarObjectOptions) (*caldav.CalendarObject, error) {
	return nil, errDavReadOnly
}

// DeleteCalendarObject refuses.
func (davCalendar) DeleteCalendarObject(context.Context, string) error { return errDavReadOnly }

// davCards is the address books of one reader: who holds an office, and members.
type davCards struct{ davBook }

// The names of the address books in their addresses.
const (
	bookOffices = "offices"
	bookMembers = "members"
)

// CurrentUserPrincipal is who asks.
func (c davCards) CurrentUserPrincipal(context.Context) (string, error) {
	return c.home(davCard, ""), nil
}

// AddressBookHomeSetPath is the folder of address books.
func (c davCards) AddressBookHomeSetPath(context.Context) (string, error) {
	return c.home(davCard, "contacts/"), nil
}

func (c davCards) at(book string) string { return c.home(davCard, "contacts/"+book+"/") }

// ListAddressBooks lists the two there are.
func (c davCards) ListAddressBooks(context.Context) ([]carddav.AddressBook, error) {
	to := c.server.feedOf(c.opened.actor).To
	var all []carddav.AddressBook
	for _, b := range []string{bookOffices, bookMembers} {
		all = append(all, carddav.AddressBook{Path: c.at(b), Name: to.Say("feed.book." + b), SupportedAddressData: []carddav.AddressDataType{{ContentType: vcard.MIMEType, Version: "3.0"}}})
	}
	return all, nil
}

// GetAddressBook gives the address book at a path.
func (c davCards) GetAddressBook(ctx context.Context, at string) (*carddav.AddressBook, error) {
	all, err := c.ListAddressBooks(ctx)
	for i := range all {
		if path.Clean(all[i].Path) == path.Clean(at) {
			return &all[i], err
		}
	}
	return nil, errDavNothing
}

// ListAddressObjects lists every card of an address book.
func (c davCards) ListAddressObjects(ctx context.Context, at string, _ *carddav.AddressDataRequest) ([]carddav.AddressObject, error) {
	var people []agenda.Person
	var err error
	switch path.Clean(at) {
	case path.Clean(c.at(bookOffices)):
		people, err = c.officers(ctx)
	case path.Clean(c.at(bookMembers)):
		people, err = c.members(ctx)
	default:
		return nil, errDavNothing
	}
	all := make([]carddav.AddressObject, len(people))
	for i, p := range people {
		all[i] = carddav.AddressObject{Path: strings.TrimSuffix(at, "/") + "/" + p.ID + ".vcf", ETag: agenda.CardTag(p), Card: agenda.Card(p)}
	}
	return all, err
}

// officers are the people the reader may see who hold an office today.
func (c davCards) officers(ctx context.Context) ([]agenda.Person, error) {
	view := c.server.Book.As(c.opened.actor)
	contacts, err := view.Contacts(ctx)
	to := c.server.feedOf(c.opened.actor).To
	var people []agenda.Person
	for _, one := range contacts {
		p := personCard(store.PersonRow{Person: one.Person})
		for _, post := range one.Posts {
			title := post.Office.Title
			if title == "" {
				title = to.Say("office.kind." + post.Office.Kind)
			}
			p.Titles, p.Bodies = append(p.Titles, title), append(p.Bodies, post.Body.NameOn(string(to.Lang), view.Today()))
		}
		people = append(people, p)
	}
	return people, err
}

// members are the members the reader may see.
func (c davCards) members(ctx context.Context) ([]agenda.Person, error) {
	view := c.server.Book.As(c.opened.actor)
	var people []agenda.Person
	for after := ""; ; {
		rows, next, err := view.People(ctx, store.PeopleQuery{Status: store.IsMember, After: after, Limit: 1000})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			people = append(people, personCard(r))
		}
		if after = next; next == "" {
			return people, nil
		}
	}
}

func personCard(r store.PersonRow) agenda.Person {
	return agenda.Person{ID: idText(r.ID), Name: r.Name, Phone: r.Phone, Email: r.Email, Address: r.Address, Revision: r.Revision}
}

// GetAddressObject gives one card.
func (c davCards) GetAddressObject(ctx context.Context, at string, req *carddav.AddressDataRequest) (*carddav.AddressObject, error) {
	all, err := c.ListAddressObjects(ctx, path.Dir(at), req)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Path == at {
			return &all[i], nil
		}
	}
	return nil, errDavNothing
}

// QueryAddressObjects gives the cards that fit.
func (c davCards) QueryAddressObjects(ctx context.Context, at string, query *carddav.AddressBookQuery) ([]carddav.AddressObject, error) {
	all, err := c.ListAddressObjects(ctx, at, nil)
	if err != nil {
		return nil, err
	}
	if len(query.PropFilters) == 0 {
		return all, nil // nothing is asked for, so everything fits
	}
	return carddav.Filter(query, all)
}

// CreateAddressBook refuses: people are entered on the roll.
func (davCards) CreateAddressBook(context.Context, *carddav.AddressBook) error { return errDavReadOnly }

// DeleteAddressBook refuses.
func (davCards) DeleteAddressBook(context.Context, string) error { return errDavReadOnly }

// PutAddressObject refuses.
func (davCards) PutAddressObject(context.Context, string, vcard.Card, *carddav.PutAddressObjectOptions) (*carddav.AddressObject, error) {
	return nil, errDavReadOnly
}

// DeleteAddressObject refuses.
func (davCards) DeleteAddressObject(context.Context, string) error { return errDavReadOnly }
