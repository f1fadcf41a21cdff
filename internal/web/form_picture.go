package web

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what telephones make
	_ "image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/archive"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// What is taken as a picture of a reply.
const (
	pictureMost     = 8 << 20 // bytes, as many as a telephone makes
	pictureSideMost = 12_000  // dots
	picturesIn      = time.Hour
	picturesPassed  = 60 // for one unit in that while
)

// pictureGiven keeps the picture that came for a question and gives it as the answer;
// the one that was there before stands when none came.
func (q *request) pictureGiven(o store.Opened, one reporting.Question) (string, error) {
	had := ""
	if o.Period.To != 0 { // an address that has ended shows nothing of what was sent
		had = q.typedOf(o)[one.Field()]
	}
	if q.value(one.Field()+"-drop") == "yes" {
		had = ""
	}
	if q.MultipartForm == nil || o.Period.To == 0 || o.Locked {
		return had, nil
	}
	files := q.MultipartForm.File[one.Field()]
	if len(files) == 0 || files[0].Filename == "" && files[0].Size == 0 {
		return had, nil
	}
	if !q.server.strangers.pass("picture "+idText(o.Form.ID)+" "+idText(o.Unit.ID), picturesPassed, picturesIn, q.server.Book.Now()) {
		return had, fault.Field(one.Field(), "form.answer.picture.many", picturesPassed)
	}
	picture, err := q.keepPicture(files[0])
	if err != nil {
		if all := fault.All(err); len(all) > 0 {
			err = fault.Field(one.Field(), all[0].Key, all[0].Args...)
		}
		return had, err
	}
	return picture.Word(), nil
}

// keepPicture looks whether a file is a picture that can be shown, and puts it among
// the papers under its digest.
func (q *request) keepPicture(head *multipart.FileHeader) (reporting.Picture, error) {
	p := reporting.Picture{Name: reporting.PictureName(head.Filename)}
	if head.Size > pictureMost {
		return p, fault.Refuse("form.answer.picture.large", pictureMost>>20)
	}
	from, err := head.Open()
	if err != nil {
		return p, fmt.Errorf("read a picture: %w", err)
	}
	defer from.Close()
	content, err := io.ReadAll(io.LimitReader(from, pictureMost))
	if err != nil {
		return p, fmt.Errorf("read a picture: %w", err)
	}
	about, kind, err := image.DecodeConfig(bytes.NewReader(content))
	p.Ending = map[string]string{"jpeg": ".jpg", "png": ".png"}[kind]
	if err != nil || p.Ending == "" || about.Width < 1 || about.Height < 1 {
		return p, fault.Refuse("form.answer.picture.kind")
	}
	if about.Width > pictureSideMost || about.Height > pictureSideMost {
		return p, fault.Refuse("form.answer.picture.wide", pictureSideMost)
	}
	kept, err := archive.PapersOf(q.server.Book.Place().Dir).Put("picture"+p.Ending, bytes.NewReader(content))
	p.Digest = kept.Digest
	return p, err
}

// pictureField asks for a picture, with the one that is there.
func (q *request) pictureField(w filling, one reporting.Question, f page.Field) templ.Component {
	held := page.PictureHeld{Closed: f.Fixed}
	if p, is := reporting.ParsePicture(f.Value); is {
		held.Name, held.Href = p.File(), inPeriod(w.base+"/picture/"+idText(one.N), w.o.Form, w.o.Period)
		held.Drop = page.Field{Name: f.Name + "-drop", Label: q.say("reporting.picture.drop")}
	}
	f.Value, f.Whole = "", true
	if f.Hint == "" {
		f.Hint = q.say("reporting.picture.hint", pictureMost>>20)
	}
	return page.PictureInput(q.reader, f, held)
}

// keyPicture shows a picture of a unit's reply to who came by its address.
func (s *Server) keyPicture(q *request, o store.Opened) error { return s.pictureShown(q, o, true) }

// formPicture shows a picture of a unit's reply to who may read it.
func (s *Server) formPicture(q *request) error {
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	return s.pictureShown(q, o, q.may(access.PostDeeds, o.Unit.ID))
}

// pictureShown hands out the picture of a reply: of the sending that is asked for, or
// of what is filled in now.
func (s *Server) pictureShown(q *request, o store.Opened, fills bool) error {
	n, err := strconv.ParseInt(q.PathValue("n"), 10, 64)
	one, found := o.Form.Question(n)
	if err != nil || !found || one.Kind != reporting.Image {
		return fault.Missing("archive.missing")
	}
	word := o.Reply.Answers.Words[n]
	if fills && q.value("sent") == "" {
		word = q.typedOf(o)[one.Field()]
	}
	p, is := reporting.ParsePicture(word)
	if !is {
		return fault.Missing("archive.missing")
	}
	file, err := archive.PapersOf(s.Book.Place().Dir).Open(p.Digest)
	if err != nil {
		return err
	}
	defer file.Close()
	h := q.w.Header()
	h.Set("Content-Type", map[string]string{".jpg": "image/jpeg", ".png": "image/png"}[p.Ending])
	h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": p.File()}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, no-store")
	q.w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(q.w, file); err != nil && !errors.Is(err, http.ErrHandlerTimeout) {
		s.Log.Info("a picture was not taken whole", "error", err)
	}
	return nil
}
