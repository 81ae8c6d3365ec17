package xapi

import (
	"mime"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	uuidForm  = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$`)
	sha1Form  = regexp.MustCompile(`^[0-9a-fA-F]{40}$`)
	sha2Form  = regexp.MustCompile(`^([0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$`)
	mboxForm  = regexp.MustCompile(`^mailto:[^@\s<>]+@[^@\s<>]+$`)
	schemed   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^` + "`" + `]+$`)
	tagForm   = regexp.MustCompile(`^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?$`)
	ownTag    = regexp.MustCompile(`^([xX](-[A-Za-z0-9]{1,8})+|[iI](-[A-Za-z0-9]{2,8})+)$`)
	lastsForm = regexp.MustCompile(`^P(\d+([.,]\d+)?W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$`)
	timeForm  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?$`)
)

// matches is a text of a form, with what is said of others.
func matches(form *regexp.Regexp, why Reason) check {
	return func(v any) error {
		if s, ok := v.(string); !ok || !form.MatchString(s) {
			return Wrong(why)
		}
		return nil
	}
}

var (
	uuid     = matches(uuidForm, noUUID)
	sha1sum  = matches(sha1Form, noSHA1)
	sha2     = matches(sha2Form, noSHA2)
	mbox     = matches(mboxForm, noMailbox)
	duration = matches(lastsForm, noDuration)
)

// iri is an absolute IRI (RFC 3987): with a scheme.
func iri(v any) error {
	s, ok := v.(string)
	if !ok || !schemed.MatchString(s) {
		return Wrong(noIRI)
	}
	if _, err := url.Parse(s); err != nil {
		return Wrong(noIRI)
	}
	return nil
}

// language is a tag of RFC 5646.
func language(v any) error {
	if s, ok := v.(string); !ok || !tagForm.MatchString(s) && !ownTag.MatchString(s) {
		return Wrong(noLanguage)
	}
	return nil
}

var (
	languages  = keyed(language, text)
	extensions = keyed(iri, anything)
)

func mediaType(v any) error {
	s, ok := v.(string)
	if ok {
		_, _, err := mime.ParseMediaType(s)
		ok = err == nil && strings.Contains(s, "/")
	}
	if !ok {
		return Wrong(noMedia)
	}
	return nil
}

// instant is a timestamp of RFC 3339; what says no zone is UTC. "-00:00" says that the zone is not known: refused.
func instant(v any) error {
	s, ok := v.(string)
	if !ok {
		return Wrong(noTime)
	}
	_, err := Time(s)
	return err
}

// Time reads a timestamp.
func Time(s string) (time.Time, error) {
	m := timeForm.FindStringSubmatch(s)
	if m == nil || strings.HasPrefix(m[2], "-00") && strings.Trim(m[2], "-0:") == "" {
		return time.Time{}, Wrong(noTime)
	}
	zone := strings.ReplaceAll(m[2], ":", "")
	layout := "2006-01-02T15:04:05.999999999"
	switch {
	case len(zone) == 3:
		layout += "-07"
	case len(zone) == 5:
		layout += "-0700"
	case zone == "Z":
		layout += "Z"
	}
	t, err := time.Parse(layout, strings.TrimSuffix(s, m[2])+zone)
	if err != nil {
		return t, Wrong(noDay)
	}
	return t, nil
}
