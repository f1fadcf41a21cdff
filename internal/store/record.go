package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math"
	"os"
)

// recordFile is the file of a daybook: records one after the other, each durable before
// the next. All of the file was written beforehand, so that making a record durable
// allocates nothing.
type recordFile struct {
	file   *os.File
	used   int64
	known  map[*rows]uint64 // tables described in it so far, by number
	buffer []byte
}

// recordsSize is the size of the file in bytes.
const recordsSize = 8 << 20

// openRecords opens the file for records that begin anew.
func openRecords(path string) (*recordFile, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	f := &recordFile{file: file, known: map[*rows]uint64{}}
	if err := f.fill(); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

// fill writes the whole file once.
func (f *recordFile) fill() error {
	found, err := f.file.Stat()
	if err != nil || found.Size() >= recordsSize {
		return err
	}
	nothing := make([]byte, 64<<10)
	for at := int64(0); at < recordsSize; at += int64(len(nothing)) {
		if _, err := f.file.WriteAt(nothing, at); err != nil {
			return err
		}
	}
	return f.file.Sync()
}

// nearlyFull says that the next record may not find room.
func (f *recordFile) nearlyFull() bool { return f != nil && f.used > recordsSize*3/4 }

func (f *recordFile) close() {
	if f != nil {
		f.file.Close() //nolint:errcheck // every record was made durable by itself
	}
}

// write puts a record after the others and returns when it is durable. It follows on
// the link given, whose head goes with it.
func (f *recordFile) write(link int64, head []byte, tables []*rows) error {
	r := append(f.buffer[:0], make([]byte, recordHead)...)
	r = binary.AppendVarint(r, link)
	r = appendText(r, string(head))
	r = binary.AppendUvarint(r, uint64(len(tables)))
	described := uint64(len(f.known))
	for _, t := range tables {
		n, known := f.known[t]
		if !known {
			n = described
			described++
		}
		r = binary.AppendUvarint(r, n)
		if !known {
			r = appendText(appendText(appendText(r, t.table), t.columns), t.onClash)
			r = binary.AppendUvarint(r, uint64(t.width))
		}
		var err error
		if r, err = appendRows(r, t.all); err != nil {
			return fmt.Errorf("enter into %s: %w", t.table, err)
		}
	}
	f.buffer = r
	if f.used+int64(len(r)) > recordsSize {
		return errors.New("a record larger than the daybook")
	}
	binary.LittleEndian.PutUint32(r, uint32(len(r)-recordHead))
	binary.LittleEndian.PutUint32(r[4:], crc32.Checksum(r[recordHead:], castagnoli))
	if _, err := f.file.WriteAt(r, f.used); err != nil {
		return err
	}
	if err := syncData(f.file); err != nil {
		return err
	}
	f.used += paged(len(r))
	for _, t := range tables {
		if _, known := f.known[t]; !known {
			f.known[t] = uint64(len(f.known))
		}
	}
	return nil
}

// recordPage is where records begin: a page of the disk, so that most records take one.
const recordPage = 4096

func paged(n int) int64 { return int64((n + recordPage - 1) / recordPage * recordPage) }

// recordHead is the length of what stands before a record: its length and checksum.
const recordHead = 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The tags of values in a record.
const (
	tagSame  = '=' // as in the row before
	tagNone  = 'n'
	tagWhole = 'i'
	tagReal  = 'r'
	tagText  = 't'
	tagBytes = 'b'
)

func appendRows(r []byte, all [][]any) ([]byte, error) {
	r = binary.AppendUvarint(r, uint64(len(all)))
	for n, row := range all {
		for i, v := range row {
			if n > 0 && same(v, all[n-1][i]) {
				r = append(r, tagSame)
				continue
			}
			var err error
			if r, err = appendValue(r, v); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

// same tells that two values are alike; of those that are seldom alike it does not know.
func same(v, before any) bool {
	switch v := v.(type) {
	case int64:
		was, is := before.(int64)
		return is && was == v
	case string:
		was, is := before.(string)
		return is && was == v
	}
	return false
}

func appendValue(r []byte, v any) ([]byte, error) {
	plain, err := plainly(v)
	if err != nil {
		return r, err
	}
	switch v := plain.(type) {
	case nil:
		return append(r, tagNone), nil
	case int64:
		return binary.AppendVarint(append(r, tagWhole), v), nil
	case float64:
		return binary.LittleEndian.AppendUint64(append(r, tagReal), math.Float64bits(v)), nil
	case string:
		return appendText(append(r, tagText), v), nil
	case []byte:
		return append(binary.AppendUvarint(append(r, tagBytes), uint64(len(v))), v...), nil
	}
	return r, fmt.Errorf("a value of type %T", v)
}

func appendText(r []byte, s string) []byte {
	return append(binary.AppendUvarint(r, uint64(len(s))), s...)
}

// record is what was confirmed at once.
type record struct {
	link   int64 // the last one of the history before it
	head   []byte
	tables []*rows
}

// readRecords reads the records of a file up to the first that is not whole: it was
// never confirmed, or is left from before. No file has no records.
func readRecords(path string) ([]record, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the daybook: %w", err)
	}
	return recordsIn(content), nil
}

// firstRecord reads what the first record of a file follows on, whole or not.
func firstRecord(path string) (record, bool) {
	file, err := os.Open(path)
	if err != nil {
		return record{}, false
	}
	defer file.Close()
	var head [128]byte
	if n, err := file.ReadAt(head[:], 0); err != nil || n <= recordHead || binary.LittleEndian.Uint32(head[:]) == 0 {
		return record{}, false
	}
	in := &recordReader{left: head[recordHead:]}
	r := record{link: in.whole(), head: []byte(in.text())}
	return r, !in.bad
}

// recordsIn takes the content of a file apart.
func recordsIn(content []byte) []record {
	var all []record
	var described []*rows
	for len(content) > recordHead {
		size, sum := binary.LittleEndian.Uint32(content), binary.LittleEndian.Uint32(content[4:])
		content = content[recordHead:]
		if size == 0 || int64(size) > int64(len(content)) || crc32.Checksum(content[:size], castagnoli) != sum {
			break
		}
		in := &recordReader{left: content[:size]}
		r := in.record(&described)
		if in.bad || len(in.left) > 0 || len(all) > 0 && r.link != all[len(all)-1].link+1 {
			break
		}
		all, content = append(all, r), content[min(len(content), int(paged(recordHead+int(size)))-recordHead):]
	}
	return all
}

// recordReader takes a record apart.
type recordReader struct {
	left []byte
	bad  bool
}

func (in *recordReader) record(described *[]*rows) record {
	r := record{link: in.whole(), head: []byte(in.text())}
	for range in.count() {
		n := in.count()
		if in.bad = in.bad || n > len(*described); in.bad {
			return r
		}
		if n == len(*described) {
			*described = append(*described, &rows{table: in.text(), columns: in.text(), onClash: in.text(), width: in.count(), texts: map[int]string{}})
		}
		own := *(*described)[n]
		var before []any
		for range in.count() {
			if in.bad {
				return r
			}
			before = in.row(own.width, before)
			own.all = append(own.all, before)
		}
		r.tables = append(r.tables, &own)
	}
	return r
}

func (in *recordReader) row(width int, before []any) []any {
	row := make([]any, 0, min(width, len(in.left)))
	for i := range width {
		if len(in.left) > 0 && in.left[0] == tagSame && i < len(before) {
			in.left = in.left[1:]
			row = append(row, before[i])
			continue
		}
		row = append(row, in.value())
	}
	return row
}

func (in *recordReader) value() any {
	if len(in.left) == 0 {
		in.bad = true
		return nil
	}
	tag := in.left[0]
	in.left = in.left[1:]
	switch tag {
	case tagNone:
		return nil
	case tagWhole:
		return in.whole()
	case tagText:
		return in.text()
	case tagBytes:
		return []byte(in.text())
	case tagReal:
		if len(in.left) >= 8 {
			bits := binary.LittleEndian.Uint64(in.left)
			in.left = in.left[8:]
			return math.Float64frombits(bits)
		}
	}
	in.bad = true
	return nil
}

func (in *recordReader) whole() int64 {
	v, n := binary.Varint(in.left)
	return v * int64(in.skip(n))
}

// columnsMost is more than any table has columns; a table of no rows may be described.
const columnsMost = 64

// count reads a number of things that follow, of which each takes a byte at least.
func (in *recordReader) count() int {
	v, n := binary.Uvarint(in.left)
	if in.skip(n) == 0 || v > uint64(len(in.left)) && v > columnsMost {
		in.bad, in.left = true, nil
		return 0
	}
	return int(v)
}

// skip goes past what was read; 0 when there was nothing whole.
func (in *recordReader) skip(n int) int {
	if n <= 0 || in.bad {
		in.bad, in.left = true, nil
		return 0
	}
	in.left = in.left[n:]
	return 1
}

func (in *recordReader) text() string {
	n := in.count()
	if n > len(in.left) || in.bad {
		in.bad, in.left = true, nil
		return ""
	}
	s := string(in.left[:n])
	in.left = in.left[n:]
	return s
}
