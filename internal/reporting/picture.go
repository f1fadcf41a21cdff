package reporting

import (
	"path"
	"regexp"
	"strings"
)

// Picture is a photograph that came with a reply. The file lies among the papers under
// its digest; the reply keeps the digest, so that what was sent is known for ever.
type Picture struct {
	Digest string // SHA-256, hexadecimal
	Ending string // ".jpg" or ".png", as the content is, not as it was called
	Name   string // as it was called, without its ending
}

const pictureNameMost = 80

// Word is the picture as an answer keeps it.
func (p Picture) Word() string { return p.Digest + p.Ending + " " + p.Name }

// File is what the picture is called when it is handed out.
func (p Picture) File() string { return p.Name + p.Ending }

var pictureForm = regexp.MustCompile(`^([0-9a-f]{64})(\.jpg|\.png) (.+)$`)

// ParsePicture reads what Word wrote.
func ParsePicture(word string) (Picture, bool) {
	m := pictureForm.FindStringSubmatch(word)
	if m == nil {
		return Picture{}, false
	}
	return Picture{m[1], m[2], m[3]}, true
}

// PictureName is what a picture is called, from the name its file had somewhere else.
func PictureName(file string) string {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.TrimSuffix(name, path.Ext(name))))
	if runes := []rune(name); len(runes) > pictureNameMost {
		name = string(runes[:pictureNameMost])
	}
	if name == "" || name == "." || name == "/" {
		return "picture"
	}
	return name
}

// keepPictures gives the answers of a workbook, which has no pictures, those of the
// reply before.
func (f Form) keepPictures(a, before Answers) {
	for _, q := range f.Questions {
		if q.Kind == Image && a.Words[q.N] == "" && before.Words[q.N] != "" {
			a.Words[q.N] = before.Words[q.N]
		}
	}
}
