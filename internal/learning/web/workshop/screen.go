package workshop

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/ui"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	learningweb "tremplin/internal/learning/web"
)

// writing is the form of one screen with what a learner would see beside it.
type writing struct {
	learning.Typed
	c         *web.Ctx
	slug      string
	screen    string
	lang      string
	was       string // the mark of what the form shows
	rows      int    // lines of an activity to type into
	faults    []fault.Field
	theirs    *learning.Typed   // what somebody else has kept meanwhile
	shows     *content.Screen   // nil: it cannot be shown yet
	at        learningweb.Shows // where its files are, and its package is played
	film      blob.Hash         // empty: the screen has none
	sizes     *sizes            // of the film; nil: it has none
	recording string
	outside   []string // the sites from which its package would fetch something
	next      string   // the screen after this one
	happened  learning.Happened
}

// minRows is how many lines an activity offers at least.
const minRows = 3

func (p *Pages) screen(c *web.Ctx) error {
	w, err := p.writing(c)
	if err != nil {
		return err
	}
	if _, tried := w.manuscript.Typed[w.screen]; tried {
		_, wrong := w.Screen(w.screen)
		w.faults = inFields(c, wrong)
	}
	f := c.Frame(w.Title)
	return c.Page(f, screenPage(w.writing, f))
}

// opened is a form with the draft that it belongs to.
type opened struct {
	writing
	manuscript learning.Manuscript
}

func (p *Pages) writing(c *web.Ctx) (opened, error) {
	m, err := p.manuscript(c)
	if err != nil {
		return opened{}, err
	}
	w := writing{c: c, slug: m.Meta.Slug, screen: c.R.PathValue("screen"), lang: m.Meta.Source}
	t, ok := m.Sheet(w.screen)
	if !ok {
		return opened{}, fault.New(fault.NotFound, "")
	}
	w.take(t, m)
	w.outside = p.outside(m.Files[t.Body])
	w.sizes = p.sizesOf(c, m, t.Picture)
	w.lighten(m)
	w.rows, _ = strconv.Atoi(c.Query("rows")) // nothing: as many as there are
	w.rows = min(content.MaxItems, max(w.rows, len(t.Items), minRows))
	screens := m.Source().Screens
	if i := slices.IndexFunc(screens, func(s content.Screen) bool { return s.ID == w.screen }); i+1 < len(screens) {
		w.next = screens[i+1].ID
	}
	w.happened, err = p.Learning.Happened(c, c.PID(), m, w.screen)
	return opened{w, m}, err
}

func (w *writing) take(t learning.Typed, m learning.Manuscript) {
	w.Typed, w.was, w.recording = t, t.Mark(), m.Recording(w.screen)
	s, wrong := t.Screen(w.screen)
	if len(wrong) == 0 {
		w.shows = &s
	}
	e := editing{Manuscript: m, slug: w.slug}
	w.at = learningweb.Shows{Picture: e.at(t.Picture)}
	if content.IsVideo(t.Picture) {
		w.at.Captions = e.at(content.CaptionsPath(t.Picture, w.lang))
	}
	if t.Kind == content.Packaged {
		w.at.Stage = learningweb.StageAt(w.c, m.Files[t.Body])
	}
}

// outside lists what a package asks for in vain; of one that cannot be read its screen says that.
func (p *Pages) outside(name blob.Hash) []string {
	if name == "" {
		return nil
	}
	pack, err := p.Learning.Played(name)
	if err != nil {
		return nil
	}
	return pack.Outside
}

// lighten shows the film's size for phones first, as learners see it.
func (w *writing) lighten(m learning.Manuscript) {
	if w.sizes == nil {
		return
	}
	if w.film = m.Files[w.Picture]; w.sizes.small != "" {
		w.at.Larger, w.at.Weight = w.at.Picture, w.sizes.large
		w.at.Picture = "/modules/" + w.slug + "/files/" + string(w.sizes.small)
	}
}

// item is a line to type into; beyond those that there are, an empty one.
func (w writing) item(i int) learning.TypedItem {
	if i < len(w.Items) {
		return w.Items[i]
	}
	return learning.TypedItem{}
}

// typed reads the form of a screen.
func typed(c *web.Ctx) learning.Typed {
	t := learning.Typed{
		Title: c.Form("title"), Alt: c.Form("alt"), Text: c.Form("text"), Kind: content.Kind(c.Form("kind")),
		Question: c.Form("question"), Body: c.Form("body"), Praise: c.Form("praise"),
	}
	if !slices.Contains(kinds, t.Kind) {
		t.Kind = ""
	}
	for i := range content.MaxItems {
		n := fmt.Sprintf("item-%d", i)
		t.Items = append(t.Items, learning.TypedItem{
			Right: slices.Contains(c.R.PostForm["right"], strconv.Itoa(i)),
			Text:  c.Form(n + "-text"), Match: c.Form(n + "-match"), Reason: c.Form(n + "-reason"),
		})
	}
	for n := len(t.Items); n > 0 && t.Items[n-1] == (learning.TypedItem{}); n-- {
		t.Items = t.Items[:n-1]
	}
	return t
}

// kinds that an author may choose, in the order of the form.
var kinds = []content.Kind{content.Choice, content.Choices, content.Order, content.Match, content.Fill, content.Short, content.Reflection, content.Packaged}

// save keeps a screen whatever was typed. What does not parse is said beside its field.
func (p *Pages) save(c *web.Ctx) error {
	before, err := p.writing(c)
	if err != nil {
		return err
	}
	t := typed(c)
	t.Picture = before.Picture
	media, faults, err := p.media(c, before.writing, &t)
	if err != nil {
		return err
	}
	err = p.Learning.Change(c, c.PID(), before.slug, func(m *learning.Manuscript) error {
		media(m)
		return m.Write(before.screen, c.Form("was"), t)
	})
	if fault.Is(err, fault.Conflict) {
		return p.conflict(c, t)
	}
	if err != nil {
		return err
	}
	_, wrong := t.Screen(before.screen)
	if faults = besides(faults, inFields(c, wrong)); c.Form("act") == "save" && len(faults) > 0 {
		return p.screenAgain(c, faults)
	}
	switch at := address(c, "/edit/"+before.screen); c.Form("act") {
	case "more":
		return c.Go(at + fmt.Sprintf("?rows=%d#items", max(len(t.Items), minRows)+3))
	case "kind":
		return c.Go(at + "#kind")
	case "smaller":
		return c.Go(at + "#sizes")
	case "preview":
		return c.Go(at + "#preview")
	case "next":
		if before.next != "" {
			return c.Go(address(c, "/edit/"+before.next))
		}
		return c.Go(address(c, "/edit"))
	default:
		return c.GoSaying(at, "author.saved")
	}
}

func (p *Pages) screenAgain(c *web.Ctx, faults []fault.Field) error {
	w, err := p.writing(c)
	if err != nil {
		return err
	}
	w.faults = faults
	f := c.Frame(w.Title)
	return c.Again(f, screenPage(w.writing, f))
}

// conflict tells the second of two editors what the first has kept, and keeps what was typed in the form.
func (p *Pages) conflict(c *web.Ctx, t learning.Typed) error {
	w, err := p.writing(c)
	if err != nil {
		return err
	}
	theirs := w.Typed
	t.Picture = theirs.Picture
	w.Typed, w.theirs = t, &theirs
	w.rows = max(w.rows, len(t.Items))
	f := c.Frame(w.Title)
	return c.Again(f, screenPage(w.writing, f))
}

func (w writing) kinds(ctx context.Context) []ui.Option {
	out := []ui.Option{{Text: i18n.T(ctx, "author.kind.none"), Chosen: w.Kind == ""}}
	for _, k := range kinds {
		out = append(out, ui.Option{Value: string(k), Text: i18n.T(ctx, "author.kind."+string(k)), Chosen: w.Kind == k})
	}
	return out
}

// lineKind is how the lines of an activity are called: answers, steps or pairs.
func lineKind(k content.Kind) string {
	switch k {
	case content.Order, content.Match:
		return string(k)
	}
	return string(content.Choice)
}

// said is the message about a field, or nothing.
func said(ctx context.Context, field string, faults []fault.Field) string {
	return ui.Input{Name: field, Faults: faults}.Fault(ctx)
}
