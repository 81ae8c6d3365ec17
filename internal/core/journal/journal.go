package journal

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/turn"
	"tremplin/internal/core/vault"
)

// Errors that answer a command. Nothing was written; only db.ErrUnknown says less than that.
var (
	ErrConflict  = errors.New("other content was already said under this id")
	ErrErased    = errors.New("this story was erased")
	ErrVersion   = errors.New("the database was opened by another version of Tremplin: restart this one")
	ErrProgramme = errors.New("there is no such programme")
	ErrClosed    = errors.New("the journal is closed")
)

// Journal is the log of one database with the views kept beside it.
type Journal struct {
	Turns turn.Turns // the writer takes them, and whoever makes much work ready for it

	db      *db.DB
	vault   *vault.Vault
	all     *folder
	now     func() time.Time
	version int64
	written atomic.Int64 // entries, since this process began
	pauses  []time.Duration
	work    time.Duration // after which a transaction takes no further command

	mu      sync.Mutex
	writers map[id.ID]*writer
	closed  bool
	running sync.WaitGroup
}

// Open prepares the tables of the given views, rebuilding those whose text or version changed.
func Open(ctx context.Context, d *db.DB, v *vault.Vault, now func() time.Time, views ...*View) (*Journal, error) {
	if err := d.Migrate(ctx); err != nil {
		return nil, err
	}
	j := &Journal{db: d, vault: v, all: newFolder(views), now: now, writers: map[id.ID]*writer{}, pauses: pauses(), work: maxWork}
	j.version = j.all.version()
	return j, j.bring(ctx, false)
}

// Create makes a programme's head, and so a node id of this database, if there is none.
func (j *Journal) Create(ctx context.Context, programme id.ID) error {
	_, err := j.db.Exec(ctx, "insert into head(programme,node,seq,stamp,version) values($1,$2,0,0,$3) on conflict do nothing",
		programme, id.New(), j.version)
	return err
}

// Programmes lists the programmes that have a head here.
func (j *Journal) Programmes(ctx context.Context, q db.Queryer) ([]id.ID, error) {
	return ids(ctx, q, "select programme from head order by programme")
}

// DB is the database, for reading views.
func (j *Journal) DB() *db.DB { return j.db }

// Now is the journal's clock, UTC.
func (j *Journal) Now() time.Time { return j.now().UTC() }

func (j *Journal) writer(programme id.ID) (*writer, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return nil, ErrClosed
	}
	w := j.writers[programme]
	if w == nil {
		w = &writer{j: j, programme: programme, queue: make(chan *waiting, 1000), quit: make(chan struct{}), gone: make(chan struct{})}
		j.writers[programme] = w
		j.running.Go(w.run)
	}
	return w, nil
}

// Close finishes what waits and refuses more. The database stays open.
func (j *Journal) Close() {
	j.mu.Lock()
	closed := j.closed
	j.closed = true
	for _, w := range j.writers {
		if !closed {
			close(w.quit)
		}
	}
	j.mu.Unlock()
	j.running.Wait()
}

// Erase destroys the keys of an erased owner, and has what views told of them leave the files: the job that follows the entry,
// repeatable.
func (j *Journal) Erase(ctx context.Context, programme, owner id.ID) error {
	return errors.Join(j.vault.Destroy(ctx, programme, owner), j.db.Settle(ctx))
}

// EraseJob is the kind of job that every erasure leaves behind; its payload is {"owner": id}.
const EraseJob = "journal.erase"

// ErasePayload is EraseJob's payload.
type ErasePayload struct {
	Owner id.ID `json:"owner"`
}

func ids(ctx context.Context, q db.Queryer, text string, args ...any) ([]id.ID, error) {
	return db.Column[id.ID](ctx, q, text, args...)
}
