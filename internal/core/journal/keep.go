package journal

import (
	"context"
	"errors"

	"tremplin/internal/core/id"
	"tremplin/internal/core/vault"
)

// inProgress stands for the node in the name of the key that seals somebody's unfinished work: it is no
// entry and never travels, but it ends with its owner's other keys.
var inProgress = id.Named("work in progress")

// SealWork closes what stands beside an owner's story with a key of theirs, so that an erasure ends it too: a
// form half filled, a paper photographed. It opens only under the name under which it was closed.
func (j *Journal) SealWork(ctx context.Context, programme, owner id.ID, name string, clear []byte) ([]byte, error) {
	key := vault.Name{Programme: programme, Owner: owner, Node: inProgress}
	if err := j.vault.Ensure(ctx, []vault.Name{key}); err != nil {
		return nil, err
	}
	a, err := j.vault.AEAD(ctx, key)
	if errors.Is(err, vault.ErrDestroyed) {
		return nil, ErrErased
	}
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, clear, workOf(programme, owner, name)), nil
}

// OpenWork opens what SealWork closed.
func (j *Journal) OpenWork(ctx context.Context, programme, owner id.ID, name string, shut []byte) ([]byte, error) {
	a, err := j.vault.AEAD(ctx, vault.Name{Programme: programme, Owner: owner, Node: inProgress})
	if errors.Is(err, vault.ErrDestroyed) {
		return nil, ErrErased
	}
	if err != nil {
		return nil, err
	}
	return a.Open(nil, nil, shut, workOf(programme, owner, name))
}

// Secret gives 32 bytes that are the same in every process of this programme and that nobody outside can know: from
// which names are made that say nothing of what they name.
func (j *Journal) Secret(ctx context.Context, programme id.ID, purpose string) ([]byte, error) {
	key := vault.Name{Programme: programme, Owner: programme, Node: inProgress}
	if err := j.vault.Ensure(ctx, []vault.Name{key}); err != nil {
		return nil, err
	}
	return j.vault.Derive(ctx, key, purpose)
}

// workOf is the associated data: work moved to another owner or name does not open.
func workOf(programme, owner id.ID, name string) []byte {
	b := append([]byte("work\n"), programme[:]...)
	return append(append(b, owner[:]...), name...)
}
