package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"tremplin/internal/core/blob"
)

// attached says of a statement that something is attached.
func attached(b []byte, more string) string {
	sum := sha256.Sum256(b)
	return fmt.Sprintf(`{"attachments":[{"usageType":"https://example.org/photo","display":{"en":"x"},"contentType":"text/plain","length":%d,"sha2":"%s"%s}]}`,
		len(b), hex.EncodeToString(sum[:]), more)
}

// part is one part of multipart/mixed.
type part struct {
	headers string
	body    string
}

func mixed(parts ...part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("--edge\r\n" + strings.ReplaceAll(p.headers, "\n", "\r\n") + "\r\n\r\n" + p.body + "\r\n")
	}
	return b.String() + "--edge--\r\n"
}

func withSum(b []byte) part {
	sum := sha256.Sum256(b)
	return part{"Content-Type: text/plain\nContent-Transfer-Encoding: binary\nX-Experience-API-Hash: " + hex.EncodeToString(sum[:]), string(b)}
}

const (
	edged   = "multipart/mixed; boundary=edge"
	asJSON  = "Content-Type: application/json"
	byteful = "a photo\r\n--not the edge\x00\xff"
)

// What is attached comes back whole, to whoever asks for it, and lies sealed.
func TestAttachments(t *testing.T) {
	each(t, func(s *store) {
		photo := []byte(byteful)
		text := statement("amina", "a", attached(photo, ""))
		var ids []string
		s.ask("POST", "/statements", mixed(part{asJSON, text}, withSum(photo)), "Content-Type", edged).is(200).json(&ids)
		for _, path := range []string{"/statements?attachments=true", "/statements?attachments=true&statementId=" + ids[0]} {
			got := s.ask("GET", path, "").is(200)
			kind, params, err := mime.ParseMediaType(got.header.Get("Content-Type"))
			if err != nil || kind != "multipart/mixed" {
				t.Fatal(kind, err)
			}
			r := multipart.NewReader(strings.NewReader(got.body), params["boundary"])
			first, err := r.NextPart()
			if err != nil || first.Header.Get("Content-Type") != "application/json" {
				t.Fatal(first, err)
			}
			second, err := r.NextRawPart()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(second)
			if err != nil || !bytes.Equal(b, photo) || second.Header.Get("X-Experience-API-Hash") == "" || second.Header.Get("Content-Type") != "text/plain" {
				t.Errorf("%q %v %v", b, second.Header, err)
			}
		}
		if got := s.ask("GET", "/statements", "").is(200); got.header.Get("Content-Type") != "application/json" {
			t.Error(got.header)
		}
		if sum := blob.Sum(photo); s.Blobs.Has(sum) {
			t.Error("the photo lies open")
		}
	})
}

// What is not whole, not spoken of or not what its hash says is refused, and nothing is kept.
func TestHostileParts(t *testing.T) {
	each(t, func(s *store) {
		photo := []byte(byteful)
		text, stranger := statement("amina", "a", attached(photo, "")), withSum([]byte("stranger"))
		liar := withSum(photo)
		liar.body = "another photo"
		unsigned := withSum(photo)
		unsigned.headers = asJSON + "\nContent-Transfer-Encoding: binary"
		for name, body := range map[string]string{
			"nothing":    mixed(part{asJSON, text}),
			"stranger":   mixed(part{asJSON, text}, withSum(photo), stranger),
			"liar":       mixed(part{asJSON, text}, liar),
			"no hash":    mixed(part{asJSON, text}, unsigned),
			"first":      mixed(withSum(photo), part{asJSON, text}),
			"two":        mixed(part{asJSON, text}, part{asJSON, text}),
			"half":       strings.TrimSuffix(mixed(part{asJSON, text}, withSum(photo)), "--edge--\r\n"),
			"no edge":    text,
			"endless":    "--edge\r\n" + strings.Repeat("X-A: b\r\n", 100_000),
			"empty part": "--edge\r\n\r\n--edge--\r\n",
		} {
			if got := s.ask("POST", "/statements", body, "Content-Type", edged); got.status != http.StatusBadRequest {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		s.ask("POST", "/statements", text).is(400).says("fileUrl")
		s.ask("POST", "/statements", mixed(part{asJSON, text}, withSum(photo)), "Content-Type", "multipart/mixed").is(400).says("boundary")
		s.ask("POST", "/statements", mixed(part{asJSON, text}, withSum(photo)), "Content-Type", "multipart/form-data; boundary=edge").is(400)
		if ids := s.found(); len(ids) != 0 {
			t.Error(ids)
		}
		s.ask("POST", "/statements", statement("amina", "a", attached(photo, `,"fileUrl":"https://example.org/x"`))).is(200)
	})
}
