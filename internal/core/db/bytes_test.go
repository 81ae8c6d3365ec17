package db_test

import (
	"strings"
	"testing"

	"tremplin/internal/core/db"
)

// The server that tests run on sorts as French does, as a server may that somebody else set up.
func TestTextsCompareByBytes(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "create table w (s text not null primary key)")
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		exec(t, d, "insert into w(s) values('ab'),('a b'),('a|b'),('B'),('é'),('')")
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			got, err := rowsOf(t, tx, "select s from w order by s")
			if want := "/B/a b/ab/a|b/é"; got != want {
				t.Errorf("in order: %q, want %q", got, want)
			}
			if err != nil {
				return err
			}
			got, err = rowsOf(t, tx, "select s from w where s>=$1 and s<$2 order by s", "a|", "a|\U0010FFFF")
			if strings.TrimSpace(got) != "a|b" {
				t.Errorf("with the prefix a|: %q", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
