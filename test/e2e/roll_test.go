package e2e_test

import (
	"errors"

	"tremplin/internal/core/i18n"
	"tremplin/internal/tutoring"
)

// marks says on the roll how somebody is, and waits until this device shows it: then it keeps it.
func (p *tab) marks(w *i18n.Words, state string, who tutoring.Row) {
	p.t.Helper()
	p.press("button", w.T("room.mark."+state)+" · "+who.Name())
	p.shows(w, state, who)
}

// shows waits until the roll says this of somebody.
func (p *tab) shows(w *i18n.Words, state string, who tutoring.Row) {
	p.t.Helper()
	p.until("show "+state, func() error {
		o, err := p.find("button", w.T("room.mark."+state)+" · "+who.Name())
		if err != nil {
			return err
		}
		pressed, err := of[bool](p, o, "function() { return this.ariaPressed === 'true'; }")
		if err == nil && !pressed {
			err = errors.New("another state")
		}
		return err
	})
}

// leavesAsked touches a button; before that is kept, leaving the page asks first.
func (p *tab) leavesAsked(name string) {
	p.t.Helper()
	o, err := p.find("button", name)
	must(p.t, err)
	asks, err := of[bool](p, o, `function() {
		const leave = () => { const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented; };
		const before = leave();
		this.form.requestSubmit(this);
		return !before && leave();
	}`)
	must(p.t, err)
	if !asks {
		p.t.Errorf("%s: it can be left before it is kept", name)
	}
}
