// Command withpg runs a command with a PostgreSQL server of its own: a fresh cluster in a temporary
// folder on a free loopback port, gone when the command ends. The command finds its address in
// TREMPLIN_TEST_POSTGRES.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	bin, err := binaries()
	if err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "tremplin-pg")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	port, err := freePort()
	if err != nil {
		return 1, err
	}
	stop, err := start(bin, dir, port)
	if err != nil {
		return 1, err
	}
	defer stop()
	return command(args, fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port))
}

// binaries finds the newest server that Debian has installed.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("no PostgreSQL server: apt-get install postgresql")
	}
	return filepath.Dir(slices.Max(found)), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close() //nolint:errcheck // only its number was wanted
	return l.Addr().(*net.TCPAddr).Port, nil
}

func start(bin, dir string, port int) (stop func(), err error) {
	who, err := identity(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if err := as(who, bin+"/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=fr", "-N").Run(); err != nil {
		return nil, fmt.Errorf("initdb: %w", err)
	}
	opts := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off", port)
	up := as(who, bin+"/pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", opts, "start")
	if err := up.Run(); err != nil {
		return nil, fmt.Errorf("pg_ctl start: %w", err)
	}
	return func() { _ = as(who, bin+"/pg_ctl", "-D", data, "-m", "immediate", "stop").Run() }, nil
}

// identity is who the server runs as: it refuses root, so there it becomes Debian's user postgres.
func identity(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, uid, gid)
}

func as(who *syscall.Credential, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = "/"
	c.Stderr = os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	return c
}

// command runs the tests and hands signals on, so that an interrupt still stops the server.
func command(args []string, dsn string) (int, error) {
	c := exec.Command(args[0], args[1:]...)
	c.Env = append(os.Environ(), "TREMPLIN_TEST_POSTGRES="+dsn)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := c.Start(); err != nil {
		return 1, err
	}
	go func() {
		for s := range signals {
			_ = c.Process.Signal(s)
		}
	}()
	_ = c.Wait() // the exit code says it
	return c.ProcessState.ExitCode(), nil
}
