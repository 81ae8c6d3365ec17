package learning

import (
	"bytes"
	"context"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/journal"
	"tremplin/internal/learning/content"
)

// Publication is a new version about to be published.
type Publication struct {
	Module  *content.Module
	Sources Sources // of its translations; nil: carried over from the version before
	Note    string
	Remarks []id.ID // that it answers
	// Findings that it answers; the remarks that they sum up are answered with them.
	Findings []id.ID
	From     id.ID // the programme from which it was adopted
	Of       int64 // the version there
	Wrote    id.ID
	Alone    bool
	Partner  id.ID // the organisation whose work it is; zero: as in the version before
}

// Publish makes a version. The same content as the version before is no new version. Where another
// version came between reading and writing, it answers fault.Conflict and nothing is written.
func (s *Service) Publish(ctx context.Context, a journal.Act, p Publication) error {
	last, err := s.last(ctx, a.Programme, p.Module.Slug)
	if err != nil {
		return err
	}
	return s.publish(ctx, a, last, &p, nil)
}

// publish follows one known version; guard may refuse, and complete what the entry says of its writers.
func (s *Service) publish(ctx context.Context, a journal.Act, last version, p *Publication, guard func(context.Context, db.Queryer) error) error {
	if ps := p.Module.Check(); len(ps) > 0 {
		return ps
	}
	h, err := s.pack(p.Module)
	if err != nil {
		return err
	}
	if p.Sources == nil {
		p.Sources = carried(last.Content, last.Sources, p.Module)
	}
	owner := ModuleID(a.Programme, p.Module.Slug)
	return s.J.Do(ctx, a, journal.Same(owner, h, p.Note), func(ctx context.Context, q db.Queryer) ([]journal.Draft, []job.Job, error) {
		row, ok, err := Modules.One(ctx, q, a.Programme, "and owner=$2", owner)
		switch {
		case err != nil:
			return nil, nil, err
		case row.Number != last.Number:
			return nil, nil, fault.New(fault.Conflict, "author.version.other")
		case ok && row.Package == string(h) && !row.Retired && last.Sources.equal(p.Sources):
			return nil, nil, nil
		}
		if err := p.answering(ctx, q, a.Programme); err != nil {
			return nil, nil, err
		}
		if guard != nil {
			if err := guard(ctx, q); err != nil {
				return nil, nil, err
			}
		}
		return p.drafts(owner, row.Number+1, h), nil, nil
	})
}

// pack keeps a module as a document.
func (s *Service) pack(m *content.Module) (blob.Hash, error) {
	var zip bytes.Buffer
	if err := m.WriteZip(&zip); err != nil {
		return "", err
	}
	if err := s.keepPackages(m); err != nil {
		return "", err
	}
	return s.Blobs.Put(zip.Bytes())
}

func (p *Publication) drafts(owner id.ID, number int64, h blob.Hash) []journal.Draft {
	m, source := p.Module, p.Module.Languages[p.Module.Source]
	e := Published{
		Slug: m.Slug, Number: number, Package: string(h), Source: m.Source, Needs: m.Needs, Sector: m.Sector, Level: m.Level,
		Minutes: int64(m.Minutes), Countries: m.Countries, Audience: m.Audience, Titles: map[string]Title{}, Note: p.Note,
		Remarks: p.Remarks, Findings: p.Findings, From: p.From, Of: p.Of, Screens: int64(len(source.Screens)), Cover: cover(source), Wrote: p.Wrote, Alone: p.Alone, Organisation: p.Partner,
	}
	for lang, t := range m.Languages {
		face := Title{Title: t.Title, Summary: t.Summary}
		if lang != m.Source {
			face.From = p.Sources[lang]
			face.Stale = content.Stale(source, t, face.From)
		}
		e.Titles[lang] = face
	}
	drafts := []journal.Draft{KindPublished.Draft(owner, owner, e)}
	for _, r := range p.Remarks {
		drafts = append(drafts, KindDecided.Draft(owner, r, Decided{Remark: r, Change: true}))
	}
	return drafts
}

// version is the newest one with all that a next one is made from. The zero version: there is none yet.
type version struct {
	Module
	Titles  []TitleRow
	Sources Sources
}

func (s *Service) last(ctx context.Context, programme id.ID, slug string) (version, error) {
	m, err := s.Module(ctx, programme, slug)
	if fault.Is(err, fault.NotFound) {
		return version{}, nil
	}
	if err != nil {
		return version{}, err
	}
	titles, err := Titles.Select(ctx, s.J.DB(), programme, "and owner=$2 order by lang", m.Owner)
	v := version{Module: m, Titles: titles, Sources: Sources{}}
	for _, t := range titles {
		if t.Lang != m.Source {
			v.Sources[t.Lang] = unmark(t.Made)
		}
	}
	return v, err
}

// cover is the first picture of a module.
func cover(t *content.Text) string {
	for _, s := range t.Screens {
		if s.Picture != "" && !content.IsVideo(s.Picture) {
			return s.Picture
		}
	}
	return ""
}
