// Package view keeps rows that are a fold of one owner's entries. A fold sees nothing but its owner's
// rows and the entry, so what it does can depend on nothing else; it knows no slice and no journal.
package view

import (
	"fmt"
	"reflect"
	"strings"

	"tremplin/internal/core/id"
)

// Cell is a share of a kept total: rows add and take back what they contribute.
type Cell struct {
	Name string // what is counted, unique within the table: "finished"
	Key  string // for whom or what, "module|screen"
	N    int64
}

// Table describes the rows of one view table, whatever their Go type.
type Table struct {
	Name    string
	typ     reflect.Type
	cols    []column
	keys    []int
	owner   int // the field that holds the owner, or -1
	indexes []string
	cells   func(row any) []Cell
	text    statementsText
}

type column struct {
	name  string
	sql   string
	field int
}

type statementsText struct{ all, one, del, head, tail string }

// Of is a table whose rows have the Go type T: a struct of string, int64, bool, float64, []byte and
// id.ID fields. A tag `view:"key"` marks the key within an owner; a field `Owner id.ID` is filled in.
type Of[T any] struct{ *Table }

// Option adds to a table.
type Option[T any] func(*Table)

// Index adds an index over columns, led by the programme.
func Index[T any](columns ...string) Option[T] {
	return func(t *Table) { t.indexes = append(t.indexes, strings.Join(columns, ",")) }
}

// Totals keeps sums beside the rows: f says what a row contributes, from the row alone.
func Totals[T any](f func(*T) []Cell) Option[T] {
	return func(t *Table) { t.cells = func(row any) []Cell { return f(row.(*T)) } }
}

// New describes a table. A wrong struct is a mistake of the programmer's and panics at start.
func New[T any](name string, opts ...Option[T]) Of[T] {
	t := &Table{Name: name, typ: reflect.TypeFor[T](), owner: -1}
	for i := range t.typ.NumField() {
		t.add(i, t.typ.Field(i))
	}
	for _, o := range opts {
		o(t)
	}
	t.write()
	return Of[T]{t}
}

var idType = reflect.TypeFor[id.ID]()

func (t *Table) add(i int, f reflect.StructField) {
	if f.Name == "Owner" {
		t.owner = i
		return
	}
	if f.Tag.Get("view") == "key" {
		t.keys = append(t.keys, len(t.cols))
	}
	t.cols = append(t.cols, column{snake(f.Name), sqlType(f.Type), i})
}

func sqlType(t reflect.Type) string {
	switch {
	case t == idType, t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "bytea"
	case t.Kind() == reflect.Int64:
		return "bigint"
	case t.Kind() == reflect.Bool:
		return "boolean"
	case t.Kind() == reflect.Float64:
		return "double precision"
	case t.Kind() == reflect.String:
		return "text"
	}
	panic("no column for " + t.String())
}

// snake turns LastAt into last_at.
func snake(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r >= 'A' && r <= 'Z' {
			if i > 0 && s[i-1] >= 'a' {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (t *Table) names(cols []column) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.name
	}
	return out
}

func (t *Table) write() {
	all := strings.Join(t.names(t.cols), ",")
	keys := []string{"programme", "owner"}
	var where, set []string
	isKey := map[int]bool{}
	for n, k := range t.keys {
		isKey[k] = true
		keys = append(keys, t.cols[k].name)
		where = append(where, fmt.Sprintf(" and %s=$%d", t.cols[k].name, n+3))
	}
	for i, c := range t.cols {
		if !isKey[i] {
			set = append(set, c.name+"=excluded."+c.name)
		}
	}
	action := " do nothing"
	if len(set) > 0 {
		action = " do update set " + strings.Join(set, ",")
	}
	t.text = statementsText{
		all:  fmt.Sprintf("select %s from %s where programme=$1 and owner=$2", all, t.Name),
		del:  fmt.Sprintf("delete from %s where programme=$1 and owner=$2%s", t.Name, strings.Join(where, "")),
		head: fmt.Sprintf("insert into %s(programme,owner,%s) values ", t.Name, all),
		tail: fmt.Sprintf(" on conflict(%s)%s", strings.Join(keys, ","), action),
	}
	t.text.one = t.text.all + strings.Join(where, "")
}

// DDL is the text that makes the table and its indexes; its hash tells when a view must be rebuilt.
func (t *Table) DDL() []string {
	var b strings.Builder
	fmt.Fprintf(&b, "create table %s (programme bytea not null, owner bytea not null", t.Name)
	var keys strings.Builder
	for _, c := range t.cols {
		fmt.Fprintf(&b, ", %s %s not null", c.name, c.sql)
	}
	for _, k := range t.keys {
		keys.WriteString(", " + t.cols[k].name)
	}
	fmt.Fprintf(&b, ", primary key (programme, owner%s))", keys.String())
	out := []string{b.String()}
	for i, cols := range t.indexes {
		out = append(out, fmt.Sprintf("create index %s_%d on %s (programme,%s)", t.Name, i, t.Name, cols))
	}
	return out
}
