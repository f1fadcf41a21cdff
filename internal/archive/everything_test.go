package archive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"kith.app/internal/archive"
	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestEverythingIsGivenOutWithWhatItMeans(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		storetest.Branch(t, b, "Chi hội Noong Bua")
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveAccount(ctx, store.Account{ID: 5, Login: "lan", Hash: "bí mật", Lang: "vi", Revision: 1})
		})
		paper, err := archive.PapersOf(b.Place().Dir).Put("thư.txt", strings.NewReader("một tờ giấy"))
		if err != nil {
			t.Fatal(err)
		}
		words, err := locale.Load()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		to := archive.ToZip(&out)
		if err := archive.ExportAll(ctx, b, words, to); err != nil {
			t.Fatal(err)
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		read := unzipped(t, out.Bytes())
		if got := read["tables/body_name.csv"]; !strings.Contains(got, "Chi hội Noong Bua") || !strings.HasPrefix(got, "\ufeffbody,n,lang,name") {
			t.Errorf("body_name.csv is %q", got)
		}
		if got := read["tables/account.csv"]; !strings.Contains(got, "lan") || strings.Contains(got, "bí mật") {
			t.Errorf("account.csv is %q", got)
		}
		for _, lang := range []string{"vi", "en", "fr"} {
			if !strings.Contains(read["README."+lang+".txt"], "tables/person.csv: id, ") {
				t.Errorf("the readme in %s does not tell of people: %q", lang, read["README."+lang+".txt"])
			}
		}
		if !strings.Contains(read["schema.sql"], "CREATE TABLE person") || strings.Contains(read["schema.sql"], "{{") {
			t.Error("the schema does not explain the tables")
		}
		found := false
		for name, content := range read {
			found = found || strings.HasPrefix(name, "papers/") && strings.Contains(name, paper.Digest) && content == "một tờ giấy"
		}
		if !found {
			t.Error("the paper is missing")
		}
	})
}

func unzipped(t *testing.T, content []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		read[f.Name] = string(raw)
	}
	return read
}
