package publish

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"debrief/generator/output"
)

// Committer is whom the commit will name. Anybody can read it.
func (b *Branch) Committer(ctx context.Context) (name, email string, err error) {
	if b.who == "" {
		who, err := b.user.run(ctx, "var", "GIT_COMMITTER_IDENT")
		if errors.As(err, new(failed)) {
			return "", "", refuse("`git config user.name NAME` and `git config user.email ADDRESS` tell it", "git does not know who you are")
		}
		if err != nil {
			return "", "", err
		}
		b.who = who
	}
	name, rest, _ := strings.Cut(b.who, " <")
	email, _, _ = strings.Cut(rest, ">")
	return name, email, nil
}

// domainFile is where the settings of GitHub Pages keep the site's domain. It
// stays even on a branch whose site is somebody else's.
const domainFile = "CNAME"

// Commit makes the commit that the branch is to be led to: the files, with a
// manifest by which they are known the next time, and what else lies there that
// is not ours. It reports whether that differs from what lies there now.
func (b *Branch) Commit(ctx context.Context, files output.Files, message string) (changed bool, err error) {
	if _, _, err := b.Committer(ctx); err != nil {
		return false, err
	}
	files, kept, err := b.beside(files)
	if err != nil {
		return false, err
	}
	in, out := io.Pipe()
	go func() { out.CloseWithError(b.stream(ctx, out, message, files, kept)) }()
	err = b.own.pipe(ctx, in, io.Discard, "fast-import", "--quiet", "--done", "--date-format=raw")
	in.Close()
	if err != nil {
		return false, err
	}
	if b.next, err = b.own.run(ctx, "rev-parse", "--verify", "--quiet", nextRef); err != nil {
		return false, err
	}
	if b.tip == "" {
		return true, nil
	}
	trees, err := b.own.run(ctx, "rev-parse", b.next+"^{tree}", b.tip+"^{tree}")
	if err != nil {
		return false, err
	}
	now, before, _ := strings.Cut(trees, "\n")
	return now != before, nil
}

// beside settles the site among what is not ours on the branch: files are what
// is published, kept is what stays, instead of a file of the site where both
// have the same path.
func (b *Branch) beside(site output.Files) (files output.Files, kept []entry, err error) {
	replaced := b.Replaced(site)
	stays := make(map[string]bool)
	for _, e := range b.there {
		_, ours := replaced[e.path]
		if ours || output.IsManifest(e.path) || !b.Ours && e.path != domainFile || e.holds(site) {
			continue
		}
		stays[e.path] = true
		kept = append(kept, e)
		b.Kept = append(b.Kept, e.path)
	}
	files = slices.DeleteFunc(slices.Clone(site), func(f output.File) bool { return stays[f.Path] })
	if err := files.Beside(b.Kept); err != nil {
		return nil, nil, refuse("move it away", "%s %v", b, err)
	}
	listing, err := files.Manifest()
	if err != nil {
		return nil, nil, err
	}
	return append(files, listing), kept, nil
}

// holds reports whether a file of the site lies there already.
func (e entry) holds(site output.Files) bool {
	f, ok := site.Get(e.path)
	if !ok || !e.plain() {
		return false
	}
	data, err := f.Bytes()
	return err == nil && bytes.Equal(data, e.data)
}

// stream writes the commit in the language of git fast-import.
func (b *Branch) stream(ctx context.Context, w io.Writer, message string, files output.Files, kept []entry) error {
	out := bufio.NewWriter(w)
	data := func(b []byte) {
		fmt.Fprintf(out, "data %d\n", len(b))
		out.Write(b)
		out.WriteByte('\n')
	}
	fmt.Fprintf(out, "commit %s\ncommitter %s\n", nextRef, b.who)
	data([]byte(message + "\n\nPublished-by: debrief\n"))
	if b.tip != "" {
		fmt.Fprintf(out, "from %s\n", b.tip)
	}
	out.WriteString("deleteall\n")
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		drawn, err := f.Bytes()
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "M 100644 inline %s\n", quoted(f.Path))
		data(drawn)
	}
	for _, e := range kept {
		fmt.Fprintf(out, "M %s %s %s\n", e.mode, e.id, quoted(e.path))
	}
	out.WriteString("done\n")
	return out.Flush()
}

// quoted is a path as git fast-import reads it.
func quoted(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(path) + `"`
}
