// Package web is the door through which browsers come in: it reads requests,
// calls one verb or one view, and answers with a page. Nothing is decided here.
//
// Every handler has the form func(*request) error. What it returns is turned
// into a page in one place (refuse.go); what it shows is drawn completely
// before the first byte is sent, so nobody sees half a page. All addresses
// stand in routes.go, in the order of the menu.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/alexedwards/scs/v2"

	"kith.app/internal/locale"
	"kith.app/internal/store"
)

// Sizes of what a browser may send at once.
const (
	formBytesMax = 1 << 20  // a form of many lines is a few kilobytes
	fileBytesMax = 64 << 20 // a roll, a bank statement, a scan
	// memoryBytesMax is how much of an upload is held in memory; the rest waits on disk.
	memoryBytesMax = 8 << 20
)

// Config is what a server is told when it starts.
type Config struct {
	Book  *store.Book
	Words *locale.Catalogue
	Log   *slog.Logger
	// Lang is the language of the book when the server starts; empty asks the browser.
	Lang locale.Lang
	// Secure says that browsers reach the server by https, itself or through a proxy.
	Secure bool
	// Origins are other addresses of this same server, "https://so.example.vn".
	Origins []string
}

// Server answers every request.
type Server struct {
	Config
	routes   *http.ServeMux
	patterns []string // every address, as registered
	crossed  *http.CrossOriginProtection
	sessions *scs.SessionManager
	attempts attempts
	reforms  reforms
	proof    proof
	// strangers counts what comes in by units' own addresses.
	strangers throttle
	tongue    atomic.Pointer[locale.Lang]      // of the book, as it was begun
	words     atomic.Pointer[locale.Catalogue] // with the association's own labels
}

// New prepares a server.
func New(c Config) (*Server, error) {
	s := &Server{Config: c, routes: http.NewServeMux(), crossed: http.NewCrossOriginProtection(), attempts: attempts{all: map[string]attempt{}}}
	s.sessions = s.newSessions()
	s.tongue.Store(&c.Lang)
	if err := s.loadLabels(context.Background()); err != nil {
		return nil, err
	}
	for _, origin := range c.Origins {
		if err := s.crossed.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	s.crossed.SetDenyHandler(s.answer(func(*request) error { return errForeign }))
	s.register()
	return s, nil
}

// Handler is the whole server with everything that stands around each request.
func (s *Server) Handler() http.Handler {
	return chain(s.routes,
		s.logged,
		s.headed,
		s.recovered,
		compressed,
		s.crossed.Handler,
		s.remembered,
	)
}

// Pages lists the addresses that answer by themselves: those that are read and
// name no record.
func (s *Server) Pages() []string {
	var all []string
	for _, pattern := range s.patterns {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.TrimSuffix(path, "{$}")
		if method == http.MethodGet && !strings.Contains(path, "{") {
			all = append(all, path)
		}
	}
	return all
}

// handle answers a pattern such as "GET /people/{id}".
func (s *Server) handle(pattern string, h func(*request) error) {
	s.patterns = append(s.patterns, pattern)
	s.routes.Handle(pattern, limited(formBytesMax, s.answer(h)))
}

// upload answers a pattern by which files come in.
func (s *Server) upload(pattern string, h func(*request) error) {
	s.patterns = append(s.patterns, pattern)
	s.routes.Handle(pattern, limited(fileBytesMax, s.answer(h)))
}
