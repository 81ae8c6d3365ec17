package web

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// prove finds out which client asks: by HTTP Basic, or by a bearer token, which is key.secret.
func (k *ask) prove() error {
	key, said, ok := credentials(k.r.Header.Get("Authorization"))
	if !ok {
		k.w.Header().Set("WWW-Authenticate", `Basic realm="Tremplin xAPI", charset="UTF-8"`)
		return refuse(http.StatusUnauthorized, "say who you are: HTTP Basic with the client's key and secret, or a bearer token key.secret")
	}
	programmes, err := k.Programmes(k.r.Context())
	if err != nil {
		return err
	}
	k.who, err = k.Records.Prove(k.r.Context(), programmes, key, said)
	if errors.Is(err, records.ErrUnknown) {
		if wait := k.tried.pass(key, k.Now()); wait > 0 {
			return k.later(wait)
		}
		k.w.Header().Set("WWW-Authenticate", `Basic realm="Tremplin xAPI", charset="UTF-8"`)
		return &refusal{http.StatusUnauthorized, err}
	}
	if err != nil {
		return err
	}
	k.who.Home = k.Home(k.r)
	if wait := k.asked.pass(key, k.Now()); wait > 0 {
		return k.later(wait)
	}
	return nil
}

func credentials(header string) (key, said string, ok bool) {
	scheme, rest, _ := strings.Cut(header, " ")
	switch strings.ToLower(scheme) {
	case "basic":
		b, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return "", "", false
		}
		return strings.Cut(string(b), ":")
	case "bearer":
		return strings.Cut(rest, ".")
	}
	return "", "", false
}

// may refuses a client that has none of some scopes.
func (k *ask) may(scopes ...string) error {
	if k.who.May(scopes...) {
		return nil
	}
	return refuse(http.StatusForbidden, "this client lacks the scope "+scopes[0])
}

// only refuses parameters that are not known, and ones that stand twice.
func (k *ask) only(names ...string) error {
	for name, all := range k.q {
		if !slices.Contains(names, name) {
			return refuse(http.StatusBadRequest, "the parameter "+xapi.Short(name)+" does not belong here; these do: "+strings.Join(names, ", "))
		}
		if len(all) > 1 {
			return refuse(http.StatusBadRequest, "the parameter "+name+" stands there twice")
		}
	}
	return nil
}

// needs refuses a request without some parameters.
func (k *ask) needs(names ...string) error {
	for _, name := range names {
		if k.q[name] == nil {
			return refuse(http.StatusBadRequest, "the parameter "+name+" is missing")
		}
	}
	return nil
}

// exactly holds a request to some parameters.
func (k *ask) exactly(names ...string) error {
	if err := k.only(names...); err != nil {
		return err
	}
	return k.needs(names...)
}

// agent reads who a parameter names.
func (k *ask) agent() (xapi.Object, error) {
	who, err := xapi.Identified(k.param("agent"))
	return who, xapi.Under("agent", err)
}

func (k *ask) param(name string) string {
	if all := k.q[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// asHeaders are the parameters that an alternate request says instead of headers.
var asHeaders = []string{"Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length", "If-Match", "If-None-Match", "Accept-Language"}

// alternate takes a request as browsers once had to send it (1.0.3 Communication 1.3): a POST whose form is another
// method's parameters, headers and content.
func (k *ask) alternate() error {
	method := k.param("method")
	if method == "" {
		return nil
	}
	kind, _, err := mime.ParseMediaType(k.r.Header.Get("Content-Type"))
	switch {
	case k.r.Method != http.MethodPost || len(k.q) > 1 || len(k.q["method"]) > 1:
		return refuse(http.StatusBadRequest, "the alternate syntax is a POST with method as its only parameter")
	case err != nil || kind != "application/x-www-form-urlencoded":
		return refuse(http.StatusBadRequest, "the alternate syntax is a form: application/x-www-form-urlencoded")
	}
	b, err := k.body(4 * maxJSON)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(b))
	if err != nil {
		return refuse(http.StatusBadRequest, "this is no form")
	}
	return k.become(method, form)
}

func (k *ask) become(method string, form url.Values) error {
	k.r = k.r.Clone(k.r.Context())
	k.r.Method = strings.ToUpper(method)
	content, said := form.Get("content"), form.Has("content")
	if !said && (k.r.Method == http.MethodPut || k.r.Method == http.MethodPost) {
		return refuse(http.StatusBadRequest, "the form lacks content")
	}
	form.Del("content")
	k.r.Header.Set("Content-Type", "application/json")
	for name := range form {
		for _, h := range asHeaders {
			if strings.EqualFold(name, h) {
				k.r.Header.Set(h, form.Get(name))
				form.Del(name)
			}
		}
	}
	k.r.Body = io.NopCloser(strings.NewReader(content))
	k.q = map[string][]string(form)
	if xv := k.r.Header.Get("X-Experience-API-Version"); strings.HasPrefix(xv, "2") {
		return refuse(http.StatusBadRequest, "xAPI 2.0 has no alternate request syntax")
	}
	return nil
}
