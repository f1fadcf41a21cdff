package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// tokens writes out what the scanner finds.
func tokens(content string) (string, error) {
	var b strings.Builder
	x := newScanner(strings.NewReader(content))
	for {
		found, err := x.next()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch found {
		case starts:
			fmt.Fprintf(&b, "<%s r=%q t=%q>", x.name, x.attr("r"), x.attr("t"))
		case ends:
			fmt.Fprintf(&b, "</%s>", x.name)
		case says:
			fmt.Fprintf(&b, "%q", x.text)
		}
	}
}

// tokensOfLibrary writes out the same as the standard library finds it.
func tokensOfLibrary(content string) string {
	attr := func(e xml.StartElement, name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		found, err := d.RawToken()
		if err != nil {
			return b.String()
		}
		switch e := found.(type) {
		case xml.StartElement:
			fmt.Fprintf(&b, "<%s r=%q t=%q>", e.Name.Local, attr(e, "r"), attr(e, "t"))
		case xml.EndElement:
			fmt.Fprintf(&b, "</%s>", e.Name.Local)
		case xml.CharData:
			fmt.Fprintf(&b, "%q", e)
		}
	}
}

func TestScannerFindsWhatTheLibraryFinds(t *testing.T) {
	long := strings.Repeat("dài ", 40_000) // longer than a buffer
	cases := []string{
		`<?xml version="1.0"?><!DOCTYPE a><a><!-- <b> - > --><row r="1"><c r="A1" t='s'><v>5</v></c><c r="B1"/></row></a>`,
		`<x:row x:r="1" t = "s"  ><x:v>a &amp; b &lt;c&gt; &#65;&#x1EA1; &quot;&apos;</x:v></x:row>`,
		`<a r="x &amp; y > z" t='it"s'>text</a >`,
		`<a><![CDATA[<b>&amp;]]]></a>`,
		`<a r="` + long + `">` + long + `</a>`,
		"<a\n r=\"1\"\tt=\"2\"\n/>\n",
		`<a></a><b/><c r=""/>`,
		``,
	}
	for _, c := range cases {
		got, err := tokens(c)
		if want := tokensOfLibrary(c); err != nil || got != want {
			t.Errorf("%.80q: %v\ngot  %.200s\nwant %.200s", c, err, got, want)
		}
	}
}

func TestScannerRefusesWhatIsCutShort(t *testing.T) {
	for _, c := range []string{"<", "<a", `<a r="1>`, "<!--", "<![CDATA[x", "<?xml", "<!", "</a", "<!["} {
		if got, err := tokens(c); !errors.Is(err, errXML) {
			t.Errorf("%q: %s, %v, want %v", c, got, err, errXML)
		}
	}
}
