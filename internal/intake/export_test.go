package intake_test

import (
	"bytes"
	"context"
	"testing"

	"kith.app/internal/intake"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func exported(t testing.TB, b *store.Book, s intake.Subject, lang locale.Lang, as string) []byte {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	tab, err := intake.Export(context.Background(), b.As(storetest.Operator()), s, words.In(lang), as == "csv")
	if err != nil {
		t.Fatalf("export: %v", said(t, err))
	}
	var out bytes.Buffer
	if as == "csv" {
		err = sheet.WriteCSV(&out, tab)
	} else {
		err = sheet.WriteXLSX(&out, tab)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// roundTrip brings an export into its own book, where all must be the same, and
// into another, whose export must be the same bytes.
func roundTrip(t *testing.T, b *store.Book, s intake.Subject, want int) {
	t.Helper()
	for _, lang := range locale.Langs() {
		for _, as := range []string{"xlsx", "csv"} {
			content := exported(t, b, s, lang, as)
			o := intake.Options{CreateBranches: true}
			tab := opened(t, s, o, "xuất."+as, content)
			if len(tab.Unknown()) > 0 {
				t.Errorf("%s %s: columns %v not recognised", lang, as, tab.Unknown())
			}
			p := propose(t, b, tab, o)
			if p.Count(intake.Same) != want || len(p.Rows) != want {
				for _, r := range p.Rows {
					if r.What != intake.Same {
						t.Errorf("%s %s: %s", lang, as, row(t, r))
					}
				}
				t.Fatalf("%s %s: %+v, want %d the same", lang, as, p.Counts(), want)
			}
			other := storetest.Open(t)
			bring(t, other, tab, o)
			if again := exported(t, other, s, lang, as); !bytes.Equal(again, content) {
				t.Errorf("%s %s: the other book gives out\n%s\nwant\n%s", lang, as,
					exported(t, other, s, lang, "csv"), exported(t, b, s, lang, "csv"))
			}
			clean(t, other)
		}
	}
}

func TestPeopleGivenOutComeInTheSame(t *testing.T) {
	b := storetest.Open(t)
	o := intake.Options{CreateBranches: true}
	bring(t, b, table(t, intake.People, o,
		`Số thẻ|Họ và tên|Ngày sinh (ngày/tháng/năm)|Giới tính|Điện thoại|Địa chỉ|Quê quán|Nơi ở|Chi hội|Hộ|Chủ hộ|Quan hệ|Loại|Ngày vào hội|Ngày mất|Đồng ý nêu tên|Ghi chú|Ngày ra hội|Lý do`,
		`017|Đặng Thị Hương|02/03/1949|Nữ|0912345678|Số 5, tổ 2|thôn Đoài, xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương|phường Him Lam, thành phố Điện Biên Phủ, tỉnh Điện Biên|Chi hội A|12|Lê Văn Hộ|Vợ|Chính thức|2005||Có|"ghi chú"; hai||`,
		`|Lê Văn Hộ|1945~||||Xứ Không Tên||Chi hội A|12|Lê Văn Hộ|Chủ hộ|Danh dự|10/2003|||||`,
		`|Trần Văn Mất|1930||||Hải Dương||||||||15/8/2020|Không||||`,
		`|Bùi Văn Xa|||||||Chi hội B|||||2010||||2015|Chuyển đi`,
		`|Vũ Không Gì|||||||||||||||||`), o)
	roundTrip(t, b, intake.People, 5)
}
