package browsertest

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const found = chromedp.CSS("[data-found]")

// finding is an expression that finds something as a person does.
func finding(expression string) string {
	return "(() => {" + find + "; return kithFind." + expression + "})()"
}

// Click follows the link, presses the button or opens the head with these words.
func (b *Browser) Click(text string) {
	b.t.Helper()
	b.until("find "+quoted(text)+" to click", finding("click("+quoted(text)+")"))
	b.do("click "+quoted(text), chromedp.Click(found))
	b.settle()
}

// Fill writes an answer into the field with this label, over what stood there.
func (b *Browser) Fill(label, answer string) {
	b.t.Helper()
	b.until("find field "+quoted(label), finding("field("+quoted(label)+")"))
	b.until("enter field "+quoted(label), finding("clear()"))
	b.do("fill "+quoted(label), func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		if answer == "" {
			return chromedp.Void{}, chromedp.Do(ctx, chromedp.KeyEvent("\b"))
		}
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: answer})
		return chromedp.Void{}, err
	})
}

// Pick chooses from a list by the words of the option, and waits for a list that
// narrows itself by what is chosen.
func (b *Browser) Pick(label, option string) {
	b.t.Helper()
	b.until("find list "+quoted(label), finding("field("+quoted(label)+")"))
	b.until("pick "+quoted(option), finding("pick("+quoted(option)+")"))
	time.Sleep(400 * time.Millisecond) // it waits a moment for more to be chosen
	b.until("list is narrowed", `!document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")`)
}

// Upload gives a file to the field with this label.
func (b *Browser) Upload(label, file string) {
	b.t.Helper()
	b.until("find file field "+quoted(label), finding("field("+quoted(label)+")"))
	b.do("upload "+file, chromedp.SetUploadFiles(found, []string{file}))
}

// Press presses keys where the reader is: letters, or the names in key.go.
func (b *Browser) Press(keys string) {
	b.t.Helper()
	for _, key := range keys {
		if string(key) == Enter {
			b.do("press enter", enter)
		} else {
			b.do("press a key", chromedp.KeyEvent(string(key)))
		}
	}
	b.settle()
}

// enter presses the key as a keyboard does: the letter comes with the key going
// down, so a page that refuses the one refuses the other.
func enter(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
	key := input.DispatchKeyEventParams{Type: "keyDown", Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
	if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, key); err != nil {
		return chromedp.Void{}, err
	}
	key.Type, key.Text = "keyUp", ""
	_, err := chromedp.Call(ctx, input.DispatchKeyEvent, key)
	return chromedp.Void{}, err
}

// See waits for words to be on the page.
func (b *Browser) See(text string) {
	b.t.Helper()
	b.until("see "+quoted(text), finding("sees("+quoted(text)+")"))
}

// NotSee waits for words to be gone from the page.
func (b *Browser) NotSee(text string) {
	b.t.Helper()
	b.until("see no more "+quoted(text), "!"+finding("sees("+quoted(text)+")"))
}

// Answer gives what stands in the field with this label.
func (b *Browser) Answer(label string) string {
	b.t.Helper()
	b.until("find field "+quoted(label), finding("field("+quoted(label)+")"))
	return ask[string](b, "read "+quoted(label), `document.querySelector("[data-found]").value`)
}

// At gives the path of the page.
func (b *Browser) At() string {
	b.t.Helper()
	return ask[string](b, "ask where", "location.pathname + location.search")
}

// Count counts what a CSS selector finds.
func (b *Browser) Count(selector string) int {
	b.t.Helper()
	return ask[int](b, "count "+selector, "document.querySelectorAll("+quoted(selector)+").length")
}

// Script evaluates an expression in the page and gives its value as text, waiting for a
// promise.
func (b *Browser) Script(expression string) string {
	b.t.Helper()
	return ask[string](b, "script", "Promise.resolve("+expression+").then(String)")
}

// Until waits for an expression to become true.
func (b *Browser) Until(expression string) {
	b.t.Helper()
	b.until("wait for "+expression, expression)
}
