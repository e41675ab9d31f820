package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"debrief/generator"
	"debrief/generator/cache"
	"debrief/generator/note"
	"debrief/generator/output"
)

// Before is what the last build of these notes into this folder left behind,
// so that one with nothing to do need not draw the site to find that out.
//
// Nothing is guessed from times: all that is read is digested, and every file
// of the site is held against what was written. What is kept is sealed with
// the digest of what was read, as findings quote notes; so only a build of the
// same notes can read it.
type before struct {
	vault *cache.Vault
	site  *site
	out   string
	name  cache.Key
	read  cache.Key // the digest of what is read
}

// told is what is kept: what the build said, and which site it left.
type told struct {
	Stamp   output.Stamp
	Summary generator.Summary
}

// before looks whether a build may have nothing to do. It returns nil where
// that cannot be told: nothing is kept, or the site is for others and so has
// to pass the gate.
func (a *app) before(ctx context.Context, s *site, f buildFlags) *before {
	if a.noCache || f.verify || s.Profile != note.Private {
		return nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	b := &before{site: s, out: f.out}
	if b.name, err = b.named(); err != nil {
		return nil
	}
	if b.read, err = b.inputs(ctx); err != nil {
		return nil // the build will say why
	}
	if b.vault, err = cache.OpenVault(filepath.Join(dir, "debrief", "built")); err != nil {
		return nil
	}
	return b
}

func (b *before) Close() {
	if b != nil {
		b.vault.Close()
	}
}

// named tells the builds of a folder from others.
func (b *before) named() (cache.Key, error) {
	var text bytes.Buffer
	for _, dir := range []string{b.site.notes.dir, b.out} {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return cache.Key{}, err
		}
		fmt.Fprintf(&text, "%q ", abs)
	}
	return sha256.Sum256(text.Bytes()), nil
}

// inputs is the digest of what this program reads, and of the program.
func (b *before) inputs(ctx context.Context) (cache.Key, error) {
	sum, err := b.site.Inputs(ctx)
	if err != nil {
		return cache.Key{}, err
	}
	name, err := os.Executable()
	if err != nil {
		return cache.Key{}, err
	}
	program, err := os.Stat(name)
	if err != nil {
		return cache.Key{}, err
	}
	return sha256.Sum256(fmt.Appendf(sum[:], " %q %d %d %v", name, program.Size(), program.ModTime().UnixNano(), built())), nil
}

// same returns what the last build said when the site is the one that it left
// and nothing that it read has changed.
func (b *before) same(ctx context.Context) (generator.Summary, bool) {
	var t told
	// Asked for more, a build says what in the folder is not debrief's, and
	// has to look.
	if b == nil || b.site.app.verbose || json.Unmarshal(b.vault.Open(b.name, b.read), &t) != nil {
		return generator.Summary{}, false
	}
	stamp, err := output.Intact(ctx, b.out, output.Options{})
	return t.Summary, err == nil && stamp == t.Stamp && b.site.SameAttached(ctx, t.Summary)
}

// keep remembers a build, unless something changed while it was at work.
func (b *before) keep(ctx context.Context, s generator.Summary, stamp output.Stamp) error {
	if b == nil {
		return nil
	}
	if now, err := b.inputs(ctx); err != nil || now != b.read || !b.site.SameAttached(ctx, s) {
		return err
	}
	value, err := json.Marshal(told{stamp, s})
	if err != nil {
		return err
	}
	return b.vault.Seal(b.name, b.read, value)
}
