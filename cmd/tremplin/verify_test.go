package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestDemoIsWhole(t *testing.T) {
	t.Parallel()
	dir := demoData(t)
	for command, want := range map[string]string{"verify": "entries, all whole", "rebuild --check": "every view is the fold of its entries"} {
		code, said := run(t, append(strings.Fields(command), "--data", dir)...)
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("%s: %d %s", command, code, said)
		}
	}
}

// Whatever is changed in an entry behind Tremplin's back, verify fails and names the entry.
func TestVerifyFindsWhatWasAltered(t *testing.T) {
	t.Parallel()
	const at = 4321
	for name, c := range map[string]struct{ q, says string }{
		"a byte of the payload": {"update entry set payload=$2 where seq=$1", "was altered"},
		"the kind":              {"update entry set kind=kind||'x' where seq=$1", "was altered"},
		"the time":              {"update entry set at=at+1 where seq=$1", "was altered"},
		"the owner":             {"update entry set owner=subject,subject=owner where seq=$1", "was altered"},
		"taken out":             {"delete from entry where seq=$1", "is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := demoData(t)
			args := []any{at}
			if strings.Contains(c.q, "$2") {
				payload := one[[]byte](t, data(dir), "select payload from entry where seq=$1", at)
				payload[len(payload)/2] ^= 1
				args = append(args, payload)
			}
			alter(t, data(dir), c.q, args...)
			code, said := run(t, "verify", "--data", dir)
			if code != 1 || !strings.Contains(said, fmt.Sprintf("entry %d: %s", at, c.says)) {
				t.Errorf("%d: %s", code, said)
			}
		})
	}
}

func TestVerifyFindsTheCutTail(t *testing.T) {
	t.Parallel()
	dir := demoData(t)
	last := one[int64](t, data(dir), "select max(seq) from entry")
	alter(t, data(dir), "delete from entry where seq=$1", last)
	code, said := run(t, "verify", "--data", dir)
	if code != 1 || !strings.Contains(said, fmt.Sprintf("entry %d: is missing at the log's end", last)) {
		t.Errorf("%d: %s", code, said)
	}
}

// Whatever is changed in a view, rebuild --check fails and names the row; rebuild mends it.
func TestCheckFindsWhatWasAltered(t *testing.T) {
	t.Parallel()
	dir := demoData(t)
	const done = "select done from learning_run order by owner,module limit 1"
	was := one[int64](t, data(dir), done)
	who := one[string](t, data(dir), "select lower(hex(owner)) from learning_run order by owner,module limit 1")
	alter(t, data(dir), "update learning_run set done=done+1 where (owner,module) in (select owner,module from learning_run order by owner,module limit 1)")
	alter(t, data(dir), "update total set n=n+1 where (name,key) in (select name,key from total where name='people_role/holders' order by key limit 1)")
	code, said := run(t, "rebuild", "--check", "--data", dir)
	plain := strings.ReplaceAll(said, "-", "")
	if code != 1 || !strings.Contains(plain, "learning_run of "+who) || !strings.Contains(said, "total people_role/holders") {
		t.Errorf("%d: %s", code, said)
	}
	if code, said := run(t, "rebuild", "--data", dir); code != 0 {
		t.Errorf("rebuild: %d %s", code, said)
	}
	if n := one[int64](t, data(dir), done); n != was {
		t.Errorf("after the rebuild %d screens are done, not %d", n, was)
	}
}
