package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"kith.app/internal/daily"
	"kith.app/internal/locale"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/web"
)

type serveCommand struct {
	Addr    string   `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Secure  bool     `help:"Browsers reach it by https, through a proxy."`
	Origins []string `help:"Other addresses of this same server." placeholder:"URL"`
	Open    bool     `help:"Show the book in the browser of this machine."`
}

// Help gives examples.
func (serveCommand) Help() string {
	return `Examples:
  kith serve
  kith serve --addr 0.0.0.0:8080 --secure
  kith serve --database postgres://kith@127.0.0.1/kith`
}

// clerkEvery is how often it is looked whether reminders are due.
const clerkEvery = 10 * time.Minute

// Run serves the book until it is told to stop; without a book yet, the first
// page asks for what a new one needs.
func (c serveCommand) Run(p *program) error {
	book, err := p.book()
	if errors.Is(err, store.ErrNoBook) {
		book, err = store.Create(p.ctx, p.place(), store.Options{Clock: p.clock})
	}
	if err != nil {
		return err
	}
	defer book.Close()
	return p.serve(book, c)
}

// warmUp is when what pages will need is made ready, after the first page of all.
const warmUp = time.Second

// serve answers browsers until the program is told to stop.
func (p *program) serve(book *store.Book, c serveCommand) error {
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	lang, err := book.Lang(p.ctx)
	if err != nil {
		return err
	}
	if lang == "" { // nobody was asked yet: the first page asks, in the language of this command
		lang = p.cli.Lang
	}
	server, err := web.New(web.Config{Book: book, Words: p.words, Log: log, Lang: locale.Lang(lang), Secure: c.Secure, Origins: c.Origins})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Fprintln(p.stdout, p.say("cli.serve.at", "http://"+listener.Addr().String()+"/"))
	// The map of places takes some tens of milliseconds to read: it is ready before the
	// first page that needs it is asked for, and does not hold up the one that leads there.
	time.AfterFunc(warmUp, func() { place.Shipped() }) //nolint:errcheck // whoever needs it hears the error
	clerk := daily.Clerk{Book: book, Words: p.words, Log: log}
	go clerk.Run(p.ctx, clerkEvery)
	if c.Open {
		openBrowser(p.ctx, "http://"+listener.Addr().String()+"/")
	}
	answering := &http.Server{
		Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	go func() {
		<-p.ctx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), 10*time.Second)
		defer cancel()
		if err := answering.Shutdown(ending); err != nil {
			log.Error("stop serving", "error", err)
		}
	}()
	if err := answering.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
