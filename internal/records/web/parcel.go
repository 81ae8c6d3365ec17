package web

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strings"

	"tremplin/internal/records"
	"tremplin/internal/records/xapi"
)

// parcel is what a request brings, read and checked.
type parcel struct {
	records.Parcel
	single bool // one statement, not a list of one
}

// parcel reads the statements of a request, with their attachments. What cannot be taken for statements is kept for
// whoever looks after the client.
func (k *ask) parcel() (parcel, error) {
	b, err := k.body(maxParcel)
	if err != nil {
		return parcel{}, err
	}
	kind := k.r.Header.Get("Content-Type")
	var p parcel
	k.Records.J.Turns.Behind(k.Now(), func() { p, err = open(k.version, kind, b) })
	var f *xapi.Fault
	if errors.As(err, &f) {
		if kept := k.Records.Refuse(k.r.Context(), k.who, records.Refused{Version: string(k.version), Type: kind}, f, b); kept != nil {
			return p, errors.Join(err, kept)
		}
	}
	return p, err
}

// body reads what a request brings, at most some bytes. Who does not send all of it is told so.
func (k *ask) body(most int64) ([]byte, error) {
	b, err := io.ReadAll(http.MaxBytesReader(k.w, k.r.Body, most))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = refuse(http.StatusRequestTimeout, "the rest of this request did not come in time; send it again")
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = refuse(http.StatusBadRequest, "this request ends too soon; send it again")
	}
	return b, err
}

// open reads what a client sent.
func open(version xapi.Version, contentType string, b []byte) (p parcel, err error) {
	p.Version = version
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil || kind != "application/json" && kind != "multipart/mixed":
		return p, xapi.Wrong(xapi.NoType)
	case kind == "multipart/mixed":
		return p, p.unpack(b, params["boundary"])
	case len(b) > maxJSON:
		return p, &http.MaxBytesError{Limit: maxJSON}
	}
	if err := p.read(b); err != nil {
		return p, err
	}
	return p, p.whole()
}

func (p *parcel) read(b []byte) error {
	v, err := xapi.Parse(b)
	if err != nil {
		return err
	}
	all, isList := v.([]any)
	if p.single = !isList; p.single {
		all = []any{v}
	}
	if len(all) > maxAtOnce {
		return refuse(http.StatusRequestEntityTooLarge, "these are more statements than one request may bring: 2000")
	}
	for i, w := range all {
		if err := xapi.Check(w, p.Version); err != nil {
			if !p.single {
				err = xapi.Nth(i, err)
			}
			return err
		}
		p.Statements = append(p.Statements, w.(xapi.Object))
	}
	return nil
}

// unpack reads multipart/mixed: statements first, then each attachment under its hash.
func (p *parcel) unpack(sent []byte, boundary string) error {
	if boundary == "" {
		return xapi.Wrong(xapi.NoBoundary)
	}
	parts := multipart.NewReader(bytes.NewReader(sent), boundary)
	first, err := parts.NextRawPart()
	if err != nil {
		return xapi.Wrong(xapi.NoMixed)
	}
	if kind, _, err := mime.ParseMediaType(first.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return xapi.Wrong(xapi.NotFirst)
	}
	b, err := io.ReadAll(io.LimitReader(first, maxJSON+1))
	switch {
	case err != nil:
		return xapi.Wrong(xapi.NoMixed)
	case len(b) > maxJSON:
		return &http.MaxBytesError{Limit: maxJSON}
	}
	if err := p.read(b); err != nil {
		return err
	}
	p.Attachments = map[string]records.Attachment{}
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return p.whole()
		}
		if err != nil {
			return xapi.Wrong(xapi.NoMixed)
		}
		if err := p.attach(part); err != nil {
			return err
		}
	}
}

// attach takes one attachment: what it is must be what its hash says.
func (p *parcel) attach(part *multipart.Part) error {
	sum := strings.ToLower(part.Header.Get("X-Experience-API-Hash"))
	switch {
	case sum == "":
		return xapi.Wrong(xapi.NoHash)
	case part.Header.Get("Content-Transfer-Encoding") != "binary":
		return xapi.Wrong(xapi.NoEncoding)
	}
	b, err := io.ReadAll(part)
	if err != nil {
		return xapi.Wrong(xapi.NoMixed)
	}
	if !hashes(b, sum) {
		return xapi.Wrong(xapi.OtherHash)
	}
	p.Attachments[sum] = records.Attachment{Type: part.Header.Get("Content-Type"), Bytes: b}
	return nil
}

// hashes tells whether bytes have this SHA-2, of whichever length.
func hashes(b []byte, sum string) bool {
	a, c, d, e := sha256.Sum224(b), sha256.Sum256(b), sha512.Sum384(b), sha512.Sum512(b)
	return slices.Contains([]string{hex.EncodeToString(a[:]), hex.EncodeToString(c[:]), hex.EncodeToString(d[:]), hex.EncodeToString(e[:])}, sum)
}

// whole refuses an attachment that did not come, one that nobody speaks of, and a signature that is none.
func (p *parcel) whole() error {
	spoken := map[string]bool{}
	for _, o := range p.Statements {
		for _, a := range xapi.Attachments(o) {
			sum, _ := a["sha2"].(string)
			sum = strings.ToLower(sum)
			spoken[sum] = true
			got, came := p.Attachments[sum]
			if _, elsewhere := a["fileUrl"]; !came && !elsewhere {
				return xapi.Wrong(xapi.NotHere, sum)
			}
			if a["usageType"] == xapi.Signature {
				if err := xapi.Signed(o, a, got.Bytes); err != nil {
					return err
				}
			}
		}
	}
	for sum := range p.Attachments {
		if !spoken[sum] {
			return xapi.Wrong(xapi.Unmentioned, sum)
		}
	}
	return nil
}

// mixed answers with statements and the attachments of all.
func (k *ask) mixed(out xapi.Object, all []records.Statement) error {
	files := map[string]records.Attachment{}
	for _, s := range all {
		some, err := k.Records.Attachments(k.r.Context(), k.who.Programme, s)
		if err != nil {
			return err
		}
		maps.Copy(files, some)
	}
	kind, b, err := records.Mixed(xapi.Append(nil, out), files)
	if err == nil {
		k.send(http.StatusOK, kind, b)
	}
	return err
}
