package secret

import "testing"

func TestSealedSecret(t *testing.T) {
	one, two := Seal("violet giraffe"), Seal("violet giraffe")
	if one == two || !Matches("violet giraffe", one) || !Matches("violet giraffe", two) {
		t.Error("a secret does not open what it sealed, or always looks the same")
	}
	for _, sealed := range []string{one, "", "argon2id$x", "argon2id$!!$!!", "argon2id$$"} {
		if Matches("violet giraffes", sealed) {
			t.Errorf("%q opens for another secret", sealed)
		}
	}
}
