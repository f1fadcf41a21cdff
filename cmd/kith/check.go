package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"

	"kith.app/internal/fault"
)

type checkCommand struct {
	Head string `help:"A head printed on paper: NUMBER:HEX, or HEX alone for any link." placeholder:"HEX"`
	As   string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (checkCommand) Help() string {
	return `Exit status 1 when anything is wrong. Examples:
  kith check
  kith check --head 5f0c…`
}

// checked is the outcome as other programs read it.
type checked struct {
	OK      bool     `json:"ok"`
	Trouble []string `json:"trouble"`
	Link    int64    `json:"link"`
	Head    string   `json:"head"`
}

// Run proves the book.
func (c checkCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	trouble, err := book.Check(p.ctx)
	if err != nil {
		return err
	}
	link, head := book.Head()
	result := checked{OK: len(trouble) == 0, Trouble: []string{}, Link: link, Head: hex.EncodeToString(head)}
	for _, t := range trouble {
		result.Trouble = append(result.Trouble, t.Part+": "+t.What)
	}
	if c.Head != "" {
		known, err := book.KnowsHead(p.ctx, c.Head)
		if err != nil {
			return err
		}
		if !known {
			result.OK = false
			result.Trouble = append(result.Trouble, "history: no link has the head "+c.Head)
		}
	}
	return c.print(p, result)
}

func (c checkCommand) print(p *program, r checked) error {
	if c.As == "json" {
		if err := json.NewEncoder(p.stdout).Encode(r); err != nil {
			return err
		}
	} else {
		for _, t := range r.Trouble {
			fmt.Fprintln(p.stdout, t)
		}
		if r.OK {
			fmt.Fprintln(p.stdout, p.say("cli.check.ok", r.Link))
			fmt.Fprintln(p.stdout, r.Head)
		}
	}
	if !r.OK {
		return fault.Refuse("cli.check.trouble", len(r.Trouble))
	}
	return nil
}
