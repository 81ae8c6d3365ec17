package view

import (
	"context"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/fault"
	"tremplin/internal/core/id"
)

// scanned is a fresh row and the pointers that fill it.
type scanned struct {
	v    reflect.Value
	ptrs []any
}

func (t *Table) scanTo() scanned {
	s := scanned{v: reflect.New(t.typ), ptrs: make([]any, len(t.cols))}
	for i, c := range t.cols {
		s.ptrs[i] = s.v.Elem().Field(c.field).Addr().Interface()
	}
	return s
}

func (s scanned) row(t *Table, owner id.ID) any {
	t.setOwner(t.tidy(s.v.Elem()), owner) // SQLite gives no bytes back as nil
	return s.v.Interface()
}

func writeKey(b *strings.Builder, v reflect.Value) {
	switch x := v.Interface().(type) {
	case string:
		b.WriteString(x)
	case id.ID:
		b.WriteString(hex.EncodeToString(x[:]))
	case int64:
		fmt.Fprintf(b, "%020d", uint64(x)+1<<63)
	default:
		fmt.Fprint(b, x)
	}
}

// live reads an owner's rows by key.
func (t *Table) live(ctx context.Context, q db.Queryer, programme, owner id.ID) (map[string]any, error) {
	rows, err := q.Query(ctx, t.text.all, programme, owner)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[string]any{}
	for rows.Next() {
		s := t.scanTo()
		if err := rows.Scan(s.ptrs...); err != nil {
			return nil, err
		}
		out[t.key(s.v.Elem())] = s.row(t, owner)
	}
	return out, rows.Err()
}

// Select reads rows across owners: where follows "where programme=$1", its parameters begin at $2.
func (t Of[T]) Select(ctx context.Context, q db.Queryer, programme id.ID, where string, args ...any) ([]T, error) {
	text := fmt.Sprintf("select owner,%s from %s where programme=$1 %s", strings.Join(t.names(t.cols), ","), t.Name, where)
	rows, err := q.Query(ctx, text, append([]any{programme}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	var out []T
	var owner id.ID
	s := t.scanTo() // one for all: each row is copied out of it
	ptrs := append([]any{&owner}, s.ptrs...)
	for rows.Next() {
		if err := rows.Scan(ptrs...); err != nil {
			return nil, err
		}
		out = append(out, *s.row(t.Table, owner).(*T))
	}
	return out, rows.Err()
}

// Among reads the rows of some owners: where follows the condition that names them, its parameters begin at $2.
func (t Of[T]) Among(ctx context.Context, q db.Queryer, programme id.ID, owners []id.ID, where string, args ...any) ([]T, error) {
	if len(owners) == 0 {
		return nil, nil
	}
	all := append(db.Args{programme}, args...)
	return t.Select(ctx, q, programme, "and owner in ("+db.List(&all, owners)+") "+where, all[1:]...)
}

// Find is One where there must be a row: there is none is "not found".
func (t Of[T]) Find(ctx context.Context, q db.Queryer, programme id.ID, where string, args ...any) (T, error) {
	row, ok, err := t.One(ctx, q, programme, where, args...)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "")
	}
	return row, err
}

// One reads the first row that Select finds; ok is false where there is none.
func (t Of[T]) One(ctx context.Context, q db.Queryer, programme id.ID, where string, args ...any) (row T, ok bool, err error) {
	all, err := t.Select(ctx, q, programme, where+" limit 1", args...)
	if err != nil || len(all) == 0 {
		return row, false, err
	}
	return all[0], true, nil
}
