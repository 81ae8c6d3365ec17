package journal_test

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// wire is a way to PostgreSQL that a test cuts at the next COMMIT.
type wire struct {
	t      *testing.T
	l      net.Listener
	server string
	cut    atomic.Pointer[cutting]
	cuts   atomic.Int64 // so far
	mu     sync.Mutex
	open   []net.Conn
	over   bool
}

// cutting says when: before the server hears of the COMMIT, or after it has done it; and whether the way
// stays closed.
type cutting struct{ heard, forGood bool }

// wired lays a wire to the server of a source, and names the source that leads through it.
func wired(t *testing.T, source string) (w *wire, through string) {
	t.Helper()
	u, err := url.Parse(source)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w = &wire{t: t, l: l, server: u.Host}
	go w.serve()
	t.Cleanup(w.close)
	u.Host = l.Addr().String()
	return w, u.String()
}

func (w *wire) serve() {
	for {
		client, err := w.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		c := &call{wire: w, client: client, server: server}
		w.mu.Lock()
		w.open = append(w.open, client, server)
		if w.over {
			c.end(nil)
		}
		w.mu.Unlock()
		go c.ask()
		go c.answer()
	}
}

// close ends every call, and takes no more.
func (w *wire) close() {
	_ = w.l.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	for _, c := range w.open {
		_ = c.Close()
	}
}

// call is one connection.
type call struct {
	wire           *wire
	client, server net.Conn
	last           atomic.Pointer[cutting] // the answer that comes now is not passed on
}

func (c *call) end(how *cutting) {
	if how != nil && how.forGood {
		c.wire.close() // first: who notices that this call is over finds no other
	}
	_, _ = c.client.Close(), c.server.Close()
}

func (c *call) ask() {
	pass(c.client, c.server, func(b []byte) bool {
		if !bytes.Contains(b, []byte("commit\x00")) {
			return true
		}
		how := c.wire.cut.Swap(nil)
		if how != nil {
			c.wire.cuts.Add(1)
		}
		if how != nil && !how.heard {
			c.end(how)
			return false
		}
		c.last.Store(how)
		return true
	})
	c.end(nil)
}

func (c *call) answer() {
	pass(c.server, c.client, func([]byte) bool { return c.last.Load() == nil })
	c.end(c.last.Load())
}

// pass hands on what may be.
func pass(from, to net.Conn, may func([]byte) bool) {
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		if err != nil || !may(b[:n]) {
			return
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}
