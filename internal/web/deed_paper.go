package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/archive"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// papersMost is how many files may come with one form.
const papersMost = 20

// sentPapers stores the files that came with a form, before anything of the
// deed is written: a file that is refused refuses the form.
func (q *request) sentPapers() ([]source.Attachment, error) {
	if q.MultipartForm == nil {
		return nil, nil
	}
	files := q.MultipartForm.File["paper"]
	if len(files) > papersMost {
		return nil, fault.Field("paper", "deed.paper.many", papersMost)
	}
	papers := archive.PapersOf(q.server.Book.Place().Dir)
	var all []source.Attachment
	for _, file := range files {
		if file.Filename == "" || file.Size == 0 {
			continue
		}
		p, err := keepPaper(papers, file)
		if err != nil {
			return nil, err
		}
		all = append(all, source.Attachment{Digest: p.Digest, Name: p.Name, Type: p.Type, Size: p.Size})
	}
	return all, nil
}

func keepPaper(papers archive.Papers, file *multipart.FileHeader) (archive.Paper, error) {
	from, err := file.Open()
	if err != nil {
		return archive.Paper{}, err
	}
	defer from.Close()
	return papers.Put(file.Filename, from)
}

// attachAll keeps papers with a deed.
func attachAll(ctx context.Context, tx *store.Tx, q *request, id deed.ID, papers []source.Attachment) error {
	for _, a := range papers {
		if _, err := deed.Attach(ctx, tx, q.actor, id, a); err != nil {
			return err
		}
	}
	return nil
}

// deedPapers shows the papers of a deed, and where more may be sent.
func (q *request) deedPapers(shown deedShown, p *page.DeedPage) error {
	kept, err := q.view().DeedPapers(q.Context(), int64(shown.deed.ID))
	if err != nil {
		return err
	}
	path := deedPath(shown.deed.ID)
	may := q.may(access.PostDeeds, shown.deed.Body)
	for _, a := range kept {
		line := page.PaperLine{Name: a.Name, Note: q.say("deed.paper.size", (a.Size+1023)/1024), Href: path + "/papers/" + strconv.FormatInt(a.ID, 10)}
		if may {
			line.Drop = line.Href + "/remove"
		}
		p.Papers = append(p.Papers, line)
	}
	if may {
		p.Upload = path + "/papers"
	}
	return nil
}

// deedAttach keeps more papers with a deed.
func (s *Server) deedAttach(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	papers, err := q.sentPapers()
	if err != nil {
		return err
	}
	if len(papers) == 0 {
		return q.doneAt(deedPath(deed.ID(id)), page.Flash{Tone: page.Due, Text: q.say("deed.paper.none")})
	}
	err = q.write("deed.why.paper", func(ctx context.Context, tx *store.Tx) error { return attachAll(ctx, tx, q, deed.ID(id), papers) })
	if err != nil {
		return err
	}
	return q.doneAt(deedPath(deed.ID(id)), q.well("deed.paper.kept", len(papers)))
}

// paperAsked reads the paper that the address names.
func (q *request) paperAsked() (source.Attachment, error) {
	id, err := q.number("id")
	if err != nil {
		return source.Attachment{}, err
	}
	n, err := q.number("paper")
	if err != nil {
		return source.Attachment{}, err
	}
	a, err := q.view().DeedPaper(q.Context(), n)
	if err == nil && a.Ref != id {
		err = fault.Missing("deed.paper.missing")
	}
	return a, err
}

// deedPaper hands out a paper.
func (s *Server) deedPaper(q *request) error {
	a, err := q.paperAsked()
	if err != nil {
		return err
	}
	return s.handOut(q, a)
}

// handOut sends a paper for keeping; it is never drawn as a page of this site.
func (s *Server) handOut(q *request, a source.Attachment) error {
	file, err := archive.PapersOf(s.Book.Place().Dir).Open(a.Digest)
	if err != nil {
		return err
	}
	defer file.Close()
	h := q.w.Header()
	h.Set("Content-Type", a.Type)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, no-store")
	q.w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(q.w, file); err != nil && !errors.Is(err, http.ErrHandlerTimeout) {
		s.Log.Info("a paper was not taken whole", "error", err)
	}
	return nil
}

// deedDetachAsk asks before a paper is taken off.
func (s *Server) deedDetachAsk(q *request) error {
	a, err := q.paperAsked()
	if err == nil {
		err = q.actor.May(access.PostDeeds, body.ID(a.Body))
	}
	if err != nil {
		return err
	}
	back := deedPath(deed.ID(a.Ref))
	return q.show(page.Asking(q.shell(a.Name), page.Asked{
		Title: q.say("deed.paper.remove", a.Name), Text: q.say("deed.paper.remove.text"), Action: back + "/papers/" + strconv.FormatInt(a.ID, 10) + "/remove",
		Do: q.say("common.remove"), Danger: true, Leave: back,
	}))
}

// deedDetach takes a paper off a deed.
func (s *Server) deedDetach(q *request) error {
	a, err := q.paperAsked()
	if err != nil {
		return err
	}
	err = q.write("deed.why.unpaper", func(ctx context.Context, tx *store.Tx) error {
		return deed.Detach(ctx, tx, q.actor, deed.ID(a.Ref), a.ID)
	})
	if err != nil {
		return err
	}
	return q.doneAt(deedPath(deed.ID(a.Ref)), q.well("deed.paper.removed", a.Name))
}
