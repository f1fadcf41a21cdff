package browsertest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// bad is a page with one fault for each judge.
const bad = `<!DOCTYPE html><html lang="vi"><head><meta name="viewport" content="width=device-width"><title>Trang</title></head><body>
<main><h1>Trang</h1><input id="nameless"><p style="width:2000px">Một dòng quá dài</p>
<a class="button" href="/" style="display:inline-block;width:20px;height:20px">x</a></main>
<script>throw new Error("hỏng")</script></body></html>`

func TestJudgesFindWhatIsWrong(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, bad) // a browser that went away fails elsewhere
	}))
	defer server.Close()
	Run(t, server.URL, func(b *Browser) {
		b.Phone()
		b.Open("/")
		if found := strings.Join(b.barriers(), ""); !strings.Contains(found, "label") {
			t.Errorf("a field without a label is no barrier: %s", found)
		}
		if len(b.sticksOut()) == 0 {
			t.Error("a page wider than its screen fits")
		}
		if len(b.tooSmall()) == 0 {
			t.Error("a button of 20 pixels can be touched")
		}
		for range 100 { // what a page complains of arrives on its own way
			b.mu.Lock()
			heard := len(b.heard)
			b.mu.Unlock()
			if heard > 0 {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Error("an exception is not heard")
	})
}
