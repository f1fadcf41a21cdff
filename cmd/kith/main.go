// Command kith is the book of an association: its roll, its deeds, its fund and
// its papers, served to a browser and answered on the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/store"
)

// version is set when a release is built.
var version = "dev"

// defaultFolder is where the book lives when no folder is named.
const defaultFolder = "kith-data"

// The exit statuses, stable for scripts.
const (
	statusDone    = 0
	statusRefused = 1
	statusUsage   = 2
)

// cli is every command with its flags.
type cli struct {
	Data     string `help:"Folder of the book." default:"kith-data" env:"KITH_DATA" placeholder:"DIR"`
	Database string `help:"PostgreSQL address instead of the file in the folder." env:"KITH_DATABASE" placeholder:"URL"`
	Lang     string `help:"Language of messages and papers: vi, en or fr." enum:"vi,en,fr" default:"vi" env:"KITH_LANG"`

	Demo      demoCommand      `cmd:"" help:"Build a demonstration book and serve it."`
	Init      initCommand      `cmd:"" help:"Make an empty book."`
	Serve     serveCommand     `cmd:"" help:"Serve the book to browsers."`
	Tally     tallyCommand     `cmd:"" help:"Print one figure, or the codes of measures."`
	List      listCommand      `cmd:"" help:"Print a list that people ask for: who turns 70, who owes dues, who sits on the board."`
	Body      bodyCommand      `cmd:"" help:"Print a body through time, or find one by any name it bore."`
	Import    importCommand    `cmd:"" help:"Bring in people, households, bodies, deeds, entries or ties from a sheet."`
	Export    exportCommand    `cmd:"" help:"Give out a table, the fund as a plain-text journal, or everything in open formats."`
	Report    reportCommand    `cmd:"" help:"Write a report of a body and a period as docx, pdf, xlsx, html or json."`
	Check     checkCommand     `cmd:"" help:"Prove that the book is whole: figures, history, numbers, balances."`
	Reform    reformCommand    `cmd:"" help:"Play a reform of administrative units into the book, rehearse it, or take it back."`
	Backup    backupCommand    `cmd:"" help:"Write the whole book, papers too, to one verified file."`
	Restore   restoreCommand   `cmd:"" help:"Bring a backup back into a place that has no book."`
	User      userCommand      `cmd:"" help:"Give people a way to sign in; the key when locked out."`
	Calendar  calendarCommand  `cmd:"" help:"Print what is coming: feasts, anniversaries, what is due, with the duties of each."`
	Lunar     lunarCommand     `cmd:"" help:"Print a day of the Vietnamese lunar calendar, or the day of Tết."`
	Contest   contestCommand   `cmd:"" help:"Show, score, rank and publish the contest of a cluster for a year."`
	Plan      planCommand      `cmd:"" help:"Show how plans of targets stand, roll them up, and units against standards."`
	Platform  platformCommand  `cmd:"" help:"Write the totals of a reporting form in the columns of a national platform."`
	Missing   missingCommand   `cmd:"" help:"Print who has not sent a reporting form for a period."`
	Unsettled unsettledCommand `cmd:"" help:"Print what ended bodies left and nobody has settled."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
	Tie       tieCommand       `cmd:"" help:"Show one tie with everything of it."`
	Ties      tiesCommand      `cmd:"" help:"List ties: all, the quiet ones, those that ended bodies left."`
}

// program is what a command runs with.
type program struct {
	cli    *cli
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
	words  *locale.Catalogue
	clock  func() time.Time
}

// garbage lets the heap grow to three times what is in use before it is swept, where Go
// would sweep at twice: a book's program uses little, and sweeps would be felt by those
// who write one after the other. GOGC in the environment goes before.
const garbage = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run parses the words of a command and does it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	words, err := locale.Load()
	if err != nil {
		fmt.Fprintln(stderr, "kith:", err)
		return statusRefused
	}
	exited := -1
	parser, err := kong.New(&c, kong.Name("kith"), kong.Writers(stdout, stderr),
		kong.Description("The book of an association. Each command has --help with examples."),
		kong.Exit(func(status int) { exited = status }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, "kith:", err)
		return statusRefused
	}
	if len(args) == 0 && watched(stdout) {
		// A double click, from a USB stick too: the book beside the program opens.
		args = []string{"serve", "--open"}
	}
	chosen, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help has been printed
	}
	if err != nil {
		fmt.Fprintln(stderr, "kith:", err)
		return statusUsage
	}
	p := &program{cli: &c, ctx: ctx, stdout: stdout, stderr: stderr, words: words, clock: time.Now}
	return p.finish(chosen.Run(p))
}

// finish tells what went wrong, in the reader's language where it is a refusal.
func (p *program) finish(err error) int {
	if err == nil {
		return statusDone
	}
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(p.stderr, "kith:", p.say(usage.key, usage.args...))
		return statusUsage
	}
	if errors.Is(err, store.ErrNoBook) {
		fmt.Fprintln(p.stderr, "kith:", p.say("cli.nobook", p.cli.Data))
		return statusRefused
	}
	faults := fault.All(store.NoRoom(err))
	for _, f := range faults {
		fmt.Fprintln(p.stderr, "kith:", p.say(f.Key, f.Args...))
	}
	if len(faults) == 0 {
		fmt.Fprintln(p.stderr, "kith:", err)
	}
	return statusRefused
}

// usageError is a command that was put wrongly.
type usageError struct {
	key  string
	args []any
}

func (e usageError) Error() string { return e.key }

func (p *program) say(key string, args ...any) string {
	return p.words.Say(p.lang(), key, args...)
}

func (p *program) lang() locale.Lang { return locale.Lang(p.cli.Lang) }

// place is where the book named by the flags lives.
func (p *program) place() store.Place {
	return store.Place{Dir: p.cli.Data, Database: p.cli.Database}
}

// book opens the book named by the flags.
func (p *program) book() (*store.Book, error) {
	return store.Open(p.ctx, p.place(), store.Options{Clock: p.clock})
}

// operator is whoever runs commands on this machine.
func (p *program) operator() access.Actor { return access.Operator(p.say("cli.operator")) }

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(p *program) error {
	fmt.Fprintln(p.stdout, "kith", version)
	return nil
}
