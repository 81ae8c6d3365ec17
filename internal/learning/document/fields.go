package document

import "strings"

func (r *reader) fieldMark(kind string) {
	last := len(r.fields) - 1
	switch {
	case kind == "begin" && last < maxDepth:
		r.fields = append(r.fields, field{})
	case kind == "separate" && last >= 0:
		r.fields[last].result = true
	case kind == "end" && last >= 0:
		r.fields = r.fields[:last]
	}
}

func (f field) is(command string) bool {
	words := strings.Fields(f.does)
	return len(words) > 0 && strings.EqualFold(words[0], command)
}

// fieldLink is where a HYPERLINK field leads.
func (r *reader) fieldLink(does, otherwise string) string {
	if !(field{does: does}).is("HYPERLINK") {
		return otherwise
	}
	if parts := strings.SplitN(does, `"`, 3); len(parts) == 3 && !strings.Contains(parts[0], `\l`) {
		return parts[1]
	}
	return otherwise
}

// away is the address of a link that leaves the document; one to a place within it leads nowhere in a module.
func (r *reader) away(id string) string {
	if to := r.refs[id]; to.outside {
		return to.target
	}
	return ""
}
