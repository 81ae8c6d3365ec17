package journal_test

import (
	"bytes"
	"errors"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
)

func TestWorkIsSealedForItsOwner(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		amina, leila := thing("owner", 1), thing("owner", 2)
		shut, err := h.SealWork(t.Context(), programme, amina, "form welcome", []byte(secret))
		must(t, err)
		if bytes.Contains(shut, []byte(secret)) {
			t.Fatal("in clear")
		}
		clear, err := h.OpenWork(t.Context(), programme, amina, "form welcome", shut)
		must(t, err)
		if string(clear) != secret {
			t.Fatalf("%q", clear)
		}
		_, err = h.SealWork(t.Context(), programme, leila, "form welcome", []byte("x"))
		must(t, err)
		for name, open := range map[string]func() ([]byte, error){
			"another person": func() ([]byte, error) { return h.OpenWork(t.Context(), programme, leila, "form welcome", shut) },
			"another name":   func() ([]byte, error) { return h.OpenWork(t.Context(), programme, amina, "form health", shut) },
			"another programme": func() ([]byte, error) {
				return h.OpenWork(t.Context(), id.Named("programme", "other"), amina, "form welcome", shut)
			},
			"damaged": func() ([]byte, error) { return h.OpenWork(t.Context(), programme, amina, "form welcome", shut[1:]) },
			"nothing": func() ([]byte, error) { return h.OpenWork(t.Context(), programme, amina, "form welcome", nil) },
		} {
			if clear, err := open(); err == nil {
				t.Errorf("%s: opened as %q", name, clear)
			}
		}
	})
}

func TestErasureEndsWork(t *testing.T) {
	eachHouse(t, func(t *testing.T, h house) {
		amina := thing("owner", 1)
		shut, err := h.SealWork(t.Context(), programme, amina, "form", []byte(secret))
		must(t, err)
		must(t, h.Erase(t.Context(), programme, amina))
		if _, err := h.OpenWork(t.Context(), programme, amina, "form", shut); !errors.Is(err, journal.ErrErased) {
			t.Error(err)
		}
		if _, err := h.SealWork(t.Context(), programme, amina, "form", []byte(secret)); !errors.Is(err, journal.ErrErased) {
			t.Error(err)
		}
	})
}
