package xapi

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"
)

// signer signs as a course platform does: JWS in compact form, its certificate within.
type signer struct {
	key  *rsa.PrivateKey
	cert []byte
}

func newSigner(t *testing.T) signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key, cert}
}

func (s signer) sign(t *testing.T, payload, alg string) string {
	t.Helper()
	b := base64.RawURLEncoding
	header := `{"alg":"` + alg + `","x5c":["` + base64.StdEncoding.EncodeToString(s.cert) + `"]}`
	text := b.EncodeToString([]byte(header)) + "." + b.EncodeToString([]byte(payload))
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + b.EncodeToString(sig)
}

// A signature is one of this statement, by the key that it names.
func TestSigned(t *testing.T) {
	s, o := newSigner(t), parsed(t, base)
	octets := Object{"contentType": "application/octet-stream"}
	right := s.sign(t, base, "RS256")
	if err := Signed(o, octets, []byte(right)); err != nil {
		t.Error(err)
	}
	parts := strings.Split(right, ".")
	for name, w := range map[string]struct {
		as  Object
		jws string
	}{
		"another type":      {Object{"contentType": "text/plain"}, right},
		"another statement": {octets, s.sign(t, strings.Replace(base, "amina", "bilal", 1), "RS256")},
		"no algorithm":      {octets, s.sign(t, base, "none")},
		"of a shared key":   {octets, s.sign(t, base, "HS256")},
		"of somebody else":  {octets, parts[0] + "." + parts[1] + "." + strings.Split(newSigner(t).sign(t, base, "RS256"), ".")[2]},
		"two parts":         {octets, parts[0] + "." + parts[1]},
		"no text":           {octets, "!.!.!"},
		"nothing":           {octets, ""},
	} {
		if err := Signed(o, w.as, []byte(w.jws)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
