package workshop

import (
	"cmp"
	"slices"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
	learningweb "tremplin/internal/learning/web"
)

// tasks lists what a translator has to do, the oldest first.
func (p *Pages) tasks(c *web.Ctx) error {
	langs, err := p.Learning.Speaks(c, c.Actor, c.Programme.Languages)
	if err != nil {
		return err
	}
	chosen := langs
	if to := c.Query("to"); slices.Contains(langs, to) {
		chosen = []string{to}
	}
	all, fresh, err := p.Learning.Tasks(c, c.PID(), c.Lang(), chosen)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("nav.translations"))
	return c.Page(f, tasksPage(c, f, langs, c.Query("to"), all, fresh))
}

// translating reads the translation that the address names, into a language that the reader speaks.
func (p *Pages) translating(c *web.Ctx) (learning.Translation, error) {
	lang := c.R.PathValue("lang")
	langs, err := p.Learning.Speaks(c, c.Actor, c.Programme.Languages)
	if err != nil {
		return learning.Translation{}, err
	}
	if !slices.Contains(langs, lang) || !spoken(c, lang) {
		return learning.Translation{}, fault.New(fault.NotFound, "")
	}
	return p.Learning.Translation(c, c.PID(), c.R.PathValue("slug"), lang)
}

func (p *Pages) translation(c *web.Ctx) error {
	t, err := p.translating(c)
	if err != nil {
		return err
	}
	f := c.Frame(c.T("translate.title", "Language", i18n.Name(t.Lang)))
	return c.Page(f, translationPage(c, f, t, ""))
}

// publishTranslation makes a version with what is done.
func (p *Pages) publishTranslation(c *web.Ctx) error {
	t, err := p.translating(c)
	if err != nil {
		return err
	}
	err = p.Learning.PublishTranslation(c, c.Act(), t.Slug, t.Lang)
	if e := fault.Of(err); err != nil && (e.Code == fault.Invalid || e.Code == fault.Conflict) {
		f := c.Frame(c.T("translate.title", "Language", i18n.Name(t.Lang)))
		return c.Again(f, translationPage(c, f, t, c.T(e.Key, e.Args...)))
	}
	if err != nil {
		return err
	}
	return c.GoSaying("/translations", "translate.published")
}

// turning is one screen beside its source.
type turning struct {
	learning.Typed
	c       *web.Ctx
	t       learning.Translation
	name    string // "_" is the title and summary
	source  learning.Typed
	before  *learning.Typed // the source as it was when the screen was translated
	state   string
	was     string
	from    string
	faults  []fault.Field
	theirs  *learning.Typed
	next    string // the next screen that asks for something
	picture string
}

func (p *Pages) reading(c *web.Ctx) (turning, error) {
	t, err := p.translating(c)
	if err != nil {
		return turning{}, err
	}
	w := turning{c: c, t: t, name: c.R.PathValue("screen")}
	var ok bool
	if w.source, ok = t.SourceSheet(w.name); !ok {
		return w, fault.New(fault.NotFound, "")
	}
	was, known, err := p.Learning.Before(c, t, c.PID(), w.name)
	if err != nil {
		return w, err
	}
	if known {
		w.before = &was
	}
	w.Typed, w.state = t.Sheet(w.name), t.State(w.name)
	w.was, w.from = w.Mark(), t.Source.Hashes()[trimHead(w.name)]
	w.picture = picture(t.Module, content.Screen{Picture: w.source.Picture})
	w.next = following(t, w.name)
	return w, nil
}

func trimHead(name string) string {
	if name == "_" {
		return ""
	}
	return name
}

// following is the first screen after this one, then from the top, that is missing or stale.
func following(t learning.Translation, name string) string {
	names := t.Names()
	i := slices.Index(names, name)
	if i < 0 { // from the top
		i = len(names) - 1
	}
	for _, n := range slices.Concat(names[i+1:], names[:i]) {
		if s := t.State(n); s != learning.Fresh && s != learning.Done {
			return n
		}
	}
	return ""
}

func (w turning) title() string {
	return cmp.Or(w.source.Title, w.name)
}

func (p *Pages) turning(c *web.Ctx) error {
	w, err := p.reading(c)
	if err != nil {
		return err
	}
	f := c.Frame(w.title())
	return c.Page(f, turningPage(w, f))
}

// turn keeps what was translated; "done" says that it is up to date with the source that was shown.
func (p *Pages) turn(c *web.Ctx) error {
	w, err := p.reading(c)
	if err != nil {
		return err
	}
	t := typed(c)
	if t.Picture = w.Picture; w.source.Kind == content.Packaged {
		t.Body = w.Body // the package is the source's
	}
	voice, faults, err := p.voice(c, w)
	if err != nil {
		return err
	}
	done := c.Form("act") == "done" && len(faults) == 0
	wrong, err := p.Learning.Turn(c, c.Actor, w.t.Slug, w.t.Lang, w.name, c.Form("was"), learning.Turned{Typed: t, From: c.Form("from"), Done: done, Voice: voice})
	if err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	if faults = append(faults, inFields(c, wrong)...); err != nil || len(faults) > 0 {
		return p.turnAgain(c, t, err != nil, faults)
	}
	at := address(c, "/translate/"+w.t.Lang)
	switch {
	case done && w.next != "":
		return c.GoSaying(at+"/"+w.next, "translate.done-next")
	case done:
		return c.GoSaying(at, "translate.done-all")
	}
	return c.GoSaying(at+"/"+w.name, "author.saved")
}

// voice keeps the recording that the form brings; nil where nothing is to change.
func (p *Pages) voice(c *web.Ctx, w turning) (*learning.Voice, []fault.Field, error) {
	if w.name == "_" {
		return nil, nil, nil
	}
	k, err := p.voiced(c, w.t.Lang, w.name)
	if err != nil || k.path == "" && c.Form("no-audio") == "" {
		return nil, k.faults, err
	}
	return &learning.Voice{Path: k.path, Hash: k.hash}, k.faults, nil
}

// turnAgain shows the form with what was typed, and why it was not taken.
func (p *Pages) turnAgain(c *web.Ctx, t learning.Typed, conflict bool, faults []fault.Field) error {
	w, err := p.reading(c)
	if err != nil {
		return err
	}
	if conflict {
		theirs := w.Typed
		w.theirs = &theirs
		w.Title, w.Alt, w.Text, w.Question, w.Body, w.Praise = t.Title, t.Alt, t.Text, t.Question, t.Body, t.Praise
		copy(w.Items, t.Items)
	}
	w.faults = faults
	f := c.Frame(w.title())
	return c.Again(f, turningPage(w, f))
}

var preview = learningweb.Preview
