package e2e_test

import (
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// sent is one request of a page, for its weight.
type sent struct {
	url   string
	kind  network.ResourceType
	bytes float64 // over the wire, with its head; nothing from the cache
}

// hear listens to the browser: another host, an error of the console, a broken policy, a picture that is
// missing. None may happen on any page.
func (p *tab) hear(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		p.sent[e.RequestID] = &sent{url: e.Request.URL, kind: e.Type}
		switch {
		case p.outside != "" && strings.HasPrefix(e.Request.URL, p.outside):
			p.left = e.Request.URL
		case other(e.Request.URL, p.base) && other(e.Request.URL, p.h.app.Config.Content):
			p.wrong("a request left this machine", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Type != network.ResourceTypeDocument && e.Response.Status >= 400 && !p.refused {
			p.wrong("what the page needs is not there", e.Response.URL)
		}
	case *network.EventLoadingFinished:
		if s := p.sent[e.RequestID]; s != nil {
			s.bytes = e.EncodedDataLength
		}
	case *network.EventLoadingFailed:
		if p.cut {
			return
		}
		if s := p.sent[e.RequestID]; !e.Canceled && (s == nil || s.url != p.left) {
			p.wrong("a request failed", e.ErrorText)
		}
	case *runtime.EventExceptionThrown:
		p.wrong("the script failed", e.ExceptionDetails.Text+" "+e.ExceptionDetails.URL+" "+description(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			p.wrong("the script complained", string(e.Args[0].Value))
		}
	case *log.EventEntryAdded:
		if p.refused {
			return
		}
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork { // the network speaks for itself above
			p.wrong("the console says", e.Entry.Text)
		}
	case *audits.EventIssueAdded:
		p.issue(e.Issue)
	}
}

func (p *tab) wrong(what, which string) { p.faults = append(p.faults, what+": "+which) }

// issue notes what a browser's panel "Issues" would say, where it is about us.
func (p *tab) issue(i *audits.InspectorIssue) {
	switch d := i.Details; {
	case p.refused:
	case d.ContentSecurityPolicyIssueDetails != nil:
		c := d.ContentSecurityPolicyIssueDetails
		p.wrong("the content security policy was broken", c.ViolatedDirective+" "+c.BlockedURL)
	case d.GenericIssueDetails != nil:
		if e := d.GenericIssueDetails.ErrorType; e != audits.GenericIssueErrorTypeFormInputAssignedAutocompleteValueToIDOrNameAttributeError { // a filter named "country" is no address
			p.wrong("the browser has an issue", string(e))
		}
	case d.QuirksModeIssueDetails != nil && other(d.QuirksModeIssueDetails.URL, p.base): // the browser's own page says that an address leads nowhere
	case d.MixedContentIssueDetails != nil, d.CorsIssueDetails != nil, d.QuirksModeIssueDetails != nil,
		d.DeprecationIssueDetails != nil:
		p.wrong("the browser has an issue", string(i.Code))
	}
}

// other tells whether an address is on another host than ours.
func other(address, base string) bool {
	u, err := url.Parse(address)
	ours, _ := url.Parse(base) // the test's own server
	return err != nil || u.Scheme != "data" && u.Scheme != "blob" && u.Host != ours.Host
}

// description is what an exception says of itself.
func description(x *runtime.ExceptionDetails) string {
	if x.Exception == nil {
		return ""
	}
	return x.Exception.Description
}
