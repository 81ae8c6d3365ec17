package web

import (
	"strings"
	"testing"

	"tremplin/internal/records/xapi"
)

// FuzzParcel: whatever comes as multipart, it is refused, or whole: each attachment is what a statement says of it.
func FuzzParcel(f *testing.F) {
	const text = `{"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"urn:x:v"},"object":{"id":"urn:x:o"},"attachments":[{"usageType":"urn:x:u","display":{},"contentType":"text/plain","length":5,"sha2":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}]}`
	f.Add("multipart/mixed; boundary=edge", []byte("--edge\r\nContent-Type: application/json\r\n\r\n"+text+"\r\n--edge\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\r\n\r\nhello\r\n--edge--\r\n"))
	f.Add("application/json", []byte("["+strings.Replace(text, `"attachments"`, `"x"`, 1)+"]"))
	f.Fuzz(func(t *testing.T, kind string, b []byte) {
		p, err := open(xapi.V1, kind, b)
		if err != nil {
			return
		}
		spoken := map[string]bool{}
		for _, o := range p.Statements {
			if err := xapi.Check(o, xapi.V1); err != nil {
				t.Fatal(err)
			}
			for _, a := range xapi.Attachments(o) {
				spoken[strings.ToLower(a["sha2"].(string))] = true
			}
		}
		for sum, a := range p.Attachments {
			if !spoken[sum] || !hashes(a.Bytes, sum) {
				t.Fatal("an attachment is not what a statement says")
			}
		}
	})
}
