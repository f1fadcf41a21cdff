package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

type unsettledCommand struct {
	As string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives an example.
func (unsettledCommand) Help() string {
	return `Prints what ended bodies left and nobody has handed on or closed: ties, offices, members, money, goods, tasks, plans, rows dated after the end. Examples:
  kith unsettled --as json`
}

// leftJSON is what an ended body left of one sort.
type leftJSON struct {
	Body    string   `json:"body"`
	Name    string   `json:"name"`
	Ended   string   `json:"ended"`
	What    string   `json:"what"`
	Count   int      `json:"count"`
	Amounts []string `json:"amounts,omitempty"` // "1200000 VND", in the currency's smallest unit
	Goods   []string `json:"goods,omitempty"`
}

// Run prints what is unsettled.
func (c unsettledCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	all, err := book.As(p.operator()).Unsettled(p.ctx)
	if err != nil {
		return err
	}
	told := []leftJSON{}
	for _, r := range all {
		for _, l := range r.Left {
			one := leftJSON{Body: r.Body.Code, Name: r.Body.NameOn(p.cli.Lang, r.Body.Life().To), Ended: r.Body.Ended.EDTF(), What: string(l.What), Count: l.Count}
			for _, a := range l.Amounts {
				one.Amounts = append(one.Amounts, strconv.FormatInt(a.Minor, 10)+" "+string(a.Currency))
			}
			for _, g := range l.Goods {
				one.Goods = append(one.Goods, fmt.Sprintf("%s: %d", g.Item, g.Left()))
			}
			told = append(told, one)
		}
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	for _, l := range told {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%d\t%s\n", l.Ended, l.Name, p.say("unsettled."+l.What), l.Count, strings.Join(append(l.Amounts, l.Goods...), ", "))
	}
	return nil
}
