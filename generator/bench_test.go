package generator_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/output"
	"debrief/generator/render/search"
	"debrief/tools/corpus"
)

// BenchmarkBuild builds folders of generated notes from nothing: read, parse,
// link, check, draw every file. µs/note says whether growth is linear.
func BenchmarkBuild(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		var bytes int64
		for b.Loop() {
			bytes = drawn(b, &generator.Builder{Content: notes})
		}
		b.ReportMetric(float64(bytes)/float64(len(notes)), "bytes/note")
	})
}

// BenchmarkBuildEdit changes one note and builds again with the Builder that
// remembers the others; the note's own page is drawn, as in a preview.
func BenchmarkBuildEdit(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		builder := &generator.Builder{Content: notes}
		if _, err := builder.Build(context.Background()); err != nil {
			b.Fatal(err)
		}
		edited := notes["stories/note-1.md"].Data
		i := 0
		for b.Loop() {
			i++
			notes["stories/note-1.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "%s\nEdit %d.\n", edited, i)}
			builder.Touched([]string{"stories/note-1.md"})
			r, err := builder.Build(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			page, _ := r.Files.Get("stories/note-1.html")
			if _, err := page.Bytes(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBuildAndWrite is what `debrief build` does in an empty folder.
func BenchmarkBuildAndWrite(b *testing.B) {
	eachSize(b, func(b *testing.B, notes fstest.MapFS) {
		for b.Loop() {
			r, err := (&generator.Builder{Content: notes}).Build(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := output.Write(context.Background(), b.TempDir()+"/site", r.Files, output.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func eachSize(b *testing.B, run func(*testing.B, fstest.MapFS)) {
	for _, n := range []int{100, 1000, 10000} {
		notes := make(fstest.MapFS)
		for name, text := range corpus.Notes(n) {
			notes[name] = &fstest.MapFile{Data: text}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, notes)
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/note")
		})
	}
}

func drawn(b testing.TB, builder *generator.Builder) (bytes int64) {
	r, err := builder.Build(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range r.Files {
		data, err := f.Draw()
		if err != nil {
			b.Fatal(err)
		}
		bytes += int64(len(data))
	}
	return bytes
}

// BenchmarkSearch does what makes a handbook of 1,000 notes searchable: reads
// the pages as they were drawn, lists their words, writes their texts. Each
// step is told apart, of all pages.
func BenchmarkSearch(b *testing.B) {
	notes := make(fstest.MapFS)
	for name, text := range corpus.Notes(1000) {
		notes[name] = &fstest.MapFile{Data: text}
	}
	r, site := build(b, &generator.Builder{Content: notes})
	pages := make([]search.Page, len(r.Site.Pages))
	var bytes int64
	for i, p := range r.Site.Pages {
		pages[i] = search.Page{File: p.File, Title: p.Title, Parts: search.Read(site[p.File])}
		bytes += int64(len(site[p.File]))
	}
	b.Run("read", func(b *testing.B) {
		b.SetBytes(bytes)
		b.ReportAllocs()
		for b.Loop() {
			for _, p := range pages {
				search.Read(site[p.File])
			}
		}
	})
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			search.Index(pages)
		}
	})
	b.Run("texts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			search.Texts(nil, 0, pages)
		}
	})
}
