package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// objects is a PDF file as it grows: numbered objects, then the table of where each one starts.
type objects struct {
	out    bytes.Buffer
	starts []int
	zip    *zlib.Writer
}

func newObjects() *objects {
	o := &objects{zip: zlib.NewWriter(nil)}
	o.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return o
}

// reserve gives out the next number, for an object that others refer to before it is written.
func (o *objects) reserve() int {
	o.starts = append(o.starts, 0)
	return len(o.starts)
}

// add writes an object under a new number, which it returns.
func (o *objects) add(format string, args ...any) int {
	id := o.reserve()
	o.set(id, format, args...)
	return id
}

// set writes the object of a reserved number.
func (o *objects) set(id int, format string, args ...any) {
	o.starts[id-1] = o.out.Len()
	fmt.Fprintf(&o.out, "%d 0 obj\n%s\nendobj\n", id, fmt.Sprintf(format, args...))
}

// stream writes compressed data with further entries of its dictionary, and returns its number.
func (o *objects) stream(data []byte, entries string) int {
	var packed bytes.Buffer
	o.zip.Reset(&packed)
	_, _ = o.zip.Write(data) // into memory: cannot fail
	_ = o.zip.Close()
	return o.add("<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream", packed.Len(), entries, packed.Bytes())
}

// finish writes the table of objects and the trailer. The file's identity is the digest of its content.
func (o *objects) finish(root, info int) []byte {
	sum := sha256.Sum256(o.out.Bytes())
	table := o.out.Len()
	fmt.Fprintf(&o.out, "xref\n0 %d\n0000000000 65535 f \n", len(o.starts)+1)
	for _, at := range o.starts {
		fmt.Fprintf(&o.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&o.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%[4]x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(o.starts)+1, root, info, sum[:16], table)
	return o.out.Bytes()
}

// list writes references to objects.
func list(ids []int) string {
	var b strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&b, "%d 0 R ", id)
	}
	return b.String()
}

// hexText writes text as a PDF string in UTF-16 with a byte order mark.
func hexText(text []rune) string { return "<FEFF" + hexUTF16(text) + ">" }

func hexUTF16(text []rune) string {
	var b strings.Builder
	for _, unit := range utf16.Encode(text) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// stamp writes an instant as PDF does, in UTC.
func stamp(at time.Time) string { return at.UTC().Format("(D:20060102150405Z)") }
