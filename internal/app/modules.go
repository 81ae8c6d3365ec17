package app

import (
	"context"
	"io/fs"
	"os"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/core/programme"
	"tremplin/internal/learning"
	"tremplin/internal/learning/content"
)

func osDir(dir string) fs.FS { return os.DirFS(dir) }

// publishFolder publishes the first version of a module that comes with the programme. Later versions
// are made in the browser; a folder never overwrites them.
func (a *App) publishFolder(ctx context.Context, p *programme.Programme, dir string, at time.Time) error {
	sub, err := fs.Sub(p.Files, dir)
	if err != nil {
		return err
	}
	m, err := content.ReadDir(sub)
	if err != nil {
		return err
	}
	_, known, err := learning.Modules.One(ctx, a.DB, p.ID(), "and slug=$2", m.Slug)
	if err != nil || known {
		return err
	}
	err = a.Learning.Publish(ctx, journal.Act{Programme: p.ID(), ID: id.New(), At: at}, learning.Publication{Module: m})
	if fault.Is(err, fault.Conflict) {
		return nil // another process that begins this programme was first
	}
	return err
}
