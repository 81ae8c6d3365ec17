package journal_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain keeps the random histories short enough for every run; -rapid.checks=1000 looks deeper.
func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "9")
	flag.Parse()
	os.Exit(m.Run())
}
