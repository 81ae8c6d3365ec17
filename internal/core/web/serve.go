package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/journal"
)

// maxBody is the size of a form, unless a route asks for more.
const maxBody = 64 << 10

// Handler is the whole site.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	s.pages = mux
	for _, r := range s.Routes {
		mux.Handle(r.Pattern, s.handle(r))
	}
	mux.Handle("GET /assets/", s.Assets)
	mux.Handle("GET /icon.svg", s.Assets)
	mux.Handle("GET /sw.js", s.Assets)
	mux.Handle("GET /seal.js", s.Assets)
	mux.Handle("GET /store.js", s.Assets)
	mux.Handle("GET /manifest.webmanifest", s.Assets)
	mux.Handle("POST /outbox", s.handle(Route{Max: maxParcel, Do: s.outbox(mux)}))
	mux.Handle("/", s.handle(Route{Do: func(*Ctx) error { return fault.New(fault.NotFound, "") }}))
	return Compressed(s.headers(s.programs(s.ownForms(mux))))
}

// opens tells whether an address is that of a page.
func (s *Site) opens(address string) bool {
	r, err := http.NewRequest(http.MethodGet, address, nil) //nolint:noctx // nobody asks: it is looked up
	if err != nil || !strings.HasPrefix(address, "/") {
		return false
	}
	_, pattern := s.pages.Handler(r)
	return strings.HasPrefix(pattern, http.MethodGet)
}

// Compressed makes answers small: with gzip alone, since zstd as quick as that makes them a tenth larger.
func Compressed(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false))
	if err != nil { // an option that does not exist: a mistake that every run shows
		panic(err)
	}
	return wrap(h)
}

// programs gives what other programs ask to those who answer it.
func (s *Site) programs(pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	for at, h := range s.Programs {
		mux.Handle(at, h)
	}
	mux.Handle("/", pages)
	return mux
}

// ownForms refuses what another site's page sends in a reader's name.
func (s *Site) ownForms(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	if s.URL != "" {
		_ = cross.AddTrustedOrigin(s.URL) // the proxy may ask under another name; whoever set it has checked it
	}
	cross.SetDenyHandler(s.handle(Route{Early: true, Do: func(*Ctx) error { return fault.New(fault.Forbidden, "fault.cross-site") }}))
	return cross.Handler(next)
}

// headers protect every answer: nothing from other hosts, no inline script or style, no framing; who came
// by HTTPS stays with it.
func (s *Site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"+s.frames(r))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set(permissions, noPermission)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if s.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// handle turns a route into an http.Handler: who asks, may they, and what an error looks like.
func (s *Site) handle(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, max(route.Max, maxBody))
		if s.Seen != nil {
			s.Seen(s.Now())
		}
		c := s.context(w, r)
		if err := s.answer(c, route); err != nil {
			s.fail(c, err)
		}
	})
}

func (s *Site) answer(c *Ctx, route Route) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if err := s.identify(c); err != nil {
		return err
	}
	if !route.Early && s.Unready != nil && s.Unready(c) {
		return c.Go("/setup")
	}
	if err := s.admit(c, route); err != nil {
		return err
	}
	switch to, err := s.first(c, route); {
	case err != nil:
		return err
	case to != "":
		return c.Go(to)
	}
	if c.R.Method == http.MethodPost {
		if err := parse(c.R, max(route.Max, maxBody)); err != nil {
			return err
		}
	}
	return route.Do(c)
}

// first leads to what must be read before this page. What was sent is taken all the same: it loses nothing,
// and the page after it is led there.
func (s *Site) first(c *Ctx, route Route) (string, error) {
	if s.First == nil || route.Free || route.Section == "" || !c.Actor.SignedIn() || c.R.Method != http.MethodGet {
		return "", nil
	}
	return s.First(c)
}

// admit holds a route against the access table.
func (s *Site) admit(c *Ctx, route Route) error {
	if route.Section == "" || c.Actor.May(route.Verb, route.Section) {
		return nil
	}
	if !c.Actor.SignedIn() {
		return fault.New(fault.SignIn, "")
	}
	return fault.New(fault.Forbidden, "")
}

func parse(r *http.Request, limit int64) error {
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(limit)
	} else {
		err = r.ParseForm()
	}
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return fault.New(fault.TooLarge, "")
	}
	if err != nil {
		return &fault.Error{Code: fault.Invalid, Key: "fault.unreadable", Cause: err}
	}
	return nil
}

// context finds the language and the programme of a request; who asks comes after.
func (s *Site) context(w http.ResponseWriter, r *http.Request) *Ctx {
	c := &Ctx{Context: r.Context(), W: w, R: r, Site: s, Programme: s.Programmes()[0]}
	c.Words = s.Words.In(s.language(c))
	if v := c.Cookie(CountryCookie); slices.Contains(c.Programme.Countries, v) || v == "other" {
		c.Country = v
	}
	return c
}

// language is the one chosen here, else the address's ?lang= (a poster), else the browser's wish.
func (s *Site) language(c *Ctx) string {
	if v := c.R.URL.Query().Get("lang"); v != "" {
		if _, ok := i18n.Find(v); ok {
			c.setCookie(LangCookie, v, Year)
			return v
		}
	}
	if v := c.Cookie(LangCookie); v != "" {
		if _, ok := i18n.Find(v); ok {
			return v
		}
	}
	return i18n.Pick(c.R.Header.Get("Accept-Language"), i18n.Codes())
}

func (s *Site) identify(c *Ctx) error {
	token := c.Cookie(SessionCookie)
	if token == "" || s.Identify == nil {
		return nil
	}
	a, err := s.Identify(c.Context, token, c.Now())
	if err != nil {
		return err
	}
	c.Actor = a
	for _, p := range s.Programmes() {
		if p.ID() == a.Programme {
			c.Programme = p
		}
	}
	return nil
}

// status of each code.
var status = map[fault.Code]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Forbidden: http.StatusForbidden,
	fault.SignIn: http.StatusUnauthorized, fault.Conflict: http.StatusConflict, fault.TooMany: http.StatusTooManyRequests,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Internal: http.StatusInternalServerError,
	fault.Missing: http.StatusServiceUnavailable, // another process may have it: a balancer asks there
}

// fail is the one place where an error becomes a page.
func (s *Site) fail(c *Ctx, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	e := known(err)
	if c.Late() {
		refuse(c, e)
		return
	}
	if e.Code == fault.SignIn && c.R.Method == http.MethodGet {
		_ = c.Go("/sign-in?to=" + escape(c.R.URL.RequestURI()))
		return
	}
	if e.Code == fault.Internal || e.Code == fault.Missing {
		slog.Error("a request failed", "method", c.R.Method, "route", c.R.Pattern, "error", err) // the pattern, never the address: it may name a person
	}
	f := c.Frame(c.T("fault." + string(e.Code)))
	if err := c.page(status[e.Code], f, failure(c, e)); err != nil {
		slog.Error("an error page failed", "error", err)
		http.Error(c.W, "500", http.StatusInternalServerError)
	}
}

// known gives the journal's own refusals their codes.
func known(err error) *fault.Error {
	switch {
	case errors.Is(err, journal.ErrConflict):
		return &fault.Error{Code: fault.Conflict, Cause: err}
	case errors.Is(err, journal.ErrErased):
		return &fault.Error{Code: fault.NotFound, Cause: err}
	case errors.Is(err, db.ErrUnknown):
		return &fault.Error{Code: fault.Internal, Key: "fault.unknown", Cause: err}
	}
	return fault.Of(err)
}

// Allowed lists the roles that a route admits, for the test that walks them all.
func (r Route) Allowed() (out []access.Role) {
	for _, role := range access.Roles {
		a := access.Actor{Grants: []access.Grant{{Role: role}}}
		if r.Section == "" || a.May(r.Verb, r.Section) {
			out = append(out, role)
		}
	}
	return out
}
