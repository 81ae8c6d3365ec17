package view

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
)

// Rows are one owner's rows, of any number of tables. They are read when asked for and written by
// Flush. An error of the database is kept and returned by Flush: a fold itself never fails.
type Rows struct {
	ctx              context.Context
	q                db.Queryer // nil while folding from nothing
	Programme, Owner id.ID
	sets             map[*Table]*set
	order            []*Table
	err              error
}

type set struct {
	rows map[string]*row
	all  bool // every row of the owner is loaded
}

// row is what stood in the table and what stands now; nil is "no row". Both point to the table's type.
type row struct {
	was, now any
	dirty    bool
}

// Load gives the rows of an owner as the database holds them.
func Load(ctx context.Context, q db.Queryer, programme, owner id.ID) *Rows {
	return &Rows{ctx: ctx, q: q, Programme: programme, Owner: owner, sets: map[*Table]*set{}}
}

// Empty gives rows to fold into from nothing.
func Empty(ctx context.Context, programme, owner id.ID) *Rows {
	return Load(ctx, nil, programme, owner)
}

// Get returns the row with key's key fields, if there is one.
func (t Of[T]) Get(r *Rows, key T) (T, bool) {
	s := r.find(t.Table, t.tidy(reflect.ValueOf(&key).Elem()))
	if s.now == nil {
		return key, false
	}
	return *s.now.(*T), true
}

// Edit changes the row with key's key fields; where there is none, it begins as key.
func (t Of[T]) Edit(r *Rows, key T, f func(*T)) {
	s := r.find(t.Table, t.tidy(reflect.ValueOf(&key).Elem()))
	next := key
	if s.now != nil {
		next = *s.now.(*T)
	}
	v := reflect.ValueOf(&next).Elem()
	t.setOwner(v, r.Owner)
	f(&next)
	t.tidy(v)
	s.now, s.dirty = &next, true
}

// Add puts a row without reading what stands there: its key holds the id of the entry that is folded, so nothing can;
// or the table keeps no totals and a row of this key says always the same.
func (t Of[T]) Add(r *Rows, added T) {
	v := reflect.ValueOf(&added).Elem()
	t.setOwner(v, r.Owner)
	t.tidy(v)
	s, k := r.set(t.Table), t.key(v)
	if got := s.rows[k]; got != nil {
		got.now, got.dirty = &added, true
		return
	}
	s.rows[k] = &row{now: &added, dirty: true}
}

// Delete removes the row with key's key fields.
func (t Of[T]) Delete(r *Rows, key T) {
	s := r.find(t.Table, t.tidy(reflect.ValueOf(&key).Elem()))
	s.now, s.dirty = nil, true
}

// Each calls f for a copy of each row of the owner, ordered by key.
func (t Of[T]) Each(r *Rows, f func(T)) {
	s := r.loadAll(t.Table)
	for _, k := range s.keys() {
		if now := s.rows[k].now; now != nil {
			f(*now.(*T))
		}
	}
}

func (s *set) keys() []string {
	keys := make([]string, 0, len(s.rows))
	for k := range s.rows {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (r *Rows) set(t *Table) *set {
	s := r.sets[t]
	if s == nil {
		s = &set{rows: map[string]*row{}, all: r.q == nil}
		r.sets[t] = s
		r.order = append(r.order, t)
	}
	return s
}

func (r *Rows) find(t *Table, key reflect.Value) *row {
	s, k := r.set(t), t.key(key)
	if got := s.rows[k]; got != nil {
		return got
	}
	got := &row{}
	if !s.all {
		args := []any{r.Programme, r.Owner}
		for _, i := range t.keys {
			args = append(args, key.Field(t.cols[i].field).Interface())
		}
		found := t.scanTo()
		switch err := r.q.QueryRow(r.ctx, t.text.one, args...).Scan(found.ptrs...); {
		case err == nil:
			got.was, got.now = found.row(t, r.Owner), found.row(t, r.Owner)
		case !errors.Is(err, db.ErrNoRows):
			r.err = errors.Join(r.err, err)
		}
	}
	s.rows[k] = got
	return got
}

func (r *Rows) loadAll(t *Table) *set {
	s := r.set(t)
	if s.all {
		return s
	}
	s.all = true
	live, err := t.live(r.ctx, r.q, r.Programme, r.Owner)
	r.err = errors.Join(r.err, err)
	for k, v := range live {
		if s.rows[k] == nil {
			s.rows[k] = &row{was: v, now: v}
		}
	}
	return s
}

// key makes a text of a row's key fields that sorts and compares as they do.
func (t *Table) key(v reflect.Value) string {
	var b strings.Builder
	for _, i := range t.keys {
		writeKey(&b, v.Field(t.cols[i].field))
		b.WriteByte(0)
	}
	return b.String()
}

func (t *Table) setOwner(v reflect.Value, owner id.ID) {
	if t.owner >= 0 {
		v.Field(t.owner).Set(reflect.ValueOf(owner))
	}
}
