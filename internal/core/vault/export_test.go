package vault

import "time"

// Later sets the clock on by some seconds.
func (v *Vault) Later(seconds int) {
	was := v.now
	v.now = func() time.Time { return was().Add(time.Duration(seconds) * time.Second) }
}
