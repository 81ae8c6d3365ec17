package web

import (
	"encoding/base64"

	"tremplin/internal/core/fault"
	"tremplin/internal/core/web"
)

// What a device of one's own keeps is sealed there with a key pair: with the one half anything is closed, at any
// time; the other half lies on the device only sealed with its person's key, and is opened here for whoever has
// signed in. So a PIN of six digits guards it as it guards the file: five attempts, and not a machine's million.

// deviceWork names what is sealed for a device.
const deviceWork = "device"

// maxDeviceKey is the size of such a key, in bytes.
const maxDeviceKey = 1 << 10

// lockDevice seals the opening half of a device's key pair for its person.
func (p *Pages) lockDevice(c *web.Ctx) error {
	key, err := deviceKey(c, "key")
	if err != nil {
		return err
	}
	shut, err := p.People.J.SealWork(c, c.PID(), c.Actor.Person, deviceWork, key)
	if err != nil {
		return err
	}
	return c.JSON(map[string]string{"lock": base64.StdEncoding.EncodeToString(shut)})
}

// unlockDevice opens it again, for the same person; anybody else is given an empty key.
func (p *Pages) unlockDevice(c *web.Ctx) error {
	shut, err := deviceKey(c, "lock")
	if err != nil {
		return err
	}
	key, err := p.People.J.OpenWork(c, c.PID(), c.Actor.Person, deviceWork, shut)
	if err != nil {
		key = nil // somebody else's, or of somebody who was erased: there is no key
	}
	return c.JSON(map[string]string{"key": base64.StdEncoding.EncodeToString(key)})
}

func deviceKey(c *web.Ctx, field string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(c.Form(field))
	if err != nil || len(b) == 0 || len(b) > maxDeviceKey {
		return nil, fault.New(fault.Invalid, "")
	}
	return b, nil
}
