package note

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestSlugKeepsNamesApart tries what file names are made of.
func TestSlugKeepsNamesApart(t *testing.T) {
	for in, want := range map[string]string{
		"C": "c", "C++": "cpp", "C#": "csharp", "F# notes": "fsharp-notes", "Objective-C++": "objective-cpp",
		"Issue #5": "issue-5", "#tag": "tag", "a#b": "a-b", "x+y": "x-y",
		"don't": "dont", "Earth’s": "earths", "_draft_": "_draft_", " - a -- b - ": "a-b", "v1.2.3": "v1-2-3",
		"日本語 メモ": "日本語-メモ", "שלום": "שלום", "e\u0301te\u0301": "été", "🚀 launch 🎉": "launch", "🚀": "", "½": "½",
		"CON": "con-note", "com1": "com1-note", "console": "console", "a\u202eb": "a-b", "nul\x00": "nul-note",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, seed := range []string{"a b", "C#", "CON.txt", "İ", "a\u0301\u0302", "../x", strings.Repeat("ä", 90), "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if len(slug) > maxSegment+len("-note") || !utf8.ValidString(slug) || !norm.NFC.IsNormalString(slug) || reserved[slug] ||
			strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		for _, r := range slug {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '-' && r != '_' {
				t.Errorf("Slug(%q) = %q holds %q", s, slug, r)
			}
		}
	})
}
