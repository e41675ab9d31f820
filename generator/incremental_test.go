package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"debrief/generator"
	"debrief/generator/note"
)

// TestAfterAnyEditsAsFromNothing holds what a preview rests on: a Builder that
// remembers gives after any edits what one that knows nothing gives, byte for
// byte and finding for finding. Each run draws other edits; a fault names its
// seed.
func TestAfterAnyEditsAsFromNothing(t *testing.T) {
	sequences := 300
	if testing.Short() {
		sequences = 30
	}
	first := uint64(time.Now().UnixNano())
	for half := range uint64(2) {
		t.Run(fmt.Sprint(half), func(t *testing.T) {
			t.Parallel()
			for i := range uint64(sequences / 2) {
				if afterEdits(t, first+2*i+half); t.Failed() {
					return
				}
			}
		})
	}
}

// afterEdits runs the edits of one seed.
func afterEdits(t *testing.T, seed uint64) {
	w := newWorld(seed)
	profile := note.Private
	if seed%4 == 0 {
		profile = note.Public // with names that are covered, and files that are called otherwise
	}
	remembering := &generator.Builder{Content: w.notes, Profile: profile}
	for range 2 + w.r.IntN(6) {
		for range 1 + w.r.IntN(4)*w.r.IntN(2) {
			w.edit()
		}
		remembering.Theme = w.theme
		if seed%3 > 0 { // it is told where to look
			remembering.Touched(w.touched)
			w.touched = []string{}
		}
		// What cannot be built stays as it was: the next build must not have
		// learned anything wrong from it.
		remembering.Build(context.Background())
	}
	if seed%3 > 0 {
		remembering.Touched(w.touched)
	}
	got, gotErr := everything(remembering)
	want, wantErr := everything(&generator.Builder{Content: w.notes, Theme: w.theme, Profile: profile})
	edits := strings.Join(w.done, "\n")
	if fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
		t.Errorf("seed %d: %v, from nothing %v\n%s", seed, gotErr, wantErr, edits)
		return
	}
	if len(got) != len(want) {
		t.Errorf("seed %d: %d files, from nothing %d\n%s", seed, len(got), len(want), edits)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("seed %d: %s differs%s\n%s", seed, name, firstDifference(got[name], want[name]), edits)
			return
		}
	}
}

// everything is what a build gives: each file, and the findings as one more.
func everything(b *generator.Builder) (map[string][]byte, error) {
	r, err := b.Build(context.Background())
	if err != nil {
		return nil, err
	}
	all := make(map[string][]byte, len(r.Files)+1)
	for _, f := range r.Files {
		data, err := f.Bytes()
		if err != nil {
			data = []byte(err.Error())
		}
		all[f.Path] = data
	}
	all[" findings"] = fmt.Appendf(nil, "%+v", r.Findings)
	return all, nil
}

// A world is a folder of notes that somebody edits at random.
type world struct {
	r      *rand.Rand
	public bool // is built for others
	notes  fstest.MapFS
	theme  fs.FS
	done   []string

	touched []string // since it was last told; a folder stands for what it holds
}

func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 0)), public: seed%4 == 0, notes: fstest.MapFS{}, touched: []string{}}
	w.put("debrief.yaml", w.one([]string{"packs: []\n", "packs: []\n", "title: A loop\n"})) // a pack brings many pages
	w.put("map.png", "no picture")
	for range 4 + w.r.IntN(6) {
		w.write(w.place())
	}
	return w
}

var (
	worldNames   = []string{"outage", "outage", "outage", "rollback", "cache", "figures", "日本", "index"}
	worldFolders = []string{"", "incidents/", "incidents/", "stories/", "stories/", "rounds/", "questions/", "playbooks/", "signals/", "principles/", "deep/er/"}
	worldWords   = []string{"We saved $3.2M.", "We met the SLA.", "Our MTTR was 38 minutes.", "We were back in 38 minutes.", "It took 41 min to mitigate.", "{{time_to_mitigate}} it was.", "{{outage.time_to_detect}} to see it.", "Errors fell from 12% to 2%.", "I escalated to a senior engineer.", "We handled it.", "==Words== with #tag-a and #tag-b."}
)

func (w *world) one(of []string) string { return of[w.r.IntN(len(of))] }

// title is one that several notes may have, and links may name.
func (w *world) title() string { return fmt.Sprintf("%s %d", w.one(worldNames[3:6]), w.r.IntN(2)) }

var titleLine = regexp.MustCompile(`(?m)^title: .*`)

func (w *world) place() string { return w.one(worldFolders) + w.one(worldNames) + ".md" }

// some is a path that there is, or one that there may be.
func (w *world) some() string {
	if names := slices.Sorted(maps.Keys(w.notes)); len(names) > 0 && w.r.IntN(5) > 0 {
		return w.one(names)
	}
	return w.place()
}

func (w *world) say(format string, args ...any) {
	w.done = append(w.done, fmt.Sprintf(format, args...))
}

func (w *world) put(name, text string) {
	w.notes[name] = &fstest.MapFile{Data: []byte(text)}
	w.touched = append(w.touched, name)
	w.say("write %s: %q", name, text)
}

// edit does one thing that people do to notes.
func (w *world) edit() {
	switch name := w.some(); w.r.IntN(14) {
	case 0, 1, 2:
		w.write(name)
	case 3, 4:
		if f := w.notes[name]; f != nil {
			w.put(name, string(f.Data)+"\n"+w.paragraph())
		}
	case 5:
		if f := w.notes[name]; f != nil {
			w.put(name, titleLine.ReplaceAllString(string(f.Data), "title: "+w.one([]string{"New", w.title()})))
		}
	case 12, 13: // what follows the text, or what it links to, stays
		if f := w.notes[name]; f != nil {
			w.put(name, strings.Replace(string(f.Data), "See [[", w.one([]string{"Not [[", "See [[x", "See also [["}), 1))
		}
	case 6:
		delete(w.notes, name)
		w.touched = append(w.touched, name)
		w.say("remove %s", name)
	case 7:
		w.rename(name, w.place())
	case 8: // a folder moves
		from, to := w.one(worldFolders), w.one(worldFolders)
		for _, name := range slices.Sorted(maps.Keys(w.notes)) {
			if rest, ok := strings.CutPrefix(name, from); ok && from != "" {
				w.rename(name, to+rest)
			}
		}
	case 9:
		w.put(name, w.one([]string{"---\ntitle: [broken\n---\nText.", "---\nkind: incident\nstarted_at: yesterday\n---\n", "", "\xff\xfe", "---\nkind: sotry\n---\n"}))
	case 10:
		w.put("debrief.yaml", w.one([]string{"title: A loop\n", "title: B\nlanguage: ar\n", "packs: []\n", "ignore: [stories/]\n", "titel: x\n", "words_per_minute: 90\nsheet: {hide: [signals]}\n", "time_zone: Asia/Tokyo\n", "cover_names: {outage: an event}\n", "cover_names: {outage: cache, figures: cache}\nredact: [rollback]\n", "coarsen: {public: [money]}\n", "packs: [own.yaml]\n"}))
	case 11:
		if w.r.IntN(2) == 0 {
			w.put("own.yaml", w.one([]string{"name: Own\nprinciples:\n  - {slug: ownership, name: Ownership}\n", "name: Own\nprinciples:\n  - {slug: calm, name: Calm}\n", "name: [\n"}))
			return
		}
		w.theme = w.overlay()
	}
}

func (w *world) overlay() fs.FS {
	name, text := "templates/404.html", w.one([]string{"", `{{define "main"}}Lost.{{end}}`, `{{define "main"}}Gone: {{.Title}}{{end}}`, `{{define "main"}}{{.Nothing}`})
	w.say("theme %s: %q", name, text)
	if text == "" {
		return nil
	}
	return fstest.MapFS{name: {Data: []byte(text)}}
}

func (w *world) rename(from, to string) {
	if f := w.notes[from]; f != nil && from != to {
		delete(w.notes, from)
		w.notes[to] = f
		w.touched = append(w.touched, from, path.Dir(to)) // a move is seen as a folder, too
		w.say("move %s to %s", from, to)
	}
}

func (w *world) paragraph() string {
	link := w.one([]string{"[[%s]]", "[there](../%s.md)", "[[%s#Result]]", "![[%s]]", "[[%s]]", "![](/map.png) [[%s]]", "[[%s|so]]", "[[%s#Nothing]]"})
	return w.one(worldWords) + " See " + fmt.Sprintf(link, strings.TrimSuffix(w.one([]string{w.one(worldNames), w.some(), w.title()}), ".md")) + ". " + w.one(worldWords) + "\n"
}

// write makes a note of the kind that its folder means.
func (w *world) write(name string) {
	if !strings.HasSuffix(name, ".md") {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\ntags: [%s]\n", w.title(), w.one([]string{"tag-a", "tag-b", "Tag-A"}))
	if w.r.IntN(4) == 0 {
		fmt.Fprintf(&b, "aliases: [%s]\n", w.one(worldNames))
	}
	if w.r.IntN(4) == 0 {
		fmt.Fprintf(&b, "related: [%s, %s]\nweight: %d\n", w.one(worldNames), w.title(), w.r.IntN(3))
	}
	if w.public || w.r.IntN(6) == 0 {
		fmt.Fprintf(&b, "visibility: %s\n", w.one([]string{"public", "public", "shared", "private"}))
	}
	switch folder, _, _ := strings.Cut(name, "/"); folder {
	case "incidents":
		fmt.Fprintf(&b, "started_at: 2024-0%d-01T10:00:00Z\ndetected_at: T+%dm\nmitigated_at: T+%dm\nresolved_at: T+90m\nsla: %dm\nseverity: sev2\nmetrics:\n  - {name: error_rate, unit: \"%%\", before: 12, after: %d}\n", 1+w.r.IntN(9), 1+w.r.IntN(3), 38+w.r.IntN(5), 30+w.r.IntN(2)*60, w.r.IntN(5))
	case "stories":
		fmt.Fprintf(&b, "incident: %s\nprinciples: [%s]\nstrength: %d\n", w.one(worldNames[:4]), w.one([]string{"ownership", "dive-deep", "calm"}), 1+w.r.IntN(5))
	case "rounds":
		fmt.Fprintf(&b, "order: %d\nprinciples: [%s]\nstories: [%s]\n", 1+w.r.IntN(5), w.one([]string{"ownership", "dive-deep"}), w.one(worldNames))
	case "principles":
		fmt.Fprintf(&b, "summary: %s\n", w.one(worldWords[:2]))
	}
	b.WriteString("---\n\n")
	for _, h := range []string{"Situation", "Task", "Action", "Result"}[:w.r.IntN(5)] {
		fmt.Fprintf(&b, "## %s\n\n%s\n", h, w.paragraph())
	}
	b.WriteString(w.paragraph())
	w.put(name, b.String())
}
