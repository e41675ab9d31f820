package publish

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
)

// A Repository is the user's own, to be looked at.
type Repository struct {
	Top string // its root, absolute
	git git
}

// A Remote is another repository that this one pushes to.
type Remote struct {
	Name, URL string
	Private   bool // the user has said that nobody else can read it
}

// privateKey is where the user says so, in the section of a remote.
const privateKey = "debriefPrivate"

// PrivateCommand is how the user says that nobody else can read a remote.
func (r Remote) PrivateCommand() string {
	return fmt.Sprintf("git config remote.%s.%s true", r.Name, privateKey)
}

// Open finds the repository that a folder lies in.
func Open(ctx context.Context, dir string) (*Repository, error) {
	g, err := topOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	return &Repository{g.dir, g}, nil
}

// Remotes are those that the repository knows.
func (r *Repository) Remotes(ctx context.Context) ([]Remote, error) {
	list, err := r.git.run(ctx, "remote")
	if err != nil {
		return nil, err
	}
	var remotes []Remote
	for _, name := range strings.Fields(list) {
		url, err := r.git.run(ctx, "remote", "get-url", "--push", name)
		if err != nil {
			return nil, err
		}
		said, _ := r.git.run(ctx, "config", "--type=bool", "--get", "remote."+name+"."+privateKey) // fails when it is not set
		remotes = append(remotes, Remote{name, url, said == "true"})
	}
	return remotes, nil
}

// HooksDir is where the repository's hooks lie.
func (r *Repository) HooksDir(ctx context.Context) (string, error) {
	return r.git.run(ctx, "rev-parse", "--path-format=absolute", "--git-path", "hooks")
}

// On are the revisions that a remote is known to have.
func On(remote string) []string { return []string{"--remotes=" + remote} }

// Before are the revisions that a remote is not known to have, of all branches.
func Before(remote string) []string {
	return []string{"--branches", "--not", "--remotes=" + remote}
}

// Everything are the revisions of all branches, tags and remotes.
func Everything() []string { return []string{"--all"} }

// A Version is a file as it was once.
type Version struct {
	Path string // from the repository's root
	ID   string // git's name for what it held
}

// Notes are all versions of Markdown files in the history of revisions. The
// same content in two places is two versions.
func (r *Repository) Notes(ctx context.Context, revisions ...string) ([]Version, error) {
	commits, err := r.git.run(ctx, append([]string{"rev-list"}, revisions...)...)
	if err != nil || commits == "" {
		return nil, err
	}
	var list bytes.Buffer // of what each commit has changed: ":modes ids status", the path; merges with a mode and an id a parent
	if err := r.git.pipe(ctx, strings.NewReader(commits+"\n"), &list,
		"diff-tree", "--stdin", "--root", "-r", "-c", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-commit-id"); err != nil {
		return nil, err
	}
	var versions []Version
	known := make(map[Version]bool)
	fields := strings.Split(list.String(), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		about := strings.Fields(fields[i])
		parents := strings.Count(fields[i], ":")
		if len(about) != 2*parents+3 || parents == 0 {
			return nil, fmt.Errorf("git diff-tree: cannot read %q", fields[i])
		}
		v, mode := Version{fields[i+1], about[2*parents+1]}, about[parents]
		if !strings.HasPrefix(mode, "100") || known[v] { // gone, a link, another repository
			continue
		}
		if lower := strings.ToLower(v.Path); strings.HasSuffix(lower, ".md") || strings.HasSuffix(lower, ".markdown") {
			known[v] = true
			versions = append(versions, v)
		}
	}
	return versions, nil
}

// Read reads what versions held.
func (r *Repository) Read(ctx context.Context, versions []Version) ([][]byte, error) {
	var ids strings.Builder
	for _, v := range versions {
		ids.WriteString(v.ID + "\n")
	}
	var out bytes.Buffer
	if err := r.git.pipe(ctx, strings.NewReader(ids.String()), &out, "cat-file", "--batch"); err != nil {
		return nil, err
	}
	read := bufio.NewReader(&out)
	held := make([][]byte, len(versions))
	for i := range versions {
		var err error
		if held[i], err = batched(read); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// Tracked are the paths that git keeps today, from the repository's root.
func (r *Repository) Tracked(ctx context.Context) ([]string, error) {
	list, err := r.git.run(ctx, "ls-files", "-z", "--full-name")
	if err != nil {
		return nil, err
	}
	return strings.Split(list, "\x00"), nil
}

// batched reads the next object that git cat-file --batch writes.
func batched(r *bufio.Reader) ([]byte, error) {
	var id, kind string
	var size int
	if _, err := fmt.Fscanf(r, "%s %s %d\n", &id, &kind, &size); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	data := make([]byte, size+1) // with the line feed behind it
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	return data[:size], nil
}
