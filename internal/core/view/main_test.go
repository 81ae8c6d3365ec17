package view_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain keeps the random folds short enough for every run; -rapid.checks=1000 looks deeper.
func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "40")
	flag.Parse()
	os.Exit(m.Run())
}
