package web

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// state is the class of an item after an answer: nothing before.
func state(s shown, item int) string {
	r, ok := s.reason(item)
	switch {
	case !ok:
		return ""
	case r.Right:
		return "right"
	}
	return "wrong"
}

// placed is the rank that an item shows: what the learner gave, else its place in the mixed order.
func placed(s shown, item, n int) int {
	if r := s.rank(item); r > 0 {
		return r
	}
	return n + 1
}

// onItem tells whether reasons are said beside the items, so that they need not be repeated.
func onItem(s shown) bool {
	switch s.screen().Activity.Kind {
	case content.Choice, content.Choices, content.Match:
		return true
	}
	return false
}

func mediaAddress(m learning.Module, path string) string { return "/media/" + m.Package + "/" + path }

// types of the files that a module may hold.
var types = map[string]string{
	"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
	"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8",
}

// media serves a picture or recording of a version: it never changes, so a device asks once.
func (p *Pages) media(c *web.Ctx) error {
	m, err := p.Learning.PackageOf(c.R.PathValue("package"))
	if fault.Is(err, fault.Missing) {
		return fault.New(fault.NotFound, "") // an address may name what never was
	}
	if err != nil {
		return err
	}
	path := c.R.PathValue("path")
	b, ok := m.Files[path]
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	c.W.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return Medium(c, path, b)
}

// Medium answers with a file of a module, under the type that its path names.
func Medium(c *web.Ctx, path string, b []byte) error {
	mime := MediaType(path)
	if mime == "" {
		return fault.New(fault.NotFound, "")
	}
	h := c.W.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if strings.HasPrefix(mime, "audio/") || strings.HasPrefix(mime, "video/") { // phones ask for a piece first, and some play nothing that comes whole
		h.Set("Content-Type", mime)
		http.ServeContent(c.W, c.R, "", time.Time{}, bytes.NewReader(b))
		return nil
	}
	return c.Bytes(mime, "", b)
}

// country keeps where the reader lives, on their device alone.
func (p *Pages) country(c *web.Ctx) error {
	life := web.Year
	if c.Form("country") == "" {
		life = -1
	}
	c.SetCookie(web.CountryCookie, c.Form("country"), life)
	return c.Go(c.Form("to"))
}

// later puts off the question whether to keep one's progress.
func (p *Pages) later(c *web.Ctx) error {
	c.SetCookie("later", "1", web.Year)
	return c.Go(back(c))
}

// back is the page that a form was sent from.
func back(c *web.Ctx) string {
	r := c.R.Referer()
	if i := strings.Index(r, "://"); i >= 0 {
		if j := strings.IndexByte(r[i+3:], '/'); j >= 0 {
			return r[i+3+j:]
		}
	}
	return "/"
}

// remark takes three faces, or words about a screen.
func (p *Pages) remark(c *web.Ctx) error {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return err
	}
	face, _ := strconv.ParseInt(c.Form("face"), 10, 64) // nothing, or words only
	err = p.Learning.Remark(c, c.Act(), m, learning.Remarked{
		Screen: c.Form("screen"), Language: c.Lang(), Face: face, Text: c.Form("text"),
	})
	if err != nil {
		return err
	}
	return c.GoSaying(c.Form("to"), "learning.remark.thanks")
}

// unsaid tells what is to be done first, where nothing was answered.
func unsaid(ctx context.Context, a *content.Activity) string {
	if a != nil && a.Kind == content.Packaged {
		return i18n.T(ctx, "learning.package.unsaid")
	}
	return i18n.T(ctx, "learning.unsaid")
}
