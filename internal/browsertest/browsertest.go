// Package browsertest drives a real browser through the pages, told as a story:
//
//	browsertest.Run(t, server.URL, func(b *browsertest.Browser) {
//		b.Phone()
//		b.Open("/deeds/new")
//		b.Fill("Cho ai?", "Vũ Đình Khoát")
//		b.Click("Ghi vào sổ")
//		b.See("Đã ghi")
//		b.Fine()
//	})
//
// Things are found as a person finds them: fields by their labels, links and
// buttons by their words. Every step waits for a while until what it needs is
// there, and a step that fails says what the page showed instead.
//
// Only tests use it. KITH_TEST_CHROMIUM names the browser; where it is empty
// there is none, and the stories are not told. KITH_TEST_PICTURES names a folder
// for pictures. Accessibility is judged by axe-core (axe.min.js, MPL-2.0).
package browsertest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long a step waits for what it needs.
const patience = 15 * time.Second

// judging is how long a judge may look at a long page on a busy machine.
const judging = time.Minute

//go:embed axe.min.js
var axe string

//go:embed find.js
var find string

// Browser is a browser with one tab, as one person uses it.
type Browser struct {
	t    *testing.T
	base string
	ctx  context.Context
	wide bool

	mu    sync.Mutex
	heard []string
}

// Here tells whether there is a browser to test with.
func Here() bool { return os.Getenv("KITH_TEST_CHROMIUM") != "" }

// Run tells a story in a fresh browser about the server at an address. Without
// a browser on this machine it is not told.
func Run(t *testing.T, base string, story func(b *Browser)) {
	t.Helper()
	if !Here() {
		t.Log("no browser here: KITH_TEST_CHROMIUM is empty")
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(os.Getenv("KITH_TEST_CHROMIUM")),
		chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "vi"),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	ctx, shut := chromedp.NewContext(allocator)
	defer shut()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start browser: %v", err)
	}
	b := &Browser{t: t, base: base, ctx: ctx}
	go b.listen(chromedp.Console(ctx))
	b.Wide()
	story(b)
}

// Part tells a part of the story as a test of its own: when it fails, the rest is
// still told.
func (b *Browser) Part(name string, part func(b *Browser)) {
	whole := b.t
	whole.Helper()
	whole.Run(name, func(t *testing.T) {
		b.t = t
		defer func() { b.t = whole }()
		part(b)
	})
}

// listen keeps what the page complains about.
func (b *Browser) listen(console func(func(chromedp.ConsoleMessage, error) bool)) {
	for m, err := range console {
		if err != nil {
			return
		}
		if m.IsException() || m.Type == "error" {
			b.mu.Lock()
			b.heard = append(b.heard, m.Text)
			b.mu.Unlock()
		}
	}
}

// do runs steps and fails the test when they do not come to pass in time.
func (b *Browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail(what, err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](b *Browser, what, expression string) T {
	b.t.Helper()
	return askWithin[T](b, patience, what, expression)
}

// askWithin is ask for what takes its time.
func askWithin[T any](b *Browser, within time.Duration, what, expression string) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, within)
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail(what, err)
	}
	return value
}

// until waits for an expression to become true.
func (b *Browser) until(what, expression string) {
	b.t.Helper()
	end := time.Now().Add(patience)
	for {
		ctx, stop := context.WithTimeout(b.ctx, patience)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && ("+expression+")"))
		stop()
		if ok && err == nil {
			return
		}
		if time.Now().After(end) {
			b.fail(what, err)
		}
		time.Sleep(30 * time.Millisecond) // a page on its way has no event to wait for
	}
}

// fail ends the story, telling what the page showed.
func (b *Browser) fail(what string, err error) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	shown, askErr := chromedp.Run(ctx, chromedp.Evaluate[string]("location.pathname + '\\n' + document.body.innerText.slice(0, 1500)"))
	if err = errors.Join(err, askErr); err == nil {
		err = errors.New("did not come to pass")
	}
	b.Picture("failed-" + b.t.Name())
	b.t.Fatalf("%s: %v\npage shows: %s", what, err, shown)
}

// Wide sets the screen of an old laptop.
func (b *Browser) Wide() {
	b.t.Helper()
	b.wide = true
	b.do("wide screen", chromedp.EmulateViewport(1366, 768))
}

// Phone sets the smallest telephone there is.
func (b *Browser) Phone() {
	b.t.Helper()
	b.wide = false
	b.do("phone", chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

// WithoutScript lets the pages that follow do without any script.
func (b *Browser) WithoutScript() {
	b.t.Helper()
	b.do("without script", func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
}

// Paper draws the page as a printer would.
func (b *Browser) Paper() {
	b.t.Helper()
	b.do("paper", func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return chromedp.Void{}, err
	})
}

// Open goes to an address of the server.
func (b *Browser) Open(path string) {
	b.t.Helper()
	b.do("open "+path, chromedp.Navigate(b.base+path))
	b.settle()
}

// Cookie gives the browser a cookie of the server.
func (b *Browser) Cookie(name, value string) {
	b.t.Helper()
	b.do("cookie "+name, func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.base})
		return chromedp.Void{}, err
	})
}

// NewTab closes the tab and opens another in the same browser, as when someone
// shuts the window and comes back.
func (b *Browser) NewTab() {
	b.t.Helper()
	ctx, shut := chromedp.NewContext(b.ctx)
	b.t.Cleanup(shut)
	if err := chromedp.Do(ctx); err != nil {
		b.fail("new tab", err)
	}
	old := b.ctx
	b.ctx = ctx
	go b.listen(chromedp.Console(ctx))
	if b.wide {
		b.Wide()
	} else {
		b.Phone()
	}
	if err := chromedp.Do(old, chromedp.Navigate("about:blank")); err != nil {
		b.fail("leave the old tab", err)
	}
}

// settle waits until the page is there, with its fonts.
func (b *Browser) settle() {
	b.t.Helper()
	time.Sleep(60 * time.Millisecond) // a click takes a moment to leave the page
	b.until("page loads", "document.fonts.status === 'loaded'")
}

// Picture keeps a picture of the whole page, when somebody wants to look.
func (b *Browser) Picture(name string) {
	b.t.Helper()
	folder := os.Getenv("KITH_TEST_PICTURES")
	if folder == "" {
		return
	}
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	data, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, strings.ReplaceAll(name, "/", "-")+".png"), data, 0o644)
	}
	if err != nil {
		b.t.Errorf("picture %s: %v", name, err)
	}
}

// Screen keeps a picture of what fits on the screen.
func (b *Browser) Screen(name string) {
	b.t.Helper()
	folder := os.Getenv("KITH_TEST_PICTURES")
	if folder == "" {
		return
	}
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644)
	}
	if err != nil {
		b.t.Errorf("picture %s: %v", name, err)
	}
}

// quoted writes a Go string as JavaScript does.
func quoted(s string) string { return fmt.Sprintf("%q", s) }
