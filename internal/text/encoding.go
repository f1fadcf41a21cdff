package text

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is a way in which Vietnamese was written in files.
type Encoding uint8

// The encodings that are read. Windows1258 also reads the French and English of
// Windows1252: they differ only where Vietnamese letters stand.
const (
	UTF8 Encoding = iota
	UTF16LittleEndian
	UTF16BigEndian
	Windows1258
	TCVN3
	VNI
	VIQR
)

// String gives the name people know an encoding by; it is the same in every
// language.
func (e Encoding) String() string {
	return [...]string{"UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1258", "TCVN3 (ABC)", "VNI", "VIQR"}[e]
}

// Decode gives the text of a file's bytes, composed, without a byte order mark.
// Only bytes that cannot be UTF-8 or UTF-16 at all are an error; in the old
// encodings every byte means something.
func Decode(content []byte, from Encoding) (string, error) {
	switch from {
	case UTF8:
		content = bytes.TrimPrefix(content, markUTF8)
		if !utf8.Valid(content) {
			return "", fmt.Errorf("the content is no %v", from)
		}
		return norm.NFC.String(string(content)), nil
	case UTF16LittleEndian:
		return decode16(bytes.TrimPrefix(content, mark16LE), from, binary.LittleEndian)
	case UTF16BigEndian:
		return decode16(bytes.TrimPrefix(content, mark16BE), from, binary.BigEndian)
	case Windows1258:
		var b strings.Builder
		b.Grow(len(content) + len(content)/4)
		for _, c := range content {
			b.WriteRune(charmap.Windows1258.DecodeByte(c))
		}
		return norm.NFC.String(b.String()), nil
	case TCVN3:
		return decodeTCVN3(content), nil
	case VNI:
		return decodeVNI(content), nil
	case VIQR:
		return decodeVIQR(string(content)), nil
	}
	return "", fmt.Errorf("encoding %d is not known", from)
}

// DecodeCell gives the text of a cell that a newer program read as if it were
// Western letters while a font of TCVN3 or VNI drew it: "NguyÔn" for Nguyễn. A
// cell with a letter that no such reading gives is Unicode already and stays.
func DecodeCell(s string, from Encoding) string {
	if from != TCVN3 && from != VNI && from != VIQR {
		return s
	}
	content, ok := western(s)
	if !ok {
		return s
	}
	decoded, err := Decode(content, from)
	if err != nil {
		return s
	}
	return decoded
}

// western gives back the bytes that were read as Windows-1252; false if the text
// holds a character which that reading never gives.
func western(s string) ([]byte, bool) {
	content := make([]byte, 0, len(s))
	for _, r := range s {
		if r >= 0x80 && r <= 0x9f { // the five bytes without a meaning come as they are
			content = append(content, byte(r))
			continue
		}
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			return nil, false
		}
		content = append(content, c)
	}
	return content, true
}

// The byte order marks with which files begin.
var (
	markUTF8 = []byte{0xef, 0xbb, 0xbf}
	mark16LE = []byte{0xff, 0xfe}
	mark16BE = []byte{0xfe, 0xff}
)

func decode16(content []byte, from Encoding, order binary.ByteOrder) (string, error) {
	if len(content)%2 != 0 {
		return "", fmt.Errorf("the content is no %v", from)
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return norm.NFC.String(string(utf16.Decode(units))), nil
}

// tcvn3High are the meanings of the bytes from 80 to FF, by TCVN 5712:1993 VN1. Files
// of the time mostly used its part VN3, without the capitals that carry a tone.
const tcvn3High = "" +
	"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ" +
	"ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ" +
	"\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ" +
	"\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ" +
	"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ" +
	"éẹềểễếệìỉỄẾỒĩíịò" +
	"Ổỏõóọồổỗốộờởỡớợù" +
	"ỖủũúụừửữứựỳỷỹýỵỐ"

// tcvn3Low are the bytes below the space that are letters, by the same standard.
var tcvn3Low = map[byte]rune{
	0x01: 'Ú', 0x02: 'Ụ', 0x04: 'Ừ', 0x05: 'Ử', 0x06: 'Ữ', 0x11: 'Ứ',
	0x12: 'Ự', 0x13: 'Ỳ', 0x14: 'Ỷ', 0x15: 'Ỹ', 0x16: 'Ý', 0x17: 'Ỵ',
}

func decodeTCVN3(content []byte) string {
	high := []rune(tcvn3High)
	var b strings.Builder
	b.Grow(len(content) + len(content)/2)
	for _, c := range content {
		switch letter, is := tcvn3Low[c]; {
		case is:
			b.WriteRune(letter)
		case c >= 0x80:
			b.WriteRune(high[c-0x80])
		default:
			b.WriteByte(c)
		}
	}
	return norm.NFC.String(b.String())
}
