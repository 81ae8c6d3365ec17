package people

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/text"
)

// Bounds of what is kept of a person.
const (
	maxName  = 80
	maxEmail = 254
)

var (
	phonePattern = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	emailPattern = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
)

// Check says what is wrong with a description, by the names of the form's fields.
func (d Described) Check() (fs []fault.Field) {
	switch n := utf8.RuneCountInString(d.First); {
	case n == 0:
		fs = append(fs, fault.Field{Name: "first", Key: "people.first.missing"})
	case n > maxName:
		fs = append(fs, fault.Field{Name: "first", Key: "people.name.long", Args: []any{"Max", maxName}})
	}
	if utf8.RuneCountInString(d.Last) > maxName {
		fs = append(fs, fault.Field{Name: "last", Key: "people.name.long", Args: []any{"Max", maxName}})
	}
	if d.Phone != "" && !phonePattern.MatchString(d.Phone) {
		fs = append(fs, fault.Field{Name: "phone", Key: "people.phone.wrong"})
	}
	if d.Email != "" && (len(d.Email) > maxEmail || !emailPattern.MatchString(d.Email)) {
		fs = append(fs, fault.Field{Name: "email", Key: "people.email.wrong"})
	}
	if d.BirthYear != 0 && (d.BirthYear < 1900 || d.BirthYear > 2100) {
		fs = append(fs, fault.Field{Name: "birth_year", Key: "people.birth-year.wrong"})
	}
	return fs
}

// Phone brings a number as people write it into the international form: 06 12 34 56 78 in France is
// +33612345678. What cannot be brought stays as it was, for the check to refuse.
func Phone(s, country string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, text.Digits(s))
	switch {
	case digits == "":
		return ""
	case strings.HasPrefix(digits, "+"):
		return digits
	case strings.HasPrefix(digits, "00"):
		return "+" + digits[2:]
	}
	if code := callingCode[country]; code != "" {
		return "+" + code + strings.TrimPrefix(digits, "0")
	}
	return digits
}

// callingCode by country, ITU-T E.164; Portugal writes no leading zero, so trimming it harms nothing.
var callingCode = map[string]string{"FR": "33", "BE": "32", "PT": "351", "TR": "90", "SV": "503", "DE": "49", "RO": "40"}
