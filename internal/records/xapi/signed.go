package xapi

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	_ "crypto/sha512" // RS384, RS512
	"crypto/x509"
	"encoding/base64"
	"strings"
)

// Signature is the usage of an attachment that signs its statement.
const Signature = "http://adlnet.gov/expapi/attachments/signature"

// algorithms are those that a signature may use (1.0.3 Data 2.6).
var algorithms = map[any]crypto.Hash{"RS256": crypto.SHA256, "RS384": crypto.SHA384, "RS512": crypto.SHA512}

// Signed refuses a signature that is no JWS of the statement: in compact form, by RSA with SHA-2, its payload the
// statement as it is here. Where the certificate is in it, it must be right; whom that certificate names is not judged.
func Signed(statement, attachment Object, jws []byte) error {
	if attachment["contentType"] != "application/octet-stream" {
		return Under("attachments", Wrong(signedType))
	}
	parts := strings.Split(string(jws), ".")
	if len(parts) != 3 {
		return Wrong(signedForm)
	}
	header, err := decoded(parts[0])
	if err != nil {
		return Wrong(signedHead)
	}
	payload, err := decoded(parts[1])
	if err != nil {
		return Wrong(signedBody)
	}
	hash, ok := algorithms[header["alg"]]
	if !ok {
		return Wrong(signedAlg)
	}
	if bare(statement) != bare(payload) {
		return Wrong(signedOther)
	}
	return verified(header, hash, parts)
}

// bare is the fingerprint of a statement as it was signed.
func bare(o Object) [32]byte {
	if _, ok := o["id"]; !ok {
		return Same(o)
	}
	same := Same(o)
	id, _ := o["id"].(string)
	return sha256.Sum256(append(same[:], strings.ToLower(id)...))
}

func decoded(part string) (Object, error) {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return nil, err
	}
	v, err := Parse(b)
	o, ok := v.(Object)
	if err == nil && !ok {
		err = Wrong(noObject)
	}
	return o, err
}

// verified checks the signature by the certificate that it brings, if it brings one.
func verified(header Object, hash crypto.Hash, parts []string) error {
	chain, _ := header["x5c"].([]any)
	if len(chain) == 0 {
		return nil
	}
	text, _ := chain[0].(string)
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return Wrong(signedCert)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return Wrong(signedCert)
	}
	key, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return Wrong(signedKey)
	}
	sig, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[2], "="))
	if err != nil {
		return Wrong(signedText)
	}
	h := hash.New()
	h.Write([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(key, hash, h.Sum(nil), sig) != nil {
		return Wrong(signedWrong)
	}
	return nil
}
