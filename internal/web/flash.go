package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"kith.app/internal/page"
)

// A flash is what one page has to say about what the page before it did. It
// travels in a cookie of its own, for one page, and holds nothing to trust:
// its words are drawn as text.

// flashBytesMax keeps the cookie well under what browsers accept.
const flashBytesMax = 3000

// carried is a flash on its way.
type carried struct {
	Said []page.Flash `json:"s,omitempty"`
	Done string       `json:"d,omitempty"` // mark of the draft that was taken
}

// doneAt says that something was done and leads on; the half-filled form kept
// in the browser is forgotten.
func (q *request) doneAt(path string, said ...page.Flash) error {
	q.carry(carried{Said: said, Done: q.value("draft")})
	return q.goTo(path)
}

// well is a flash that says what was done.
func (q *request) well(key string, args ...any) page.Flash {
	return page.Flash{Tone: page.Done, Text: q.say(key, args...)}
}

func (q *request) carry(c carried) {
	data, err := json.Marshal(c)
	if err != nil || len(data) > flashBytesMax {
		return // the deed is done; only the word about it is lost
	}
	q.server.setCookie(q.w, &http.Cookie{
		Name: "flash", Value: base64.RawURLEncoding.EncodeToString(data), MaxAge: 60, HttpOnly: true,
	})
}

// takeFlash reads what the page before had to say, once. A form that comes back
// refused leaves it for the next page.
func (q *request) takeFlash() {
	if q.Method != http.MethodGet || q.flash != nil {
		return
	}
	c, err := q.Cookie(q.server.cookieName("flash"))
	if err != nil || len(c.Value) > 2*flashBytesMax {
		return
	}
	q.server.setCookie(q.w, &http.Cookie{Name: "flash", MaxAge: -1, HttpOnly: true})
	data, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return
	}
	var got carried
	if json.Unmarshal(data, &got) == nil {
		q.flash, q.done = got.Said, got.Done
	}
}

// setCookie sets a cookie of this host alone, never sent along by other sites.
func (s *Server) setCookie(w http.ResponseWriter, c *http.Cookie) {
	c.Name = s.cookieName(c.Name)
	c.Path, c.SameSite, c.Secure = "/", http.SameSiteLaxMode, s.Secure
	http.SetCookie(w, c)
}

// cookieName binds a cookie to this very host where https allows it.
func (s *Server) cookieName(name string) string {
	if s.Secure {
		return "__Host-kith-" + name
	}
	return "kith-" + name
}
