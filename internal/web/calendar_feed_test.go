package web

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"
	"github.com/emersion/go-webdav/carddav"

	"kith.app/internal/access"
)

var secretForm = regexp.MustCompile(`/feed/([a-z0-9]{26})\.ics`)

// issued makes a token in the browser and gives its secret.
func (v visitor) issued(t *testing.T, label, office string) string {
	t.Helper()
	answer, got := v.ask("POST", "/calendar/feeds", form("label", label, "office", office))
	found := secretForm.FindStringSubmatch(got)
	if answer.StatusCode != 200 || found == nil {
		t.Fatalf("issue a token: %d %.300s", answer.StatusCode, plainText(got))
	}
	return found[1]
}

func TestAFeedIsOpenUntilItIsWithdrawn(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	secret := v.issued(t, "Điện thoại", "")
	if _, got := v.ask("GET", "/calendar/feeds", ""); strings.Contains(got, secret) {
		t.Error("the secret is shown again")
	}
	stranger := visit(t, w.base)
	answer, got := stranger.ask("GET", "/feed/"+secret+".ics", "")
	if answer.StatusCode != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("feed: %d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	uids := eventsOf(t, got)
	_, again := stranger.ask("GET", "/feed/"+secret, "")
	for uid := range eventsOf(t, again) {
		if !uids[uid] {
			t.Errorf("%s has another name at the second reading", uid)
		}
	}
	for _, wrong := range []string{strings.Repeat("a", 26), "x", secret + "a", secret[1:]} {
		if answer, got := stranger.ask("GET", "/feed/"+wrong+".ics", ""); answer.StatusCode != 404 || got != "" {
			t.Errorf("wrong secret: %d %q", answer.StatusCode, got)
		}
	}
	_, page := v.ask("GET", "/calendar/feeds", "")
	_, id, _ := strings.Cut(page, "/calendar/feeds/")
	id, _, _ = strings.Cut(id, "/")
	w.as(t, "tien").ask("POST", "/calendar/feeds/"+id+"/withdraw", "")
	if answer, _ := stranger.ask("GET", "/feed/"+secret, ""); answer.StatusCode != 200 {
		t.Error("another officer withdrew it")
	}
	v.done("/calendar/feeds/"+id+"/withdraw", "")
	if answer, got := stranger.ask("GET", "/feed/"+secret+".ics", ""); answer.StatusCode != 404 || got != "" {
		t.Errorf("withdrawn: %d %q", answer.StatusCode, got)
	}
	if answer := (davPhone{t, w.base, "lan", secret}).ask("PROPFIND", davCal, "0", principalAsked); answer.StatusCode != 401 {
		t.Errorf("withdrawn, by CalDAV: %d", answer.StatusCode)
	}
}

// eventsOf reads a feed as a calendar does and gives the names of its events.
func eventsOf(t *testing.T, feed string) map[string]bool {
	t.Helper()
	for line := range strings.Lines(feed) {
		if len(strings.TrimRight(line, "\r\n")) > 75 || !strings.HasSuffix(line, "\r\n") {
			t.Fatalf("line of %d octets: %q", len(line), line)
		}
	}
	c, err := ical.NewDecoder(strings.NewReader(feed)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	uids := map[string]bool{}
	zones := 0
	for _, child := range c.Children {
		if child.Name == ical.CompTimezone {
			zones++
		}
	}
	for _, e := range c.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if err != nil || uids[uid] {
			t.Fatalf("event %q: %v, or twice", uid, err)
		}
		uids[uid] = true
		if start := e.Props.Get(ical.PropDateTimeStart); start.ValueType() != ical.ValueDate {
			t.Errorf("%s is no event of whole days", uid)
		}
	}
	if zones != 1 || len(uids) < 20 {
		t.Errorf("%d zones and %d events", zones, len(uids))
	}
	return uids
}

func TestAFeedHasWhatItsOfficerMaySeeAndNoMore(t *testing.T) {
	w := newTown(t)
	w.as(t, "lan").done("/office/tasks", form("text", "Thu tiền chi hội Noong Bua", "due", "15/12/2026", "body", idText(w.noongBua.ID)))
	w.officer(t, w.himLam.ID, access.Secretary, "Lò Thị Én", "en")
	has := func(login, what string) bool {
		_, got := visit(t, w.base).ask("GET", "/feed/"+w.as(t, login).issued(t, "máy", ""), "")
		return strings.Contains(strings.ReplaceAll(got, "\r\n ", ""), what)
	}
	if !has("lan", "Thu tiền chi hội Noong Bua") {
		t.Error("the secretary of the association misses her task")
	}
	if has("en", "Thu tiền chi hội Noong Bua") {
		t.Error("the secretary of one branch sees the task of another")
	}
	if !has("en", "Tết Nguyên đán") {
		t.Error("everybody has Tết")
	}
}

const principalAsked = `<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:current-user-principal/><d:resourcetype/></d:prop></d:propfind>`

// davPhone asks for calendars and contacts under a name, or without one.
type davPhone struct {
	t                   *testing.T
	base, login, secret string
}

// ask asks as a telephone does and leaves the answer's body read.
func (p davPhone) ask(method, path, depth, body string) *http.Response {
	t := p.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/xml; charset=utf-8")
	r.Header.Set("Depth", depth)
	if p.login != "" {
		r.SetBasicAuth(p.login, p.secret)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body = io.NopCloser(strings.NewReader(string(got)))
	return answer
}

var hrefForm = regexp.MustCompile(`(?s)<(?:[a-zA-Z]+:)?(current-user-principal|calendar-home-set|addressbook-home-set)[^>]*>\s*<(?:[a-zA-Z]+:)?href[^>]*>([^<]+)<`)

// A telephone is told only the name of the machine: it looks under .well-known,
// is asked who it is, finds the principal, the home and the collections in it.
func TestATelephoneFindsItsCalendarAndContactsByItself(t *testing.T) {
	w := newTown(t)
	secret := w.as(t, "lan").issued(t, "iPhone", "")
	nobody, lan, other := davPhone{t, w.base, "", ""}, davPhone{t, w.base, "lan", secret}, davPhone{t, w.base, "tien", secret}
	for _, c := range []struct{ well, home, asked, found, report string }{
		{
			"/.well-known/caldav", "calendar-home-set", `<c:calendar-home-set xmlns:c="urn:ietf:params:xml:ns:caldav"/>`, "calendars/kith/",
			`<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter></c:calendar-query>`,
		},
		{
			"/.well-known/carddav", "addressbook-home-set", `<c:addressbook-home-set xmlns:c="urn:ietf:params:xml:ns:carddav"/>`, "contacts/offices/",
			`<c:addressbook-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/></d:prop></c:addressbook-query>`,
		},
	} {
		answer := nobody.ask("PROPFIND", c.well, "0", principalAsked)
		at := answer.Header.Get("Location")
		if answer.StatusCode != 301 || at == "" {
			t.Fatalf("%s: %d to %q", c.well, answer.StatusCode, at)
		}
		answer = nobody.ask("PROPFIND", at, "0", principalAsked)
		if answer.StatusCode != 401 || !strings.HasPrefix(answer.Header.Get("WWW-Authenticate"), "Basic ") {
			t.Fatalf("%s without a name: %d", at, answer.StatusCode)
		}
		if answer := other.ask("PROPFIND", at, "0", principalAsked); answer.StatusCode != 401 {
			t.Errorf("another name with her secret: %d", answer.StatusCode)
		}
		principal := hrefIn(t, lan.ask("PROPFIND", at, "0", principalAsked), "current-user-principal")
		home := hrefIn(t, lan.ask("PROPFIND", principal, "0", `<d:propfind xmlns:d="DAV:"><d:prop>`+c.asked+`</d:prop></d:propfind>`), c.home)
		listed := lan.ask("PROPFIND", home, "1", `<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:displayname/></d:prop></d:propfind>`)
		got, err := io.ReadAll(listed.Body)
		if err != nil || listed.StatusCode != 207 || !strings.Contains(string(got), c.found) {
			t.Fatalf("%s: %d %s %v", home, listed.StatusCode, got, err)
		}
		folder := strings.TrimSuffix(principal, "/") + "/" + c.found
		report := lan.ask("REPORT", folder, "1", c.report)
		if report.StatusCode != 207 {
			t.Errorf("%s: %d", folder, report.StatusCode)
		}
		if put := lan.ask("PUT", folder+"x.ics", "0", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"); put.StatusCode < 400 {
			t.Errorf("something was written: %d", put.StatusCode)
		}
		if gone := lan.ask("DELETE", folder, "0", ""); gone.StatusCode < 400 {
			t.Errorf("something was removed: %d", gone.StatusCode)
		}
	}
}

func hrefIn(t *testing.T, answer *http.Response, name string) string {
	t.Helper()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range hrefForm.FindAllStringSubmatch(string(got), -1) {
		if m[1] == name {
			return m[2]
		}
	}
	t.Fatalf("%d without %s: %s", answer.StatusCode, name, got)
	return ""
}

func TestClientsReadCalendarAndContacts(t *testing.T) {
	w := newTown(t)
	secret := w.as(t, "lan").issued(t, "máy tính", "")
	as := webdav.HTTPClientWithBasicAuth(http.DefaultClient, "lan", secret)
	cal, err := caldav.NewClient(as, w.base+davCal)
	if err != nil {
		t.Fatal(err)
	}
	principal, err := cal.FindCurrentUserPrincipal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	home, err := cal.FindCalendarHomeSet(t.Context(), principal)
	if err != nil {
		t.Fatal(err)
	}
	calendars, err := cal.FindCalendars(t.Context(), home)
	if err != nil || len(calendars) != 1 {
		t.Fatalf("%d calendars: %v", len(calendars), err)
	}
	events, err := cal.QueryCalendar(t.Context(), calendars[0].Path, &caldav.CalendarQuery{
		CompRequest: caldav.CalendarCompRequest{Name: "VCALENDAR", AllProps: true, AllComps: true}, CompFilter: caldav.CompFilter{Name: "VCALENDAR", Comps: []caldav.CompFilter{{Name: "VEVENT"}}},
	})
	if err != nil || len(events) < 20 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	card, err := carddav.NewClient(as, w.base+davCard)
	if err != nil {
		t.Fatal(err)
	}
	at, err := card.FindAddressBookHomeSet(t.Context(), strings.Replace(principal, davCal, davCard, 1))
	if err != nil {
		t.Fatal(err)
	}
	books, err := card.FindAddressBooks(t.Context(), at)
	if err != nil || len(books) != 2 {
		t.Fatalf("%d address books: %v", len(books), err)
	}
	cards, err := card.QueryAddressBook(t.Context(), books[0].Path, &carddav.AddressBookQuery{DataRequest: carddav.AddressDataRequest{AllProp: true}})
	if err != nil || len(cards) != 4 {
		t.Fatalf("%d cards of officers: %v", len(cards), err)
	}
	for _, c := range cards {
		if c.Card.Value("FN") == "Bùi Quang Hải" && c.Card.Name().GivenName == "Hải" && strings.Contains(c.Card.Value("ORG"), "Him Lam") {
			return
		}
	}
	t.Error("the head of Him Lam is not among the contacts")
}

// judge finds a program from outside: where the environment says, or on the path.
func judge(t *testing.T, variable, command string) string {
	t.Helper()
	if named := os.Getenv(variable); named != "" {
		return named
	}
	found, err := exec.LookPath(command)
	if err != nil && os.Getenv("CI") == "true" {
		t.Errorf("%s is not there to read the calendar", command)
	}
	return found
}

func TestVdirsyncerAndKhalReadTheCalendar(t *testing.T) {
	syncer, khal := judge(t, "KITH_TEST_VDIRSYNCER", "vdirsyncer"), judge(t, "KITH_TEST_KHAL", "khal")
	if syncer == "" || khal == "" {
		return
	}
	w := newTown(t)
	secret := w.as(t, "lan").issued(t, "vdirsyncer", "")
	dir := t.TempDir()
	config := `[general]
status_path = "` + dir + `/status/"
[pair lich]
a = "lich_day"
b = "lich_kia"
collections = ["from b"]
[storage lich_day]
type = "filesystem"
path = "` + dir + `/lich/"
fileext = ".ics"
[storage lich_kia]
type = "caldav"
url = "` + w.base + `/dav/cal/"
username = "lan"
password = "` + secret + `"
read_only = true
[pair ban]
a = "ban_day"
b = "ban_kia"
collections = ["from b"]
[storage ban_day]
type = "filesystem"
path = "` + dir + `/ban/"
fileext = ".vcf"
[storage ban_kia]
type = "carddav"
url = "` + w.base + `/dav/card/"
username = "lan"
password = "` + secret + `"
read_only = true
`
	write(t, filepath.Join(dir, "vdirsyncer"), config)
	run := func(in, name string, args ...string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), name, args...)
		c.Env = append(os.Environ(), "VDIRSYNCER_CONFIG="+filepath.Join(dir, "vdirsyncer"), "HOME="+dir, "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
		c.Stdin = strings.NewReader(in)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	run(strings.Repeat("y\n", 20), syncer, "discover")
	run("", syncer, "sync")
	events, err := filepath.Glob(dir + "/lich/kith/*.ics")
	if err != nil || len(events) < 20 {
		t.Fatalf("%d events came: %v", len(events), err)
	}
	cards, err := filepath.Glob(dir + "/ban/offices/*.vcf")
	if err != nil || len(cards) != 4 {
		t.Fatalf("%d cards came: %v", len(cards), err)
	}
	if out := run("", syncer, "sync"); strings.Contains(out, "Copying") {
		t.Errorf("a second run copies again: %s", out)
	}
	write(t, filepath.Join(dir, "khal"), "[calendars]\n[[kith]]\npath = "+dir+"/lich/kith\nreadonly = True\n[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\nlocal_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n[sqlite]\npath = "+dir+"/khal.db\n")
	if out := run("", khal, "-c", filepath.Join(dir, "khal"), "list", "2027-02-05", "3d"); !strings.Contains(out, "Tết Nguyên đán") {
		t.Errorf("khal does not tell Tết: %s", out)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
