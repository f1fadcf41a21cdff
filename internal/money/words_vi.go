package money

import "strings"

var digitsVietnamese = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// unitVietnamese names a currency and its hundredth.
func unitVietnamese(c Currency) (whole, part string) {
	switch c {
	case VND:
		return "đồng", ""
	case LAK:
		return "kíp Lào", "át"
	case KHR:
		return "riel Campuchia", "sen"
	case THB:
		return "bạt Thái Lan", "xa-tang"
	case CNY:
		return "nhân dân tệ", "phân"
	case USD:
		return "đô la Mỹ", "xu"
	case EUR:
		return "euro", "xu"
	case "GBP":
		return "bảng Anh", "xu"
	case "AUD":
		return "đô la Úc", "xu"
	case "CAD":
		return "đô la Canada", "xu"
	case "SGD":
		return "đô la Singapore", "xu"
	case "TWD":
		return "đô la Đài Loan", "xu"
	case "JPY":
		return "yên Nhật", ""
	case "KRW":
		return "won Hàn Quốc", ""
	case "CHF":
		return "franc Thụy Sĩ", "xu"
	case "RUB":
		return "rúp Nga", "cô-pếch"
	}
	return string(c), ""
}

func amountVietnamese(b *strings.Builder, a Amount, whole, part uint64) {
	unit, small := unitVietnamese(a.Currency)
	minus(b, a.Minor, "âm ")
	numberVietnamese(b, whole, false)
	b.WriteString(" " + unit)
	if part == 0 {
		return
	}
	b.WriteString(" và ")
	if small == "" {
		fraction(b, part, a.Currency)
		return
	}
	numberVietnamese(b, part, false)
	b.WriteString(" " + small)
}

// numberVietnamese writes n. Vietnamese counts in thousand millions (tỷ), which
// stack: 10^18 is "một tỷ tỷ". After a larger unit every group of three that is
// not nought is said in full: 1 005 is "một nghìn không trăm lẻ năm".
func numberVietnamese(b *strings.Builder, n uint64, follows bool) {
	const billion = 1_000_000_000
	if n >= billion {
		numberVietnamese(b, n/billion, follows)
		b.WriteString(" tỷ")
		if n %= billion; n == 0 {
			return
		}
		b.WriteByte(' ')
		follows = true
	}
	for _, scale := range [...]struct {
		size uint64
		name string
	}{{1_000_000, " triệu"}, {1_000, " nghìn"}} {
		if n < scale.size {
			continue
		}
		hundredsVietnamese(b, n/scale.size, follows)
		b.WriteString(scale.name)
		if n %= scale.size; n == 0 {
			return
		}
		b.WriteByte(' ')
		follows = true
	}
	hundredsVietnamese(b, n, follows)
}

// hundredsVietnamese writes 0 to 999, with its hundreds even when nought where
// it follows a larger unit.
func hundredsVietnamese(b *strings.Builder, n uint64, follows bool) {
	if n < 100 && !follows {
		tensVietnamese(b, n)
		return
	}
	b.WriteString(digitsVietnamese[n/100])
	b.WriteString(" trăm")
	if n %= 100; n == 0 {
		return
	}
	if n < 10 {
		b.WriteString(" lẻ ")
		b.WriteString(digitsVietnamese[n])
		return
	}
	b.WriteByte(' ')
	tensVietnamese(b, n)
}

// tensVietnamese writes 0 to 99: after a ten, one is mốt, four tư, five lăm;
// after ten itself only five changes.
func tensVietnamese(b *strings.Builder, n uint64) {
	tens, ones := n/10, n%10
	switch {
	case tens == 0:
		b.WriteString(digitsVietnamese[ones])
		return
	case tens == 1:
		b.WriteString("mười")
	default:
		b.WriteString(digitsVietnamese[tens])
		b.WriteString(" mươi")
	}
	switch {
	case ones == 0:
	case ones == 5:
		b.WriteString(" lăm")
	case ones == 1 && tens > 1:
		b.WriteString(" mốt")
	case ones == 4 && tens > 1:
		b.WriteString(" tư")
	default:
		b.WriteString(" " + digitsVietnamese[ones])
	}
}
