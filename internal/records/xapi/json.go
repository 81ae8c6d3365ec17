package xapi

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Deepest is how many values may stand within one another.
const Deepest = 64

// Number is a JSON number as it was written.
type Number string

// Object is a JSON object.
type Object = map[string]any

// Parse reads one JSON value: Object, []any, string, Number, bool or nil. A name that stands twice, what is no
// UTF-8 and what is too deep are refused: two readers could take them for different things.
func Parse(b []byte) (any, error) {
	d := jsontext.NewDecoder(bytes.NewReader(b))
	v, err := value(d)
	if err == nil {
		if _, rest := d.ReadToken(); !errors.Is(rest, io.EOF) {
			err = Wrong(moreJSON)
		}
	}
	return v, unreadable(err)
}

func value(d *jsontext.Decoder) (any, error) {
	if d.StackDepth() > Deepest {
		return nil, Wrong(deepJSON, strconv.Itoa(Deepest))
	}
	switch d.PeekKind() {
	case '{':
		return members(d)
	case '[':
		return elements(d)
	}
	t, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	switch t.Kind() {
	case '"':
		return t.String(), nil
	case '0':
		return Number(t.String()), nil
	case 'n':
		return nil, nil
	}
	return t.Bool(), nil
}

func members(d *jsontext.Decoder) (any, error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	out := Object{}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		k := name.String()
		if out[k], err = value(d); err != nil {
			return nil, err
		}
	}
	_, err := d.ReadToken()
	return out, err
}

func elements(d *jsontext.Decoder) (any, error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	out := []any{}
	for d.PeekKind() != ']' {
		v, err := value(d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := d.ReadToken()
	return out, err
}

// unreadable says of any fault of the text itself that it is one.
func unreadable(err error) error {
	var f *Fault
	switch {
	case err == nil || errors.As(err, &f):
		return err
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return Wrong(halfJSON)
	}
	return Wrong(noJSON, strings.TrimPrefix(err.Error(), "jsontext: "))
}
