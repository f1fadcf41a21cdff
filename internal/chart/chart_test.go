package chart_test

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kith.app/internal/chart"
	"kith.app/internal/chart/specimen"
	"kith.app/internal/drawing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestPicturesAreAsLookedAt(t *testing.T) {
	for name, p := range specimen.All() {
		for size, d := range map[string]*drawing.Drawing{"wide": p.Wide, "narrow": p.Narrow} {
			path := filepath.Join("testdata", name+"-"+size+".svg")
			got := d.SVG("")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s is drawn differently; look at it and run with -update", path)
			}
		}
	}
}

func TestPicturesNeedNeitherScriptNorStyle(t *testing.T) {
	for name, p := range specimen.All() {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			svg := d.SVG("wide")
			for _, bad := range []string{"style=", "<style", "<script", "NaN", "Inf", "href"} {
				if strings.Contains(svg, bad) {
					t.Errorf("%s holds %q", name, bad)
				}
			}
			if !strings.Contains(svg, "<title>"+p.Title+"</title>") || !strings.Contains(svg, "<desc>"+p.Told+"</desc>") {
				t.Errorf("%s does not say what it shows", name)
			}
			if len(svg) > 70_000 {
				t.Errorf("%s is %d bytes", name, len(svg))
			}
		}
	}
}

func TestNoWordsRunOverTheEdge(t *testing.T) {
	for name, p := range specimen.All() {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			for _, s := range d.Shapes {
				words, is := s.(drawing.Text)
				if !is {
					continue
				}
				wide := drawing.Width(words.Words, words.Size, words.Bold)
				from := words.At.X - wide*map[drawing.Anchor]float64{drawing.Middle: 0.5, drawing.End: 1}[words.Anchor]
				if from < -1 || from+wide > d.Width+1 || words.At.Y < 0 || words.At.Y > d.Height {
					t.Errorf("%s %.0f: %q stands from %.0f to %.0f at height %.0f of %.0f", name, d.Width, words.Words, from, from+wide, words.At.Y, d.Height)
				}
			}
		}
	}
}

func TestLabelsOnAMapDoNotMeet(t *testing.T) {
	for _, p := range []chart.Picture{specimen.Union(), specimen.Crowd()} {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			var rooms []drawing.Rect
			for _, s := range d.Shapes {
				if words, is := s.(drawing.Text); is && words.Halo {
					b := drawing.Rect{X: words.At.X, Y: words.At.Y - 11, W: drawing.Width(words.Words, words.Size, words.Bold), H: 14}
					for _, other := range rooms {
						if b.X < other.X+other.W && other.X < b.X+b.W && b.Y < other.Y+other.H && other.Y < b.Y+b.H {
							t.Errorf("%s: %q meets another name", p.Title, words.Words)
						}
					}
					rooms = append(rooms, b)
				}
			}
		}
	}
}

func TestEveryMapOfTheNeighbourhoodShowsTheArchipelagos(t *testing.T) {
	for name, p := range map[string]chart.Picture{"district": specimen.Districts(), "neighbours": specimen.Neighbours()} {
		for _, d := range []*drawing.Drawing{p.Wide, p.Narrow} {
			svg := d.SVG("")
			for _, island := range []string{"Hoàng Sa", "Trường Sa"} {
				if !strings.Contains(svg, island) {
					t.Errorf("%s, %.0f wide: no %s", name, d.Width, island)
				}
			}
		}
	}
}

func TestNothingToShowDrawsNothing(t *testing.T) {
	table := chart.Table{Head: []string{"a"}}
	for name, p := range map[string]chart.Picture{
		"map": chart.DrawMap(chart.Map{Table: table, Places: []chart.MapPlace{{Name: "nobody knows where"}}}), "timeline": chart.DrawTimeline(chart.Timeline{Table: table, Lanes: []chart.Lane{{Name: "undated"}}}),
		"lineage": chart.DrawLineage(chart.Lineage{Table: table}), "bars": chart.DrawBars(chart.Bars{Table: table}), "months": chart.DrawMonths(chart.Months{Table: table}),
	} {
		if !p.Empty() || len(p.Table.Head) != 1 {
			t.Errorf("%s: empty %v, table %v; want no drawing and the table kept", name, p.Empty(), p.Table)
		}
	}
}

func TestALineageInACircleEnds(t *testing.T) {
	p := chart.DrawLineage(chart.Lineage{Bodies: []chart.Body{{Name: "A"}, {Name: "B"}}, Steps: []chart.Passage{{Said: "1", From: []int{0}, To: []int{1}}, {Said: "2", From: []int{1}, To: []int{0}}}})
	if p.Empty() {
		t.Error("drawn empty")
	}
}

func BenchmarkMapOfAHundred(b *testing.B) {
	for b.Loop() {
		p := specimen.Crowd()
		p.Wide.SVG("wide")
		p.Narrow.SVG("narrow")
	}
}

func TestChartsStartAtZeroAndNeverDrawSomethingAsNothing(t *testing.T) {
	s := chart.Series{Bars: []chart.Bar{{Value: 1000}, {Value: 500}, {Value: 1}, {Value: 0}}}
	for n, want := range []string{"100.0", "50.0", "3.0", "0.0"} {
		if got := s.Place(n).H; got != want {
			t.Errorf("bar %d is %s high, want %s", n, got, want)
		}
	}
	if got := (chart.Series{Bars: []chart.Bar{{}}}).Place(0).H; got != "0.0" {
		t.Errorf("a chart of nothing is %s high", got)
	}
}

func TestOnPaperEveryBarAndChartStandsOnAPageThatIsDeepEnough(t *testing.T) {
	leaf := chart.Leaf{Width: 1000, Depth: 560, Last: 420}
	for _, count := range []int{1, 2, 5, 19, 24, 25, 36, 73} {
		bars, months := chart.Bars{Title: "Bars"}, chart.Months{Title: "Months"}
		for i := range count {
			name := "target" + strconv.Itoa(i)
			bars.Rows = append(bars.Rows, chart.BarRow{Name: name, Value: float64(i), Plan: math.NaN(), Said: "x"})
			months.Panels = append(months.Panels, chart.Panel{Name: name, Said: "x"})
		}
		for kind, sheets := range map[string][]chart.Picture{"bars": bars.Sheets(leaf), "months": months.Sheets(leaf)} {
			var words []string
			for i, p := range sheets {
				depth := leaf.Depth
				if i == len(sheets)-1 {
					depth = leaf.Last
				}
				if p.Wide.Height > depth || p.Wide.Width != leaf.Width || p.Narrow == nil {
					t.Errorf("%d %s, page %d of %d: %v by %v", count, kind, i+1, len(sheets), p.Wide.Width, p.Wide.Height)
				}
				for _, s := range p.Wide.Shapes {
					if w, is := s.(drawing.Text); is && strings.HasPrefix(w.Words, "target") {
						words = append(words, w.Words)
					}
				}
			}
			for i := range count {
				if len(words) != count || words[i] != "target"+strconv.Itoa(i) {
					t.Errorf("%d %s are %v", count, kind, words)
					break
				}
			}
		}
	}
}
