package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"tremplin/internal/core/id"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

func putStatement(k *ask) error {
	if err := k.may(records.Write, records.All); err != nil {
		return err
	}
	if err := k.only("statementId"); err != nil {
		return err
	}
	which := k.param("statementId")
	p, err := k.parcel()
	if err != nil {
		return err
	}
	if err := xapi.UUID(which); err != nil {
		return refuse(http.StatusBadRequest, "the parameter statementId must be the statement's UUID")
	}
	if len(p.Statements) != 1 || !p.single {
		return refuse(http.StatusBadRequest, "a PUT brings one statement, not a list")
	}
	o := p.Statements[0]
	if own, ok := o["id"].(string); ok && !strings.EqualFold(own, which) {
		return refuse(http.StatusBadRequest, "the statement's id is another one than statementId")
	}
	o["id"] = which
	if _, err := k.Records.Take(k.r.Context(), k.who, p.Parcel); err != nil {
		return err
	}
	k.w.WriteHeader(http.StatusNoContent)
	return nil
}

func postStatements(k *ask) error {
	if err := k.may(records.Write, records.All); err != nil {
		return err
	}
	if err := k.only(); err != nil {
		return err
	}
	p, err := k.parcel()
	if err != nil {
		return err
	}
	ids, err := k.Records.Take(k.r.Context(), k.who, p.Parcel)
	if err != nil {
		return err
	}
	if ids == nil {
		ids = []id.ID{}
	}
	k.json(http.StatusOK, ids)
	return nil
}

var (
	alone   = []string{"statementId", "voidedStatementId", "attachments", "format"}
	several = []string{
		"agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit", "format",
		"attachments", "ascending", "from",
	}
)

func getStatements(k *ask) error {
	if err := k.may(records.Read, records.ReadMine, records.ReadAll, records.All); err != nil {
		return err
	}
	if k.q["statementId"] != nil || k.q["voidedStatementId"] != nil {
		return k.one()
	}
	if err := k.only(several...); err != nil {
		return err
	}
	w, err := k.question()
	if err != nil {
		return err
	}
	page, err := k.Records.Ask(k.r.Context(), k.who.Programme, w)
	if err != nil {
		return err
	}
	out := xapi.Object{"statements": []any{}, "more": ""}
	if page.Next != 0 {
		out["more"] = k.more(page.Next)
	}
	return k.results(page.Statements, out)
}

// more is where the next page is: what was asked, and where to go on.
func (k *ask) more(next int64) string {
	q := url.Values{}
	for name, all := range k.q {
		q[name] = all
	}
	q.Set("from", strconv.FormatInt(next, 10))
	return "/xapi/statements?" + q.Encode()
}

// one answers with a single statement.
func (k *ask) one() error {
	if err := k.only(alone...); err != nil {
		return err
	}
	if k.q["statementId"] != nil && k.q["voidedStatementId"] != nil {
		return refuse(http.StatusBadRequest, "ask by statementId or by voidedStatementId, not both")
	}
	text, wanted := k.param("statementId"), false
	if k.q["voidedStatementId"] != nil {
		text, wanted = k.param("voidedStatementId"), true
	}
	if err := xapi.UUID(text); err != nil {
		return refuse(http.StatusBadRequest, "a statement is asked for by its UUID")
	}
	which, _ := id.Parse(text)
	w, voided, err := k.Records.One(k.r.Context(), k.who.Programme, which)
	if err != nil {
		return err
	}
	if voided != wanted || !k.sees(w) {
		return records.ErrNone
	}
	k.w.Header().Set("Last-Modified", w.Stored.Format(http.TimeFormat))
	return k.results([]records.Statement{w}, nil)
}

// sees tells whether a client that reads its own statements alone may read this one.
func (k *ask) sees(w records.Statement) bool {
	return k.who.May(records.Read, records.ReadAll, records.All) || w.Client == k.who.ID
}

func (k *ask) question() (w records.Question, err error) {
	w.Home = k.who.Home
	w.Verb, w.Activity, w.Registration = k.param("verb"), k.param("activity"), k.param("registration")
	steps := []func() error{
		func() (err error) {
			if k.q["agent"] != nil {
				w.Agent, err = k.agent()
			}
			return err
		},
		func() error { return k.check("verb", w.Verb, xapi.IRI) },
		func() error { return k.check("activity", w.Activity, xapi.IRI) },
		func() error { return k.check("registration", w.Registration, xapi.UUID) },
		func() (err error) { w.Since, err = k.instant("since"); return err },
		func() (err error) { w.Until, err = k.instant("until"); return err },
		func() (err error) { w.Broadly.Agents, err = k.truth("related_agents"); return err },
		func() (err error) { w.Broadly.Activities, err = k.truth("related_activities"); return err },
		func() (err error) { w.Ascending, err = k.truth("ascending"); return err },
		func() error { return k.count("limit", &w.Limit) },
		func() (err error) {
			if text := k.param("from"); text != "" {
				if w.After, err = strconv.ParseInt(text, 10, 64); err != nil {
					err = xapi.Under("from", xapi.Wrong(xapi.NoNatural))
				}
			}
			return err
		},
	}
	for _, f := range steps {
		if err := f(); err != nil {
			return w, err
		}
	}
	if !k.who.May(records.Read, records.ReadAll, records.All) {
		w.Mine = k.who.ID
	}
	return w, nil
}

func (k *ask) check(name, text string, f func(string) error) error {
	if k.q[name] == nil {
		return nil
	}
	return xapi.Under(name, f(text))
}

func (k *ask) instant(name string) (time.Time, error) {
	if k.q[name] == nil {
		return time.Time{}, nil
	}
	t, err := xapi.Time(k.param(name))
	return t, xapi.Under(name, err)
}

func (k *ask) truth(name string) (bool, error) {
	switch text := k.param(name); {
	case k.q[name] == nil || text == "false":
		return false, nil
	case text == "true":
		return true, nil
	}
	return false, xapi.Under(name, xapi.Wrong(xapi.NoTruth))
}

func (k *ask) count(name string, to *int) error {
	if k.q[name] == nil {
		return nil
	}
	n, err := strconv.Atoi(k.param(name))
	if err != nil || n < 0 {
		return xapi.Under(name, xapi.Wrong(xapi.NoNatural))
	}
	*to = n
	return nil
}

// results answers with statements in the format that was asked for; in is the object that lists them, nil for one alone.
func (k *ask) results(all []records.Statement, in xapi.Object) error {
	shown, err := k.formatted(all)
	if err != nil {
		return err
	}
	out := in
	if out != nil {
		out["statements"] = shown
	} else {
		out = shown[0].(xapi.Object)
	}
	with, err := k.truth("attachments")
	if err != nil {
		return err
	}
	if with {
		return k.mixed(out, all)
	}
	return k.object(out)
}

func (k *ask) formatted(all []records.Statement) ([]any, error) {
	format := cmp.Or(k.param("format"), "exact")
	if !slices.Contains([]string{"ids", "exact", "canonical"}, format) {
		return nil, xapi.Under("format", xapi.Wrong(xapi.NoneOf, "ids, exact, canonical"))
	}
	var known map[string]xapi.Object
	if format == "canonical" {
		var err error
		if known, err = k.Records.DefinitionsOf(k.r.Context(), k.who.Programme, all...); err != nil {
			return nil, err
		}
	}
	out := make([]any, len(all))
	for i, w := range all {
		switch format {
		case "ids":
			out[i] = xapi.IDs(w.Object)
		case "canonical":
			out[i] = xapi.Canonical(w.Object, known, k.choose())
		default:
			out[i] = w.Object
		}
	}
	return out, nil
}

// choose picks the language that the reader prefers among those there are.
func (k *ask) choose() func([]string) string {
	header := k.r.Header.Get("Accept-Language")
	return func(there []string) string {
		tags := make([]language.Tag, len(there))
		for i, t := range there {
			tags[i] = language.Make(t)
		}
		_, i := language.MatchStrings(language.NewMatcher(tags), header)
		return there[i]
	}
}
