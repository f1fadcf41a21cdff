package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"kith.app/internal/asset"
)

// assets serves the embedded files. Their names change with their contents, so
// a browser need never ask twice.
func assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := asset.Served(r.URL.Path)
		if !ok {
			http.Error(w, "", http.StatusNotFound)
			return
		}
		body, h := f.Plain, w.Header()
		if f.Gzipped != nil {
			h.Add("Vary", "Accept-Encoding")
			if acceptsGzip(r) {
				body = f.Gzipped
				h.Set("Content-Encoding", "gzip")
			}
		}
		h.Set("Content-Type", f.Type)
		h.Set("Content-Length", strconv.Itoa(len(body)))
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = bytes.NewReader(body).WriteTo(w) // whoever went away needs no file
	})
}

// acceptsGzip reads what every browser says; anything finer gets the plain file.
func acceptsGzip(r *http.Request) bool {
	for wish := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		if strings.TrimSpace(wish) == "gzip" {
			return true
		}
	}
	return false
}
