// Package guide is the guide for the people who keep the book, in each
// language one text: read as Markdown in the repository and as a page in the
// program. Of Markdown it uses headings, paragraphs, steps, bullets, bold and
// code, and nothing else.
package guide

import (
	"embed"
	"fmt"
	"strings"

	"kith.app/internal/text"
)

//go:embed vi.md en.md fr.md
var texts embed.FS

// Span is a piece of a sentence. Strong is what stands on the screen to be
// clicked or filled in; Code is what is typed.
type Span struct {
	Text   string
	Strong bool
	Code   bool
}

// Block is a paragraph, or a list when it has items.
type Block struct {
	Text     []Span
	Items    [][]Span
	Numbered bool
}

// Section is one task with its head, and the name by which links find it.
type Section struct {
	Head   string
	Anchor string
	Blocks []Block
}

// In gives the guide of a language: first what stands before the first task,
// under the title, then task by task.
func In(lang string) ([]Section, error) {
	markdown, err := texts.ReadFile(lang + ".md")
	if err != nil {
		return nil, fmt.Errorf("read the guide: %w", err)
	}
	return parse(string(markdown)), nil
}

// parse reads the little of Markdown that the guide uses.
func parse(markdown string) []Section {
	var all []Section
	for part := range strings.SplitSeq(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n\n") {
		part = strings.TrimSpace(part)
		head, isHead := strings.CutPrefix(strings.TrimPrefix(part, "#"), "# ")
		if !isHead {
			head, isHead = strings.CutPrefix(part, "# ")
		}
		switch {
		case part == "":
		case isHead:
			all = append(all, Section{Head: head, Anchor: strings.Join(text.Words(head), "-")})
		case len(all) > 0:
			last := &all[len(all)-1]
			last.Blocks = append(last.Blocks, block(part))
		}
	}
	return all
}

// block reads a paragraph or a list.
func block(part string) Block {
	var b Block
	for line := range strings.SplitSeq(part, "\n") {
		item, numbered, listed := itemOf(line)
		switch {
		case listed:
			b.Items, b.Numbered = append(b.Items, spans(item)), numbered
		case len(b.Items) == 0:
			b.Text = append(b.Text, spans(strings.TrimSpace(line)+" ")...)
		default:
			last := len(b.Items) - 1
			b.Items[last] = append(b.Items[last], spans(" "+strings.TrimSpace(line))...)
		}
	}
	return b
}

// itemOf takes the mark off a line of a list.
func itemOf(line string) (item string, numbered, listed bool) {
	if item, listed = strings.CutPrefix(line, "- "); listed {
		return item, false, true
	}
	number, item, listed := strings.Cut(line, ". ")
	listed = listed && number != "" && strings.Trim(number, "0123456789") == ""
	return item, listed, listed
}

// spans parts a sentence into plain, strong and code.
func spans(line string) []Span {
	var all []Span
	for i, strong := range strings.Split(line, "**") {
		for j, code := range strings.Split(strong, "`") {
			if code != "" {
				all = append(all, Span{Text: code, Strong: i%2 == 1, Code: j%2 == 1})
			}
		}
	}
	return all
}
