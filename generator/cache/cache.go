// Package cache keeps small results: for as long as the process lives, and
// between runs in a folder that belongs to the user alone.
//
// What is kept is found by a Key, a digest of everything that decides the
// result, so nothing in it ever grows old; it is only forgotten. The folder may
// be deleted at any time. What was written to it by somebody else, or only in
// part, reads as if it had never been there. Whoever keeps something says in
// the value itself how to tell that it belongs to what was asked for: a digest
// proves that bytes are whole, not that they are honest.
package cache

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// A Key names a value: the digest of everything that decides it.
type Key [sha256.Size]byte

// Limits of what is kept, in memory and on disk: some ten thousand notes'
// blocks of code, several times.
const (
	packs   = 64        // by the first bits of a key
	maxPack = 512 << 10 // bytes of a pack
	perKept = 48        // bytes that an entry takes beside its value, about
	maxKept = maxPack / 8
)

// A Cache keeps values by key. It is safe for concurrent use. A nil Cache
// keeps nothing.
type Cache struct {
	dir   *os.Root // nil: in memory alone
	packs [packs]pack
}

// A pack is a part of the cache, and a file of its folder. A file for each
// value took 2.3 s to write and 0.18 s to read for twenty thousand of them,
// 64 packs 0.02 s and 0.007 s.
type pack struct {
	mu      sync.Mutex
	read    bool // from the folder
	fresh   bool // holds what the folder does not
	size    int
	entries map[Key]*entry
}

type entry struct {
	value []byte
	used  bool // since the last time that something had to go
}

// New returns a cache that ends with the process.
func New() *Cache { return new(Cache) }

// Open returns a cache that is kept in dir, which is made when there is none.
// It is an error when the folder cannot be had for the user alone.
func Open(dir string) (*Cache, error) {
	root, err := openPrivate(dir)
	if err != nil {
		return nil, err
	}
	return &Cache{dir: root}, nil
}

func openPrivate(dir string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the cache: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the cache: %w", err)
	}
	info, err := root.Stat(".")
	if err == nil && !private(info) {
		err = fmt.Errorf("%s is not the user's alone", dir)
	}
	if err != nil {
		root.Close()
		return nil, fmt.Errorf("open the cache: %w", err)
	}
	return root, nil
}

// Get returns what is kept under a key, nil for nothing. It must not be
// changed.
func (c *Cache) Get(k Key) []byte {
	if c == nil {
		return nil
	}
	p := c.pack(k)
	defer p.mu.Unlock()
	e := p.entries[k]
	if e == nil {
		return nil
	}
	e.used = true
	return e.value
}

// Put keeps a value, which must not be changed any more. What is large, for
// something that many are kept of, is not kept.
func (c *Cache) Put(k Key, value []byte) {
	if c == nil || len(value)+perKept > maxKept {
		return
	}
	p := c.pack(k)
	defer p.mu.Unlock()
	if old := p.entries[k]; old != nil {
		p.size -= len(old.value) + perKept
		delete(p.entries, k)
	}
	if p.size += len(value) + perKept; p.size > maxPack {
		p.forget()
		p.size += len(value) + perKept
	}
	p.entries[k] = &entry{value, true}
	p.fresh = true
}

// pack returns the pack of a key, read and locked.
func (c *Cache) pack(k Key) *pack {
	i := int(k[0]) * packs >> 8
	p := &c.packs[i]
	p.mu.Lock()
	if !p.read {
		p.read = true
		p.entries = make(map[Key]*entry)
		if c.dir != nil {
			p.take(c.load(i))
		}
	}
	return p
}

// forget makes room: what has not been used since the last time goes, and
// everything when all of it has.
func (p *pack) forget() {
	p.size = 0
	for k, e := range p.entries {
		if !e.used {
			delete(p.entries, k)
			continue
		}
		e.used = false
		p.size += len(e.value) + perKept
	}
	if p.size > maxPack-maxKept {
		clear(p.entries)
		p.size = 0
	}
}

// Save writes what is new to the folder. The cache goes on being usable.
func (c *Cache) Save() error {
	if c == nil || c.dir == nil {
		return nil
	}
	var errs []error
	for i := range c.packs {
		p := &c.packs[i]
		p.mu.Lock()
		if p.fresh {
			p.fresh = false // a disk that is full now is not asked again for each note
			if err := c.store(i, p.bytes()); err != nil {
				errs = append(errs, err)
			}
		}
		p.mu.Unlock()
	}
	if len(errs) > 0 {
		return fmt.Errorf("write the cache: %w", errs[0]) // the others are the same
	}
	return nil
}

// Close lets go of the folder; Save comes before it.
func (c *Cache) Close() {
	if c != nil && c.dir != nil {
		c.dir.Close()
	}
}

func packName(i int) string { return fmt.Sprintf("%02x", i) }

// load reads a pack's file; nil when there is none to be trusted.
func (c *Cache) load(i int) []byte {
	info, err := c.dir.Lstat(packName(i))
	if err != nil || !info.Mode().IsRegular() || info.Size() > 2*maxPack {
		return nil
	}
	data, err := c.dir.ReadFile(packName(i))
	if err != nil {
		return nil
	}
	return data
}

func (c *Cache) store(i int, data []byte) error { return replace(c.dir, packName(i), data) }

// replace replaces a file. It is not waited for until it is on the disk: what
// a power cut leaves half written, its digest gives away.
func replace(dir *os.Root, name string, data []byte) error {
	temp := name + ".new"
	if err := dir.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = dir.Rename(temp, name)
	}
	if err != nil {
		dir.Remove(temp)
	}
	return err
}
