package web

import (
	"context"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/archive"
	"kith.app/internal/body"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// settings is the page of doors to everything that can be set.
func (s *Server) settings(q *request) error {
	root, err := q.view().Body(q.Context(), q.root())
	if err != nil {
		return err
	}
	p := page.SettingsPage{Shell: q.shell(q.say("menu.settings"))}
	own, all := q.root(), q.bookRoot()
	doors := []struct {
		key, href string
		glyph     page.Glyph
		right     access.Right
		on        body.ID
	}{
		{"settings.association", "/bodies/" + root.Code + "/edit", page.GlyphBody, access.ManageBody, own},
		{"settings.offices", "/offices", page.GlyphPeople, access.ReadRoll, own},
		{"settings.lending", "/delegations", page.GlyphKey, access.ReadFigures, own},
		{"settings.users", "/settings/users", page.GlyphKey, access.ManageBody, own},
		{"settings.kinds", "/settings/kinds", page.GlyphDeed, access.ManageBody, all},
		{"settings.norms", "/settings/norms", page.GlyphFund, access.ManageBody, own},
		{"settings.headings", "/settings/headings", page.GlyphFund, access.KeepFund, own},
		{"settings.series", "/settings/series", page.GlyphFund, access.CloseFund, own},
		{"settings.longevity", "/people/longevity/settings", page.GlyphCalendar, access.ManageBody, own},
		{"settings.labels", "/settings/labels", page.GlyphEdit, access.ManageBody, all},
		{"settings.import", "/import", page.GlyphUpload, access.KeepRoll, own},
		{"settings.reform", "/settings/reform", page.GlyphBody, access.ManageBody, all},
		{"settings.mail", "/settings/mail", page.GlyphPaper, access.ManageBody, all},
		{"settings.history", "/history", page.GlyphHistory, access.ReadHistory, own},
		{"settings.backup", "/settings/backup", page.GlyphDownload, access.ManageBody, all},
	}
	for _, d := range doors {
		if q.may(d.right, d.on) {
			p.Doors = append(p.Doors, page.Door{Glyph: d.glyph, Head: q.say(d.key), Text: q.say(d.key + ".text"), Href: d.href})
		}
	}
	return q.show(page.Settings(p))
}

// labels lets an association call things by its own words.
func (s *Server) labels(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	p := page.LabelsPage{Shell: q.shell(q.say("settings.labels")), Query: q.value("q")}
	p.Shell.Lead = q.say("settings.labels.lead")
	own, err := s.ownLabels(q.Context())
	if err != nil {
		return err
	}
	asked := text.Fold(p.Query)
	for _, key := range s.Config.Words.Keys() {
		shipped, now := s.Config.Words.Say(q.reader.Lang, key), own[q.reader.Lang][key]
		if asked == "" && now == "" || !strings.Contains(text.Fold(shipped+" "+now), asked) {
			continue
		}
		p.Labels = append(p.Labels, page.Label{Key: key, Shipped: shipped, Own: now})
		if len(p.Labels) == 60 {
			break
		}
	}
	return q.show(page.Labels(p))
}

// saveLabel keeps one label, or goes back to the shipped word.
func (s *Server) saveLabel(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	key, own := q.value("key"), q.value("own")
	if own != "" {
		if err := s.Config.Words.CheckLabel(key, own); err != nil {
			return err
		}
	}
	err := q.write("settings.labels.why", func(ctx context.Context, tx *store.Tx) error {
		return tx.SetSetting(ctx, 0, labelPrefix+string(q.reader.Lang)+"."+key, own)
	})
	if err != nil {
		return err
	}
	if err := s.loadLabels(q.Context()); err != nil {
		return err
	}
	return q.doneAt("/settings/labels?q="+url.QueryEscape(q.value("q")), q.well("settings.labels.saved"))
}

// labelPrefix begins the names of the settings that are labels.
const labelPrefix = "label."

// ownLabels reads the association's own words.
func (s *Server) ownLabels(ctx context.Context) (map[locale.Lang]map[string]string, error) {
	all, err := s.Book.As(access.Operator("")).Settings(ctx, 0, labelPrefix)
	if err != nil {
		return nil, err
	}
	own := map[locale.Lang]map[string]string{}
	for name, label := range all {
		tag, key, _ := strings.Cut(strings.TrimPrefix(name, labelPrefix), ".")
		lang, ok := locale.Parse(tag)
		if !ok || label == "" {
			continue
		}
		if own[lang] == nil {
			own[lang] = map[string]string{}
		}
		own[lang][key] = label
	}
	return own, nil
}

// loadLabels puts the association's own words in force.
func (s *Server) loadLabels(ctx context.Context) error {
	own, err := s.ownLabels(ctx)
	if err != nil {
		return err
	}
	s.words.Store(s.Config.Words.WithLabels(own))
	return nil
}

// backupPage tells how the book is kept safe.
func (s *Server) backupPage(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	p := page.BackupPage{Shell: q.shell(q.say("settings.backup"))}
	link, head := s.Book.Head()
	p.Head = page.Fact{Name: q.say("backup.head"), Text: hex.EncodeToString(head), Note: q.say("backup.head.note", link)}
	at, seen, trouble, err := s.proven(q.Context(), q.value("again") != "")
	if err != nil {
		return err
	}
	p.Sound = page.Mark{Tone: page.Done, Text: q.say("backup.sound")}
	if trouble > 0 {
		p.Sound = page.Mark{Tone: page.Late, Text: q.say("backup.unsound", trouble)}
	}
	p.Proven = page.Fact{Name: q.say("backup.proven"), Text: q.when(at.UnixMilli()), Note: q.say("backup.proven.note", seen)}
	copies, err := filepath.Glob(filepath.Join(s.Book.Place().Dir, "backup", "*"))
	if err != nil {
		return err
	}
	slices.Reverse(copies)
	for _, c := range copies[:min(len(copies), 10)] {
		p.Copies = append(p.Copies, filepath.Base(c))
	}
	return q.show(page.Backup(p))
}

// takeBackup makes a verified backup and hands it to the browser.
func (s *Server) takeBackup(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(s.Book.Place().Dir, "handing-out-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	name := "kith-" + s.Book.Now().Format("2006-01-02-1504") + ".zip"
	file := filepath.Join(dir, name)
	if _, err := archive.Backup(q.Context(), s.Book, file); err != nil {
		return err
	}
	return q.sendFile(file, name, "application/zip")
}
