package guide_test

import (
	"slices"
	"strings"
	"testing"

	"kith.app/docs/guide"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
)

// spans lists every piece of every sentence of a guide.
func spans(sections []guide.Section) []guide.Span {
	var all []guide.Span
	for _, s := range sections {
		for _, b := range s.Blocks {
			all = append(all, b.Text...)
			for _, item := range b.Items {
				all = append(all, item...)
			}
		}
	}
	return all
}

func TestTheGuideIsOneInEveryLanguage(t *testing.T) {
	want, err := guide.In("vi")
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 10 || want[0].Head == "" {
		t.Fatalf("%d sections", len(want))
	}
	for _, lang := range locale.Langs() {
		got, err := guide.In(string(lang))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s has %d sections, want %d", lang, len(got), len(want))
		}
		for i, s := range got {
			if s.Anchor == "" || len(s.Blocks) != len(want[i].Blocks) {
				t.Errorf("%s, %q: %d blocks, want %d as in %q", lang, s.Head, len(s.Blocks), len(want[i].Blocks), want[i].Head)
				continue
			}
			for j, b := range s.Blocks {
				if len(b.Items) != len(want[i].Blocks[j].Items) || b.Numbered != want[i].Blocks[j].Numbered {
					t.Errorf("%s, %q, block %d: %d items, want %d", lang, s.Head, j, len(b.Items), len(want[i].Blocks[j].Items))
				}
			}
		}
	}
}

func TestMarkdownIsReadWhole(t *testing.T) {
	for _, lang := range locale.Langs() {
		sections, err := guide.In(string(lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spans(sections) {
			if strings.ContainsAny(s.Text, "*`#[]") && !s.Code {
				t.Errorf("%s: a mark is left in %q", lang, s.Text)
			}
		}
	}
}

// What the guide tells people to click stands on the pages in these words.
func TestTheGuideUsesTheWordsOfThePages(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := deed.ShippedKinds()
	if err != nil {
		t.Fatal(err)
	}
	ownWords := []string{"kith", "đậm", "bold", "gras"}
	for _, lang := range locale.Langs() {
		var shown []string
		for _, key := range words.Keys() {
			shown = append(shown, words.Say(lang, key))
		}
		for _, k := range kinds {
			shown = append(shown, k.Names[string(lang)], k.Shorts[string(lang)])
		}
		sections, err := guide.In(string(lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spans(sections) {
			begins := func(sentence string) bool { return sentence == s.Text || strings.HasPrefix(sentence, s.Text+".") }
			if s.Strong && !slices.ContainsFunc(shown, begins) && !slices.Contains(ownWords, s.Text) {
				t.Errorf("%s: no page says %q", lang, s.Text)
			}
		}
	}
}
