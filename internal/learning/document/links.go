package document

import (
	"net/url"
	"strings"
)

// linked keeps links that a module may hold; of the others the address stands in the text.
func (r *reader) linked(spans []span, long bool) []span {
	for i, s := range spans {
		if s.link == "" {
			continue
		}
		address, ok := https(s.link)
		if ok && !long {
			spans[i].link = address
			continue
		}
		spans[i].link = ""
		r.note(Address)
		last := i == len(spans)-1 || spans[i+1].link != s.link // it is the same link in another look
		if to := r.sound(s.link); last && !strings.Contains(s.text, strings.TrimPrefix(to, "mailto:")) {
			spans[i].text += " (" + strings.Join(strings.Fields(clip(to, maxAddress)), " ") + ")"
		}
	}
	return spans
}

const (
	maxAddress   = 500  // characters of an address in a text
	maxParagraph = 6000 // bytes that are written with their look: a longer one is divided, and loses it
)

// https is an address as a link may hold it.
func https(link string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", false
	}
	to := strings.NewReplacer("(", "%28", ")", "%29", `\`, "%5C", "*", "%2A", "`", "%60").Replace(u.String())
	return entity.ReplaceAllString(to, `\&$1`), !strings.ContainsAny(to, " <>\n")
}
