package outside

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Site is a site of somebody else's, with the bounds within which it is asked. It is asked where it was said to be and
// nowhere else: an answer that leads elsewhere is an answer.
type Site struct {
	Time time.Duration // of a request with its answer
	Most int64         // bytes of an answer that are read
}

// Answer is what a site says; Body is cut at the bound.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// carrier is one for all, so that connections are used again.
var carrier = &http.Client{
	Transport: &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           10,
		IdleConnTimeout:        time.Minute,
		MaxResponseHeaderBytes: 64 << 10,
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Ask sends a request. What does not come in time is ErrSlow; any other error is that of the network, without the address that was asked.
func (s Site) Ask(r *http.Request) (out Answer, err error) {
	ctx, cancel := context.WithTimeoutCause(r.Context(), s.Time, ErrSlow)
	defer cancel()
	a, err := carrier.Do(r.WithContext(ctx))
	if err == nil {
		out.Status, out.Header = a.StatusCode, a.Header
		out.Body, err = io.ReadAll(io.LimitReader(a.Body, s.Most))
		err = errors.Join(err, a.Body.Close())
	}
	return out, plain(ctx, err)
}

// plain is what went wrong, without the address: whoever asks knows it.
func plain(ctx context.Context, err error) error {
	var at *url.Error
	var in *net.OpError
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(ctx), ErrSlow):
		return ErrSlow
	case errors.As(err, &in):
		return in.Err
	case errors.As(err, &at):
		return at.Err
	}
	return err
}

// MayAsk tells whether secrets may be sent to an address: by https, or to this machine itself; it leads to a place
// and nowhere else.
func MayAsk(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
