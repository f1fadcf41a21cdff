// Command bench measures what the product promises about speed and size and
// prints each figure beside its budget and the bare limit of the machine. It
// judges nothing by itself: machines are noisy, and the ratios are what to read.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"kith.app/internal/store"
)

// row is one measured promise.
type row struct {
	what   string
	got    string
	budget string
	ratio  float64 // measured against the budget; 0 where there is none
	limit  string  // the bare limit of the machine and how far away it is
}

// bench is one run.
type bench struct {
	ctx      context.Context
	dir      string
	postgres string
	binary   string
	paths    []string // addresses to measure instead of every page
	times    int      // how often each of them is asked for, in each state of the book
	rows     []row
	log      io.Writer
}

// step is one group of measurements.
type step struct {
	name string
	do   func(*bench) error
}

func main() {
	postgres := flag.String("postgres", os.Getenv("KITH_TEST_POSTGRES"), "server for the comparison; left out when empty")
	keep := flag.String("dir", "", "folder to keep the measured books in, for the next run")
	binary := flag.String("binary", "", "built program, for the time to the first page")
	only := flag.String("only", "", "name of one step: post, figures, borders, forms, pages, roll, calendar, contest, every, bulk, start")
	paths := flag.String("paths", "", "addresses to measure in the step every, by commas, instead of every page")
	times := flag.Int("times", 5, "how often the step every asks for each page in each state of the book")
	profile := flag.String("profile", "", "file to write a CPU profile to")
	flag.Parse()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // as the program itself
	}
	if err := profiled(*profile, func() error {
		return run(&bench{ctx: context.Background(), dir: *keep, postgres: *postgres, binary: *binary, paths: strings.FieldsFunc(*paths, func(r rune) bool { return r == ',' }), times: max(*times, 1), log: os.Stderr}, *only)
	}); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled runs work, with a CPU profile when a file is named.
func profiled(file string, work func() error) error {
	if file == "" {
		return work()
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return work()
}

func run(b *bench, only string) error {
	if b.dir == "" {
		var err error
		if b.dir, err = os.MkdirTemp("", "kithbench-*"); err != nil {
			return err
		}
		defer os.RemoveAll(b.dir)
	}
	for _, s := range []step{{"post", posting}, {"bulk", bulk}, {"figures", figures}, {"borders", borders}, {"forms", forms}, {"pages", pages}, {"roll", rolls}, {"calendar", calendars}, {"contest", contests}, {"every", every}, {"start", start}} {
		if only != "" && s.name != only {
			continue
		}
		begun := time.Now()
		if err := s.do(b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Fprintf(b.log, "%s: %s\n", s.name, time.Since(begun).Round(time.Millisecond))
	}
	return b.print(os.Stdout)
}

// add notes a measurement.
func (b *bench) add(what, got, budget string, ratio float64) {
	b.rows = append(b.rows, row{what: what, got: got, budget: budget, ratio: ratio})
}

// bare says of the last measurement what the machine could do at best, and how
// far away that is.
func (b *bench) bare(limit string, times float64) {
	b.rows[len(b.rows)-1].limit = fmt.Sprintf("%s; %.3g× away", limit, times)
}

// reached says whether a budget was kept, and by how much it was missed.
func (r row) reached() string {
	most := !strings.Contains(r.budget, "≥")
	switch {
	case r.ratio == 0:
		return ""
	case most && r.ratio <= 1, !most && r.ratio >= 1:
		return "yes"
	case most:
		return fmt.Sprintf("NO, %.2f× too much", r.ratio)
	}
	return fmt.Sprintf("NO, %.2f× too little", 1/r.ratio)
}

func (b *bench) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "what\tasked\tmeasured\tmeasured/asked\treached\tbare limit")
	for _, r := range b.rows {
		ratio := ""
		if r.ratio > 0 {
			ratio = fmt.Sprintf("%.2f", r.ratio)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.budget, r.got, ratio, r.reached(), r.limit)
	}
	return t.Flush()
}

// took notes a duration beside its budget.
func (b *bench) took(what string, d, budget time.Duration) {
	b.add(what, d.Round(time.Microsecond).String(), "≤ "+budget.String(), float64(d)/float64(budget))
}

// median runs work several times and gives the middle duration.
func median(times int, work func() error) (time.Duration, error) {
	var all []time.Duration
	for range times {
		begun := time.Now()
		if err := work(); err != nil {
			return 0, err
		}
		all = append(all, time.Since(begun))
	}
	sortDurations(all)
	return all[len(all)/2], nil
}

func sortDurations(all []time.Duration) {
	for i := 1; i < len(all); i++ {
		for j := i; j > 0 && all[j] < all[j-1]; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
}

// processor gives how long this process has kept processors busy: beside other
// programs an honester figure than the time that passed.
func processor() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// place is a folder of its own for one book.
func (b *bench) place(name string) store.Place {
	return store.Place{Dir: filepath.Join(b.dir, name)}
}
