package load

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// hand is one connection that asks for one page again and again, as a browser asks: compressed.
type hand struct {
	conn net.Conn
	in   *bufio.Reader
	ask  string
}

func dial(b *testing.B, host, path, cookie string) *hand {
	conn, err := net.Dial("tcp", host)
	must(b, err)
	ask := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\nAccept-Language: fr\r\nCookie: %s\r\n\r\n", path, host, cookie)
	return &hand{conn, bufio.NewReader(conn), ask}
}

// get reads the page once and gives the bytes of its body.
func (h *hand) get() (int64, error) {
	if _, err := io.WriteString(h.conn, h.ask); err != nil {
		return 0, err
	}
	res, err := http.ReadResponse(h.in, nil)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s", res.Status)
	}
	return n, err
}

// hands is how many connections ask at a time.
const hands = 8

// speed is what was measured of a page.
type speed struct {
	rate  float64 // requests/s
	p95   time.Duration
	cpu   time.Duration // of this process, the asking included, for one request: the same on a busy machine
	bytes int64
}

// visit asks n times for a page, over all hands.
func visit(b *testing.B, host, path, cookie string, n int) speed {
	var all sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	var bytes int64
	began, before := time.Now(), used(b)
	for w := range hands {
		h := dial(b, host, path, cookie)
		all.Go(func() {
			defer h.conn.Close() //nolint:errcheck // nothing was written
			var mine []time.Duration
			var size int64
			for i := w; i < n; i += hands {
				start := time.Now()
				got, err := h.get()
				if err != nil {
					b.Errorf("%s: %v", path, err)
					return
				}
				mine = append(mine, time.Since(start))
				size = got
			}
			mu.Lock()
			defer mu.Unlock()
			took, bytes = append(took, mine...), max(bytes, size)
		})
	}
	all.Wait()
	return speed{float64(n) / time.Since(began).Seconds(), quantile(took, 0.95), (used(b) - before) / time.Duration(n), bytes}
}

// rest is how long somebody rests between two pages: long enough that the next one finds the machine as others left it.
const rest = 4 * time.Millisecond

// dwell is one person who opens a page again and again, n times and then until done is closed, and how long each time took.
func dwell(b *testing.B, host, path, cookie string, n int, done <-chan struct{}) (took []time.Duration) {
	h := dial(b, host, path, cookie)
	defer h.conn.Close() //nolint:errcheck // nothing was written
	for over := false; !over || len(took) < n; {
		began := time.Now()
		_, err := h.get()
		must(b, err)
		took = append(took, time.Since(began))
		time.Sleep(rest)
		select {
		case <-done:
			over = true
		default:
		}
	}
	return took
}

// mean of some durations.
func mean(took []time.Duration) (all time.Duration) {
	for _, t := range took {
		all += t
	}
	return all / time.Duration(max(len(took), 1))
}

// used is the processor time that this process has had.
func used(b *testing.B) time.Duration {
	var r syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &r))
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// quantile of some durations.
func quantile(took []time.Duration, q float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[int(q*float64(len(took)-1))]
}
