package output

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestCheckTarget(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	lay(t, root, folder{
		"prep/content/index.md":        "notes",
		"prep/content/stories/x.md":    "notes",
		"prep/empty/":                  "",
		"prep/dots/.gitignore":         "*",
		"prep/dots/.gitkeep":           "",
		"prep/repo/.git/HEAD":          "ref",
		"prep/worktree/.git":           "gitdir: elsewhere",
		"prep/hidden/.obsidian/x.json": "{}",
		"prep/other/photo.jpg":         "mine",
		"prep/file":                    "mine",
		"prep/newer/" + manifestName:   `{"schema":2,"files":[]}`,
		"prep/broken/" + manifestName:  `{"schema":1,"fi`,
		"prep/evil/" + manifestName:    `{"schema":1,"files":[{"path":"../content/index.md","sha256":"` + strings.Repeat("0", 64) + `"}]}`,
		"prep/built/" + manifestName:   `{"schema":1,"files":[]}`,
		"prep/built/.git/HEAD":         "ref",
		"prep/built/mine.txt":          "mine",
		"prep/content-link":            "→content",
		"prep/dangling":                "→nowhere",
		"prep/content/site/index.html": "not ours",
		"home/kim/x":                   "mine",
	})
	t.Setenv("HOME", filepath.Join(root, "home", "kim"))
	t.Chdir(filepath.Join(root, "prep"))

	tests := []struct{ dir, content, want string }{ // want "" when the folder is fine
		{"site", "content", ""},
		{"empty", "content", ""},
		{"dots", "content", ""},
		{"built", "content", ""},
		{"a/b/site", "content", ""},
		{"content/out", "content", ""},
		{"site", ".", ""},
		{"site", "", ""},

		{"content", "content", "is the folder of the notes"},
		{"content/", "content", "is the folder of the notes"},
		{"./content/../content", "content", "is the folder of the notes"},
		{filepath.Join(root, "prep", "content"), "content", "is the folder of the notes"},
		{"content-link", "content", "is the folder of the notes"},
		{"content", "content-link", "is the folder of the notes"},
		{".", "content", "holds the folder of the notes"},
		{"..", "content", "holds the folder of the notes"},
		{"content", "content/stories", "holds the folder of the notes"},
		{".", ".", "is the folder of the notes"},
		{"/", "content", "root of the disk"},
		{"../home/kim", "content", "is your home folder"},
		{"../home", "content", "holds your home folder"},
		{"file", "content", "is not a folder"},
		{"file/site", "content", "which is not a folder"},
		{"dangling", "content", "leads nowhere"},
		{"dangling/site", "content", "leads nowhere"},
		{"repo", "content", `holds ".git"`},
		{"worktree", "content", `holds ".git"`},
		{"hidden", "content", `holds ".obsidian"`},
		{"other", "content", `holds "photo.jpg"`},
		{"content/site", "content", `holds "index.html"`},
		{"content/stories", "content", `holds "x.md"`},
		{"newer", "content", "another version of debrief"},
		{"broken", "content", "damaged"},
		{"evil", "content", "damaged"},
	}
	before := stat(t, root)
	for _, test := range tests {
		err := CheckTarget(test.dir, test.content)
		var target *TargetError
		switch {
		case test.want == "" && err != nil:
			t.Errorf("CheckTarget(%q, %q) = %v, want no error", test.dir, test.content, err)
		case test.want != "" && (!errors.As(err, &target) || !strings.Contains(err.Error(), test.want)):
			t.Errorf("CheckTarget(%q, %q) = %v, want a refusal that says %q", test.dir, test.content, err, test.want)
		}
		if test.want != "" {
			if _, err := Write(t.Context(), test.dir, site("index.html", "x"), Options{Content: test.content, Locks: os.DevNull}); !errors.As(err, &target) {
				t.Errorf("Write(%q) = %v, want a refusal", test.dir, err)
			}
		}
	}
	if !reflect.DeepEqual(before, stat(t, root)) {
		t.Error("a check changed something")
	}
}
