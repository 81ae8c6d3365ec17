package app

import (
	"context"
	"log/slog"

	"tremplin/internal/core/blob"
	"tremplin/internal/impact"
	"tremplin/internal/learning"
	"tremplin/internal/tutoring"
)

// CheckDocuments looks whether the folder has what entries refer to, and says it in the log where it has not:
// another process on the same database may keep its documents elsewhere.
func (a *App) CheckDocuments(ctx context.Context) error {
	named, err := a.documents(ctx)
	if err != nil {
		return err
	}
	missing := 0
	for _, h := range named {
		if !a.Blobs.Has(h) {
			missing++
		}
	}
	if missing > 0 {
		slog.Error("documents are missing: is --data the folder that all processes of this database share?",
			"folder", a.Blobs.Dir(), "missing", missing, "of", len(named))
	}
	return nil
}

// documents are those that pages may ask for: the modules as they stand, and the frozen reports.
func (a *App) documents(ctx context.Context) (out []blob.Hash, err error) {
	running, err := a.Running(ctx)
	for _, p := range running {
		modules, err := learning.Modules.Select(ctx, a.DB, p.ID(), "")
		if err != nil {
			return nil, err
		}
		for _, m := range modules {
			out = append(out, blob.Hash(m.Package))
		}
		reports, err := impact.Filings.Select(ctx, a.DB, p.ID(), "and document<>''")
		if err != nil {
			return nil, err
		}
		for _, r := range reports {
			out = append(out, blob.Hash(r.Document))
		}
		papers, err := tutoring.Papers.Select(ctx, a.DB, p.ID(), "")
		if err != nil {
			return nil, err
		}
		for _, r := range papers {
			out = append(out, blob.Hash(r.Document))
		}
		drawn, err := tutoring.Attendances.Select(ctx, a.DB, p.ID(), "and how='hand' and document<>''")
		if err != nil {
			return nil, err
		}
		for _, r := range drawn {
			out = append(out, blob.Hash(r.Document))
		}
	}
	return out, err
}
