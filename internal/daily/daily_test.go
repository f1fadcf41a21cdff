package daily_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/daily"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// post is a real mail server that keeps what it is handed.
type post struct {
	mu      sync.Mutex
	letters []received
	broken  bool
}

type received struct{ to, data string }

func (p *post) all() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.letters
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{post: p}, nil }

type session struct {
	post *post
	in   bool
	to   string
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != "so" || password != "mật khẩu thư" {
			return errors.New("no")
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	return nil
}
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }
func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	if s.post.broken {
		return &smtp.SMTPError{Code: 451, Message: "later, " + s.to}
	}
	s.post.letters = append(s.post.letters, received{s.to, string(data)})
	return err
}
func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// opened starts the server and gives its port.
func opened(t *testing.T) (*post, int) {
	t.Helper()
	p := &post{}
	server := smtp.NewServer(p)
	server.AllowInsecureAuth = true
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() })
	return p, listener.Addr().(*net.TCPAddr).Port
}

// openedSecretly starts a server that turns secret with a certificate of its own
// making, and gives its port.
func openedSecretly(t *testing.T, by tls.Certificate) (*post, int) {
	t.Helper()
	p := &post{}
	server := smtp.NewServer(p)
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{by}, MinVersion: tls.VersionTLS12}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() })
	return p, listener.Addr().(*net.TCPAddr).Port
}

// selfMade makes a certificate for this machine that nobody else vouches for.
func selfMade() (by tls.Certificate, written []byte, err error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return by, nil, err
	}
	now := time.Now()
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "thu.example.vn"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, public, private)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), err
}

// trusted is a certificate that this machine knows, as an administrator makes it
// known: Go reads the list once, so that it is written before any test.
var trusted tls.Certificate

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "kith-mail")
	if err != nil {
		panic(err)
	}
	by, written, err := selfMade()
	if err != nil {
		panic(err)
	}
	trusted = by
	if err := os.WriteFile(filepath.Join(dir, "own.pem"), written, 0o600); err != nil {
		panic(err)
	}
	os.Setenv("SSL_CERT_FILE", filepath.Join(dir, "own.pem"))
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

func TestLettersGoThroughAConnectionThatTurnsSecret(t *testing.T) {
	stranger, _, err := selfMade()
	if err != nil {
		t.Fatal(err)
	}
	l := daily.Letter{To: "lan@example.vn", Subject: "Quốc khánh Lào", Text: "Thư chúc mừng"}
	for _, c := range []struct {
		name string
		by   tls.Certificate
		want int
	}{{"known to the machine", trusted, 1}, {"of nobody's", stranger, 0}} {
		p, port := openedSecretly(t, c.by)
		s := daily.Settings{On: true, Server: "127.0.0.1", Port: port, Security: daily.StartTLS, Login: "so", Password: "mật khẩu thư", From: "Hội đồng hương <so@example.vn>"}
		err := daily.SMTP(s).Send(t.Context(), l)
		if (err == nil) != (c.want == 1) || len(p.all()) != c.want {
			t.Errorf("a certificate %s: %d letters, %v", c.name, len(p.all()), err)
		}
		if err != nil && strings.Contains(err.Error(), "lan@") {
			t.Errorf("the error tells whose letter it was: %v", err)
		}
	}
}

// officer enters a secretary with an account and an address.
func officer(t *testing.T, b *store.Book, at body.ID, name, email string) store.Account {
	t.Helper()
	var a store.Account
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		by := storetest.Operator()
		p, err := person.Enrol(ctx, tx, by, person.Person{Body: at, Name: name, Email: email}, nil)
		if err != nil {
			return err
		}
		o, err := person.Create(ctx, tx, by, person.Office{Body: at, Kind: string(access.Secretary), Seats: 1, Since: calendar.Earliest})
		if err != nil {
			return err
		}
		if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2024)}); err != nil {
			return err
		}
		a, err = store.Admit(ctx, tx, store.Account{Login: strings.ToLower(email[:2]), Person: p.ID, Hash: "x", Lang: "vi"})
		if err != nil {
			return err
		}
		return tx.WantReminders(ctx, a.ID, true)
	})
	return a
}

func TestEachThingIsToldOnceInOneLetterADay(t *testing.T) {
	b := storetest.Open(t)
	p, port := opened(t)
	branch := storetest.Branch(t, b, "Chi hội Him Lam")
	officer(t, b, b.Root(), "Đặng Thị Lan", "lan@example.vn")
	officer(t, b, branch.ID, "Lò Văn Ún", "un@example.vn")
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c := &daily.Clerk{Book: b, Words: words, Log: slog.New(slog.NewTextHandler(&log, nil))}
	remind := func(want int) {
		t.Helper()
		if sent, err := c.Remind(t.Context()); err != nil || sent != want {
			t.Fatalf("%d letters sent, want %d: %v", sent, want, err)
		}
	}
	laos := storetest.Named("Tổng Lãnh sự quán Lào", body.Authority)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		if laos, err = body.Found(ctx, tx, laos); err != nil {
			return err
		}
		_, err = occasion.Adopt(ctx, tx, storetest.Operator(), occasion.Custom{Body: b.Root(), Occasion: "national.LA", To: laos.ID, Do: occasion.Letter, Lang: "vi"})
		return err
	})
	remind(0) // off until switched on
	switchOn(t, b, port)
	secured(t, b, daily.StartTLS)
	if sent, err := c.Remind(t.Context()); err == nil || sent != 0 {
		t.Fatalf("a server that keeps no secret: %d sent, %v", sent, err)
	}
	secured(t, b, daily.Open)
	p.broken = true
	if sent, err := c.Remind(t.Context()); err == nil || sent != 0 || strings.Contains(err.Error(), "lan@") {
		t.Fatalf("a server that refuses: %d sent, %v", sent, err)
	}
	p.broken = false
	remind(1) // what could not go is tried again; the branch has nothing to do
	remind(0)
	if len(p.all()) != 1 || p.all()[0].to != "lan@example.vn" {
		t.Fatalf("letters: %+v", p.all())
	}
	subject, text := read(t, p.all()[0].data)
	if !strings.Contains(subject, "1") || !strings.Contains(text, "Quốc khánh Lào") || !strings.Contains(text, "Tổng Lãnh sự quán Lào") {
		t.Errorf("letter %q: %s", subject, text)
	}
	if strings.Contains(log.String(), "lan@") || strings.Contains(log.String(), "Lan") {
		t.Errorf("the log tells who: %s", log.String())
	}
}

// switchOn sets how mail is sent and lets it go.
func switchOn(t *testing.T, b *store.Book, port int) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for name, value := range map[string]string{
			daily.SettingOn: "yes", daily.SettingServer: "127.0.0.1", daily.SettingPort: strconv.Itoa(port), daily.SettingSecurity: string(daily.Open),
			daily.SettingLogin: "so", daily.SettingFrom: "Hội đồng hương <so@example.vn>",
		} {
			if err := tx.SetSetting(ctx, b.Root(), name, value); err != nil {
				return err
			}
		}
		return tx.SetCredential(ctx, daily.Credential, "mật khẩu thư")
	})
}

// read gives the subject and the text of a letter as a reader sees them.
func read(t *testing.T, data string) (subject, text string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	var r io.Reader = m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		r = quotedprintable.NewReader(r)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return subject, string(all)
}

// secured sets how the connection is kept from others.
func secured(t *testing.T, b *store.Book, by daily.Security) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetSetting(ctx, b.Root(), daily.SettingSecurity, string(by))
	})
}
