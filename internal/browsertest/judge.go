package browsertest

import (
	"fmt"
	"strings"
)

// Fine fails unless the page is accessible, fits its screen and made no complaint.
func (b *Browser) Fine() {
	b.t.Helper()
	b.Fits()
	b.Accessible()
	b.Quiet()
}

// Accessible fails on every barrier that axe-core finds against WCAG 2.2 AA and
// its own good practice.
func (b *Browser) Accessible() {
	b.t.Helper()
	for _, barrier := range b.barriers() {
		b.t.Errorf("%s: %s", b.At(), barrier)
	}
}

func (b *Browser) barriers() []string {
	b.t.Helper()
	ask[bool](b, "load axe", "(() => {"+axe+"; return true})()")
	return askWithin[[]string](b, judging, "run axe", `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	}).then((r) => r.violations.map((v) =>
		v.id + ": " + v.help + "\n    " + v.nodes.slice(0, 5).map((n) => n.html.slice(0, 200) + "\n      " + n.failureSummary).join("\n    ")))`)
}

// Fits fails when the page is wider than its screen, naming what sticks out.
func (b *Browser) Fits() {
	b.t.Helper()
	if out := b.sticksOut(); len(out) > 0 {
		b.t.Errorf("%s is wider than its screen: %s", b.At(), strings.Join(out, "\n"))
	}
}

func (b *Browser) sticksOut() []string {
	b.t.Helper()
	return ask[[]string](b, "measure width", `(() => {
		const wide = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= wide) return [];
		return [...document.querySelectorAll("body *")]
			.filter((e) => e.getBoundingClientRect().right > wide + 1 && e.checkVisibility())
			.slice(-4).map((e) => e.outerHTML.slice(0, 120));
	})()`)
}

// Touchable fails when a button or a field is smaller than a thumb. Links inside
// a sentence may be as small as its letters.
func (b *Browser) Touchable() {
	b.t.Helper()
	for _, one := range b.tooSmall() {
		b.t.Errorf("%s: too small to touch: %s", b.At(), one)
	}
}

func (b *Browser) tooSmall() []string {
	b.t.Helper()
	return ask[[]string](b, "measure targets", `[...document.querySelectorAll(".button, .bar a, .menu a, .chip span, .input, summary, .tabs a")]
		.filter((e) => e.checkVisibility())
		.map((e) => [e, e.getBoundingClientRect()])
		.filter(([, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
		.map(([e, r]) => Math.round(r.width) + "x" + Math.round(r.height) + " " + e.outerHTML.slice(0, 90))`)
}

// Quiet fails on whatever the page complained about: a broken script, something
// the security policy refused, a file that is not there. Hush what is expected.
func (b *Browser) Quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, complaint := range b.heard {
		b.t.Errorf("the page complains: %s", complaint)
	}
	b.heard = nil
}

// Hush forgets complaints so far that hold these words, such as the status of a
// form that was meant to be refused.
func (b *Browser) Hush(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var left []string
	for _, complaint := range b.heard {
		if !strings.Contains(complaint, words) {
			left = append(left, complaint)
		}
	}
	b.heard = left
}

// String says where the story is, for messages.
func (b *Browser) String() string { return fmt.Sprintf("browser at %s", b.At()) }
