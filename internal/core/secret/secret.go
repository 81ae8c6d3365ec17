// Package secret keeps what somebody, or some program, proves themselves with: never the words, only a hash that is
// slow to guess against.
package secret

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Parameters of argon2id: OWASP's second choice, 19 MiB and two passes; about 30 ms here.
const (
	passes = 2
	memory = 19 * 1024
)

// hashing bounds how many hashes run at once: each takes 19 MiB.
var hashing = make(chan struct{}, 4)

func derive(secret string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(secret), salt, passes, memory, 1, 32)
}

// Seal hashes a secret with a salt of its own.
func Seal(secret string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	b := base64.RawStdEncoding
	return fmt.Sprintf("argon2id$%s$%s", b.EncodeToString(salt), b.EncodeToString(derive(secret, salt)))
}

// Matches tells whether this is the secret that was sealed. It takes as long for a wrong one.
func Matches(secret, sealed string) bool {
	parts := strings.Split(sealed, "$")
	if len(parts) != 3 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[1])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[2])
	return err1 == nil && err2 == nil && subtle.ConstantTimeCompare(derive(secret, salt), want) == 1
}

// TakeAsLong spends the time of Matches: a name that nobody has is refused no sooner than a wrong secret.
func TakeAsLong(said string) { derive(said, make([]byte, 16)) }
