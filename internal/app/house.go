package app

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
	"tremplin/internal/core/job"
	"tremplin/internal/core/programme"
)

// house answers what the administrator's pages ask of the whole, and which programmes run: another
// process on the same database may begin one, so the answer is believed for a few seconds only.
type house struct {
	a     *App
	mu    sync.Mutex
	known []*programme.Programme
	until time.Time
	ready bool
}

// believe is how long the list of running programmes is kept.
const believe = 5 * time.Second

// Folders lists the programmes that could run here, by slug.
func (h *house) Folders() (out []*programme.Programme) {
	for _, p := range h.a.Programmes {
		out = append(out, p)
	}
	slices.SortFunc(out, func(x, y *programme.Programme) int { return strings.Compare(x.Slug, y.Slug) })
	return out
}

// Begin starts a programme.
func (h *house) Begin(ctx context.Context, slug string) error {
	if h.a.Programmes[slug] == nil {
		return fault.New(fault.NotFound, "")
	}
	_, err := h.a.Begin(ctx, slug, time.Time{})
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until = time.Time{}
	return err
}

// soon is how long a job that is due is no news: some are done again every few seconds.
const soon = 10 * time.Second

// Waiting lists the jobs that are late or failed: the programme's and the house's own.
func (h *house) Waiting(ctx context.Context, p id.ID) ([]job.Job, error) {
	now := h.a.Config.Now().Add(-soon)
	theirs, err := job.List(ctx, h.a.DB, p, now, 50)
	if err != nil {
		return nil, err
	}
	own, err := job.List(ctx, h.a.DB, id.ID{}, now, 50)
	return append(theirs, own...), err
}

// Again has one of these jobs tried at once.
func (h *house) Again(ctx context.Context, p, jid id.ID) error {
	for _, of := range []id.ID{p, {}} {
		found, err := job.Again(ctx, h.a.DB, of, jid, h.a.Config.Now())
		if err != nil {
			return err
		}
		if found {
			break
		}
	}
	select {
	case h.a.Jobs.Wake <- struct{}{}:
	default: // it looks already
	}
	return nil
}

// running lists the programmes that run; before the first one, the folders: pages stand under a name.
func (h *house) running() []*programme.Programme {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.a.Config.Now(); now.After(h.until) || len(h.known) == 0 {
		if list, err := h.a.Running(context.Background()); err == nil {
			h.known, h.until = list, now.Add(believe)
		}
	}
	if len(h.known) == 0 {
		return h.Folders()
	}
	return h.known
}

// unready tells whether nobody can sign in yet. Once somebody can, it stays so.
func (h *house) unready(ctx context.Context) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ready {
		return false
	}
	has, err := h.a.Identity.HasAccounts(ctx)
	h.ready = has
	return err == nil && !has
}
