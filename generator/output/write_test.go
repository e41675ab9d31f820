package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Each story is a folder, the sites written to it one after the other, and
// what is in it then.
func TestWrite(t *testing.T) {
	first := site("index.html", "home", "a/x.html", "x", "a/y.html", "y")
	tests := []struct {
		name   string
		before folder // in the folder before anything is built; nil: no such folder
		first  Files
		then   folder   // laid over the first site by its owner
		remove []string // by its owner
		second Files
		want   folder
		report Report // of the second write
	}{
		{
			name: "a changed page, a new one and one that is gone", first: first,
			second: site("index.html", "HOME", "a/x.html", "x", "b/z.html", "z"),
			want:   folder{"index.html": "HOME", "a/x.html": "x", "b/z.html": "z"},
			report: Report{Written: 2, Unchanged: 1, Removed: 1},
		},
		{
			name: "a folder whose last page is gone goes too", first: first,
			second: site("index.html", "home"),
			want:   folder{"index.html": "home"},
			report: Report{Unchanged: 1, Removed: 2},
		},
		{
			name: "a .gitignore is as good as nothing, and stays", before: folder{".gitignore": "*\n"},
			first: first, second: site("index.html", "2"),
			want:   folder{"index.html": "2", ".gitignore": "*\n"},
			report: Report{Written: 1, Removed: 2, Kept: []string{".gitignore"}},
		},
		{
			name: "foreign files, folders and links stay", first: first,
			then: folder{
				"CNAME": "kim.example\n", "a/notes.txt": "mine", "drafts/deep/er/x.html": "mine",
				"empty/": "", "latest": "→a/x.html", "away": "→/nowhere", ".git/HEAD": "ref",
			},
			second: site("index.html", "2"),
			want: folder{
				"index.html": "2",
				"CNAME":      "kim.example\n", "a/notes.txt": "mine", "drafts/deep/er/x.html": "mine",
				"empty/": "", "latest": "→a/x.html", "away": "→/nowhere", ".git/HEAD": "ref",
			},
			report: Report{Written: 1, Removed: 2, Kept: []string{".git/", "CNAME", "a/", "away", "drafts/", "empty/", "latest"}},
		},
		{
			name: "a page changed by hand stays when the site drops it", first: first,
			then:   folder{"a/x.html": "edited"},
			second: site("index.html", "home"),
			want:   folder{"index.html": "home", "a/x.html": "edited"},
			report: Report{Unchanged: 1, Removed: 1, Kept: []string{"a/"}},
		},
		{
			name: "a page changed by hand is written anew while the site has it", first: first,
			then:   folder{"a/x.html": "edited"},
			second: first,
			want:   folder{"index.html": "home", "a/x.html": "x", "a/y.html": "y"},
			report: Report{Written: 1, Unchanged: 2, Replaced: []string{"a/x.html"}},
		},
		{
			name: "a page deleted by hand comes back", first: first,
			remove: []string{"a"},
			second: first,
			want:   folder{"index.html": "home", "a/x.html": "x", "a/y.html": "y"},
			report: Report{Written: 2, Unchanged: 1},
		},
		{
			name: "a foreign file where the site has one stays", first: first,
			then:   folder{"robots.txt": "mine"},
			second: site("index.html", "home", "a/x.html", "x", "a/y.html", "y", "robots.txt", "ours"),
			want:   folder{"index.html": "home", "a/x.html": "x", "a/y.html": "y", "robots.txt": "mine"},
			report: Report{Unchanged: 3, Kept: []string{"robots.txt"}},
		},
		{
			name: "a link in a page's place is replaced, not written through", first: first,
			remove: []string{"a/x.html"}, then: folder{"a/x.html": "→../precious"},
			second: site("index.html", "home", "a/x.html", "new", "a/y.html", "y"),
			want:   folder{"index.html": "home", "a/x.html": "new", "a/y.html": "y"},
			report: Report{Written: 1, Unchanged: 2, Replaced: []string{"a/x.html"}},
		},
		{
			name: "a file becomes a folder", first: site("a", "1", "b", "2"),
			second: site("a/x.html", "3", "b", "2"),
			want:   folder{"a/x.html": "3", "b": "2"},
			report: Report{Written: 1, Unchanged: 1, Removed: 1},
		},
		{
			name: "a folder becomes a file", first: site("a/x.html", "1", "a/b/y.html", "1", "b", "2"),
			second: site("a", "3", "b", "2"),
			want:   folder{"a": "3", "b": "2"},
			report: Report{Written: 1, Unchanged: 1, Removed: 2},
		},
	}
	for _, mode := range []string{"swap", "in place", "mount point"} {
		for _, test := range tests {
			t.Run(mode+"/"+test.name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "site")
				o := options(dir)
				switch mode {
				case "in place":
					o.FS = noExchange{quick{}}
				case "mount point":
					o.FS = mountPoint{quick{}, dir}
				}
				if test.before != nil {
					lay(t, dir, test.before)
				}
				_, err := Write(context.Background(), dir, test.first, o)
				must(t, err)
				for _, path := range test.remove {
					must(t, os.RemoveAll(filepath.Join(dir, path)))
				}
				lay(t, dir, test.then)
				report, err := Write(context.Background(), dir, test.second, o)
				must(t, err)
				sameFolder(t, "the folder", dir, test.want)
				stamp, err := Intact(context.Background(), dir, o)
				must(t, err)
				if stamp != report.Stamp {
					t.Errorf("the folder's stamp is %x, the report's %x", stamp, report.Stamp)
				}
				report.Stamp = Stamp{}
				if !reflect.DeepEqual(report, test.report) {
					t.Errorf("report = %+v, want %+v", report, test.report)
				}
				alone(t, "after the second write", dir)

				before := stat(t, dir)
				report, err = Write(context.Background(), dir, test.second, o)
				must(t, err)
				if report.Written+report.Removed > 0 || !reflect.DeepEqual(before, stat(t, dir)) {
					t.Errorf("a third write with nothing new touched the folder: %+v", report)
				}
			})
		}
	}
}

// stat is all that shows whether a folder has been touched: the identity and
// time of everything in it, and of itself.
func stat(t *testing.T, dir string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		seen[name] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime().UnixNano(), identity(info))
		return err
	}))
	return seen
}

func TestUnchangedWriteTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	files := site("index.html", "home", "a/x.html", strings.Repeat("x", 200_000), "empty.txt", "")
	for i := range 100 { // enough for a sync of the whole file system
		files = append(files, page(fmt.Sprintf("z%02d.html", i), "z"))
	}
	files.Sort()
	_, err := Write(context.Background(), dir, files, Options{Locks: t.TempDir()})
	must(t, err)
	lay(t, dir, folder{"mine.txt": "mine"})
	write(t, dir, files) // makes the folder for locks beside it
	before := stat(t, filepath.Dir(dir))
	report := write(t, dir, files)
	if report.Unchanged != len(files) || report.Written != 0 {
		t.Errorf("report = %+v, want %d unchanged", report, len(files))
	}
	if after := stat(t, filepath.Dir(dir)); !reflect.DeepEqual(before, after) {
		t.Errorf("an unchanged write touched something:\nbefore %v\nafter  %v", before, after)
	}
}

func TestUnchangedFilesKeepTheirTimes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	write(t, dir, site("index.html", "home", "a/x.html", "x"))
	name := filepath.Join(dir, "a", "x.html")
	before := stat(t, name)
	write(t, dir, site("index.html", "HOME", "a/x.html", "x"))
	if after := stat(t, name); !reflect.DeepEqual(before, after) {
		t.Errorf("a page that did not change was touched: before %v, after %v", before, after)
	}
}

func TestManifestSaysNothingOfTheMachine(t *testing.T) {
	read := func(order []string) string {
		dir := filepath.Join(t.TempDir(), "site")
		for _, path := range order {
			write(t, dir, site("index.html", "home", path, "x"))
		}
		write(t, dir, site("index.html", "home", "ä & <b>.html", "x"))
		b, err := os.ReadFile(filepath.Join(dir, manifestName))
		must(t, err)
		return string(b)
	}
	one, two := read([]string{"a.html"}), read([]string{"b.html", "c.html"})
	if one != two {
		t.Errorf("the manifest depends on what was built before:\n%s\n%s", one, two)
	}
	if strings.Contains(one, os.TempDir()) || !strings.Contains(one, `"ä & <b>.html"`) {
		t.Errorf("manifest = %s, want plain relative paths", one)
	}
}

func TestNothingIsWrittenWhenAPageCannotBeDrawn(t *testing.T) {
	failure := errors.New("the template does not parse")
	broken := append(site("a.html", "new", "b.html", "new"),
		File{Path: "m.html", Draw: func() ([]byte, error) { return nil, failure }},
		File{Path: "n.html", Draw: func() ([]byte, error) { panic("boom") }})
	broken = append(broken, page("z.html", "new"))

	dir := filepath.Join(t.TempDir(), "deep", "site")
	o := Options{Locks: t.TempDir()}
	_, err := Write(context.Background(), dir, broken, o)
	if !errors.Is(err, failure) || !strings.Contains(err.Error(), "m.html") {
		t.Errorf("Write = %v, want the first page's failure", err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a failed first build left its folder behind: %v", err)
	}

	_, err = Write(context.Background(), dir, site("a.html", "old"), o)
	must(t, err)
	before := stat(t, dir)
	if _, err = Write(context.Background(), dir, broken, o); !errors.Is(err, failure) {
		t.Errorf("Write = %v, want the page's failure", err)
	}
	if !reflect.DeepEqual(before, stat(t, dir)) {
		t.Error("a failed build touched the site")
	}
	alone(t, "after a failed build", dir)
}

// TestWriteDrawsTheLastLast holds the order for files made of what others say.
func TestWriteDrawsTheLastLast(t *testing.T) {
	var drawn []string
	var files Files
	for _, name := range []string{"a.js", "b.html", "c.js", "d.html"} {
		files = append(files, File{Path: name, Last: strings.HasSuffix(name, ".js"), Draw: func() ([]byte, error) {
			drawn = append(drawn, name)
			return []byte(name), nil
		}})
	}
	dir := filepath.Join(t.TempDir(), "site")
	o := options(dir)
	o.Workers = 1
	_, err := Write(context.Background(), dir, files, o)
	must(t, err)
	if got := strings.Join(drawn, " "); got != "b.html d.html a.js c.js" {
		t.Errorf("drawn in the order %s", got)
	}
}

func TestWriteStopsWhenAsked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	write(t, dir, site("a.html", "old"))
	ctx, cancel := context.WithCancel(context.Background())
	files := append(site("a.html", "new"), File{Path: "b.html", Draw: func() ([]byte, error) {
		cancel()
		return []byte("b"), nil
	}})
	for i := range 50 {
		files = append(files, page(fmt.Sprintf("c%02d.html", i), "c"))
	}
	if _, err := Write(ctx, dir, files, options(dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("Write = %v, want %v", err, context.Canceled)
	}
	sameFolder(t, "after a build that was interrupted", dir, folder{"a.html": "old"})
	alone(t, "after a build that was interrupted", dir)
}

func TestFewPagesAreInMemoryAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	var mu sync.Mutex
	drawing, most := 0, 0
	var files Files
	for i := range 64 {
		files = append(files, File{Path: fmt.Sprintf("%02d.html", i), Draw: func() ([]byte, error) {
			mu.Lock()
			drawing++
			most = max(most, drawing)
			mu.Unlock()
			defer func() { mu.Lock(); drawing--; mu.Unlock() }()
			return []byte("page"), nil
		}})
	}
	o := options(dir)
	o.Workers = 3
	report, err := Write(context.Background(), dir, files, o)
	must(t, err)
	if most > 3 || report.Written != 64 {
		t.Errorf("%d pages were drawn at a time and %d written, want at most 3 and 64", most, report.Written)
	}
}

func TestObstaclesAreNamed(t *testing.T) {
	tests := []struct {
		name string
		then folder
		next Files
		want string
	}{
		{"a foreign file where a folder is needed", folder{"b": "mine"}, site("index.html", "home", "b/x.html", "x"), `holds "b"`},
		{"a link where a folder is needed", folder{"b": "→/etc"}, site("index.html", "home", "b/x.html", "x"), `holds "b"`},
		{"a foreign folder where a file is needed", folder{"b/mine.txt": "mine"}, site("index.html", "home", "b", "x"), `holds "b/mine.txt"`},
		{"an empty foreign folder where a file is needed", folder{"b/": ""}, site("index.html", "home", "b", "x"), `holds "b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			write(t, dir, site("index.html", "home"))
			lay(t, dir, test.then)
			before := stat(t, dir)
			_, err := Write(context.Background(), dir, test.next, options(dir))
			var target *TargetError
			if !errors.As(err, &target) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Write = %v, want a refusal that says %s", err, test.want)
			}
			if !reflect.DeepEqual(before, stat(t, dir)) {
				t.Error("a refused build touched the folder")
			}
			alone(t, "after a refusal", dir)
		})
	}
}

func TestLinkToTheOutputFolder(t *testing.T) {
	root := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(root, "elsewhere", "www"), 0o755))
	link := filepath.Join(root, "site")
	must(t, os.Symlink(filepath.Join("elsewhere", "www"), link))
	o := Options{Locks: t.TempDir()}
	for _, text := range []string{"1", "2"} {
		_, err := Write(context.Background(), link, site("index.html", text), o)
		must(t, err)
	}
	if to, err := os.Readlink(link); err != nil || to != filepath.Join("elsewhere", "www") {
		t.Errorf("the link reads %q, %v; want it untouched", to, err)
	}
	sameFolder(t, "behind the link", filepath.Join(root, "elsewhere", "www"), folder{"index.html": "2"})
	alone(t, "behind the link", filepath.Join(root, "elsewhere", "www"))
}

func TestReadOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	write(t, dir, site("index.html", "old"))
	must(t, os.Chmod(dir, 0o555))
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	if report := write(t, dir, site("index.html", "old")); report.Unchanged != 1 {
		t.Errorf("report = %+v, want 1 unchanged: nothing needs to be written", report)
	}
	_, err := Write(context.Background(), dir, site("index.html", "new"), options(dir))
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Write to a read-only folder = %v, want %v", err, fs.ErrPermission)
	}
	sameFolder(t, "the read-only folder", dir, folder{"index.html": "old"})
	alone(t, "after a write that was not allowed", dir)
}

func TestPermissionsOfFoldersStay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	write(t, dir, site("index.html", "1", "a/x.html", "x"))
	must(t, os.Chmod(dir, 0o750))
	must(t, os.Chmod(filepath.Join(dir, "a"), 0o700))
	write(t, dir, site("index.html", "2", "a/x.html", "x"))
	for name, want := range map[string]fs.FileMode{dir: 0o750, filepath.Join(dir, "a"): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has permissions %v, %v; want %v", filepath.Base(name), info.Mode().Perm(), err, want)
		}
	}
}

func TestTwoBuildsOfOneFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	o := options(dir)

	// While one draws, another is turned away at once …
	entered, leave := make(chan bool), make(chan bool)
	done := make(chan error, 1)
	go func() {
		_, err := Write(context.Background(), dir, Files{{Path: "index.html", Draw: func() ([]byte, error) {
			close(entered)
			<-leave
			return []byte("first"), nil
		}}}, o)
		done <- err
	}()
	<-entered
	var busy *BusyError
	if _, err := Write(context.Background(), dir, site("index.html", "second"), o); !errors.As(err, &busy) {
		t.Errorf("a second build = %v, want *BusyError", err)
	}
	// … or waits until it is asked to stop …
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wait := o
	wait.Wait = true
	if _, err := Write(ctx, dir, site("index.html", "second"), wait); !errors.Is(err, context.Canceled) {
		t.Errorf("a waiting build = %v, want %v", err, context.Canceled)
	}
	close(leave)
	must(t, <-done)
	sameFolder(t, "after one build", dir, folder{"index.html": "first"})

	// … or until its turn comes.
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			files := site("index.html", fmt.Sprint(i), fmt.Sprintf("only-%d.html", i), "x")
			if _, err := Write(context.Background(), dir, files, wait); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got := look(t, dir)
	if want := (folder{"index.html": got["index.html"], "only-" + got["index.html"] + ".html": "x"}); got.String() != want.String() {
		t.Errorf("after eight builds the folder holds %v, want one site", got)
	}
	alone(t, "after eight builds", dir)
}

func TestCompare(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	files := site("index.html", "home", "a/x.html", "x", "b.html", "b")
	write(t, dir, files)
	lay(t, dir, folder{"mine.txt": "mine"})
	differences, err := Compare(context.Background(), dir, files)
	if err != nil || len(differences) > 0 {
		t.Errorf("Compare after Write = %q, %v; want no difference", differences, err)
	}
	lay(t, dir, folder{"index.html": "HOME"})
	differences, err = Compare(context.Background(), dir, site("index.html", "home", "b.html", "b", "c.html", "c"))
	want := []string{
		"a/x.html: no longer part of the site",
		"c.html: missing",
		"index.html: differs (4 bytes on disk, 4 built)",
	}
	if err != nil || !slices.Equal(differences, want) {
		t.Errorf("Compare = %q, %v; want %q", differences, err, want)
	}
}
