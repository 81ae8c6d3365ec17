package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// tail is how much of a file's end holds its last whole line.
const tail = 16 << 20

// Resume opens a file of statements, one a line, to go on behind its last whole line: it says when that one was stored,
// in microseconds. What was begun behind it is cut off; a file that is not there begins.
func Resume(name string) (*os.File, int64, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, 0, err
	}
	whole, stored, err := lastLine(f)
	if err == nil {
		err = f.Truncate(whole)
	}
	if err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("%s cannot be gone on with: %w", name, err), f.Close())
	}
	return f, stored, nil
}

// lastLine says where the last whole line ends, and when its statement was stored.
func lastLine(f *os.File) (end, stored int64, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, 0, err
	}
	from := max(0, size-tail)
	b := make([]byte, size-from)
	if _, err := f.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, err
	}
	cut := bytes.LastIndexByte(b, '\n') + 1
	if cut == 0 {
		return 0, 0, nil
	}
	line := b[bytes.LastIndexByte(b[:cut-1], '\n')+1 : cut]
	var said struct {
		Stored time.Time `json:"stored"`
	}
	if err := json.Unmarshal(line, &said); err != nil || said.Stored.IsZero() {
		return 0, 0, errors.New("its last line is no statement with the property stored")
	}
	return from + int64(cut), said.Stored.UnixMicro(), nil
}
