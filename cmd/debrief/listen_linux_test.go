package main

import (
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestServeListensOnLoopbackAlone asks the kernel where serve listens.
func TestServeListensOnLoopbackAlone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.md": "Text."})
	s := startServe(t, dir)
	u, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	const listening = "0A"
	socket := regexp.MustCompile(`(?m)^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ` + listening)
	found := 0
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			t.Log(err) // no IPv6 here
			continue
		}
		for _, m := range socket.FindAllStringSubmatch(string(text), -1) {
			if n, _ := strconv.ParseInt(m[2], 16, 32); int(n) != port {
				continue
			}
			found++
			if m[1] != "0100007F" && m[1] != strings.Repeat("0", 24)+"01000000" {
				t.Errorf("%s: serve listens at %s", table, m[1])
			}
		}
	}
	if found == 0 {
		t.Errorf("no socket of port %d is listening: the test sees nothing", port)
	}
}
