package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"
)

// topology is a map whose shapes share their borders.
type topology struct {
	Arcs      [][][2]int64
	Transform struct{ Scale, Translate [2]float64 }
	Objects   map[string]struct{ Geometries []geometry }
}

// geometry is one shape; its arcs are of one polygon or of several.
type geometry struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Properties struct{ Code, Old, Name string }
}

// drawn are the maps that ship, in their order in the file, with the objects to
// take from each.
var drawn = []struct {
	file    string
	objects []string
}{
	{"countries-110m.json", []string{"land", "countries"}},
	{"countries-50m.json", []string{"land", "countries"}},
	{"vn_provinces34_2026.topo.json", []string{"layer"}},
	{"vn_provinces63_dissolved.topo.json", []string{"wards_clean"}},
}

// shapes packs the maps: numbers as varints, points as differences.
func (in sources) shapes() ([]byte, error) {
	var out []byte
	for _, m := range drawn {
		content, err := os.ReadFile(filepath.Join(in.data, "geo", m.file))
		if err != nil {
			return nil, err
		}
		var t topology
		if err := json.Unmarshal(content, &t); err != nil {
			return nil, fmt.Errorf("%s: %w", m.file, err)
		}
		if out, err = t.pack(out, m.objects); err != nil {
			return nil, fmt.Errorf("%s: %w", m.file, err)
		}
	}
	return out, nil
}

func (t topology) pack(out []byte, objects []string) ([]byte, error) {
	for i := range 2 {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(t.Transform.Scale[i]))
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(t.Transform.Translate[i]))
	}
	out = binary.AppendUvarint(out, uint64(len(t.Arcs)))
	for _, arc := range t.Arcs {
		out = binary.AppendUvarint(out, uint64(len(arc)))
		for _, p := range arc {
			out = binary.AppendVarint(binary.AppendVarint(out, p[0]), p[1])
		}
	}
	var all []geometry
	for _, name := range objects {
		for _, g := range t.Objects[name].Geometries {
			if name == "land" {
				g.ID = "land"
			}
			all = append(all, g)
		}
	}
	out = binary.AppendUvarint(out, uint64(len(all)))
	for _, g := range all {
		var err error
		if out, err = g.pack(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (g geometry) pack(out []byte) ([]byte, error) {
	var polygons [][][]int64
	var err error
	if g.Type == "Polygon" {
		polygons = make([][][]int64, 1)
		err = json.Unmarshal(g.Arcs, &polygons[0])
	} else {
		err = json.Unmarshal(g.Arcs, &polygons)
	}
	if err != nil {
		return nil, err
	}
	code := g.code()
	out = append(binary.AppendUvarint(out, uint64(len(code))), code...)
	out = binary.AppendUvarint(out, uint64(len(polygons)))
	for _, rings := range polygons {
		out = binary.AppendUvarint(out, uint64(len(rings)))
		for _, ring := range rings {
			out = binary.AppendUvarint(out, uint64(len(ring)))
			for _, arc := range ring {
				out = binary.AppendVarint(out, arc)
			}
		}
	}
	return out, nil
}

// code names a shape: a country by its two letters, a province by its official
// code; what has no code is shown but never named.
func (g geometry) code() string {
	switch {
	case g.Properties.Code != "":
		return g.Properties.Code
	case g.Properties.Old != "":
		return g.Properties.Old
	case g.ID == "land":
		return g.ID
	}
	region, err := language.ParseRegion(strings.TrimLeft(g.ID, "0"))
	if err != nil {
		region, err = language.ParseRegion(g.ID)
	}
	if err != nil || !region.IsCountry() {
		return ""
	}
	return region.String()
}
