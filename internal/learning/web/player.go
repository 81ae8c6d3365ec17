package web

import (
	"context"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// cover is a module's first page: what it is, where you live if that matters, and the way in.
func (p *Pages) cover(c *web.Ctx) error {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return err
	}
	run, err := p.Learning.Run(c, c.PID(), learner(c), m.Owner)
	if err != nil {
		return err
	}
	t := m.Text(c.Lang())
	return c.Page(c.Frame(t.Title), coverPage(c, m, t, run))
}

// shown is one screen as it is drawn.
type shown struct {
	c       *web.Ctx
	module  learning.Module
	text    *content.Text
	at      int
	run     learning.RunRow
	given   []string
	verdict *content.Verdict
	unsaid  bool              // nothing was answered
	taken   bool              // to be taken along: the script judges
	stage   string            // where the screen's package is played; empty: it has none, or this site has no origin for packages
	cards   []templ.Component // of other slices: the way back to a session that is followed
}

// tried is the answer as one text: sent again unchanged, it is no further try.
func (s shown) tried() string { return strings.Join(s.given, "|") }

func (s shown) screen() content.Screen { return s.text.Screens[s.at-1] }

func (s shown) address(at int) string { return "/learn/" + s.module.Slug + "/" + strconv.Itoa(at) }

// forward is where "next" leads: the next screen, or the end.
func (s shown) forward() string {
	if s.at >= len(s.text.Screens) {
		return "/learn/" + s.module.Slug + "/end"
	}
	return s.address(s.at + 1)
}

// passed tells whether the answer lets one go on.
func (s shown) passed() bool {
	return s.verdict != nil && (s.verdict.Right || s.verdict.Skipped)
}

func (p *Pages) show(c *web.Ctx) (shown, error) {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return shown{}, err
	}
	run, err := p.Learning.Run(c, c.PID(), learner(c), m.Owner)
	if err != nil {
		return shown{}, err
	}
	s := shown{c: c, module: m, text: m.Text(c.Lang()), run: run}
	if s.at, err = place(c.R.PathValue("at"), run, len(s.text.Screens)); err != nil {
		return s, err
	}
	s.stage, err = p.stageOf(c, m, s.screen())
	return s, err
}

// stageOf is where a screen's package is played.
func (p *Pages) stageOf(c *web.Ctx, m learning.Module, s content.Screen) (string, error) {
	if s.Package() == "" || c.Stage() == "" {
		return "", nil
	}
	name, err := p.Learning.Staged(m, s.Package())
	return StageAt(c, name), err
}

// StageAt is where a package is played that stands under a name; empty where this site plays none.
func StageAt(c *web.Ctx, name blob.Hash) string {
	if c.Stage() == "" || name == "" {
		return ""
	}
	return c.Stage() + "/play/" + string(name)
}

// place reads the screen's number; "next" is the first that the learner has not passed.
func place(v string, run learning.RunRow, of int) (int, error) {
	if v == "next" {
		if run.WrongHere > 0 || run.FinishedAt > 0 {
			return int(max(1, min(run.At, int64(of)))), nil
		}
		return int(min(run.At+1, int64(of))), nil
	}
	at, err := strconv.Atoi(v)
	if err != nil || at < 1 || at > of {
		return 0, fault.New(fault.NotFound, "")
	}
	return at, nil
}

func (p *Pages) screen(c *web.Ctx) error {
	s, err := p.show(c)
	if err != nil {
		return err
	}
	return p.draw(s)
}

func (p *Pages) draw(s shown) (err error) {
	if s.cards, err = s.c.Slots("screen", s.module.Owner); err != nil {
		return err
	}
	f := s.c.Frame(s.screen().Title)
	f.Bare = true
	f.Path = s.address(s.at)
	if s.unsaid {
		return s.c.Again(f, screenPage(s, f))
	}
	return s.c.Page(f, screenPage(s, f))
}

// answer takes what was done on a screen. Without an activity the reader goes on at once; with one
// they are told why first.
func (p *Pages) answer(c *web.Ctx) error {
	s, err := p.show(c)
	if err != nil {
		return err
	}
	if s.at, err = stands(c, s); err != nil {
		return err
	}
	a := s.screen().Activity
	s.given = given(c.R, a)
	switch {
	case a != nil && !a.Answered(s.given):
		s.unsaid = true
		return p.draw(s)
	case a != nil && c.R.PostForm.Has("tried") && c.R.PostFormValue("tried") == s.tried():
		v := a.Judge(s.given)
		s.verdict = &v
		return p.draw(s)
	}
	v, err := p.Learning.Answer(c, c.Act(), begin(c), learning.Answer{
		Module: s.module, At: s.at, Given: s.given, Language: c.Lang(), Country: c.Country, Room: c.Cookie(roomCookie),
	})
	if err != nil {
		return err
	}
	s.verdict = &v
	if s.screen().Activity == nil || v.Skipped {
		return c.Go(s.forward())
	}
	return p.draw(s)
}

// given reads an answer as content.Judge expects it. An order may be sent as the ranks that people
// typed, so that it works without JavaScript.
func given(r *http.Request, a *content.Activity) []string {
	if a == nil {
		return nil
	}
	switch a.Kind {
	case content.Order:
		return byRank(r, len(a.Items))
	case content.Match, content.Fill:
		out := make([]string, len(a.Items))
		for i := range out {
			out[i] = r.PostFormValue("a" + strconv.Itoa(i))
		}
		return out
	}
	return r.PostForm["a"]
}

// byRank turns "item i is nth" into the items in that order; two items with one rank are no order.
func byRank(r *http.Request, n int) []string {
	out := make([]string, n)
	for i := range n {
		rank, err := strconv.Atoi(r.PostFormValue("a" + strconv.Itoa(i)))
		if err != nil || rank < 1 || rank > n || out[rank-1] != "" {
			return nil
		}
		out[rank-1] = strconv.Itoa(i)
	}
	return out
}

// mixed is the order in which an activity's items are shown: the same for a screen at each try.
func (s shown) mixed() []int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.module.Slug + s.screen().ID))
	return s.screen().Activity.Shuffle(h.Sum64())
}

// reasons are what there is to say about one item of the answer.
func (s shown) reason(item int) (content.Reason, bool) {
	if s.verdict != nil {
		for _, r := range s.verdict.Reasons {
			if r.Item == item {
				return r, true
			}
		}
	}
	return content.Reason{}, false
}

func (s shown) chosen(i int) bool {
	for _, g := range s.given {
		if g == strconv.Itoa(i) {
			return true
		}
	}
	return false
}

func (s shown) wrote(i int) string {
	if i < len(s.given) {
		return s.given[i]
	}
	return ""
}

// rank is the place that the learner gave an item, from 1; 0 where none.
func (s shown) rank(item int) int {
	for n, g := range s.given {
		if g == strconv.Itoa(item) {
			return n + 1
		}
	}
	return 0
}

// html renders Markdown of a module. Publishing has checked it, so an error shows nothing.
func html(md string) templ.Component {
	h, err := content.Render(md)
	if err != nil {
		h = ""
	}
	return templ.Raw(h)
}

// aloud is what the ear reads: the title, the text that the reader sees, and what is asked.
func (s shown) aloud() string {
	parts := []string{s.screen().Title + "."}
	for _, b := range s.screen().For(s.c.Country) {
		parts = append(parts, content.Plain(b.Text))
	}
	if a := s.screen().Activity; a != nil {
		parts = append(parts, content.Plain(a.Question))
		if a.Kind == content.Choice || a.Kind == content.Choices {
			for _, i := range a.Items {
				parts = append(parts, i.Text+".")
			}
		}
	}
	return strings.Join(parts, "\n")
}

// recording is the address of the screen's own recording, or empty.
func (s shown) recording() string {
	if at := content.Recording(s.module.Content.Files, s.text.Lang, s.screen().ID); at != "" {
		return mediaAddress(s.module, at)
	}
	return ""
}

// passageName heads a passage where the reader has not said where they live.
func passageName(ctx context.Context, b content.Block) string {
	names := make([]string, len(b.For))
	for i, code := range b.For {
		names[i] = i18n.T(ctx, "country."+code)
	}
	return strings.Join(names, ", ")
}

func (p *Pages) end(c *web.Ctx) error {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return err
	}
	all, err := p.Learning.Library(c, c.PID(), c.Lang(), learner(c), learning.Filter{Audience: m.Audience})
	if err != nil {
		return err
	}
	return c.Page(c.Frame(c.T("learning.end.title")), endPage(c, m, m.Text(c.Lang()), following(all, m)))
}

// following is the module to suggest next: the first not finished.
func following(all []learning.Offer, m learning.Module) *learning.Offer {
	for i := range all {
		if all[i].Owner != m.Owner && all[i].Run.FinishedAt == 0 {
			return &all[i]
		}
	}
	return nil
}

func (p *Pages) print(c *web.Ctx) error {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return err
	}
	t := m.Text(c.Lang())
	f := c.Frame(t.Title)
	f.Bare = true
	return c.Page(f, printPage(c, m, t))
}
