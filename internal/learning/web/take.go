package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/i18n"
	"tremplin/internal/core/id"
	"tremplin/internal/core/web"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

// taken is a module to take along in one language: its pages as nobody sees them, the files that they show,
// and what judges an answer without network.
type taken struct {
	Slug    string             `json:"slug"`
	Number  int64              `json:"number"`
	Lang    string             `json:"lang"`
	Title   string             `json:"title"`
	Pages   map[string]string  `json:"pages"`            // path to HTML
	Files   []string           `json:"files"`            // addresses that never change
	Stages  []string           `json:"stages,omitempty"` // where packages are kept, on their own origin
	stages  int64              // bytes of those
	Screens map[string]judging `json:"screens"`
}

// judging is a screen's activity as the script judges it: content.Activity.Judge, without the words to show.
type judging struct {
	Kind   content.Kind   `json:"kind,omitempty"`
	Items  []content.Item `json:"items,omitempty"`
	Praise string         `json:"praise,omitempty"` // HTML
}

// parcelOf says how much a language of a module is, before it is taken: bytes as they travel.
type parcelOf struct {
	Lang  string `json:"lang"`
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// take gives a module in one language; without a language it says which there are and how large.
func (p *Pages) take(c *web.Ctx) error {
	m, err := p.Learning.Module(c, c.PID(), c.R.PathValue("slug"))
	if err != nil {
		return err
	}
	if lang := c.Query("in"); lang != "" {
		t, err := p.takenIn(c, m, lang)
		if err != nil {
			return err
		}
		return c.JSON(t)
	}
	out, err := p.parcels.Make(drawn{c.PID(), m.Package, c.Country}, func() ([]parcelOf, error) { return p.parcelsOf(c, m) })
	if err != nil {
		return err
	}
	return c.JSON(out)
}

// drawn is on what the pages of a module depend that is taken along: nobody's name, but the passages of a country.
type drawn struct {
	programme         id.ID
	document, country string
}

// parcelsOf says how much each language of a module is: every page is drawn for it.
func (p *Pages) parcelsOf(c *web.Ctx, m learning.Module) (out []parcelOf, err error) {
	for _, lang := range strings.Fields(m.Languages) {
		t, err := p.takenIn(c, m, lang)
		if err != nil {
			return nil, err
		}
		n, err := t.weight(m)
		if err != nil {
			return nil, err
		}
		out = append(out, parcelOf{lang, i18n.Name(lang), n})
	}
	return out, nil
}

// takenIn draws every page of a module in a language. It is nobody's: no name, no progress.
func (p *Pages) takenIn(c *web.Ctx, m learning.Module, lang string) (taken, error) {
	reader := *c
	reader.Words, reader.Actor = c.Site.Words.In(lang), c.Actor.Nobody()
	t := m.Text(lang)
	out := taken{Files: []string{}, Slug: m.Slug, Number: m.Number, Lang: lang, Title: t.Title, Pages: map[string]string{}, Screens: map[string]judging{}}
	for i, screen := range t.Screens {
		s := shown{c: &reader, module: m, text: t, at: i + 1, taken: true}
		if err := p.packed(&out, &s); err != nil {
			return out, err
		}
		f := reader.Frame(screen.Title)
		f.Bare, f.Taken, f.Path = true, true, s.address(s.at)
		b, err := reader.Draw(f, screenPage(s, f))
		if err != nil {
			return out, err
		}
		out.Pages[s.address(s.at)] = string(b)
		for _, at := range []string{s.shows().Picture, s.shows().Captions} {
			if at != "" && !isWithin(at) && !slices.Contains(out.Files, at) {
				out.Files = append(out.Files, at)
			}
		}
		if at := s.recording(); at != "" {
			out.Files = append(out.Files, at)
		}
		if a := screen.Activity; a != nil {
			praise, _ := content.Render(a.Praise) // publishing has checked it
			out.Screens[strconv.Itoa(i+1)] = judging{a.Kind, a.Items, praise}
		}
	}
	f := reader.Frame(reader.T("learning.end.title"))
	f.Taken = true
	b, err := reader.Draw(f, endPage(&reader, m, t, nil))
	if err != nil {
		return out, err
	}
	out.Pages["/learn/"+m.Slug+"/end"] = string(b)
	f = reader.Frame(reader.T("learning.phone"))
	f.Taken = true
	b, err = reader.Draw(f, phonePage())
	out.Pages["/phone"] = string(b)
	return out, err
}

// packed adds the package that a screen plays.
func (p *Pages) packed(out *taken, s *shown) (err error) {
	if s.stage, err = p.stageOf(s.c, s.module, s.screen()); err != nil || s.stage == "" {
		return err
	}
	at := strings.Replace(s.stage, "/play/", "/keep/", 1)
	if !slices.Contains(out.Stages, at) {
		out.Stages = append(out.Stages, at)
		out.stages += int64(len(s.module.Content.Files[s.screen().Package()]))
	}
	return nil
}

// screenField names the screen that was answered on a page that was taken along: by the time it is sent, a new
// version may have it in another place.
const screenField = "answered"

// stands finds where the answered screen stands now; one that is gone takes no answer.
func stands(c *web.Ctx, s shown) (int, error) {
	asked := c.Form(screenField)
	if asked == "" {
		return s.at, nil
	}
	for i, screen := range s.text.Screens {
		if screen.ID == asked {
			return i + 1, nil
		}
	}
	return s.at, fault.New(fault.Conflict, "learning.changed")
}

// weight is what a language costs to take: its pages compressed, and its files.
func (t taken) weight(m learning.Module) (int, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write(b); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	n := z.Len() + int(t.stages)
	for _, at := range t.Files {
		n += len(m.Content.Files[at[len(mediaAddress(m, "")):]])
	}
	return n, nil
}

// phone is what this device keeps: modules taken along, and what waits to be sent. The script fills it in;
// the page names nobody, so that it can be kept too.
func (p *Pages) phone(c *web.Ctx) error {
	reader := *c
	reader.Actor = c.Actor.Nobody()
	f := reader.Frame(c.T("learning.phone"))
	f.Taken = true
	return reader.Page(f, phonePage())
}
