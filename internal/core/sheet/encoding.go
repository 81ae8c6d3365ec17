package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encodings are the names that Options.Encoding takes: what spreadsheets of our languages save where not Unicode
// (Western, Turkish, Arabic, Cyrillic). A file cannot tell them apart, so the sender is asked.
var Encodings = []string{"utf-8", "windows-1252", "windows-1254", "windows-1256", "windows-1251"}

var charmaps = map[string]encoding.Encoding{
	"windows-1252": charmap.Windows1252,
	"windows-1254": charmap.Windows1254,
	"windows-1256": charmap.Windows1256,
	"windows-1251": charmap.Windows1251,
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// decode turns a file into text with \n line ends. A byte order mark decides; without one the name does; without
// a name, UTF-8 where valid, else windows-1252. Text that holds what no text holds is refused.
func decode(data []byte, name string) (string, *Problem) {
	enc := unicode.UTF8BOM
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		name, enc = "utf-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")), name == "" && utf8.Valid(data), name == "utf-8":
		name = "utf-8"
	case name == "":
		name = "windows-1252"
	}
	if c, ok := charmaps[name]; ok {
		enc = c
	} else if name != "utf-8" && name != "utf-16" {
		return "", &Problem{Code: FileEncoding, Detail: name}
	}
	text, err := enc.NewDecoder().Bytes(data)
	lost := bytes.ContainsRune(text, utf8.RuneError)
	if name == "utf-8" {
		lost = !utf8.Valid(data)
	}
	if err != nil || lost || bytes.IndexByte(text, 0) >= 0 {
		return "", &Problem{Code: FileEncoding, Detail: name}
	}
	return newlines.Replace(string(text)), nil
}
