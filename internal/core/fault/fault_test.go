package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"tremplin/internal/core/fault"
)

func TestOfFindsTheErrorInAChain(t *testing.T) {
	cause := errors.New("disk full")
	e := &fault.Error{Code: fault.Conflict, Key: "said", Args: []any{"n", 1}, Cause: cause}
	wrapped := fmt.Errorf("saving: %w", e)
	if got := fault.Of(wrapped); got != e || !errors.Is(wrapped, cause) || !fault.Is(wrapped, fault.Conflict) || fault.Is(wrapped, fault.Invalid) {
		t.Fatal(got)
	}
}

func TestAnythingElseIsInternal(t *testing.T) {
	cause := errors.New("disk full")
	if got := fault.Of(cause); got.Code != fault.Internal || !errors.Is(got, cause) || got.Key != "" {
		t.Fatal(got)
	}
	if fault.Is(nil, fault.Internal) {
		t.Fatal("no error is no fault")
	}
}

func TestFields(t *testing.T) {
	if err := fault.Fields(); err != nil {
		t.Fatal("nothing is wrong:", err)
	}
	err := fault.Fields(fault.Field{Name: "name", Key: "missing"})
	if !fault.Is(err, fault.Invalid) || len(fault.Of(err).Fields) != 1 || fault.Of(err).Fields[0].Name != "name" {
		t.Fatal(err)
	}
	if err := fault.New(fault.TooMany, "wait", "seconds", 5); fault.Of(err).Key != "wait" || len(fault.Of(err).Args) != 2 {
		t.Fatal(err)
	}
}
