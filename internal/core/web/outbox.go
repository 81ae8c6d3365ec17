package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tremplin/internal/core/access"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
)

// What a device did without network arrives here: forms, as they would have been posted, each with its own
// id and time. Each goes through its own route, with the same checks, words and ids, so that there is no
// second way to do anything, and sending twice is sending once.

const (
	maxParcel = 1 << 20              // bytes: a photograph of a sheet is the largest item
	maxItems  = 100                  // of one parcel
	atOnce    = 2                    // parcels: who reads a page meanwhile does not wait behind thirty phones
	oldest    = 400 * 24 * time.Hour // what claims to be older is taken for a broken clock
	saidIn    = "X-Tremplin-Said"    // why an item was refused, in the reader's words
)

// parcel is what a device sends. Times are milliseconds since 1970 by the device's clock, which may be wrong:
// Now says by how much.
type parcel struct {
	Now    int64  `json:"now"`
	Device string `json:"device"` // an id that the device made: whoever learns on it without a name is one visit
	Items  []item `json:"items"`
}

// item is one form.
type item struct {
	ID     string `json:"id"`
	At     int64  `json:"at"`
	Who    string `json:"who"`  // the tag of who did it; empty: nobody who was signed in
	Lang   string `json:"lang"` // in which it was done
	Action string `json:"action"`
	Form   string `json:"form"` // urlencoded
}

// receipt says what became of an item: kept; refused, with the reason; later: to be sent again; sign-in: to
// be sent once its author is signed in.
type receipt struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Said  string `json:"said,omitempty"`
}

type lateKey struct{}

// delayed is what a request knows that is an item of an outbox.
type delayed struct {
	at     time.Time
	device id.ID
}

func lateness(c *Ctx) delayed {
	d, _ := c.Value(lateKey{}).(delayed)
	return d
}

// Late tells whether a request is an item of an outbox: nobody sees a page that answers it.
func (c *Ctx) Late() bool { return !lateAt(c).IsZero() }

// lateAt is when what is sent late happened; zero for what happens now.
func lateAt(c *Ctx) time.Time { return lateness(c).at }

// Device is the id that a device gave itself which sends late; zero for what happens now.
func (c *Ctx) Device() id.ID { return lateness(c).device }

// refuse answers an item that is not accepted with the reason alone.
func refuse(c *Ctx, e *fault.Error) {
	said := message(c, e)
	if len(e.Fields) > 0 { // no field is there to say it beside
		said = c.T(e.Fields[0].Key, e.Fields[0].Args...)
	}
	c.W.Header().Set(saidIn, url.QueryEscape(said))
	c.W.WriteHeader(status[e.Code])
}

// tag stands for a person on a device: it tells two apart and says nothing of either. Empty for nobody.
func tag(a access.Actor) string {
	if !a.SignedIn() {
		return ""
	}
	h := sha256.Sum256(append(append([]byte("outbox"), a.Programme[:]...), a.Person[:]...))
	return hex.EncodeToString(h[:8])
}

// outbox takes a parcel, item by item, in its order.
func (s *Site) outbox(mux *http.ServeMux) Handler {
	open := map[string]bool{}
	for _, r := range s.Routes {
		open[r.Pattern] = r.Late
	}
	places := make(chan struct{}, atOnce)
	return func(c *Ctx) error {
		var p parcel
		d := json.NewDecoder(c.R.Body)
		if err := d.Decode(&p); err != nil {
			return &fault.Error{Code: fault.Invalid, Key: "fault.unreadable", Cause: err}
		}
		if len(p.Items) > maxItems {
			return fault.New(fault.TooLarge, "")
		}
		skew := c.Now().Sub(time.UnixMilli(p.Now)) // before it waits
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		case <-c.Done():
			return c.Err()
		}
		jar := &jar{c: c}
		jar.device, _ = id.Parse(p.Device) // none
		out := make([]receipt, len(p.Items))
		for i, w := range p.Items {
			out[i] = jar.deliver(mux, open, w, when(c.Now(), time.UnixMilli(w.At).Add(skew)))
		}
		return c.JSON(map[string]any{"receipts": out})
	}
}

// when is the moment that an item claims, by our clock. What cannot be is now.
func when(now, at time.Time) time.Time {
	if at.After(now) || at.Before(now.Add(-oldest)) {
		return now
	}
	return at
}

// jar carries what the answers set on the device from item to item: a visit that the first begins is that of
// the second.
type jar struct {
	c      *Ctx
	device id.ID
	set    []*http.Cookie
}

// deliver sends one item to its route.
func (j *jar) deliver(mux *http.ServeMux, open map[string]bool, w item, at time.Time) receipt {
	if w.Who != "" && w.Who != tag(j.c.Actor) {
		return receipt{w.ID, "sign-in", ""}
	}
	r, err := http.NewRequestWithContext(context.WithValue(j.c.Context, lateKey{}, delayed{at, j.device}), http.MethodPost, w.Action, strings.NewReader(w.Form))
	if err != nil || r.URL.Host != "" || !strings.HasPrefix(w.Action, "/") {
		return receipt{w.ID, "refused", j.c.T("fault.unreadable")}
	}
	if _, pattern := mux.Handler(r); !open[pattern] {
		return receipt{w.ID, "refused", j.c.T("fault.not-found")}
	}
	r.Host, r.TLS, r.RemoteAddr = j.c.R.Host, j.c.R.TLS, j.c.R.RemoteAddr
	r.Header = http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Accept-Language": j.c.R.Header["Accept-Language"], "User-Agent": j.c.R.Header["User-Agent"],
	}
	j.fill(r, w)
	a := &answer{header: http.Header{}, status: http.StatusOK}
	mux.ServeHTTP(a, r)
	j.keep(a)
	return a.receipt(j.c, w.ID)
}

// fill gives an item the device's cookies, and its own language. What nobody signed in did is nobody's still: it
// goes without the session.
func (j *jar) fill(r *http.Request, w item) {
	seen := map[string]bool{SessionCookie: w.Who == "", LangCookie: w.Lang != ""}
	if w.Lang != "" {
		r.AddCookie(&http.Cookie{Name: LangCookie, Value: url.QueryEscape(w.Lang)})
	}
	for _, k := range append(j.set, j.c.R.Cookies()...) {
		if !seen[k.Name] {
			seen[k.Name] = true
			r.AddCookie(&http.Cookie{Name: k.Name, Value: k.Value})
		}
	}
}

// keep takes the cookies of an answer over, the latest first; what it says to the next page is not for one.
func (j *jar) keep(a *answer) {
	for _, k := range (&http.Response{Header: a.header}).Cookies() {
		if k.Name != "said" {
			j.set = append([]*http.Cookie{k}, j.set...)
			http.SetCookie(j.c.W, k)
		}
	}
}

// answer is a route's answer to an item, of which the status counts.
type answer struct {
	header http.Header
	status int
}

// Header is the answer's header.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write drops the page: nobody sees it.
func (a *answer) Write(b []byte) (int, error) { return len(b), nil }

func (a *answer) receipt(c *Ctx, item string) receipt {
	said, _ := url.QueryUnescape(a.header.Get(saidIn)) // ours
	switch {
	case a.status < http.StatusBadRequest:
		return receipt{item, "kept", ""}
	case a.status == http.StatusUnauthorized:
		return receipt{item, "sign-in", said}
	case a.status == http.StatusTooManyRequests || a.status >= http.StatusInternalServerError:
		return receipt{item, "later", said}
	case said == "":
		said = c.T("fault.invalid")
	}
	return receipt{item, "refused", said}
}
