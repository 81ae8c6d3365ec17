package faults_test

import (
	"bufio"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/dbtest"
	"tremplin/internal/core/id"
	"tremplin/internal/records"
	"tremplin/test/faults"
)

// Env names the variable that says how many times to kill, three unless told: 50 show what a change of the writer did.
const env = "TREMPLIN_KILLS"

// enough is how many acknowledged commands a round without a clock waits for.
const enough = 60

func kills() int {
	if n, err := strconv.Atoi(os.Getenv(env)); err == nil {
		return n
	}
	return 3
}

// TestKilledWriter kills a process that writes, as kill -9 does, and holds that whatever it had been told
// was written is there, whole, and that log and views are sound. The database goes on from round to round.
func TestKilledWriter(t *testing.T) {
	writer := filepath.Join(t.TempDir(), "writer")
	if out, err := exec.Command("go", "build", "-mod=mod", "-o", writer, "./writer").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dbtest.Each(t, func(t *testing.T, fresh dbtest.New) {
		data, keys := fresh(t), fresh(t)
		var told []id.ID
		for n := range kills() {
			told = append(told, killed(t, writer, data, keys, n > 0)...)
			sound(t, data, keys, told)
		}
		if len(told) < enough {
			t.Fatalf("only %d commands were acknowledged", len(told))
		}
		t.Logf("%d acknowledged in %d rounds", len(told), kills())
	})
}

// killed runs the writer and kills it: at any moment, also while it opens the database, or once it has
// written enough. It returns the ids that were acknowledged.
func killed(t *testing.T, writer, data, keys string, anyMoment bool) []id.ID {
	t.Helper()
	c := exec.Command(writer, data, keys)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = c.Process.Kill() }
	if anyMoment {
		defer time.AfterFunc(time.Duration(rand.IntN(800))*time.Millisecond, kill).Stop()
	}
	told := read(t, out, func(n int) {
		if n >= enough && (!anyMoment || n >= 50*enough) {
			kill()
		}
	})
	if err := c.Wait(); c.ProcessState.Exited() {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return told
}

// read collects the ids of whole lines and calls each with their number.
func read(t *testing.T, out io.Reader, each func(n int)) (told []id.ID) {
	t.Helper()
	for r := bufio.NewReader(out); ; each(len(told)) {
		line, err := r.ReadString('\n')
		if err != nil { // the pipe ended, perhaps within a line
			return told
		}
		v, err := id.Parse(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, v)
	}
}

func sound(t *testing.T, data, keys string, told []id.ID) {
	t.Helper()
	h, err := faults.Open(t.Context(), data, keys)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close() //nolint:errcheck // a test
	if _, err := h.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if bad, err := h.Check(t.Context()); err != nil || len(bad) > 0 {
		t.Fatal(err, strings.Join(bad, "\n"))
	}
	es, err := h.Find(t.Context(), faults.Programme, told...)
	if err != nil || len(es) != len(told) {
		t.Fatalf("%d of %d acknowledged commands are there, %v", len(es), len(told), err)
	}
	// A command is whole or not there: its second entry and its job came with its first.
	var said, heard, jobs int
	const q = `select (select count(*) from entry where kind=$1),(select count(*) from entry where kind=$2),(select count(*) from job)`
	if err := h.DB().QueryRow(t.Context(), q, faults.Said.Name, faults.Heard.Name).Scan(&said, &heard, &jobs); err != nil || said != heard || said != jobs {
		t.Fatalf("%d said, %d heard, %d jobs, %v", said, heard, jobs, err)
	}
	var sent int
	if err := h.DB().QueryRow(t.Context(), "select count(*) from entry where kind=$1", records.KindSaid.Name).Scan(&sent); err != nil || sent%faults.Batch != 0 {
		t.Fatalf("%d statements are not whole batches, %v", sent, err)
	}
}
