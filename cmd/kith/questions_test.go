package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith.app/internal/browsertest"
	"kith.app/internal/locale"
	"kith.app/internal/sample"
	"kith.app/internal/store"
	"kith.app/internal/web"
)

// questionsFile lists the questions of a year with where the answer is found.
const questionsFile = "../../docs/guide/questions.md"

var update = flag.Bool("update", false, "write what commands answer into docs/guide/questions.md")

// question is one section of the file.
type question struct {
	head    string
	login   string
	steps   []string // words to click, "label: option" to pick, "ghi label: words" to type
	answers []string // what the page then shows
	asks    []ask
}

// ask is one command with what it prints; "…" stands for any lines.
type ask struct{ command, want string }

var (
	stepForm   = regexp.MustCompile(`(?:([\p{L} ,]+): )?\*\*([^*]+)\*\*`)
	answerForm = regexp.MustCompile("`([^`]+)`")
	askForm    = regexp.MustCompile("(?s)```\n\\$ (kith [^\n]+)\n(.*?)```")
)

// questions reads the file.
func questions(t *testing.T) []question {
	t.Helper()
	text, err := os.ReadFile(questionsFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	for i, part := range strings.Split(string(text), "\n## ")[1:] {
		head, rest, _ := strings.Cut(part, "\n")
		q := question{head: head, login: "thuky"}
		for line := range strings.Lines(rest) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "Đi: "):
				for _, step := range stepForm.FindAllStringSubmatch(strings.TrimPrefix(line, "Đi: "), -1) {
					q.steps = append(q.steps, strings.TrimPrefix(strings.TrimSpace(step[1])+": "+step[2], ": "))
				}
			case strings.HasPrefix(line, "Thấy: "):
				for _, answer := range answerForm.FindAllStringSubmatch(line, -1) {
					q.answers = append(q.answers, answer[1])
				}
			case strings.HasPrefix(line, "Đăng nhập: "):
				q.login = strings.Trim(strings.TrimPrefix(line, "Đăng nhập: "), "`.")
			}
		}
		for _, found := range askForm.FindAllStringSubmatch(rest, -1) {
			q.asks = append(q.asks, ask{found[1], found[2]})
		}
		if len(q.steps) == 0 || len(q.steps) > 3 || len(q.answers) == 0 || len(q.asks) == 0 {
			t.Errorf("question %d: %d clicks, %d answers, %d commands; want 1 to 3 clicks and at least one of the others", i+1, len(q.steps), len(q.answers), len(q.asks))
		}
		all = append(all, q)
	}
	for i, q := range all {
		if !strings.HasPrefix(q.head, fmt.Sprintf("%d. ", i+1)) {
			t.Errorf("%q stands in place %d", q.head, i+1)
		}
	}
	return all
}

// demonstration builds the demonstration and gives its folder.
func demonstration(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "so")
	if err := sample.Build(t.Context(), store.Place{Dir: dir}, nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asIn2026 is the day on which the answers hold: what is asked of “today” and
// “this year” is asked then.
func asIn2026() time.Time {
	return time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("UTC+7", 7*3600))
}

// open serves a book as it is on that day.
func open(t *testing.T, dir string) string {
	t.Helper()
	book, err := store.Open(t.Context(), store.Place{Dir: dir}, store.Options{Clock: asIn2026})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Config{Book: book, Words: words, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Lang: locale.Vi})
	if err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewServer(server.Handler())
	t.Cleanup(listening.Close)
	return listening.URL
}

// signIn comes in through the door.
func signIn(b *browsertest.Browser, login string) {
	b.Open("/sign-in")
	b.Fill("Tên đăng nhập", login)
	b.Fill("Mật khẩu", sample.Password)
	b.Press(browsertest.Enter)
	b.NotSee("Tên đăng nhập")
}

// Every answer is at most three clicks away from the page of today.
func TestEveryQuestionIsAnsweredOnItsPage(t *testing.T) {
	logins := map[string][]question{}
	for _, q := range questions(t) {
		logins[q.login] = append(logins[q.login], q)
	}
	base := open(t, demonstration(t))
	for login, asked := range logins {
		browsertest.Run(t, base, func(b *browsertest.Browser) {
			signIn(b, login)
			for _, q := range asked {
				b.Part(q.head, func(b *browsertest.Browser) { walk(b, q) })
			}
		})
	}
}

// walk goes the way of a question and looks for its answers.
func walk(b *browsertest.Browser, q question) {
	b.Open("/")
	for _, step := range q.steps {
		label, option, chosen := strings.Cut(step, ": ")
		field, typed := strings.CutPrefix(label, "ghi ")
		switch {
		case typed:
			b.Fill(field, option)
			b.Press(browsertest.Enter)
		case chosen:
			b.Pick(label, option)
		default:
			b.Click(step)
		}
	}
	for _, answer := range q.answers {
		b.See(answer)
	}
	b.Quiet()
}

// Every question has a command that gives the same answer to a program.
func TestEveryQuestionIsAnsweredByItsCommand(t *testing.T) {
	t.Setenv("KITH_DATA", demonstration(t))
	file, err := filepath.Abs(questionsFile)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := questions(t)
	t.Chdir(t.TempDir()) // for the files that commands write
	for _, q := range all {
		for _, a := range q.asks {
			var out, trouble bytes.Buffer
			status := run(context.Background(), strings.Fields(a.command)[1:], &out, &trouble)
			if status != 0 {
				t.Errorf("%s: exit status %d: %s", a.command, status, trouble.String())
				continue
			}
			if *update && !printed(out.String(), a.want) { // what was shortened by hand stays so while it holds
				text = bytes.Replace(text, []byte(a.command+"\n"+a.want), []byte(a.command+"\n"+shortened(out.String())), 1)
			} else if !*update && !printed(out.String(), a.want) {
				t.Errorf("%s\nprints\n%s\nwant, as docs/guide/questions.md says (-update writes it anew),\n%s", a.command, out.String(), a.want)
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// shortened leaves out the middle of what is long.
func shortened(out string) string {
	lines := strings.SplitAfter(out, "\n")
	lines = lines[:len(lines)-1]
	if len(lines) <= 10 {
		return out
	}
	return strings.Join(lines[:5], "") + "…\n" + strings.Join(lines[len(lines)-3:], "")
}

// printed compares what was printed with what the file shows of it: what stands
// between the lines left out comes in that order.
func printed(out, want string) bool {
	parts := strings.Split(want, "…\n")
	head, tail := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return out == want
	}
	if !strings.HasPrefix(out, head) || !strings.HasSuffix(out, tail) || len(out) < len(head)+len(tail) {
		return false
	}
	rest := out[len(head) : len(out)-len(tail)]
	for _, middle := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, middle)
		if !found {
			return false
		}
		rest = after
	}
	return true
}
