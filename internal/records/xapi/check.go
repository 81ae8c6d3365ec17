package xapi

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// check refuses a value that is not what its property asks for.
type check func(v any) error

// shape is an object of which every property is known.
type shape struct {
	has  map[string]check
	need []string
	also []func(Object) error // what holds among properties
}

func (s shape) check(v any) error {
	o, ok := v.(Object)
	if !ok {
		return Wrong(noObject)
	}
	for _, k := range s.need {
		if _, ok := o[k]; !ok {
			return Wrong(missing, k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(o)) {
		c := s.has[k]
		if c == nil {
			return Wrong(unknown, k)
		}
		if err := c(o[k]); err != nil {
			return Under(k, err)
		}
	}
	for _, f := range s.also {
		if err := f(o); err != nil {
			return err
		}
	}
	return nil
}

func text(v any) error {
	if _, ok := v.(string); !ok {
		return Wrong(noText)
	}
	return nil
}

func boolean(v any) error {
	if _, ok := v.(bool); !ok {
		return Wrong(NoTruth)
	}
	return nil
}

// float reads a number that a computer can hold.
func float(v any) (float64, error) {
	n, ok := v.(Number)
	if !ok {
		return 0, Wrong(noNumber)
	}
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsInf(f, 0) {
		return 0, Wrong(tooLarge)
	}
	return f, nil
}

func number(v any) error {
	_, err := float(v)
	return err
}

// natural is a whole number of bytes.
func natural(v any) error {
	f, err := float(v)
	if err == nil && (f < 0 || f != math.Trunc(f)) {
		err = Wrong(NoNatural)
	}
	return err
}

// one is the only text that is taken.
func one(of ...string) check {
	return func(v any) error {
		if s, ok := v.(string); !ok || !slices.Contains(of, s) {
			return Wrong(NoneOf, strings.Join(of, ", "))
		}
		return nil
	}
}

func list(of check) check {
	return func(v any) error {
		all, ok := v.([]any)
		if !ok {
			return Wrong(noList)
		}
		for i, w := range all {
			if err := of(w); err != nil {
				return Nth(i, err)
			}
		}
		return nil
	}
}

// keyed is an object whose names are free, of a kind.
func keyed(name, of check) check {
	return func(v any) error {
		o, ok := v.(Object)
		if !ok {
			return Wrong(noObject)
		}
		for k, w := range o {
			if err := name(k); err != nil {
				return Under(strconv.Quote(k), err)
			}
			if err := of(w); err != nil {
				return Under(strconv.Quote(k), err)
			}
		}
		return nil
	}
}

func anything(any) error { return nil }
