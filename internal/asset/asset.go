// Package asset holds what a browser needs besides the pages: the style sheet,
// two scripts and the fonts. All of it is embedded in the program; nothing is
// fetched from elsewhere.
//
// Each file is named after its contents (kith.3f2a….css), so a browser may keep
// it for ever and a new version is a new name. Text is compressed once, when
// the first page asks for it.
package asset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed css/*.css js/*.js font/*.woff2 font/OFL.txt js/htmx.LICENSE
var embedded embed.FS

// Prefix is the path under which the files are served.
const Prefix = "/asset/"

// File is one embedded file as it is served.
type File struct {
	Name    string // "kith.css", as the program calls it
	Path    string // "/asset/kith.0123456789ab.css", as the browser asks for it
	Type    string // media type
	Plain   []byte
	Gzipped []byte // empty where compression does not help
}

// set is every file, found by either of its names.
type set struct {
	named  map[string]File
	served map[string]File
}

// files prepares everything once; what is embedded cannot change.
var files = sync.OnceValue(prepare)

// Path gives the address of an embedded file. It panics on a name that is not
// embedded, which can only be a mistake in the program.
func Path(name string) string {
	f, ok := files().named[name]
	if !ok {
		panic("asset: no such file: " + name)
	}
	return f.Path
}

// Served finds a file by the path a browser asked for.
func Served(path string) (File, bool) {
	f, ok := files().served[path]
	return f, ok
}

// All lists every file.
func All() []File {
	all := make([]File, 0, len(files().named))
	for _, f := range files().named {
		all = append(all, f)
	}
	return all
}

func prepare() set {
	s := set{named: map[string]File{}, served: map[string]File{}}
	for _, name := range list("font/*.woff2") {
		s.add(name, "font/woff2", read(name))
	}
	s.add("kith.css", "text/css; charset=utf-8", s.sheet())
	s.add("kith.js", "text/javascript; charset=utf-8", read("js/kith.js"))
	s.add("htmx.js", "text/javascript; charset=utf-8", read("js/htmx.js"))
	s.add("mark.svg", "image/svg+xml", []byte(mark))
	return s
}

// add names a file after its contents and compresses it if it is text.
func (s set) add(name, kind string, plain []byte) {
	sum := sha256.Sum256(plain)
	ext := path.Ext(name)
	base := strings.TrimSuffix(path.Base(name), ext)
	f := File{
		Name:  name,
		Path:  fmt.Sprintf("%s%s.%s%s", Prefix, base, hex.EncodeToString(sum[:6]), ext),
		Type:  kind,
		Plain: plain,
	}
	if ext != ".woff2" {
		f.Gzipped = squeeze(plain)
	}
	s.named[name], s.served[f.Path] = f, f
}

// sheet joins the parts of the style sheet in the order of their names, and
// lets it call the fonts by the names under which they are served.
func (s set) sheet() []byte {
	var all bytes.Buffer
	for _, name := range list("css/*.css") {
		all.Write(read(name))
	}
	sheet := all.String()
	for name, f := range s.named {
		sheet = strings.ReplaceAll(sheet, `"`+name+`"`, `"`+f.Path+`"`)
	}
	return []byte(sheet)
}

func squeeze(plain []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	if _, err := w.Write(plain); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func list(pattern string) []string {
	names, err := fs.Glob(embedded, pattern)
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return names
}

func read(name string) []byte {
	data, err := embedded.ReadFile(name)
	if err != nil {
		panic(err) // the name comes from the embedded list
	}
	return data
}

// mark is the sign of the product in a browser's tab: two who belong together.
const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
	`<rect width="32" height="32" rx="7" fill="#9b1c1f"/>` +
	`<g fill="none" stroke="#fbf9f4" stroke-width="2.6"><circle cx="12.5" cy="16" r="6"/><circle cx="19.5" cy="16" r="6"/></g></svg>`
