// Package outside reaches what is not Tremplin: it runs a program of the machine on files that nobody trusts, in an empty
// temporary folder, without environment, with bounds on time, memory and what it writes; and it asks a site of somebody
// else, with bounds on time and on what is read. It knows no program, no site and no slice.
package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Tool is a program of the machine with the bounds within which it works.
type Tool struct {
	Program string
	Package string        // of Debian, to install where it is missing
	Time    time.Duration // of a clock on the wall, and of the processor
	Memory  int64         // bytes of address space
	Output  int64         // bytes of one file that it writes, and of what it says
}

// Result is what a program said, and the files that it wrote.
type Result struct {
	Said, Complained []byte
	Failed           bool // it ended with an error of its own: Complained says which
	Files            map[string][]byte
}

// Errors.
var (
	ErrSlow  = errors.New("outside: out of time")
	ErrLarge = errors.New("outside: it writes too much")
)

// MissingError says that a program is not on this machine, and which package brings it.
type MissingError struct{ Program, Package string }

func (e *MissingError) Error() string {
	return fmt.Sprintf("%s is not installed: apt-get install %s", e.Program, e.Package)
}

// places bounds how many programs run at once: pages are served beside them.
var places = make(chan struct{}, 2)

// limited runs what follows within the limits of the shell; one that cannot be set ends it. POSIX counts the size
// of files in blocks of 512 bytes, and memory in kB.
const limited = `ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" && ulimit -c 0 && shift 3 && exec "$@"`

// Run runs the program with the files given, by name, in a folder of its own, which is then taken away.
func (t Tool) Run(ctx context.Context, files map[string][]byte, args ...string) (Result, error) {
	program, err := exec.LookPath(t.Program)
	if err != nil {
		return Result{}, &MissingError{t.Program, t.Package}
	}
	ctx, cancel := context.WithTimeout(ctx, t.Time)
	defer cancel()
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-ctx.Done():
		return Result{}, ErrSlow
	}
	dir, err := os.MkdirTemp("", "outside-*")
	if err != nil {
		return Result{}, err
	}
	r, err := t.in(ctx, dir, files, program, args)
	return r, errors.Join(err, os.RemoveAll(dir))
}

func (t Tool) in(ctx context.Context, dir string, files map[string][]byte, program string, args []string) (r Result, err error) {
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), data, 0o600); err != nil {
			return r, err
		}
	}
	if r, err = t.start(ctx, dir, program, args); err != nil {
		return r, err
	}
	r.Files, err = t.written(dir, files)
	return r, err
}

func (t Tool) start(ctx context.Context, dir, program string, args []string) (Result, error) {
	limits := []string{"-c", limited, "sh", number(int64(t.Time/time.Second) + 1), number(t.Memory >> 10), number(t.Output >> 9)}
	c := exec.CommandContext(ctx, "/bin/sh", append(append(limits, program), args...)...)
	said, complained := &bounded{most: t.Output}, &bounded{most: maxComplaint}
	c.Dir, c.Env, c.Stdout, c.Stderr = dir, []string{}, said, complained
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) } // with what it has started
	c.WaitDelay = time.Second
	err := c.Run()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Result{}, ErrSlow
	case errors.As(err, &ended) && ended.Sys().(syscall.WaitStatus).Signaled():
		return Result{}, signalled(ended)
	case err != nil && ended == nil:
		return Result{}, err
	case said.over:
		return Result{}, ErrLarge
	}
	return Result{Said: said.kept.Bytes(), Complained: complained.kept.Bytes(), Failed: ended != nil}, nil
}

// signalled says which limit ended a program.
func signalled(ended *exec.ExitError) error {
	if s, ok := ended.Sys().(syscall.WaitStatus); ok && s.Signal() == syscall.SIGXFSZ {
		return ErrLarge
	}
	return ErrSlow
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// written reads what the program left in its folder, beside what it was given.
func (t Tool) written(dir string, given map[string][]byte) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	out, room := map[string][]byte{}, maxFiles*t.Output
	for _, e := range entries {
		info, err := e.Info()
		if _, was := given[e.Name()]; was || err != nil || !info.Mode().IsRegular() {
			continue
		}
		if room -= info.Size(); room < 0 {
			return nil, ErrLarge
		}
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const (
	maxFiles     = 8 // times Output, of all files together
	maxComplaint = 16 << 10
)

// bounded keeps what a program says up to a bound, and reads on so that it does not wait.
type bounded struct {
	kept bytes.Buffer
	most int64
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	room := int(b.most) - b.kept.Len()
	if room < len(p) {
		b.over = true
	}
	b.kept.Write(p[:max(min(room, len(p)), 0)])
	return len(p), nil
}
