package sheet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/text"
)

// Civil is a day of the calendar, of no time zone. The zero value is no day.
type Civil struct{ Year, Month, Day int }

// Order says which of day and month a sender writes first.
type Order int

// Orders of a date in numbers; a date that begins with a four-digit year is year, month, day in both.
const (
	DayFirst   Order = iota // 31/12/2026, as in Europe, Latin America, North Africa and the Middle East
	MonthFirst              // 12/31/2026, as in the United States
)

// Errors of Date.
var (
	ErrNoDate = errors.New("sheet: not a date")
	ErrNoSuch = errors.New("sheet: no such day in the calendar") // 31/02
	ErrTooFar = errors.New("sheet: the year is not between 1900 and 2199")
)

// Date reads a day as people and spreadsheets write it: 2026-12-31, 2026/12/31, 31/12/2026, 31.12.26, 31-12-26;
// in European, Arabic-Indic or Persian digits; a time of day after T or a space is left out. Five digits are a
// serial number of Excel (45123 is 2023-07-16). Two-digit years are read as Excel does: 00 to 29 are 2000 to 2029,
// 30 to 99 are 1930 to 1999. The order is believed: 05/13/2026 is refused where the day comes first.
func Date(s string, order Order) (Civil, error) {
	s = text.Digits(strings.TrimSpace(s))
	if n, err := strconv.Atoi(s); err == nil && len(s) == 5 && n > 0 {
		return CivilOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)).within()
	}
	if i := strings.IndexAny(s, "T "); i > 0 && clock(s[i+1:]) {
		s = s[:i]
	}
	parts, ok := split(s)
	if !ok {
		return Civil{}, ErrNoDate
	}
	var c Civil
	switch {
	case len(parts[0]) == 4:
		c = Civil{num(parts[0]), num(parts[1]), num(parts[2])}
	case order == MonthFirst:
		c = Civil{year(parts[2]), num(parts[0]), num(parts[1])}
	default:
		c = Civil{year(parts[2]), num(parts[1]), num(parts[0])}
	}
	if CivilOf(c.Time()) != c {
		return Civil{}, ErrNoSuch
	}
	return c.within()
}

// CivilOf is the day of an instant in its own location.
func CivilOf(t time.Time) Civil {
	y, m, d := t.Date()
	return Civil{y, int(m), d}
}

// Time is midnight UTC of the day.
func (c Civil) Time() time.Time {
	return time.Date(c.Year, time.Month(c.Month), c.Day, 0, 0, 0, 0, time.UTC)
}

// String is the day in ISO 8601, "" for no day.
func (c Civil) String() string {
	if c == (Civil{}) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day)
}

func (c Civil) within() (Civil, error) {
	if c.Year < 1900 || c.Year > 2199 {
		return Civil{}, ErrTooFar
	}
	return c, nil
}

// split parts a date at its one kind of separator: two and two digits, and a year of two or four at one end.
func split(s string) ([]string, bool) {
	for _, sep := range []string{"-", "/", "."} {
		parts := strings.Split(s, sep)
		if len(parts) != 3 {
			continue
		}
		first, second, third := len(parts[0]), len(parts[1]), len(parts[2])
		yearFirst := first == 4 && third <= 2
		yearLast := first <= 2 && (third == 2 || third == 4)
		return parts, digits(strings.Join(parts, "")) && first*second*third > 0 && second <= 2 && (yearFirst || yearLast)
	}
	return nil, false
}

func clock(s string) bool {
	return strings.Contains(s, ":") && strings.Trim(s, "0123456789:.+-Z") == ""
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

func num(s string) int {
	n, _ := strconv.Atoi(s) // at most four digits, by split
	return n
}

func year(s string) int {
	switch n := num(s); {
	case len(s) > 2:
		return n
	case n < 30:
		return 2000 + n
	default:
		return 1900 + n
	}
}
