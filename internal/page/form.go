package page

import (
	"strings"

	"github.com/a-h/templ"
)

// Field is one question of a form. Label, hint and what is wrong are already
// in the reader's language.
type Field struct {
	Name  string
	ID    string // defaults to the name
	Label string
	Hint  string // how to answer; said before it is asked
	Value string
	Wrong string // what would be right, when the answer was refused
	Echo  string // what the book understood: amount in words, lunar date
	// EchoFrom is the address that gives the echo while one types: it is asked
	// with value= and answers one line of plain text.
	EchoFrom string
	EchoWith []string // names of other fields sent along to EchoFrom

	Needed   bool // only who, what and when
	Fixed    bool // shown, sent, not to be changed
	Focus    bool // where the reader starts
	Whole    bool // takes the full width of the form
	Short    bool // a short answer: year, count, code
	Unit     string
	Autofill string // the autocomplete token: "name", "tel", "off"
	Max      int    // most letters
	Extra    templ.Attributes
}

// Option is one answer on offer.
type Option struct {
	Value  string
	Text   string
	Note   string
	Chosen bool
}

// Choice is one answer found by a search; it travels as JSON to the combobox.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Note string `json:"note,omitempty"`
}

// Search is where a combobox looks for answers.
type Search struct {
	Href string // asked with q=, answers a JSON list of Choice
	// IDName names the hidden box that holds the chosen id; it is empty when the
	// reader only typed, and the server then finds by the text.
	IDName string
	ID     string
	// Among is offered as a list of radio buttons when the text alone fitted several.
	Among []Choice
}

// id is the field's mark in the page.
func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// described lists the lines that explain the field, for a screen reader.
func (f Field) described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	if f.Echo != "" || f.EchoFrom != "" {
		ids = append(ids, f.id()+"-echo")
	}
	if f.Wrong != "" {
		ids = append(ids, f.id()+"-wrong")
	}
	return strings.Join(ids, " ")
}

// attributes are those that every kind of input carries.
func (f Field) attributes() templ.Attributes {
	all := templ.Attributes{"id": f.id(), "name": f.Name}
	f.explain(all)
	if f.Autofill != "" {
		all["autocomplete"] = f.Autofill
	}
	if f.Max > 0 {
		all["maxlength"] = f.Max
	}
	if f.EchoFrom != "" {
		all["data-echo-from"] = f.EchoFrom
		if len(f.EchoWith) > 0 {
			all["data-echo-with"] = strings.Join(f.EchoWith, " ")
		}
	}
	for name, value := range f.Extra {
		all[name] = value
	}
	return all
}

// explain adds what a group of inputs shares with a single one.
func (f Field) explain(all templ.Attributes) {
	if lines := f.described(); lines != "" {
		all["aria-describedby"] = lines
	}
	if f.Wrong != "" {
		all["aria-invalid"] = "true"
	}
	if f.Needed {
		all["aria-required"] = "true"
	}
	if f.Fixed {
		all["readonly"] = true
	}
	if f.Focus {
		all["data-focus"] = true
	}
}

// group gives the attributes of a set of inputs under one legend.
func (f Field) group() templ.Attributes {
	all := templ.Attributes{"id": f.id()}
	if lines := f.described(); lines != "" {
		all["aria-describedby"] = lines
	}
	return all
}

// box gives the classes of the input itself.
func (f Field) box(more string) string {
	class := "input"
	if f.Short {
		class += " short"
	}
	if more != "" {
		class += " " + more
	}
	return class
}

// chosen tells whether an option stands chosen: by the field's value, or of itself.
func chosen(f Field, o Option) bool {
	if f.Value != "" {
		return f.Value == o.Value
	}
	return o.Chosen
}
