package contest

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// Paper is one paper that the file of a proposal must have.
type Paper struct {
	Code  string            `json:"code"`
	Names map[string]string `json:"names"`
}

// Name gives what it is called in a language, or in the next that is known.
func (p Paper) Name(lang string) string { return named(p.Names, lang) }

// FileState says how a paper of a proposal stands.
type FileState string

// The states of a paper. What nobody has looked for is missing.
const (
	Lacking   FileState = "missing"
	OnFile    FileState = "on-file"
	NotNeeded FileState = "not-needed"
)

// FileStates lists the states.
func FileStates() []FileState { return []FileState{OnFile, Lacking, NotNeeded} }

// Filed is what was found of one paper.
type Filed struct {
	Of    string    `json:"paper"` // its code
	State FileState `json:"state"`
	Note  string    `json:"note,omitempty"`  // number and day, or why it is not needed
	Files []int64   `json:"files,omitempty"` // attachments
}

// Wanted is a paper of a proposal with how it stands.
type Wanted struct {
	Paper
	Filed
}

// Wanted lists the papers that the proposal of an honour must have and how each
// stands; what was filed beyond them follows.
func (c Contest) Wanted(h Honour) []Wanted {
	var all []Wanted
	for _, a := range c.Awards {
		if a.Code != h.Award {
			continue
		}
		for _, p := range a.Papers {
			w := Wanted{Paper: p, Filed: Filed{Of: p.Code, State: Lacking}}
			if i := slices.IndexFunc(h.File, func(f Filed) bool { return f.Of == p.Code }); i >= 0 {
				w.Filed = h.File[i]
			}
			all = append(all, w)
		}
	}
	for _, f := range h.File {
		if !slices.ContainsFunc(all, func(w Wanted) bool { return w.Code == f.Of }) {
			all = append(all, Wanted{Paper: Paper{Code: f.Of, Names: map[string]string{"vi": f.Of}}, Filed: f})
		}
	}
	return all
}

// HonourSubject marks the files that are the papers of a proposal.
const HonourSubject = "honour"

// Filing is what was found of the papers of one proposal.
type Filing struct {
	Honour GivenID
	Found  []Filed
	Scans  map[string][]source.Attachment // new files, by the code of the paper
	Based  int64                          // the revision that was seen
}

// FilePapers records how the papers of a proposal stand.
func FilePapers(ctx context.Context, tx AttachTx, by access.Actor, f Filing) (Honour, error) {
	h, err := tx.Honour(ctx, f.Honour)
	if err != nil {
		return Honour{}, err
	}
	c, _, err := kept(ctx, tx, by, h.Contest, Opened, Published)
	if err != nil {
		return Honour{}, err
	}
	if h.Revision != f.Based {
		return Honour{}, fault.Outdated("common.outdated")
	}
	wanted := c.Wanted(h)
	for _, one := range f.Found {
		i := slices.IndexFunc(wanted, func(w Wanted) bool { return w.Code == one.Of })
		if i < 0 {
			return Honour{}, fault.Field("paper", "contest.file.unknown")
		}
		if !slices.Contains(FileStates(), one.State) {
			return Honour{}, fault.Field("state-"+one.Of, "contest.file.state")
		}
		one.Note, one.Files = strings.TrimSpace(one.Note), slices.Clone(wanted[i].Files)
		if one.State == NotNeeded && one.Note == "" {
			return Honour{}, fault.Field("note-"+one.Of, "contest.file.why")
		}
		for _, a := range f.Scans[one.Of] {
			a.ID, a.Body, a.Subject, a.Ref = tx.NewID(), int64(h.Unit), HonourSubject, int64(h.ID)
			a.Added, a.Adder, a.Removed = tx.NowMilli(), by.Person, false
			if err := tx.InsertAttachment(ctx, a); err != nil {
				return Honour{}, err
			}
			one.Files = append(one.Files, a.ID)
		}
		wanted[i].Filed = one
	}
	h.File = nil
	for _, w := range wanted {
		if w.State != Lacking || w.Note != "" || len(w.Files) > 0 {
			h.File = append(h.File, w.Filed)
		}
	}
	h.Revision++
	return h, tx.SaveHonour(ctx, h)
}
