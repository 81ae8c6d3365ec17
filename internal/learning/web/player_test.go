package web_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web/webtest"
	pages "tremplin/internal/learning/web"
)

func cookie(name, value string) *http.Cookie { return &http.Cookie{Name: name, Value: value} }

func at(n int) string { return "/learn/work/" + strconv.Itoa(n) }

// good are the right answers, by screen.
var good = map[int][]string{
	1: nil, 2: {"a", "0"}, 3: {"a", "0", "a", "1"}, 4: {"a0", "1", "a1", "2", "a2", "3"}, 5: {"a0", "0", "a1", "1"},
	6: {"a0", " LOOK ", "a1", "job"}, 7: {"a", "١١٢"}, 8: {"a", "Cooking"},
}

// bad are wrong or half answers.
var bad = map[int][][]string{
	2: {{"a", "1"}, {}, {"a", "7"}, {"a", "x"}, {"a", "0", "a", "1"}},
	3: {{"a", "0"}, {"a", "0", "a", "1", "a", "2"}, {"a", "-1"}},
	4: {{"a0", "2", "a1", "1", "a2", "3"}, {"a0", "1", "a1", "1", "a2", "1"}, {"a0", "9"}, {"a0", "1", "a1", "2"}},
	5: {{"a0", "1", "a1", "0"}, {"a0", "", "a1", ""}, {"a0", "0", "a1", "0"}},
	6: {{"a0", "look", "a1", ""}, {"a0", "{job}", "a1", "look"}},
	7: {{"a", "113"}, {"a", ""}, {"a", strings.Repeat("1", 30_000)}},
}

// From the first page to the last, as it is done with a thumb: read, answer, next.
func TestWholeModule(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		cover := d.Get("/learn/work").Is(200)
		if cover.Text("h1") != "Finding work" || len(cover.All("button", "name", "country")) != len(h.p.Countries)+1 {
			t.Error(cover.Text("main"))
		}
		d.Post("/country", "country", "BE", "to", "/learn/work/next").Goes("/learn/work/next").Is(200)
		for n := 1; n <= screens; n++ {
			p := d.Get(at(n)).Is(200)
			if n > 1 && !p.Has("fieldset") && !p.Has("input", "name", "a") && !p.Has("textarea", "name", "a") {
				t.Errorf("screen %d has nothing to do: %s", n, p.Text("main"))
			}
			for _, answer := range bad[n] {
				wrong := p.Submit(at(n), answer...)
				if wrong.Status == 422 && strings.Contains(wrong.Text("main"), "Answer first") {
					continue
				}
				if wrong.Is(200); wrong.Has("a", "class", "btn go") || !strings.Contains(wrong.Text("main"), "Not yet") || !wrong.Has("div", "role", "status") {
					t.Errorf("screen %d, %.40v: %s", n, answer, wrong.Text("main"))
				}
			}
			right := p.Submit(at(n), good[n]...)
			to := at(n + 1)
			if n == screens {
				to = "/learn/work/end"
			}
			if n == 1 {
				right.Goes(to)
				continue
			}
			if right.Is(200); len(right.All("a", "class", "btn go", "href", to)) != 1 {
				t.Errorf("screen %d leads nowhere: %s", n, right.Text("main"))
			}
		}
		rated := d.Get("/learn/work/end").Is(200).Submit("/learn/work/remark", "face", "3").Goes("/learn/work/end?rated=1").Is(200)
		if !strings.Contains(rated.Text("main"), "Thank you") || !strings.Contains(rated.Text("main"), "you reached the end") || rated.Has("button", "name", "face") {
			t.Error(rated.Text("main"))
		}
		if r := h.run(d); r.FinishedAt == 0 || r.Done != screens {
			t.Errorf("%+v", r)
		}
		if cover := d.Get("/learn/work"); !cover.Has("a", "href", at(1)) || cover.Has("button", "name", "country", "value", "FR") {
			t.Error("not offered again:", cover.Text("main"))
		}
	})
}

// A wrong answer keeps what was given, says why beside it, and after the second lets one go on.
func TestWrongAnswerSaysWhy(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get(at(2)).Submit(at(2), "a", "1").Is(200)
		if !strings.Contains(p.Text("label", "class", "wrong"), "Nobody comes.") || p.Value("a") != "1" || p.Has("a", "href", at(3)) {
			t.Error(p.Text("main"))
		}
		if p = p.Submit(at(2), "a", "1").Is(200); !p.Has("a", "href", at(3)) {
			t.Error("no way past")
		}
		if p := d.Get(at(6)).Submit(at(6), "a0", "<look>", "a1", "job"); p.Value("a0") != "<look>" || p.Value("a1") != "job" || !p.Has("input", "class", "wrong") || !p.Has("input", "class", "right") {
			t.Error(p.Text("main"))
		}
	})
}

// Nothing is no answer, and what was wrong is not wrong again because it was sent again unchanged: neither is
// counted as a try, which would call the tutor.
func TestOnlyAnswersAreTries(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		d.Get(at(1)).Submit(at(1)).Is(303)
		for n, empty := range map[int][]string{2: nil, 3: nil, 5: {"a0", "", "a1", ""}, 6: {"a0", " ", "a1", ""}, 7: {"a", ""}} {
			p := d.Get(at(n)).Submit(at(n), empty...).Is(422)
			if !strings.Contains(p.Text("main"), "Answer first") || p.Has("input", "name", "tried") {
				t.Errorf("screen %d: %s", n, p.Text("main"))
			}
		}
		if r := h.run(d); r.WrongHere != 0 || len(strings.Fields(r.Tried)) != 1 {
			t.Errorf("an empty answer was counted: %+v", r)
		}
		p := d.Get(at(2)).Submit(at(2), "a", "1").Is(200)
		for range 3 {
			if p = p.Submit(at(2), "a", "1").Is(200); !strings.Contains(p.Text("main"), "Not yet") {
				t.Error(p.Text("main"))
			}
		}
		if r := h.run(d); r.WrongHere != 1 {
			t.Errorf("the same answer was counted again: %+v", r)
		}
		if p = p.Submit(at(2), "a", "1", "a", "0").Is(200); h.run(d).WrongHere != 2 {
			t.Errorf("another answer is another try: %+v", h.run(d))
		}
		p.Submit(at(2), "a", "0").Is(200)
		if r := h.run(d); r.WrongHere != 0 || r.Done != 2 {
			t.Errorf("%+v", r)
		}
	})
}

// Sending an answer twice is once; going back and answering the same page otherwise is another answer.
func TestSendingAnAnswerTwiceIsOnce(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		d.Get(at(1)).Submit(at(1)).Is(303)
		p := d.Get(at(2))
		for range 2 {
			p.Submit(at(2), "a", "1").Is(200)
		}
		if r := h.run(d); r.WrongHere != 1 {
			t.Errorf("%+v", r)
		}
		for range 2 {
			if p.Submit(at(2), "a", "0").Is(200).Text("div", "role", "status") == "" {
				t.Error("nothing is said")
			}
		}
		if r := h.run(d); r.Done != 2 || r.WrongHere != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// What somebody thinks stays on their page: the journal keeps that they went on, and nobody must write.
func TestReflectionIsNotKept(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get(at(8)).Is(200)
		p.Submit(at(8), "a", "").Goes("/learn/work/end")
		if shown := p.Submit(at(8), "a", "My secret wish").Is(200); shown.Value("a") != "My secret wish" {
			t.Error("what was written is gone from the page")
		}
		es, err := h.J.Since(t.Context(), h.p.ID(), nil, 100)
		h.must(err)
		for _, e := range es {
			if strings.Contains(string(e.Payload), "secret") {
				t.Error(e.Kind)
			}
		}
	})
}

// Passages follow where the reader lives; who did not say sees them all, each under its countries.
func TestPassages(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		p := d.Get(at(1))
		if len(p.All("details", "class", "passage")) != 3 || !strings.Contains(p.Text("main"), "In France.") {
			t.Error(p.Text("main"))
		}
		if folded, paper := p.All("details", "class", "passage", "open", ""), d.Get("/learn/work/print").All("details", "class", "passage", "open", ""); len(folded) > 0 || len(paper) != 3 {
			t.Errorf("%d are open on the screen, %d on paper", len(folded), len(paper))
		}
		for country, want := range map[string]string{"FR": "In France.", "BE": "In Belgium.", "TR": "Elsewhere.", "other": "Elsewhere."} {
			d.Post("/country", "country", country, "to", at(1)).Goes(at(1))
			if got := d.Get(at(1)).Text("main"); strings.Count(got, "In France.")+strings.Count(got, "In Belgium.")+strings.Count(got, "Elsewhere.") != 1 || !strings.Contains(got, want) {
				t.Errorf("%s: %s", country, got)
			}
		}
		d.Post("/country", "country", "", "to", "https://evil.example/").Goes("/")
		if d.Remembers("country") {
			t.Error("the device still says where")
		}
	})
}

// "next" leads to where one stopped, on the phone and after keeping it.
func TestResume(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		heading := func() string { return d.Get("/learn/work/next").Is(200).Text("h1") }
		if got := heading(); got != "Where to look" || d.Remembers("visit") {
			t.Error(got, "or a visit for nothing")
		}
		d.Get(at(1)).Submit(at(1)).Is(303)
		if got := heading(); got != "One" || !d.Remembers("visit") {
			t.Error(got)
		}
		d.Get(at(2)).Submit(at(2), "a", "1")
		if got := heading(); got != "One" {
			t.Error("past what was not passed:", got)
		}
		shelf := d.Get("/").Is(200)
		if !shelf.Has("a", "href", "/learn/work/next") || !shelf.Has("div", "class", "dots", "role", "img") {
			t.Error(shelf.Text("main"))
		}
		for _, path := range []string{at(0), at(9), "/learn/work/x", "/learn/work/-1", "/learn/work/99999999999999999999", "/learn/none", "/learn/none/1", "/learn/none/end"} {
			d.Get(path).Is(404)
		}
		d.Post(at(9)).Is(404)
	})
}

// Who is signed in learns under their name, and has a page of their own with what comes next.
func TestSignedIn(t *testing.T) {
	each(t, func(h *house) {
		d := h.learner("Amina")
		me := d.Get("/me").Is(200)
		if !me.Has("a", "class", "btn go", "href", "/learn/work") || !me.Has("p", "class", "slot") || !strings.Contains(me.Text("h1"), "Amina") {
			t.Error(me.Text("main"))
		}
		for n := 1; n <= screens; n++ {
			if n == 2 && !d.Get("/me").Has("a", "class", "btn go", "href", "/learn/work/next") {
				t.Error("one cannot go on")
			}
			d.Get(at(n)).Submit(at(n), good[n]...)
		}
		if d.Remembers("visit") || h.run(d).FinishedAt == 0 {
			t.Error("a visit, and not a person")
		}
		if me := d.Get("/me").Is(200); me.Has("a", "class", "btn go") || !me.Has("a", "href", "/learn/work") {
			t.Error(me.Text("main"))
		}
		if got := h.device().Get("/me").Is(303).Header.Get("Location"); got != "/sign-in?to=%2Fme" {
			t.Error(got)
		}
	})
}

// The question whether to keep one's progress comes once, on the fourth screen, to whoever is not signed in.
func TestKeepIsOfferedOnce(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		for n := 1; n <= screens; n++ {
			if got := d.Get(at(n)).Has("a", "href", "/keep"); got != (n == 4) {
				t.Errorf("screen %d: %v", n, got)
			}
		}
		d.Header.Set("Referer", webtest.Host+at(4)+"?a=b")
		d.Post("/later").Goes(at(4) + "?a=b")
		for referer, want := range map[string]string{"": "/", "x": "/", "https://evil.example": "/", "https://evil.example//evil.example/": "/", "https://evil.example/a": "/a"} {
			d.Header.Set("Referer", referer)
			if got := d.Post("/later").Is(303).Header.Get("Location"); got != want {
				t.Errorf("%q: %q", referer, got)
			}
		}
		if d.Get(at(4)).Has("a", "href", "/keep") || h.learner("Amina").Get(at(4)).Has("a", "href", "/keep") {
			t.Error("asked again")
		}
	})
}

// A page that was taken along says which screen it asks about: that one is answered wherever it stands now, and
// one that is gone takes nothing.
func TestAnsweredScreenIsFound(t *testing.T) {
	each(t, func(h *house) {
		d := h.device()
		page := d.Get("/learn/work/take?in=en").Is(200)
		if !strings.Contains(string(page.Body), `name=\"answered\"`) && !strings.Contains(string(page.Body), "answered") {
			t.Error("the pages do not say which screen they ask about")
		}
		d.Post(at(5), "a", "0", "answered", h.screenID(2)).Is(200)
		if r := h.run(d); r.At != 2 {
			t.Errorf("%+v", r)
		}
		d.Post(at(2), "a", "0", "answered", "gone").Is(409)
	})
}

// screenID is the id of a screen, from 1.
func (h *house) screenID(n int) string {
	h.t.Helper()
	m, err := h.Module(h.t.Context(), h.p.ID(), "work")
	h.must(err)
	return m.Text("en").Screens[n-1].ID
}

// A screen with a film has it with captions, piece by piece; what a device takes along has both.
func TestFilm(t *testing.T) {
	each(t, func(h *house) {
		h.publish(strings.NewReplacer("pictures/a.svg", "video/hello.mp4"))
		d := h.device()
		p := d.Get(at(1)).Is(200)
		film := p.All("video", "controls", "")
		if len(film) != 1 || !p.Has("track", "srclang", "en") {
			t.Fatal(p.Text("main"))
		}
		src := webtest.Attr(film[0], "src")
		d.Header.Set("Range", "bytes=4-7")
		if part := d.Get(src); part.Status != http.StatusPartialContent || string(part.Body) != "ftyp" {
			t.Error(part.Status)
		}
		d.Header.Del("Range")
		if taken := string(d.Get("/learn/work/take?in=en").Is(200).Body); !strings.Contains(taken, src) || !strings.Contains(taken, "hello.en.vtt") {
			t.Error("the film is not taken along")
		}
		if d.Get("/").Is(200).Has("video") {
			t.Error("a film stands for a cover")
		}
	})
}

// A film in two sizes shows the smaller one; the larger loads when somebody unfolds and plays it. Only the smaller one is
// taken along, and it alone is weighed. The wall of a room shows the larger.
func TestFilmInTwoSizes(t *testing.T) {
	each(t, func(h *house) {
		h.publish(strings.NewReplacer("pictures/a.svg", "video/both.mp4"))
		d := h.device()
		p := d.Get(at(1)).Is(200)
		films := p.All("video", "preload", "none")
		if len(films) != 2 || !strings.HasSuffix(webtest.Attr(films[0], "src"), "/video/both.small.mp4") || !strings.HasSuffix(webtest.Attr(films[1], "src"), "/video/both.mp4") {
			t.Fatal(p.Text("main"))
		}
		if said := p.Text("main"); !strings.Contains(said, "Sharper film, 14 MB") || len(p.All("track", "srclang", "en")) != 2 {
			t.Error(said)
		}
		taken := string(d.Get("/learn/work/take?in=en").Is(200).Body)
		if !strings.Contains(taken, "both.small.mp4") || !strings.Contains(taken, "both.en.vtt") || strings.Contains(taken, "both.mp4") {
			t.Error("not the smaller film alone is taken along")
		}
		var parcels []struct{ Bytes int }
		h.must(json.Unmarshal(d.Get("/learn/work/take").Is(200).Body, &parcels))
		if n := parcels[0].Bytes; n < 2_000_000 || n > 2_200_000 {
			t.Error("it weighs", n)
		}
		wall := d.Get(at(1)+"/wall").Is(200).All("video", "preload", "none")
		if len(wall) != 1 || !strings.HasSuffix(webtest.Attr(wall[0], "src"), "/video/both.mp4") {
			t.Error("the wall shows", len(wall))
		}
	})
}

func TestMegabytes(t *testing.T) {
	words, err := i18n.Load(ui.Locale, pages.Locale)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]string{1: "1 ko", 812_345: "812 ko", 1_000_000: "1 Mo", 1_449_000: "1,4 Mo", 9_949_999: "9,9 Mo", 9_960_000: "10 Mo", 14_499_999: "14 Mo"} {
		if is := pages.Megabytes(i18n.With(t.Context(), words.In("fr")), n); is != want {
			t.Errorf("%d is %q, want %q", n, is, want)
		}
	}
}
