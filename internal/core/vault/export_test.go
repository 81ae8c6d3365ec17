package vault

import "time"

// Later sets the clock on by some seconds.
func (v *Vault) Later(seconds int) {
	was := v.now
	v.now = func() time.Time { return was().Add(time.Duration(seconds) * time.Second) }
}

// Remember keeps a key in memory and tells how many there are.
func (v *Vault) Remember(n Name) (int, error) {
	_, err := v.keep(n, make([]byte, 32))
	return len(v.got), err
}
