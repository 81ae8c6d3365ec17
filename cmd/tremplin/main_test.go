package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// being tells this test binary to be the command itself: real processes, and nothing is linked twice.
const being = "BE_TREMPLIN"

func TestMain(m *testing.M) {
	if os.Getenv(being) != "" {
		main()
		os.Exit(0)
	}
	code := m.Run()
	_ = os.RemoveAll(demonstration.dir)
	os.Exit(code)
}

// command is a process of the command, with no TREMPLIN_ variable but those of env.
func command(ctx context.Context, env []string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "TREMPLIN_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(append(c.Env, being+"=1"), env...)
	return c
}

// run runs a command to its end and gives its exit code and all that it said.
func run(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	b, err := command(t.Context(), nil, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return code, string(b)
}

// process is a command that serves.
type process struct {
	base  string // http://127.0.0.1:port
	cmd   *exec.Cmd
	ended chan struct{} // it said its last word

	mu   sync.Mutex
	said strings.Builder
}

// start starts a command and waits until it says where it serves. The caller ends it.
func start(ctx context.Context, env []string, args ...string) (*process, error) {
	p := &process{cmd: command(ctx, env, args...), ended: make(chan struct{})}
	out, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	address := make(chan string, 1)
	go p.listen(out, address)
	select {
	case p.base = <-address:
		return p, nil
	case <-p.ended:
	case <-time.After(time.Minute):
	}
	_ = p.cmd.Process.Kill()
	p.wait()
	return nil, errors.New("it does not serve: " + p.words())
}

func (p *process) listen(out io.Reader, address chan<- string) {
	defer close(p.ended)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		p.mu.Lock()
		p.said.WriteString(lines.Text() + "\n")
		p.mu.Unlock()
		if at, ok := strings.CutPrefix(lines.Text(), "Tremplin: "); ok {
			address <- at
		}
	}
}

// words are all that the process has said so far.
func (p *process) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// wait gives the exit code of a process that was told to end.
func (p *process) wait() int {
	<-p.ended
	_ = p.cmd.Wait() // the exit code says it
	return p.cmd.ProcessState.ExitCode()
}

// stop asks the process to end, as a service manager does, and gives its exit code.
func (p *process) stop() int {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	return p.wait()
}

// begin starts a command for the length of a test, on a free port.
func begin(t *testing.T, args ...string) *process {
	t.Helper()
	p, err := start(t.Context(), nil, append(args, "--addr", "127.0.0.1:0")...)
	must(t, err)
	t.Cleanup(func() { p.wait() }) // the test's context has killed it
	return p
}

// visitor is a browser without a screen: it keeps cookies and follows nothing.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// answer is what came back.
type answer struct {
	status     int
	goes, body string
}

func get(t *testing.T, c *http.Client, address string) answer {
	t.Helper()
	res, err := c.Get(address)
	return read(t, res, err)
}

func post(t *testing.T, c *http.Client, address string, form url.Values) answer {
	t.Helper()
	res, err := c.PostForm(address, form)
	return read(t, res, err)
}

func read(t *testing.T, res *http.Response, err error) answer {
	t.Helper()
	must(t, err)
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	must(t, err)
	return answer{res.StatusCode, res.Header.Get("Location"), string(b)}
}

// eventually asks again and again until something is so, or it takes too long.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	late := time.After(15 * time.Second)
	for !so() {
		select {
		case <-again.C:
		case <-late:
			t.Fatal("not in time: " + what)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
