package photo

import (
	"bytes"
	"encoding/binary"
)

// orientation reads how the camera was held, from a JPEG's Exif; 1 where it says nothing that can be read.
// The layout is that of JPEG (ITU-T T.81, annex B) and of Exif 2.3 (TIFF 6.0): segments, then a directory of tags.
func orientation(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		length := int(binary.BigEndian.Uint16(b[at+2:]))
		if length < 2 || at+2+length > len(b) {
			return 1
		}
		body := b[at+4 : at+2+length]
		if b[at+1] == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return tagged(body[6:])
		}
		at += 2 + length
	}
	return 1
}

const (
	orientationTag = 0x0112
	entrySize      = 12
)

// tagged finds the orientation in a TIFF's first directory.
func tagged(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	for range order.Uint16(t[at:]) {
		entry := at + 2
		if entry+entrySize > uint64(len(t)) {
			return 1
		}
		if order.Uint16(t[entry:]) == orientationTag {
			return int(order.Uint16(t[entry+8:]))
		}
		at += entrySize
	}
	return 1
}
