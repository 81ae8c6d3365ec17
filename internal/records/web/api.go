// Package web is the edge of learning records: /xapi, which programs ask in the words of xAPI 1.0.3 and 2.0.0, and
// the pages on which a coordinator reads what came. It decides nothing.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/memo"
	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// API answers /xapi. It knows its clients by themselves: no cookie counts here, and any site's page may ask.
type API struct {
	Records    *records.Service
	Programmes func(context.Context) ([]id.ID, error) // that run here
	Home       func(*http.Request) string             // the address that people type
	Now        func() time.Time

	spoke memo.Of[id.ID, xapi.Version] // what each client spoke last
	asked gate                         // requests, by client
	tried gate                         // wrong secrets, by key
}

// NewAPI is an API with bounds on how often a client asks: 1,000 requests a second, 10 wrong secrets a minute.
func NewAPI(s *records.Service, programmes func(context.Context) ([]id.ID, error), home func(*http.Request) string, now func() time.Time) *API {
	return &API{
		Records: s, Programmes: programmes, Home: home, Now: now,
		asked: gate{most: 5000, second: 1000}, tried: gate{most: 10, second: 1. / 6},
	}
}

// Bounds of what a client sends.
const (
	maxJSON   = 8 << 20  // bytes of statements, or of a document
	maxParcel = 32 << 20 // bytes with attachments
	maxAtOnce = 2000     // statements
)

// refusal is an answer that is no success.
type refusal struct {
	status int
	why    error
}

func (r *refusal) Error() string { return r.why.Error() }
func (r *refusal) Unwrap() error { return r.why }

func refuse(status int, why string) error { return &refusal{status, errors.New(why)} }

// ask is one request, with what was found out about it.
type ask struct {
	*API
	w       http.ResponseWriter
	r       *http.Request
	q       map[string][]string // parameters
	version xapi.Version
	who     records.Known
}

type answer func(*ask) error

// later refuses a client that asks too often, and says when it may ask again.
func (k *ask) later(wait time.Duration) error {
	k.w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
	return refuse(http.StatusTooManyRequests, "this is asked too often; wait as long as Retry-After says, and send more statements at once")
}

// ServeHTTP answers one request; an error becomes a status and a message in JSON.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k := &ask{API: a, w: w, r: r}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through")
	h.Set("X-Experience-API-Version", string(xapi.V2))
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version, Accept-Language")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := k.serve(); err != nil {
		k.fail(err)
	}
}

func (k *ask) serve() error {
	path := strings.TrimSuffix(strings.TrimPrefix(k.r.URL.Path, "/xapi"), "/")
	k.q = k.r.URL.Query()
	if err := k.alternate(); err != nil {
		return err
	}
	if path == "/about" {
		return k.do(about)
	}
	if path == "/statements" {
		k.w.Header().Set("X-Experience-API-Consistent-Through", records.Stamp(k.Now()))
	}
	if err := k.prove(); err != nil {
		return err
	}
	if err := k.speak(); err != nil {
		return err
	}
	if k.version != xapi.V1 && k.q["method"] != nil {
		return refuse(http.StatusBadRequest, "xAPI 2.0 has no alternate request syntax")
	}
	resource, ok := resources[path]
	if !ok {
		return refuse(http.StatusNotFound, "there is no such resource")
	}
	return k.do(resource)
}

// do answers by what may be done at a place; it says what may, where this may not (RFC 9110, 15.5.6).
func (k *ask) do(resource map[string]answer) error {
	method := k.r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if do, ok := resource[method]; ok {
		return do(k)
	}
	may := slices.Sorted(maps.Keys(resource))
	k.w.Header().Set("Allow", strings.Replace(strings.Join(may, ", "), "GET", "GET, HEAD", 1))
	return refuse(http.StatusMethodNotAllowed, "this resource does not know "+xapi.Short(k.r.Method)+"; it knows "+strings.Join(may, ", "))
}

// speak finds out which version is spoken. Who does not say it is refused in the version that they spoke last.
func (k *ask) speak() error {
	k.version = xapi.VersionOf(k.r.Header.Get("X-Experience-API-Version"))
	if k.version == "" {
		if last, ok := k.spoke.Get(k.who.ID); ok {
			k.w.Header().Set("X-Experience-API-Version", string(last))
		}
		return refuse(http.StatusBadRequest, "the header X-Experience-API-Version must be 1.0.x or 2.0.x, like 1.0.3 or 2.0.0")
	}
	k.spoke.Put(k.who.ID, k.version)
	k.w.Header().Set("X-Experience-API-Version", string(k.version))
	return nil
}

// about says to anybody which versions are spoken.
var about = map[string]answer{http.MethodGet: func(k *ask) error { return k.about() }}

// resources are the places of /xapi and what may be done there.
var resources = map[string]map[string]answer{
	"/statements":         {http.MethodGet: getStatements, http.MethodPut: putStatement, http.MethodPost: postStatements},
	"/activities":         {http.MethodGet: getActivity},
	"/agents":             {http.MethodGet: getAgent},
	"/activities/state":   documents(records.StateResource),
	"/activities/profile": documents(records.ActivityProfileResource),
	"/agents/profile":     documents(records.AgentProfileResource),
}

// fail is the one place where an error becomes an answer.
func (k *ask) fail(err error) {
	var no *refusal
	var f *xapi.Fault
	var big *http.MaxBytesError
	status := http.StatusInternalServerError
	switch {
	case errors.As(err, &no):
		status = no.status
	case errors.As(err, &f), errors.Is(err, records.ErrNotJSON), errors.Is(err, records.ErrUnsaid):
		status = http.StatusBadRequest
	case errors.As(err, &big):
		status, err = http.StatusRequestEntityTooLarge, fmt.Errorf("this is too large: at most %d MB", big.Limit>>20)
	case errors.Is(err, records.ErrNone):
		status = http.StatusNotFound
	case errors.Is(err, records.ErrStale):
		status = http.StatusPreconditionFailed
	case errors.Is(err, records.ErrUnasked), errors.Is(err, journal.ErrConflict):
		status = http.StatusConflict
	case errors.Is(err, records.ErrNotYours):
		status = http.StatusForbidden
	case errors.Is(err, journal.ErrErased):
		status, err = http.StatusForbidden, errors.New("this actor was erased: nothing more is kept of them")
	default:
		slog.Error("a learning record failed", "path", k.r.URL.Path, "error", err)
		err = errors.New("this failed here; send it again later")
	}
	k.json(status, message(err, f))
}

// message says what is wrong, and where if it has a place.
func message(err error, f *xapi.Fault) map[string]string {
	if f == nil {
		return map[string]string{"message": err.Error()}
	}
	f = f.Short()
	if f.At == "" {
		return map[string]string{"message": f.Why()}
	}
	return map[string]string{"at": f.At, "message": f.Why()}
}

func (k *ask) json(status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		slog.Error("no JSON", "error", err)
		status, b = http.StatusInternalServerError, nil
	}
	k.send(status, "application/json", b)
}

func (k *ask) send(status int, kind string, b []byte) {
	k.w.Header().Set("Content-Type", kind)
	k.w.WriteHeader(status)
	if k.r.Method != http.MethodHead {
		_, _ = k.w.Write(b) // who hung up hears nothing
	}
}

func (k *ask) object(o xapi.Object) error {
	k.send(http.StatusOK, "application/json", xapi.Append(nil, o))
	return nil
}

func (k *ask) about() error {
	return k.object(xapi.Object{"version": []any{string(xapi.V1), string(xapi.V2)}, "extensions": xapi.Object{}})
}
