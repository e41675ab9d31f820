package cache_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"debrief/generator/cache"
)

// TestWhatIsSealedIsReadOnlyWithItsSecret also holds that damage is nothing.
func TestWhatIsSealedIsReadOnlyWithItsSecret(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	v, err := cache.OpenVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	name, other := cache.Key(sha256.Sum256([]byte("name"))), cache.Key(sha256.Sum256([]byte("other")))
	secret, wrong := cache.Key(sha256.Sum256([]byte("secret"))), cache.Key(sha256.Sum256([]byte("wrong")))
	value := []byte("the outage of checkout")
	if err := v.Seal(name, secret, value); err != nil {
		t.Fatal(err)
	}
	if got := v.Open(name, secret); !bytes.Equal(got, value) {
		t.Errorf("sealed %q, opened %q", value, got)
	}
	if v.Open(name, wrong) != nil || v.Open(other, secret) != nil {
		t.Error("opened with a wrong secret or under another name")
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v files, %v", len(files), err)
	}
	file := filepath.Join(dir, files[0].Name())
	sealed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("checkout")) {
		t.Error("the value can be read in the file")
	}
	for i := range sealed {
		damaged := bytes.Clone(sealed)
		damaged[i] ^= 1
		for _, what := range [][]byte{damaged, sealed[:i]} {
			if err := os.WriteFile(file, what, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := v.Open(name, secret); got != nil {
				t.Fatalf("byte %d damaged or missing: opened %q", i, got)
			}
		}
	}
}

// TestAVaultForgetsTheOldest holds it to a size.
func TestAVaultForgetsTheOldest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	v, err := cache.OpenVault(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for i := range 40 {
		if err := v.Seal(sha256.Sum256(fmt.Append(nil, i)), cache.Key{}, []byte("value")); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 32 {
		t.Errorf("%d files, %v; want 32", len(files), err)
	}
}
