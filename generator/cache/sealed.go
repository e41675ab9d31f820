package cache

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"slices"
)

// Limits of what is sealed: a value for each folder that somebody builds.
const (
	mostSealed = 32
	maxSealed  = 8 << 20
)

// A Vault keeps values that only who knows a secret can read: the digest of
// what a value was made of. So it says nothing of notes to whoever does not
// have those very notes. A nil Vault keeps nothing.
type Vault struct{ dir *os.Root }

// OpenVault returns a vault that is kept in dir, as Open does.
func OpenVault(dir string) (*Vault, error) {
	root, err := openPrivate(dir)
	if err != nil {
		return nil, err
	}
	return &Vault{root}, nil
}

// Close lets go of the folder.
func (v *Vault) Close() {
	if v != nil {
		v.dir.Close()
	}
}

// Open returns what was sealed under a name with this secret, nil when there
// is no such thing.
func (v *Vault) Open(name, secret Key) []byte {
	if v == nil {
		return nil
	}
	file := hex.EncodeToString(name[:])
	info, err := v.dir.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > 2*maxSealed {
		return nil
	}
	sealed, err := v.dir.ReadFile(file)
	if err != nil {
		return nil
	}
	value, err := lockOf(secret).Open(nil, nil, sealed, name[:])
	if err != nil {
		return nil
	}
	return value
}

// Seal keeps a value under a name instead of what was there. What is too large
// is not kept.
func (v *Vault) Seal(name, secret Key, value []byte) error {
	if v == nil {
		return nil
	}
	file := hex.EncodeToString(name[:])
	if len(value) > maxSealed {
		if err := v.dir.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := replace(v.dir, file, lockOf(secret).Seal(nil, nil, value, name[:])); err != nil {
		return err
	}
	return v.forget()
}

// forget deletes the oldest where there are too many.
func (v *Vault) forget() error {
	entries, err := fs.ReadDir(v.dir.FS(), ".")
	if err != nil || len(entries) <= mostSealed {
		return err
	}
	age := func(e fs.DirEntry) int64 {
		info, err := e.Info()
		if err != nil {
			return 0
		}
		return info.ModTime().UnixNano()
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(age(a), age(b)) })
	for _, e := range entries[:len(entries)-mostSealed] {
		if err := v.dir.Remove(e.Name()); err != nil {
			return err
		}
	}
	return nil
}

func lockOf(secret Key) cipher.AEAD {
	block, err := aes.NewCipher(secret[:])
	if err == nil {
		var lock cipher.AEAD
		if lock, err = cipher.NewGCMWithRandomNonce(block); err == nil {
			return lock
		}
	}
	panic(err) // the secret is as long as AES wants it
}
