package publish

import (
	"bufio"
	"bytes"
	"context"
	"strings"

	"debrief/generator/output"
)

// An entry is what lies at a path of the branch.
type entry struct {
	path, mode, id string
	data           []byte // of a plain file; nil for links and submodules
}

// readTree reads what lies on the branch.
func (b *Branch) readTree(ctx context.Context) error {
	list, err := b.own.run(ctx, "ls-tree", "-r", "-z", b.tip)
	if err != nil {
		return err
	}
	var ids strings.Builder
	for line := range strings.SplitSeq(list, "\x00") {
		about, path, ok := strings.Cut(line, "\t") // mode, kind, id
		fields := strings.Fields(about)
		if !ok || len(fields) < 3 {
			continue
		}
		e := entry{path: path, mode: fields[0], id: fields[2]}
		if e.plain() {
			ids.WriteString(e.id + "\n")
		}
		b.there = append(b.there, e)
	}
	var out bytes.Buffer
	if err := b.own.pipe(ctx, strings.NewReader(ids.String()), &out, "cat-file", "--batch"); err != nil {
		return err
	}
	r := bufio.NewReader(&out)
	for i := range b.there {
		if !b.there[i].plain() {
			continue
		}
		if b.there[i].data, err = batched(r); err != nil {
			return err
		}
	}
	_, b.Ours = output.Files{}.Supersedes(b.files())
	return nil
}

// plain reports a file, as against a link or a submodule.
func (e entry) plain() bool { return strings.HasPrefix(e.mode, "100") }

// files are the plain files that lie on the branch.
func (b *Branch) files() map[string][]byte {
	files := make(map[string][]byte, len(b.there))
	for _, e := range b.there {
		if e.plain() {
			files[e.path] = e.data
		}
	}
	return files
}

// Replaced are the files on the branch, by path, whose place a site takes: of
// those that debrief did not publish all.
func (b *Branch) Replaced(site output.Files) map[string][]byte {
	files := b.files()
	if old, ours := site.Supersedes(files); ours {
		return old
	}
	delete(files, domainFile)
	return files
}
