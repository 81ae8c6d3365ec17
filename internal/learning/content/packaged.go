package content

import (
	"regexp"
	"strconv"
	"strings"
)

var packageName = regexp.MustCompile(`^packages/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.h5p$`)

// Package is the path of the package that a screen plays, or empty.
func (s Screen) Package() string {
	if s.Activity == nil {
		return ""
	}
	return s.Activity.Package
}

// takePackage reads the line `= packages/name.h5p`.
func (p *parser) takePackage(a *Activity, line string, at int) {
	name, ok := strings.CutPrefix(line, "=")
	name = strings.TrimSpace(name)
	if !ok || a.Package != "" {
		p.report(at, ActivityLine, line)
		return
	}
	if !packageName.MatchString(name) {
		p.report(at, ActivityPackage, name)
		return
	}
	a.Package = name
}

// Points are what a package gives for what was done in it.
type Points struct {
	Got, Most int64
}

// maxPoints is what a package may give; what says more is broken.
const maxPoints = 1_000_000

// ReadPoints reads "3/5". ok is false where that is no number of points.
func ReadPoints(s string) (p Points, ok bool) {
	got, most, ok := strings.Cut(s, "/")
	if !ok {
		return p, false
	}
	var wrong, bad error
	p.Got, wrong = strconv.ParseInt(got, 10, 64)
	p.Most, bad = strconv.ParseInt(most, 10, 64)
	if wrong != nil || bad != nil || p.Got < 0 || p.Got > p.Most || p.Most > maxPoints {
		return Points{}, false
	}
	return p, true
}

// enough tells whether one may go on: half of the points, or all is done where there are none.
func (p Points) enough() bool { return 2*p.Got >= p.Most }
