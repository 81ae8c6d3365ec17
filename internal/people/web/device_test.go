package web_test

import (
	"strings"
	"testing"
)

// A device's key is closed for its person, and opens for nobody else.
func TestDeviceKey(t *testing.T) {
	each(t, func(s *site) {
		said := func(who, to string, status int, form string) string {
			s.t.Helper()
			_, rest, _ := strings.Cut(s.post(who, "/device/"+to, status, []string{form}), `":"`)
			value, _, _ := strings.Cut(rest, `"`)
			return value
		}
		lock := said("amina", "lock", 200, "key=c2VjcmV0")
		if lock == "" || strings.Contains(lock, "c2VjcmV0") {
			s.t.Fatal(lock)
		}
		shut := "lock=" + lock
		if key := said("amina", "unlock", 200, shut); key != "c2VjcmV0" {
			s.t.Error(key)
		}
		if key := said("leila", "unlock", 200, shut); key != "" {
			s.t.Error("somebody else's device opens:", key)
		}
		said("", "unlock", 401, shut)
		said("", "lock", 401, "key=c2VjcmV0")
		for _, bad := range []string{"", "key=", "key=%25", "key=" + strings.Repeat("a", 4<<10)} {
			said("amina", "lock", 422, bad)
		}
	})
}
