package web_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// begun opens a connection and sends the beginning of a request that promises a statement.
func (s *store) begun(address, body string, sent int) net.Conn {
	s.Helper()
	c, err := net.Dial("tcp", address)
	s.must(err)
	_, err = fmt.Fprintf(c, "POST /xapi/statements HTTP/1.1\r\nHost: x\r\nX-Experience-API-Version: 1.0.3\r\nAuthorization: Basic %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		base64.StdEncoding.EncodeToString([]byte(s.key+":"+s.secret)), len(body), body[:sent])
	s.must(err)
	return c
}

// served is where the store listens, with a server's patience; 0: it has no end.
func (s *store) served(patience time.Duration) (address string) {
	srv := httptest.NewUnstartedServer(s.api)
	srv.Config.ReadTimeout = patience
	srv.Start()
	s.Cleanup(srv.Close)
	return srv.Listener.Addr().String()
}

// Who stops in the middle of a request, or sends it a byte an hour, is told so; nothing of it is kept, nothing waits for
// them, and others are served meanwhile.
func TestSlowAndHalfRequests(t *testing.T) {
	each(t, func(s *store) {
		body, patient, strict := statement("amina", "a"), s.served(0), s.served(500*time.Millisecond)
		half, slow := s.begun(patient, body, len(body)-1), s.begun(strict, body, 20)
		defer half.Close() //nolint:errcheck // a test
		defer slow.Close() //nolint:errcheck // a test
		s.must(half.(*net.TCPConn).CloseWrite())
		s.ask("POST", "/statements", statement("bilal", "b")).is(200) // the clock stands: the others read it
		for c, want := range map[net.Conn]int{slow: http.StatusRequestTimeout, half: http.StatusBadRequest} {
			answer, err := http.ReadResponse(bufio.NewReader(c), nil)
			s.must(err)
			said, err := io.ReadAll(answer.Body)
			s.must(err)
			if answer.StatusCode != want || !strings.Contains(string(said), "send it again") {
				t.Errorf("%d instead of %d: %s", answer.StatusCode, want, said)
			}
		}
		whole := s.begun(patient, body, len(body))
		defer whole.Close() //nolint:errcheck // a test
		if answer, err := http.ReadResponse(bufio.NewReader(whole), nil); err != nil || answer.StatusCode != 200 {
			t.Error(answer, err)
		}
		if ids := s.found(); len(ids) != 2 {
			t.Error(ids)
		}
		if n, _ := s.RefusedOf(t.Context(), s.programme); len(n) != 0 {
			t.Error("half a request is kept as if it could be read again", n)
		}
	})
}
