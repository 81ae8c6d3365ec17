package outside_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"tremplin/internal/core/outside"
)

// shell is a program that does what a test says.
func shell() outside.Tool {
	return outside.Tool{Program: "sh", Package: "dash", Time: 5 * time.Second, Memory: 256 << 20, Output: 1 << 20}
}

func run(t *testing.T, tool outside.Tool, script string) (outside.Result, error) {
	t.Helper()
	t.Setenv("TREMPLIN_SECRET", "secret")
	t.Setenv("TMPDIR", t.TempDir())
	r, err := tool.Run(t.Context(), map[string][]byte{"in.txt": []byte("hello")}, "-c", script)
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Error("left behind:", left)
	}
	return r, err
}

func TestAProgramReadsAndWritesFiles(t *testing.T) {
	r, err := run(t, shell(), "cat in.txt; cat in.txt in.txt > out.txt; mkdir d; ln -s /etc/passwd link; echo oops >&2; exit 3")
	if err != nil || string(r.Said) != "hello" || string(r.Complained) != "oops\n" || !r.Failed {
		t.Fatalf("%+v %v", r, err)
	}
	if len(r.Files) != 1 || string(r.Files["out.txt"]) != "hellohello" {
		t.Error(r.Files)
	}
}

func TestAProgramKnowsNothingOfUs(t *testing.T) {
	r, err := run(t, shell(), "echo $TREMPLIN_SECRET; ls; read x; echo $x")
	if err != nil || strings.TrimSpace(string(r.Said)) != "in.txt" {
		t.Fatalf("%q %v", r.Said, err)
	}
}

func TestBounds(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		want   error
	}{
		"sleeping":              {"sleep 30", outside.ErrSlow},
		"with children":         {"(sleep 30) & (sleep 30) & wait", outside.ErrSlow},
		"turning":               {"while :; do :; done", outside.ErrSlow},
		"writing a large file":  {"exec head -c 9000000 /dev/zero > big", outside.ErrLarge},
		"writing many files":    {"for i in 1 2 3 4 5 6 7 8 9; do head -c 1000000 /dev/zero > f$i; done", outside.ErrLarge},
		"saying without an end": {"head -c 9000000 /dev/zero", outside.ErrLarge},
	} {
		t.Run(name, func(t *testing.T) {
			tool, begun := shell(), time.Now()
			tool.Time = time.Second
			_, err := run(t, tool, c.script)
			if !errors.Is(err, c.want) || time.Since(begun) > 4*time.Second {
				t.Error(err, time.Since(begun))
			}
		})
	}
}

func TestMemoryIsBounded(t *testing.T) {
	tool := shell()
	tool.Memory = 32 << 20
	r, err := run(t, tool, "x=$(head -c 100000000 /dev/zero | tr '\\0' a); echo ${#x}")
	if err == nil && !r.Failed {
		t.Errorf("it took 100 MB: %q", r.Said)
	}
}

func TestAMissingProgramNamesItsPackage(t *testing.T) {
	_, err := outside.Tool{Program: "no-such-program", Package: "some-utils", Time: time.Second}.Run(t.Context(), nil)
	var missing *outside.MissingError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "some-utils") {
		t.Error(err)
	}
}
