package load

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkStart runs the command on a database that has the demonstration: how long until the first
// page is answered, and how much memory it holds then.
func BenchmarkStart(b *testing.B) {
	data, binary := b.TempDir(), filepath.Join(b.TempDir(), "tremplin")
	if out, err := exec.Command("go", "build", "-o", binary, "tremplin/cmd/tremplin").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	start(b, binary, data) // it loads the demonstration
	var took []time.Duration
	var resident int64
	for b.Loop() {
		d, kB := start(b, binary, data)
		took, resident = append(took, d), max(resident, kB)
	}
	b.ReportMetric(quantile(took, 0.5).Seconds()*1000, "ms-to-first-page")
	b.ReportMetric(float64(resident)/1000, "MB-resident")
}

// start runs the command once.
func start(b *testing.B, binary, data string) (took time.Duration, resident int64) {
	cmd := exec.CommandContext(b.Context(), binary, "demo", "--data", data, "--addr", "127.0.0.1:0")
	said, err := cmd.StderrPipe()
	must(b, err)
	began := time.Now()
	must(b, cmd.Start())
	page := dial(b, host(b, said), "/", "")
	_, err = page.get()
	must(b, err)
	took = time.Since(began)
	resident = memory(b, cmd.Process.Pid)
	_ = page.conn.Close()
	must(b, cmd.Process.Signal(syscall.SIGTERM))
	must(b, cmd.Wait())
	return took, resident
}

// host waits until the command says where it serves.
func host(b *testing.B, said io.Reader) string {
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "Tremplin: http://"); ok {
			return at
		}
	}
	b.Fatal("it does not serve")
	return ""
}

// memory is what a process holds, in kB.
func memory(b *testing.B, pid int) (kB int64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(b, err)
	_, rest, ok := bytes.Cut(status, []byte("VmRSS:"))
	if !ok {
		b.Skip("this system does not say how much memory a process holds")
	}
	_, err = fmt.Sscan(string(rest), &kB)
	must(b, err)
	return kB
}
