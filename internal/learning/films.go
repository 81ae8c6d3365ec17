package learning

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"path"
	"slices"

	"tremplin/internal/core/blob"
	"tremplin/internal/core/db"
	"tremplin/internal/core/draft"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/learning/content"
	"tremplin/internal/learning/film"
)

// FilmJob makes a film of a draft small enough for phones.
const FilmJob = "learning.film"

// filmed is what such a job is to do.
type filmed struct {
	Slug   string
	Film   blob.Hash
	Ending string
}

// Size is what became of making a film smaller: the size for phones, or why there is none.
type Size struct {
	Small  blob.Hash
	Code   content.Code
	Detail string
}

// Sizes are those of a module's films, by what each was made of. A film that is not among them is still being made
// smaller. They are kept beside the draft, not in it: so a job changes nothing that somebody writes or has read.
type Sizes map[blob.Hash]Size

func sizesOf(programme id.ID, slug string) draft.Draft {
	return draft.Draft{Programme: programme, Kind: "films", Key: slug}
}

func (s *Service) sizes(ctx context.Context, programme id.ID, slug string) (all Sizes, err error) {
	_, _, err = draft.Get(ctx, s.J.DB(), sizesOf(programme, slug), &all)
	return all, err
}

// Shrink has a film made smaller, which takes as long as it takes: what became of it is among the Sizes. Asking again
// is harmless; what could not be made is tried again.
func (s *Service) Shrink(ctx context.Context, programme id.ID, slug, name string, of blob.Hash) error {
	all, err := s.sizes(ctx, programme, slug)
	if err != nil || all[of].Small != "" {
		return err
	}
	if all[of].Code != "" {
		if err := s.keepSize(ctx, programme, slug, of, nil); err != nil {
			return err
		}
	}
	j, err := job.New(FilmJob, filmed{slug, of, path.Ext(name)})
	if err != nil {
		return err
	}
	return s.J.DB().Update(ctx, func(tx *db.Tx) error {
		return job.Put(ctx, tx, programme, id.Derive(programme[:], []byte(FilmJob), []byte(slug), []byte(of)), j, s.J.Now())
	})
}

// MakeSmaller does what Shrink asked for. Done twice, it says the same; where the process ends meanwhile, ctx has ended
// too, and nothing is said of the film.
func (s *Service) MakeSmaller(ctx context.Context, j job.Job) error {
	var f filmed
	if err := json.Unmarshal(j.Payload, &f); err != nil {
		return err
	}
	all, err := s.sizes(ctx, j.Programme, f.Slug)
	if err != nil || all[f.Film].Small != "" {
		return err
	}
	data, err := s.Blobs.Get(f.Film)
	if err != nil {
		return err
	}
	size, err := s.smallerOf(ctx, f.Ending, data)
	if err != nil {
		return err
	}
	return s.keepSize(ctx, j.Programme, f.Slug, f.Film, &size)
}

func (s *Service) smallerOf(ctx context.Context, ending string, data []byte) (size Size, err error) {
	small, err := film.Small(ctx, ending, data)
	var ps content.Problems
	switch {
	case errors.As(err, &ps):
		return Size{Code: ps[0].Code, Detail: ps[0].Detail}, nil
	case err != nil:
		return size, err
	}
	size.Small, err = s.Blobs.Put(small)
	return size, err
}

// keepSize says what became of a film; nil: nothing yet.
func (s *Service) keepSize(ctx context.Context, programme id.ID, slug string, of blob.Hash, is *Size) error {
	_, err := draft.Change(ctx, s.J.DB(), sizesOf(programme, slug), s.J.Now(), func(all *Sizes, _ bool) error {
		if *all == nil {
			*all = Sizes{}
		}
		if delete(*all, of); is != nil {
			(*all)[of] = *is
		}
		return nil
	})
	return err
}

// HasSmaller tells whether a film goes with a size for phones, made or still to be made.
func (w *Manuscript) HasSmaller(film string) bool {
	return w.Smaller[film] || content.Lighter(w.Files, film) != ""
}

// SetSmaller says whether it does.
func (w *Manuscript) SetSmaller(film string, wanted bool) {
	switch {
	case !wanted:
		delete(w.Smaller, film)
		delete(w.Files, content.SmallPath(film))
	case !w.HasSmaller(film):
		if w.Smaller == nil {
			w.Smaller = map[string]bool{}
		}
		w.Smaller[film] = true
	}
}

// addSmaller adds to a module the sizes for phones that were made. While one is being made, the module waits for it.
func (s *Service) addSmaller(w Manuscript, m *content.Module) (err error) {
	var ps content.Problems
	for _, name := range slices.Sorted(maps.Keys(w.Smaller)) {
		size, done := w.Sizes[w.Files[name]]
		switch {
		case m.Files[name] == nil: // no screen shows it any more
		case !done:
			ps = append(ps, content.Problem{File: name, Code: film.Making})
		case size.Small != "":
			if m.Files[content.SmallPath(name)], err = s.Blobs.Get(size.Small); err != nil {
				return err
			}
		}
	}
	return ps.Err()
}
