package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tremplin/internal/core/i18n"
	"tremplin/internal/learning"
)

// The front page asks what one needs; the shelf shows what fits it and can be narrowed by the address.
func TestShelf(t *testing.T) {
	each(t, func(h *house) {
		h.publish(strings.NewReplacer("slug: work", "slug: care", "[work]", "[care]", "catering", "", "A2", "B1", "[FR, BE]", "[]"))
		h.publish(strings.NewReplacer("slug: work", "slug: tutors", "learner", "tutor"))
		front := h.device().Get("/").Is(200)
		if len(front.All("a", "class", "tile")) != len(h.p.Needs) || front.Has("section", "class", "card") {
			t.Error(front.Text("main"))
		}
		for query, want := range map[string]string{
			"need=work": "work", "need=care": "care", "need=unknown": "care work", "need=nothing": "", "need=unknown&level=B1": "care", "need=unknown&sector=catering": "work",
			"need=unknown&country=TR": "care", "need=unknown&country=FR": "care work", "need=unknown&speaks=en": "care work", "need=unknown&speaks=ar": "", "need=%00%27%22": "",
		} {
			p := h.device().Get("/?" + query).Is(200)
			var got []string
			for _, slug := range []string{"care", "tutors", "work"} {
				if p.Has("a", "href", "/learn/"+slug) {
					got = append(got, slug)
				}
			}
			if strings.Join(got, " ") != want || (want == "") != p.Has("a", "href", "/?need=unknown") {
				t.Errorf("%s: %v", query, got)
			}
		}
		p := h.device().Get("/?need=unknown&level=B1")
		if p.Value("level") != "B1" || p.Value("need") != "unknown" || len(p.All("option", "value", "catering")) != 1 {
			t.Error("the form does not say what was chosen")
		}
	})
}

// Whoever reads in a language that the module does not speak is told so, and reads it in its own direction.
func TestModuleInAnotherLanguage(t *testing.T) {
	each(t, func(h *house) {
		for _, l := range i18n.Languages {
			d := h.device()
			p := d.Get("/learn/work?lang=" + l.Code).Is(200)
			if !p.Has("html", "lang", l.Code, "dir", l.Dir) || !p.Has("div", "lang", "en", "dir", "ltr") || p.Has("div", "class", "notice wait") != (l.Code != "en") {
				t.Errorf("%s: %s", l.Code, p.Text("main"))
			}
			if p := d.Get(at(1)); !p.Has("article", "lang", "en", "dir", "ltr") || strings.Contains(p.Text("main"), "learning.") {
				t.Errorf("%s: %s", l.Code, p.Text("main"))
			}
		}
	})
}

// Pictures and recordings of a version never change; nothing in them runs, and nothing else is served.
func TestMedia(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		m, err := h.Module(t.Context(), h.p.ID(), "work")
		h.must(err)
		p := d.Get(at(1))
		src := p.All("img", "alt", "A woman reads")[0].Attr
		i := slices.IndexFunc(src, func(a html.Attribute) bool { return a.Key == "src" })
		said, within := strings.CutPrefix(src[i].Val, "data:image/svg+xml;charset=utf-8,") // a small drawing is in the page
		if got, err := url.PathUnescape(said); !within || err != nil || strings.ReplaceAll(got, "'", `"`) != drawing {
			t.Error(src[i].Val, err)
		}
		for file, kind := range map[string]string{"pictures/a.svg": "image/svg+xml", "audio/en/where.mp3": "audio/mpeg"} {
			f := d.Get("/media/" + m.Package + "/" + file).Is(200)
			if f.Header.Get("Content-Type") != kind || f.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || !strings.Contains(f.Header.Get("Cache-Control"), "immutable") {
				t.Error(file, f.Header)
			}
		}
		piece := d.Send("GET", "/media/"+m.Package+"/audio/en/where.mp3", "", http.Header{"Range": {"bytes=0-2"}}).Is(http.StatusPartialContent)
		if string(piece.Body) != "ID3" {
			t.Errorf("%q", piece.Body)
		}
		for _, path := range []string{m.Package + "/module.yaml", m.Package + "/en.md", m.Package + "/pictures/b.svg", m.Package + "/x", strings.Repeat("0", 64) + "/pictures/a.svg", "none/pictures/a.svg"} {
			d.Get("/media/" + path).Is(404)
		}
	})
}

// A remark goes to the authors without a name; one that cannot be taken writes nothing.
func TestRemark(t *testing.T) {
	each(t, func(h *house) {
		d := h.learner("Amina")
		page := d.Get(at(2))
		for range 2 {
			if p := page.Submit("/learn/work/remark", "text", " Trop <b>vite</b> ! ").Goes(at(2)); !p.Has("p", "class", "saved") {
				t.Error("nobody says thanks")
			}
		}
		d.Get("/learn/work/end").Submit("/learn/work/remark").Is(422) // no face was pressed
		d.Post("/learn/work/remark", "face", "3", "to", "/").Goes("/")
		for _, fields := range [][]string{{"text", "  "}, {"face", "9"}, {"text", strings.Repeat("é", 1001)}, {"text", "x", "screen", "none"}, {"text", "x", "screen", strings.Repeat("a", 20_000)}} {
			if p := d.Post("/learn/work/remark", fields...); p.Status != 422 && p.Status != 404 {
				t.Errorf("%.40v: %d", fields, p.Status)
			}
		}
		d.Post("/learn/none/remark", "text", "x").Is(404)
		rows, err := learning.Remarks.Select(t.Context(), h.J.DB(), h.p.ID(), "order by at,text")
		h.must(err)
		if len(rows) != 2 || rows[0].Text+rows[1].Text != "Trop <b>vite</b> !" {
			t.Errorf("%d remarks", len(rows))
		}
		es, err := h.J.Since(t.Context(), h.p.ID(), nil, 100)
		h.must(err)
		for _, e := range es {
			if e.Kind == learning.KindRemarked.Name && !e.Author.IsZero() {
				t.Error("a remark names its author")
			}
		}
	})
}

// The printed lesson has every screen, and no answer to copy.
func TestPrint(t *testing.T) {
	each(t, func(h *house) {
		p := h.device().Get("/learn/work/print").Is(200)
		if len(p.All("h2")) != screens || p.Has("input") || p.Has("select") || strings.Contains(p.Text("main"), "Nobody comes") || strings.Contains(p.Text("main"), "112") {
			t.Error(p.Text("main"))
		}
		h.device().Get("/learn/none/print").Is(404)
	})
}

func TestPoster(t *testing.T) {
	each(t, func(h *house) {
		p := h.device().Get("/poster.pdf?lang=ar").Is(200)
		if p.Header.Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(p.Body, []byte("%PDF-")) {
			t.Errorf("%.20q", p.Body)
		}
	})
}
