package money

import "strings"

// scales are the words that multiply a figure, as powers of ten, in small
// letters, with and without their marks.
var scales = map[string]int{
	"k": 3, "nghìn": 3, "ngàn": 3, "nghin": 3, "ngan": 3, "ng": 3, "thousand": 3, "mille": 3,
	"tr": 6, "triệu": 6, "trieu": 6, "m": 6, "mn": 6, "million": 6, "millions": 6,
	"tỷ": 9, "tỉ": 9, "ty": 9, "ti": 9, "bn": 9, "billion": 9, "billions": 9,
	"milliard": 9, "milliards": 9, "md": 9, "mds": 9, "mrd": 9,
}

func isScale(word string) bool {
	_, ok := scales[word]
	return ok || isHalf(word)
}

// isHalf says whether a word adds half of the scale before it: "2 triệu rưỡi".
func isHalf(word string) bool { return word == "rưỡi" || word == "ruoi" }

// spellings are further ways in which a currency is named, without spaces.
var spellings = map[Currency]string{
	VND:   " đ d ₫ vnđ dong dongs đồngviệtnam đồngvn vietnamesedong ",
	LAK:   " ₭ kip kips kíp lak laokip ",
	KHR:   " ៛ riel riels riên riênđồng ",
	THB:   " ฿ baht bahts bạt bath ",
	CNY:   " ¥ rmb tệ yuan yuans đồngnhândântệ ",
	USD:   " $ us$ $us đô đôla dola dollar dollars đôlamĩ đôlamy usdollar usdollars ",
	EUR:   " € ơrô euros ",
	"GBP": " £ bảng pound pounds livre livres ",
	"AUD": " $ a$ au$ đô đôla dollar dollars ",
	"CAD": " $ c$ ca$ $ca đô đôla dollar dollars ",
	"SGD": " $ s$ sg$ đô đôla dollar dollars ",
	"TWD": " $ nt$ đô đôla dollar dollars ",
	"JPY": " ¥ yên yen yens ",
	"KRW": " ₩ won wons ",
	"CHF": " fr franc francs phrăng ",
	"RUB": " ₽ rúp rouble roubles ruble rubles ",
}

// names says whether words written together, in small letters, name a currency.
func names(c Currency, written string) bool {
	if strings.EqualFold(string(c), written) || strings.Contains(spellings[c], " "+written+" ") {
		return true
	}
	whole, _ := unitVietnamese(c)
	one, many, _, _ := unitEnglish(c)
	french := unitFrench(c)
	for _, name := range [...]string{whole, one, many, french.one, french.many} {
		if strings.EqualFold(strings.ReplaceAll(name, " ", ""), written) {
			return true
		}
	}
	return false
}

// anyNames says whether the words name some currency.
func anyNames(written string) bool {
	for c := range spellings {
		if names(c, written) {
			return true
		}
	}
	return false
}
