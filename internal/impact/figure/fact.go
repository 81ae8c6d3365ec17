package figure

import (
	"strconv"
	"time"

	"tremplin/internal/core/id"
)

// Fact is one thing that happened, as indicators see it. An unknown text is empty.
type Fact struct {
	Key                             string // entry, kind and part: unique, and the order of facts of one instant
	Entry                           id.ID
	Kind                            string
	At, Arrived                     int64 // µs
	Story                           id.ID // whose story it is in, a visit's too
	Owner                           id.ID // zero: somebody who gave no name
	Subject                         id.ID
	Person                          bool
	Organisation, Country, Language string
	More                            map[string]string // the attributes of its kind

	env map[string]any // as expressions see it, made once
}

// attribute kinds.
const (
	words  = ""
	number = "#"
	yesNo  = "?"
)

// ofPeople are the attributes that every fact about a person has.
var ofPeople = map[string]string{
	"gender": words, "birth_year": number, "birth_date": words, "employment": words, "education": words,
}

// Kinds of facts, with their attributes. docs/INDICATORS.md says what each means.
var Kinds = map[string]map[string]string{
	"module-published": {"audience": words, "level": words, "sector": words, "version": number},
	"learner-started":  people("audience", words, "kept", yesNo),
	"module-finished":  people("audience", words, "kept", yesNo),
	"trial-held":       {"module": words, "version": number, "mode": words},
	"trial-attended":   people("mode", words, "signed", yesNo, "half_days_signed", number, "module", words, "version", number),
	"remark-made":      remark,
	"remark-acted-on":  remark,
	"finding-written":  finding,
	"finding-acted-on": finding,
	"tutor-trained":    people("path", words, "half_days_signed", number, "certificate", yesNo),
	"event-held":       {"event": words, "participants": number, "signed_from_outside": number},
	"person-entered":   people(),
	"person-left":      people("days_after", number, "left_employment", words),
}

var remark = map[string]string{
	"screen": words, "remark": words, "duplicate": yesNo, "decision": words, "published": yesNo,
}

var finding = map[string]string{
	"module": words, "version": number, "screen": words, "trials": number, "decision": words, "published": yesNo,
}

func people(more ...string) map[string]string {
	out := map[string]string{}
	for k, v := range ofPeople {
		out[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

// common are the fields that every fact has.
var common = []string{"fact", "owner", "subject", "organisation", "country", "language"}

// Value is what a fact says for a field by which figures are split.
func (f *Fact) Value(field string, zone *time.Location) string {
	switch field {
	case "fact":
		return f.Kind
	case "owner":
		return text(f.Owner)
	case "subject":
		return text(f.Subject)
	case "organisation":
		return f.Organisation
	case "country":
		return f.Country
	case "language":
		return f.Language
	case "month":
		return time.UnixMicro(f.At).In(zone).Format("2006-01")
	}
	return f.More[field]
}

func text(v id.ID) string {
	if v.IsZero() {
		return ""
	}
	return v.String()
}

// environment is the fact as an expression sees it: every field of its kind, typed.
func (f *Fact) environment(zone *time.Location) map[string]any {
	if f.env != nil {
		return f.env
	}
	env := map[string]any{"at": time.UnixMicro(f.At).In(zone)}
	for _, c := range common {
		env[c] = f.Value(c, zone)
	}
	for name, kind := range Kinds[f.Kind] {
		env[name] = typed(kind, f.More[name])
	}
	env["age"] = func(at time.Time) int { return age(f.More["birth_date"], f.More["birth_year"], at) }
	f.env = env
	return env
}

func typed(kind, v string) any {
	switch kind {
	case number:
		n, err := strconv.Atoi(v)
		if err != nil {
			return -1
		}
		return n
	case yesNo:
		return v == "true"
	}
	return v
}

// age gives whole years on a day from the date of birth, else from its year, else −1.
func age(date, year string, at time.Time) int {
	if born, err := time.Parse(time.DateOnly, date); err == nil {
		n := at.Year() - born.Year()
		if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
			n--
		}
		return n
	}
	if y, err := strconv.Atoi(year); err == nil && y > 0 {
		return at.Year() - y
	}
	return -1
}
