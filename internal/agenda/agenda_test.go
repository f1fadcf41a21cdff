package agenda

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/emersion/go-vcard"

	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
)

func feed(t *testing.T) Feed {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return Feed{To: words.In(locale.Vi), Name: "Lịch", Book: "b", Stamp: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Zone: "Asia/Ho_Chi_Minh"}
}

func long() Item {
	name := strings.Repeat("Ngày truyền thống của chi hội Noong Bua; ", 8)
	return Item{Occurrence: occasion.Occurrence{
		Code: "own.1", Kind: occasion.Own, Names: map[string]string{"vi": name}, Day: calendar.DayOf(2027, 4, 14), Until: calendar.DayOf(2027, 4, 16),
	}}
}

func TestLongLinesAreFoldedBetweenLetters(t *testing.T) {
	var b bytes.Buffer
	if err := feed(t).Write(&b, []Item{long()}); err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b.Bytes()) {
		if len(bytes.TrimRight(line, "\r\n")) > lineMost || !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	c, err := ical.NewDecoder(&b).Decode()
	if err != nil {
		t.Fatal(err)
	}
	e := c.Events()[0]
	if got, err := e.Props.Text(ical.PropSummary); err != nil || got != long().Names["vi"] {
		t.Errorf("summary %q, %v", got, err)
	}
	if from, to := e.Props.Get(ical.PropDateTimeStart).Value, e.Props.Get(ical.PropDateTimeEnd).Value; from != "20270414" || to != "20270417" {
		t.Errorf("days %s to %s: the end is the day after the last", from, to)
	}
}

func TestATagChangesWithTheEventAndOnlyThen(t *testing.T) {
	f := feed(t)
	first := f.Objects([]Item{long()})[0]
	f.Stamp = f.Stamp.Add(time.Hour)
	if again := f.Objects([]Item{long()})[0]; again.Tag != first.Tag || again.UID != first.UID {
		t.Errorf("an hour later: %s %s, want %s %s", again.UID, again.Tag, first.UID, first.Tag)
	}
	moved := long()
	moved.Day, moved.Decreed = moved.Day-1, true
	if other := f.Objects([]Item{moved})[0]; other.Tag == first.Tag || other.UID != first.UID {
		t.Errorf("moved by decree: %s %s", other.UID, other.Tag)
	}
}

func TestACardHasTheNameInItsParts(t *testing.T) {
	p := Person{ID: "7", Name: "Đặng Thị Lan", Phone: "0912 345 678", Titles: []string{"Thư ký"}, Bodies: []string{"Hội"}, Revision: 3}
	c := Card(p)
	if n := c.Name(); n.FamilyName != "Đặng" || n.GivenName != "Lan" || n.AdditionalName != "Thị" || c.Value(vcard.FieldTitle) != "Thư ký" {
		t.Errorf("card %+v", c)
	}
	before := CardTag(p)
	if p.Titles = nil; CardTag(p) == before {
		t.Error("the tag stays though the office ended")
	}
}
