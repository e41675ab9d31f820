package generator

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator/note"
	"debrief/generator/output"
)

// TestGateOfABuild holds that what the model does not see, such as a theme of
// the author's, is read all the same, and debrief's own files are not.
func TestGateOfABuild(t *testing.T) {
	content := fstest.MapFS{
		"debrief.yaml": {Data: []byte("cover_names: {Contoso: a retailer, Apple: a maker}\nredact: [\"INC-\\\\d+\"]\nallow_attachments: [talk.bin]\n")},
		"open.md":      {Data: []byte("---\nvisibility: public\n---\n# An outage\n\nTicket INC-12 at Contoso. [talk](talk.bin) [scan](scan.pdf) ![map](map.gif)\n")},
		"hidden.md":    {Data: []byte("# Contoso INC-13\n\n[more](more.bin)\n")},
		"talk.bin":     {Data: []byte("\x00\x01")},
		"more.bin":     {Data: []byte("\x00\x01")},
		"scan.pdf":     {Data: []byte("%PDF-1.7\x00\x01")},
		"map.gif":      {Data: []byte("GIF89a\x00\x01 broken")},
	}
	theme := fstest.MapFS{"assets/own.css": {Data: []byte(".a::after { content: \"INC-12, Contoso\" }")}}
	for profile, want := range map[note.Visibility]map[string]int{
		note.Private: {},
		note.Shared:  {"debrief/own.css": 2, "scan.pdf": 1, "map.gif": 1},
		note.Public:  {"debrief/own.css": 2, "scan.pdf": 1, "map.gif": 1},
	} {
		r, err := (&Builder{Content: content, Profile: profile, Theme: theme}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		leaks, err := r.Leaks(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		files := make(map[string]int)
		for _, l := range leaks {
			files[l.File]++
		}
		for file := range files {
			if files[file] != want[file] {
				t.Errorf("%s build: %d leaks in %s (%v), want %d", profile, files[file], file, leaks, want[file])
			}
		}
		if len(files) != len(want) {
			t.Errorf("%s build: leaks %v, want them in %v", profile, leaks, want)
		}
	}
}

// TestWhatWasReadIsWhatIsWritten holds that a file which changes after the gate
// has read it is not written: nobody has read what it says now.
func TestWhatWasReadIsWhatIsWritten(t *testing.T) {
	ctx := context.Background()
	for profile, kept := range map[note.Visibility]bool{note.Private: false, note.Shared: true, note.Public: true} {
		content := fstest.MapFS{
			"a.md":     {Data: []byte("---\nvisibility: public\n---\n# An outage\n\n[data](data.csv)\n")},
			"data.csv": {Data: []byte("a,b\n")},
		}
		r, err := (&Builder{Content: content, Profile: profile}).Build(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if leaks, err := r.Leaks(ctx); err != nil || len(leaks) > 0 {
			t.Fatal(leaks, err)
		}
		content["data.csv"] = &fstest.MapFile{Data: []byte("ghp_" + strings.Repeat("x1Y", 12) + "\n")}
		out := filepath.Join(t.TempDir(), "site")
		_, err = output.Write(ctx, out, r.Files, output.Options{Locks: t.TempDir()})
		_, gone := os.Stat(out)
		if written := err == nil && gone == nil; written == kept || kept && !strings.Contains(err.Error(), "data.csv: it has changed") {
			t.Errorf("%s build: written %v (%v)", profile, written, err)
		}
	}
}

// TestWhatIsWrongInTheSettingsIsSaid holds that whoever is refused learns where
// to look.
func TestWhatIsWrongInTheSettingsIsSaid(t *testing.T) {
	for settings, want := range map[string]string{
		"title: x\ncoverNames: {Contoso: x}\n": `debrief.yaml:2: nobody knows what must not be shown: debrief has no use for the key "coverNames"; did you mean "cover_names"?`,
		"redact: [\n":                          `debrief.yaml:2: nobody knows what must not be shown: a list or mapping in brackets is not closed; every [ needs its ] and every { its }`,
		"":                                     "debrief.yml: nobody knows what must not be shown: settings are read from debrief.yaml alone, so nothing in this file counts; rename it, or bring the two together",
	} {
		content := fstest.MapFS{"debrief.yaml": {Data: []byte(settings)}, "a.md": {Data: []byte("---\nvisibility: public\n---\n")}}
		if settings == "" {
			content["debrief.yml"] = &fstest.MapFile{}
		}
		r, err := (&Builder{Content: content, Profile: note.Public}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Leaks(context.Background()); err == nil || err.Error() != want {
			t.Errorf("%q: error\n%v, want\n%s", settings, err, want)
		}
	}
}

// TestSettingsThatCannotBeReadLetNothingOut holds that a slip in the settings
// never shows what they were to keep from being shown.
func TestSettingsThatCannotBeReadLetNothingOut(t *testing.T) {
	for settings, wants := range map[string]bool{
		"redact: [\"(open\"]\n": true, "redact: [\"INC-\\d+\"]\n": true, "redact: {INC: x}\n": true, "cover_name: {Contoso: x}\n": true, "redacted: [x]\n": true,
		"\tredact: x\n": true, "title: [\n": true, "titel: x\n": false, "covers: {Contoso: a retailer}\n": true, "hide: [Contoso]\n": true, "ignor: [secret/]\n": true, "target: {naem: x}\n": false, "redact: ['INC-\\d+']\n": false, "": false,
	} {
		content := fstest.MapFS{"debrief.yaml": {Data: []byte(settings)}, "a.md": {Data: []byte("---\nvisibility: public\n---\n")}}
		r, err := (&Builder{Content: content, Profile: note.Public}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if leaks, err := r.Leaks(context.Background()); (err != nil) != wants || len(leaks) > 0 {
			t.Errorf("%q: error %v, leaks %v; want an error: %v", settings, err, leaks, wants)
		}
	}
}
