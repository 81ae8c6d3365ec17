package tutoring

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/identity"
)

// Standing is how somebody is getting on, computed and never typed. Lists begin with the lowest.
type Standing int64

// The standings, in the order of who needs the tutor first.
const (
	Stuck    Standing = iota // wrong again and again on one screen
	Silent                   // nothing heard for a while
	Moving                   // getting on
	Finished                 // every module begun is finished
	Private                  // has not agreed to share progress
)

var standingNames = []string{"stuck", "silent", "moving", "finished", "private"}

// String is the standing's name in addresses and in keys of words.
func (s Standing) String() string { return standingNames[s] }

// StandingOf reads a name from an address.
func StandingOf(name string) (Standing, bool) {
	i := slices.Index(standingNames, name)
	return Standing(i), i >= 0
}

// SilentAfter is how long nothing is heard before it is "no news".
const SilentAfter = 14 * 24 * time.Hour

// Facts are what a standing follows from.
type Facts struct {
	Shared      bool  // the person agreed to share progress, or the programme does not ask
	Begun, Done int64 // modules
	Stuck       bool
	Active      int64 // the last thing done, or the day of joining; µs
}

// Stand decides how somebody is getting on at a moment.
func Stand(f Facts, now time.Time) Standing {
	switch {
	case !f.Shared:
		return Private
	case f.Stuck:
		return Stuck
	case f.Begun > 0 && f.Done == f.Begun:
		return Finished
	case f.Active < silentSince(now):
		return Silent
	}
	return Moving
}

// silentSince is the moment before which the last sign makes somebody silent.
func silentSince(now time.Time) int64 { return now.Add(-SilentAfter).UnixMicro() }

// Confuses tells whether a screen is worth telling its author: three people err on it, and a third of
// those who saw it.
func Confuses(seen, erring int64) bool { return erring >= 3 && erring*3 >= seen }

// Talk is the channel of a nudge for which nothing was written: at the door, by telephone.
const Talk = "talk"

// Kinds of a session, channels of a nudge and ways of meeting.
var (
	sessionKinds = []string{"trial", "training", "event"}
	channels     = []string{"whatsapp", "sms", "mail", Talk}
	modes        = []string{"", "on-site", "remote", "both"}
)

// maxName bounds what people type into short fields.
const maxName = 80

func (o Opened) check() (fs []fault.Field) {
	switch n := utf8.RuneCountInString(o.Name); {
	case n == 0:
		fs = append(fs, fault.Field{Name: "name", Key: "tutoring.group.name.missing"})
	case n > maxName:
		fs = append(fs, fault.Field{Name: "name", Key: "tutoring.too-long", Args: []any{"Max", maxName}})
	}
	if utf8.RuneCountInString(o.Place) > maxName {
		fs = append(fs, fault.Field{Name: "place", Key: "tutoring.too-long", Args: []any{"Max", maxName}})
	}
	return fs
}

// maxLink bounds an address; ways of meeting that need one.
const maxLink = 500

func (p Planned) check() (fs []fault.Field) {
	h := Held{Kind: p.Kind, Day: p.Day, Title: p.Title, Hours: p.Hours, Mode: p.Mode}
	fs = h.check()
	missing := func(field, key string) { fs = append(fs, fault.Field{Name: field, Key: key}) }
	if _, err := time.Parse("15:04", p.Starts); err != nil {
		missing("starts", "tutoring.session.starts.wrong")
	}
	if p.Halves < 1 || p.Halves > 2 {
		missing("halves", "tutoring.session.wrong")
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" {
		missing("zone", "tutoring.session.wrong")
	}
	if (len(p.Partners)+len(p.Tutors) > 0) && (p.Kind != "training" || len(p.Groups()) > 0) {
		missing("partner", "tutoring.session.staff")
	}
	if len(p.Also)+len(p.Partners)+len(p.Tutors) > maxInvited {
		missing("also", "tutoring.session.wrong")
	}
	if p.Mode != "remote" && strings.TrimSpace(p.Place) == "" {
		missing("place", "tutoring.session.place.missing")
	}
	if utf8.RuneCountInString(p.Place) > 2*maxName {
		fs = append(fs, fault.Field{Name: "place", Key: "tutoring.too-long", Args: []any{"Max", 2 * maxName}})
	}
	if u, err := url.Parse(p.Link); p.Mode == "remote" && p.Link == "" || p.Link != "" && (err != nil || u.Scheme != "https" || u.Host == "" || len(p.Link) > maxLink) {
		missing("link", "tutoring.session.link.wrong")
	}
	return fs
}

func (h Held) check() (fs []fault.Field) {
	wrong := func(field string) { fs = append(fs, fault.Field{Name: field, Key: "tutoring.session.wrong"}) }
	if !slices.Contains(sessionKinds, h.Kind) {
		wrong("kind")
	}
	if !slices.Contains(modes, h.Mode) {
		wrong("mode")
	}
	if _, err := time.Parse(time.DateOnly, h.Day); err != nil {
		wrong("day")
	}
	if n := utf8.RuneCountInString(h.Title); n == 0 || n > 2*maxName {
		wrong("title")
	}
	if !(h.Hours > 0 && h.Hours <= 100) {
		wrong("hours")
	}
	if h.Participants < 0 || h.Outside < 0 || h.Outside > h.Participants {
		wrong("participants")
	}
	return fs
}

// newPIN draws a PIN that is none of the first that one tries.
func newPIN() (string, error) {
	for {
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			return "", err
		}
		pin := fmt.Sprintf("%06d", n)
		if len(identity.CheckPIN(pin, pin)) == 0 {
			return pin, nil
		}
	}
}

// crockford leaves out the letters that people take for others.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// certificateNumber is ten signs that nobody can guess without the act that issued it: "7Q4K9-M2XPR".
func certificateNumber(act, person id.ID, path string) string {
	h := sha256.New()
	for _, part := range [][]byte{[]byte("certificate"), act[:], person[:], []byte(path)} {
		h.Write(part)
	}
	s := crockford.EncodeToString(h.Sum(nil))[:10]
	return s[:5] + "-" + s[5:]
}

// readNumber brings a number as people type it into the form in which it is kept.
func readNumber(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		case '-', ' ':
			return -1
		}
		return r
	}, strings.ToUpper(s))
	if len(s) != 10 {
		return ""
	}
	return s[:5] + "-" + s[5:]
}
