package workshop

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	learningweb "tremplin/internal/learning/web"
)

// editing is a module's draft, or the version from which one would begin.
type editing struct {
	learning.Manuscript
	c        *web.Ctx
	slug     string
	begun    bool
	troubles map[string][]learning.Trouble
	problems []problem
	diffs    []content.Change
	review   learning.ReviewRow
	alone    bool
	open     []learning.RemarkRow
	findings []learning.FindingRow // that a version may answer
	note     string
	why      string
	title    string // of a screen to add
	faults   []fault.Field
}

func (p *Pages) editing(c *web.Ctx) (e editing, err error) {
	e = editing{c: c, slug: c.R.PathValue("slug"), note: c.Form("note"), why: c.Form("why"), title: c.Form("title")}
	if e.Manuscript, e.begun, err = p.Learning.Opened(c, c.PID(), e.slug); err != nil || !e.begun {
		return e, err
	}
	now, err := p.module(c)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return e, err
	}
	if e.review, err = p.Learning.ReviewOf(c, c.PID(), e.slug); err != nil {
		return e, err
	}
	e.troubles = e.Troubles()
	if now.Content != nil {
		e.diffs = content.Diff(now.Content.Languages[now.Source], e.Source())
	}
	return e, p.check(c, &e)
}

// check finds what prevents publishing as a whole, and who could read the draft before.
func (p *Pages) check(c *web.Ctx, e *editing) (err error) {
	if len(e.troubles) == 0 {
		_, err = p.Learning.Candidate(c, c.PID(), e.Manuscript)
		if e.problems = problemsOf(c, err); err != nil && e.problems == nil {
			return err
		}
	}
	if e.alone, err = p.Learning.Alone(c, c.Actor); err != nil || e.Base == 0 {
		return err
	}
	if e.findings, err = p.Learning.ToAnswer(c, c.PID(), e.slug); err != nil {
		return err
	}
	e.open, err = p.Learning.Answerable(c, c.PID(), e.slug)
	return err
}

// edit lists the screens of the draft; where there is none, the first change begins one.
func (p *Pages) edit(c *web.Ctx) error {
	e, err := p.editing(c)
	if err != nil {
		return err
	}
	f := c.Frame(e.name())
	return c.Page(f, editPage(e, f))
}

func (e editing) name() string { return cmp.Or(e.Source().Title, e.slug) }

// image is where a screen's picture is; empty where it has none, or a video.
func (e editing) image(s content.Screen) string {
	if content.IsVideo(s.Picture) {
		return ""
	}
	return e.at(s.Picture)
}

// at is where a file of the draft is; empty where there is none.
func (e editing) at(path string) string {
	h, ok := e.Files[path]
	if !ok {
		return ""
	}
	return "/modules/" + e.slug + "/files/" + string(h)
}

func (p *Pages) editAgain(c *web.Ctx, err error) error {
	e, failed := p.editing(c)
	if failed != nil {
		return failed
	}
	said := fault.Of(err)
	e.faults = said.Fields
	if ps := problemsOf(c, err); ps != nil {
		e.problems = ps
	} else if len(e.faults) == 0 {
		if said.Code != fault.Invalid && said.Code != fault.Conflict {
			return err
		}
		e.problems = []problem{{"", c.T(cmp.Or(said.Key, "fault."+string(said.Code)), said.Args...)}}
	}
	f := c.Frame(e.name())
	return c.Again(f, editPage(e, f))
}

// arrange adds, moves and removes screens.
func (p *Pages) arrange(c *web.Ctx) error {
	added := ""
	err := p.Learning.Change(c, c.PID(), c.R.PathValue("slug"), func(m *learning.Manuscript) (err error) {
		switch {
		case c.Form("up") != "":
			m.Move(c.Form("up"), -1)
		case c.Form("down") != "":
			m.Move(c.Form("down"), 1)
		case c.Form("remove") != "":
			m.Remove(c.Form("remove"))
		default:
			added, err = m.Add(c.Form("title"))
		}
		return err
	})
	switch {
	case err != nil:
		return p.editAgain(c, err)
	case added != "":
		return c.Go(address(c, "/edit/"+added))
	}
	return c.Go(address(c, "/edit#screens"))
}

// file serves a picture of the draft.
func (p *Pages) file(c *web.Ctx) error {
	m, err := p.manuscript(c)
	if err != nil {
		return err
	}
	wanted := blob.Hash(c.R.PathValue("hash"))
	for name, h := range m.Files {
		if h == wanted && learningweb.MediaType(name) != "" {
			return p.medium(c, name, h)
		}
	}
	for _, s := range m.Sizes {
		if s.Small == wanted { // not in the draft yet
			return p.medium(c, ".mp4", wanted)
		}
	}
	return fault.New(fault.NotFound, "")
}

func (p *Pages) medium(c *web.Ctx, name string, h blob.Hash) error {
	b, err := p.Learning.Blobs.Get(h)
	if err != nil {
		return err
	}
	return learningweb.Medium(c, name, b)
}

func (p *Pages) discard(c *web.Ctx) error {
	if err := p.Learning.Discard(c, c.PID(), c.R.PathValue("slug")); err != nil {
		return err
	}
	return c.GoSaying("/modules", "author.discarded")
}

func (p *Pages) submit(c *web.Ctx) error {
	if err := p.Learning.Submit(c, c.Act(), c.R.PathValue("slug"), c.Form("note")); err != nil {
		return p.editAgain(c, err)
	}
	return c.GoSaying(address(c, "/edit"), "author.submitted")
}

func (p *Pages) giveBack(c *web.Ctx) error {
	if err := p.Learning.Return(c, c.Act(), c.R.PathValue("slug"), c.Form("why")); err != nil {
		return p.editAgain(c, err)
	}
	return c.GoSaying(address(c, "/edit"), "author.given-back")
}

// publish makes the draft the next version, with what changed and the remarks and findings that it answers.
func (p *Pages) publish(c *web.Ctx) error {
	r := learning.Release{Slug: c.R.PathValue("slug"), Note: c.Form("note"), Partner: c.Actor.Organisation}
	var err error
	if r.Remarks, err = chosen(c, "remarks"); err != nil {
		return err
	}
	if r.Findings, err = chosen(c, "findings"); err != nil {
		return err
	}
	if err := p.Learning.PublishManuscript(c, c.Act(), r); err != nil {
		return p.editAgain(c, err)
	}
	return c.GoSaying(address(c, ""), "author.published")
}

// chosen reads the ids that were ticked under a name.
func chosen(c *web.Ctx, name string) (out []id.ID, err error) {
	for _, v := range c.R.PostForm[name] {
		one, err := id.Parse(v)
		if err != nil {
			return nil, fault.New(fault.Invalid, "")
		}
		out = append(out, one)
	}
	return out, nil
}

// answered tells whether the draft changes what a finding is about.
func (e editing) answered(w learning.FindingRow) bool {
	return e.changed(w.Screen) != "" || w.Screen == "" && len(e.diffs) > 0
}

// heading is the form of what concerns the module as a whole.
type heading struct {
	learning.Head
	c        *web.Ctx
	slug     string
	minutes  string // as typed
	problems []fault.Field
}

func (p *Pages) head(c *web.Ctx) error {
	m, err := p.manuscript(c)
	if err != nil {
		return err
	}
	h := heading{c: c, slug: m.Meta.Slug, minutes: strconv.Itoa(m.Meta.Minutes), Head: learning.Head{Title: m.Source().Title, Summary: m.Source().Summary, Meta: m.Meta}}
	f := c.Frame(c.T("author.head"))
	return c.Page(f, headPage(h, f))
}

// manuscript is the draft, or what one would begin as.
func (p *Pages) manuscript(c *web.Ctx) (learning.Manuscript, error) {
	m, _, err := p.Learning.Opened(c, c.PID(), c.R.PathValue("slug"))
	return m, err
}

func (p *Pages) setHead(c *web.Ctx) error {
	h := heading{c: c, slug: c.R.PathValue("slug"), minutes: c.Form("minutes")}
	minutes, _ := strconv.Atoi(h.minutes) // what is no number is refused below
	h.Head = learning.Head{Title: c.Form("title"), Summary: c.Form("summary"), Meta: content.Meta{
		Needs: c.R.PostForm["needs"], Sector: c.Form("sector"), Level: c.Form("level"), Minutes: minutes,
		Countries: c.R.PostForm["countries"], Audience: c.Form("audience"), Licence: c.Form("licence"),
	}}
	err := p.Learning.Change(c, c.PID(), h.slug, func(m *learning.Manuscript) error {
		h.problems = inFields(c, m.CheckHead(h.Head))
		if len(h.problems) > 0 {
			return fault.Fields(h.problems...)
		}
		m.SetHead(h.Head)
		return nil
	})
	if len(h.problems) > 0 {
		f := c.Frame(c.T("author.head"))
		return c.Again(f, headPage(h, f))
	}
	if err != nil {
		return err
	}
	return c.GoSaying(address(c, "/edit"), "author.saved")
}

func (h heading) needs() (out []ui.Option) {
	for _, n := range h.c.Programme.Needs {
		if slices.Contains(needs, n.ID) {
			out = append(out, ui.Option{Value: n.ID, Text: n.Text.In(h.c.Lang()), Chosen: slices.Contains(h.Meta.Needs, n.ID)})
		}
	}
	return out
}

// sectors that modules have names for; one that came with a file stays.
func (h heading) sectors(ctx context.Context) []ui.Option {
	known := learning.Sectors
	out := ui.OrNone(ui.Options(known, h.Meta.Sector, i18n.Named(ctx, "learning.sector.")))
	if s := h.Meta.Sector; s != "" && !slices.Contains(known, s) {
		out = append(out, ui.Option{Value: s, Text: s, Chosen: true})
	}
	return out
}

// needs are those that a module can answer; "I do not know yet" is none of them.
var needs = []string{"society", "work", "diploma", "speak", "care", "computer"}

// stage is how far reading the draft is: mine (I sent it), read (I am to read it), moved (changed since it
// was sent), returned, or nothing.
func (e editing) stage() string {
	switch r := e.review; {
	case r.SentAt == 0:
		return ""
	case r.ReturnedAt > 0:
		return "returned"
	case r.Fingerprint != e.Fingerprint():
		return "moved"
	case r.Sender == e.c.Actor.Person:
		return "mine"
	}
	return "read"
}

// ready tells whether the draft could be published as it stands.
func (e editing) ready() bool { return len(e.troubles) == 0 && len(e.problems) == 0 }

// changed is what happened to a screen since the version published; empty: nothing, or the module is new.
func (e editing) changed(screen string) string {
	for _, d := range e.diffs {
		if d.Screen == screen {
			return d.Kind
		}
	}
	return ""
}
