package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

func TestListIgnoresWhatIsNobodysNote(t *testing.T) {
	fsys := make(fstest.MapFS)
	for _, p := range []string{
		"a.md", "b.markdown", "sub/c.MD", "sub/pic.png", "debrief.yaml", ".obsidian/x.md", ".hidden.md", "node_modules/y.md",
		"site/index.md", "d.md~", "#e.md#", "4913", "templates/t.md", "sub/templates/u.md", "archive/old.md", "notes/draft-1.md", "notes/keep.md",
	} {
		fsys[p] = &fstest.MapFile{Data: []byte("x")}
	}
	f, _, err := List(fsys, Options{Output: "site", Ignore: []string{"templates/", "/archive", "draft-*.md"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a.md", "b.markdown", "notes/keep.md", "sub/c.MD"}; !slices.Equal(f.Notes, want) {
		t.Errorf("notes = %q, want %q", f.Notes, want)
	}
	if want := []string{"sub/pic.png"}; !slices.Equal(f.Attachments, want) {
		t.Errorf("attachments = %q, want %q", f.Attachments, want)
	}
}

func TestTextIsTheSameFromAnyEditor(t *testing.T) {
	want := "---\ntitle: x\n---\nline\n"
	for name, raw := range map[string]string{
		"Unix": want, "Windows": strings.ReplaceAll(want, "\n", "\r\n"), "old Mac": strings.ReplaceAll(want, "\n", "\r"), "with a mark": "\ufeff" + want,
	} {
		if got, found := Text([]byte(raw)); string(got) != want || len(found) > 0 {
			t.Errorf("%s: Text = %q with %d findings, want %q and none", name, got, len(found), want)
		}
	}
	got, found := Text([]byte("one\ncaf\xe9 \x93x\x94 \x81 é"))
	if string(got) != "one\ncafé “x” \uFFFD é" || len(found) != 1 || found[0].Line != 2 || found[0].Column != 4 {
		t.Errorf("bad UTF-8: %q, %+v", got, found)
	}
	for name, raw := range map[string]string{
		"marked UTF-16":                "\xff\xfeh\x00i\x00=\xd8\x80\xde",
		"marked UTF-16, the other way": "\xfe\xff\x00h\x00i\xd8=\xde\x80",
	} {
		if got, found := Text([]byte(raw)); string(got) != "hi🚀" || len(found) != 1 {
			t.Errorf("%s: %q, %+v", name, got, found)
		}
	}
	if got, found := Text([]byte("#\x00 \x00H\x00i\x00\n\x00")); string(got) != "# Hi\n" || len(found) != 1 {
		t.Errorf("unmarked UTF-16: %q, %+v", got, found)
	}
}

func TestReadRefusesHugeNotes(t *testing.T) {
	f := &Folder{fsys: fstest.MapFS{"big.md": {Data: make([]byte, MaxNote+1)}}}
	text, found, err := f.Read("big.md")
	if err != nil || text != nil || len(found) != 1 || found[0].Rule != "too-large" {
		t.Errorf("Read = %d bytes, %v, %v", len(text), found, err)
	}
}

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 4, 3))
	m.Set(1, 1, color.RGBA{200, 10, 10, 255})
	return m
}

func TestScrubKeepsThePictureOnly(t *testing.T) {
	const secret = "51.5N 0.1W Kim"
	var p, j bytes.Buffer
	if err := png.Encode(&p, picture()); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, picture(), nil); err != nil {
		t.Fatal(err)
	}
	text := append([]byte("tEXt"), "Comment\x00"+secret...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-4))
	chunk = append(chunk, text...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(text))
	raw := p.Bytes()
	withText := slices.Concat(raw[:33], chunk, raw[33:], []byte("trailer "+secret))

	segment := func(marker byte, body string) []byte {
		s := []byte{0xff, marker}
		s = binary.BigEndian.AppendUint16(s, uint16(len(body)+2))
		return append(s, body...)
	}
	withExif := slices.Concat(j.Bytes()[:2], segment(0xe1, "Exif\x00\x00"+secret), segment(0xfe, secret), j.Bytes()[2:], []byte(secret))

	var g bytes.Buffer
	if err := gif.Encode(&g, picture(), nil); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0x21, 0xfe, byte(len(secret))}, secret+"\x00"...)
	xmp := append([]byte("\x21\xff\x0bXMP DataXMP"), append([]byte{byte(len(secret))}, secret+"\x00"...)...)
	head := 13 + 3*(1<<(g.Bytes()[10]&7+1))*int(g.Bytes()[10]>>7)
	withComment := slices.Concat(g.Bytes()[:head], comment, xmp, g.Bytes()[head:], []byte(secret))

	// Two pictures in one file, as phones write them: the second has its own EXIF.
	twice := slices.Concat(withExif, withExif)

	for name, file := range map[string][]byte{"a.png": withText, "b.jpg": withExif, "c.jpeg": twice, "d.gif": withComment} {
		clean, ok := Scrub(name, file)
		if again, _ := Scrub(name, clean); !ok || !bytes.Equal(clean, again) {
			t.Errorf("%s: clean %v; scrubbed twice it differs: %v", name, ok, !bytes.Equal(clean, again))
		}
		if bytes.Contains(clean, []byte("Kim")) {
			t.Errorf("%s still tells where it was taken", name)
		}
		m, _, err := image.Decode(bytes.NewReader(clean))
		if err != nil || m.Bounds().Dx() != 4 {
			t.Errorf("%s: the picture is gone: %v", name, err)
		}
	}
}

// TestScrubKeepsNoThumbnail holds that no smaller picture stays, which may show
// what was cut off the picture itself.
func TestScrubKeepsNoThumbnail(t *testing.T) {
	var j bytes.Buffer
	if err := jpeg.Encode(&j, picture(), nil); err != nil {
		t.Fatal(err)
	}
	segment := func(marker byte, body string) []byte {
		return append([]byte{0xff, marker, 0, byte(len(body) + 2)}, body...)
	}
	jfif := "JFIF\x00\x01\x02\x01\x00\x48\x00\x48"
	raw := slices.Concat(j.Bytes()[:2], segment(0xe0, jfif+"\x01\x01Kim"), segment(0xe0, "JFXX\x00\x10Kim"), segment(0xe0, "CIFFKim"), segment(0xf7, "Kim"), j.Bytes()[2:])
	clean, ok := Scrub("a.jpg", raw)
	want := slices.Concat(j.Bytes()[:2], segment(0xe0, jfif+"\x00\x00"), j.Bytes()[2:])
	if again, _ := Scrub("a.jpg", clean); !ok || !bytes.Equal(clean, want) || !bytes.Equal(again, clean) {
		t.Errorf("clean %v\n got %.80q\nwant %.80q", ok, clean, want)
	}
}

// TestScrubbedGIFsMove holds that an animation keeps its pictures, their times
// and how often they repeat.
func TestScrubbedGIFsMove(t *testing.T) {
	frame := image.NewPaletted(image.Rect(0, 0, 4, 4), palette.WebSafe)
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{7, 9}, LoopCount: 5}); err != nil {
		t.Fatal(err)
	}
	clean, ok := Scrub("a.gif", b.Bytes())
	if !ok || !bytes.Equal(clean, b.Bytes()) {
		t.Errorf("clean %v; of an animation without words, %d bytes, %d are left", ok, b.Len(), len(clean))
	}
	older := bytes.Replace(b.Bytes(), []byte("NETSCAPE2.0"), []byte("ANIMEXTS1.0"), 1)
	if clean, ok := Scrub("a.gif", older); !ok || !bytes.Equal(clean, older) {
		t.Errorf("clean %v; with the other name of the block, of %d bytes %d are left", ok, len(older), len(clean))
	}
}

// TestListGoesOnPastBadNames holds that one file which no path can name does
// not cost the others their site.
func TestListGoesOnPastBadNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"good.md", "bad\xff.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Skip("this file system has no such names:", err)
		}
	}
	f, found, err := List(os.DirFS(dir), Options{})
	if err != nil || !slices.Equal(f.Notes, []string{"good.md"}) || len(found) != 1 || found[0].Rule != "skipped-file" {
		t.Errorf("List = %q, %+v, %v", f.Notes, found, err)
	}
}

// TestScrubWebP holds that of a WebP the chunks of its picture are left.
func TestScrubWebP(t *testing.T) {
	chunk := func(name, body string) []byte {
		c := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
		c = append(c, body...)
		if len(body)%2 == 1 {
			c = append(c, 0)
		}
		return c
	}
	riff := func(flags byte, chunks ...[]byte) []byte {
		body := append([]byte("WEBP"), chunk("VP8X", string([]byte{flags})+"\x00\x00\x00\x03\x00\x00\x03\x00\x00")...)
		body = append(body, slices.Concat(chunks...)...)
		return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
	}
	frame := strings.Repeat("\x00", 16)
	moving, ok := Scrub("b.webp", riff(0x0e, chunk("ANIM", "colour"), chunk("ANMF", frame+string(slices.Concat(chunk("ALPH", "a"), chunk("EXIF", "Kim"), chunk("VP8 ", "picture"), chunk("odd ", "Kim"))))))
	if want := riff(0x02, chunk("ANIM", "colour"), chunk("ANMF", frame+string(slices.Concat(chunk("ALPH", "a"), chunk("VP8 ", "picture"))))); !ok || !bytes.Equal(moving, want) {
		t.Errorf("moving: clean %v, %q, want %q", ok, moving, want)
	}
	for _, broken := range []string{"", frame, frame + "VP8 \xff\xff\xff\x7fKim", frame + "EXIF\x03"} {
		if out, ok := Scrub("b.webp", riff(0x02, chunk("ANMF", broken))); ok && bytes.Contains(out, []byte("Kim")) {
			t.Errorf("a broken frame %q counts as clean: %q", broken, out)
		}
	}
	got, ok := Scrub("a.webp", riff(0x0c, chunk("VP8 ", "picture"), chunk("EXIF", "Kim was here"), chunk("XMP ", "Kim"), chunk("odd ", "Kim")))
	if want := riff(0, chunk("VP8 ", "picture")); !ok || !bytes.Equal(got, want) {
		t.Errorf("clean %v, %q, want %q", ok, got, want)
	}
}

// TestScrubSaysWhatItCannotRead holds that a file is called clean only when it
// was read to its end.
func TestScrubSaysWhatItCannotRead(t *testing.T) {
	for _, name := range []string{"a.jpg", "a.png", "a.gif", "a.webp", "a.pdf", "a.mp4", "a"} {
		for _, body := range []string{"", "not a picture", "GIF89a", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "RIFF\x00\x00\x00\x00WEBPVP8"} {
			if out, clean := Scrub(name, []byte(body)); clean || string(out) != body {
				t.Errorf("%s %q: clean %v, %q", name, body, clean, out)
			}
		}
	}
}

// TestScrubKeepsWhichWayIsUp holds that a photo is shown as it was taken, and
// that nothing else of what the phone wrote is kept.
func TestScrubKeepsWhichWayIsUp(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 8, 4)), nil); err != nil {
		t.Fatal(err)
	}
	exif := func(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
		tiff := order.AppendUint32(order.AppendUint16([]byte(mark), 42), 8)
		tiff = order.AppendUint16(tiff, 2)
		tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x010f), 2), 4), "me!\x00"...) // the maker
		tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1), orientation), 0)
		tiff = append(order.AppendUint32(tiff, 0), "GPS 52.5"...)
		body := append([]byte("Exif\x00\x00"), tiff...)
		segment := append([]byte{0xff, 0xe1, 0, byte(len(body) + 2)}, body...)
		return slices.Concat(plain.Bytes()[:2], segment, plain.Bytes()[2:])
	}
	for o := uint16(0); o <= 9; o++ {
		for _, photo := range [][]byte{exif(binary.BigEndian, "MM", o), exif(binary.LittleEndian, "II", o)} {
			clean, _ := Scrub("a.jpg", photo)
			want := 1
			if o >= 1 && o <= 8 {
				want = int(o)
			}
			if Orientation(photo) != want || Orientation(clean) != want {
				t.Errorf("orientation %d is read as %d, and as %d once scrubbed", o, Orientation(photo), Orientation(clean))
			}
			if bytes.Contains(clean, []byte("GPS")) || bytes.Contains(clean, []byte("me!")) {
				t.Errorf("orientation %d: the scrubbed photo says who took it where", o)
			}
			if _, err := jpeg.Decode(bytes.NewReader(clean)); err != nil {
				t.Errorf("orientation %d: %v", o, err)
			}
		}
	}
	for cut := range 60 { // whatever is cut off, nothing breaks
		photo := exif(binary.BigEndian, "MM", 6)
		Orientation(photo[:cut])
		Scrub("a.jpg", photo[:cut])
	}
	for _, tiff := range []string{"MM\x00*\xff\xff\xff\xff", "II*\x00\x08\x00\x00\x00\xff\xff", "MM"} {
		if o := orientation([]byte("Exif\x00\x00" + tiff)); o != 1 {
			t.Errorf("%q is orientation %d", tiff, o)
		}
	}
}

// crowd is a folder of so many files.
type crowd struct {
	n   int
	ext string
}

func (c crowd) Open(string) (fs.File, error) { return nil, fs.ErrNotExist }

func (c crowd) Stat(string) (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{}, ".")
}

func (c crowd) ReadDir(string) ([]fs.DirEntry, error) {
	list := make([]fs.DirEntry, c.n)
	for i := range list {
		list[i] = aFile(fmt.Sprintf("%06d%s", i, c.ext))
	}
	return list, nil
}

type aFile string

func (n aFile) Name() string               { return string(n) }
func (n aFile) IsDir() bool                { return false }
func (n aFile) Type() fs.FileMode          { return 0 }
func (n aFile) Info() (fs.FileInfo, error) { return nil, fs.ErrNotExist }

// TestAHomeFolderIsNoHandbook holds that somebody who names a folder of
// everything hears so instead of waiting.
func TestAHomeFolderIsNoHandbook(t *testing.T) {
	if f, _, err := List(crowd{MaxNotes, ".md"}, Options{}); err != nil || len(f.Notes) != MaxNotes {
		t.Errorf("List of %d notes = %v", MaxNotes, err)
	}
	if _, _, err := List(crowd{MaxNotes + 1, ".md"}, Options{}); !errors.Is(err, ErrTooManyNotes) {
		t.Errorf("List of %d notes = %v, want %v", MaxNotes+1, err, ErrTooManyNotes)
	}
	if _, _, err := List(crowd{MaxAttachments + 1, ".png"}, Options{}); !errors.Is(err, ErrTooManyAttachments) {
		t.Errorf("List of %d files = %v, want %v", MaxAttachments+1, err, ErrTooManyAttachments)
	}
}

// TestLargeAttachmentsAreNotRead holds that a film beside the notes is known
// by its size and never read into memory, not even when it grows.
func TestLargeAttachmentsAreNotRead(t *testing.T) {
	dir := t.TempDir()
	grow := func(name string, size int64) {
		t.Helper()
		if err := errors.Join(os.WriteFile(filepath.Join(dir, name), nil, 0o600), os.Truncate(filepath.Join(dir, name), size)); err != nil {
			t.Fatal(err)
		}
	}
	grow("film.mov", 1<<30)
	grow("fits.mov", MaxAttachment)
	f, _, err := List(os.DirFS(dir), Options{})
	if err != nil || f.TooLarge("film.mov") != 1<<30 || f.TooLarge("fits.mov") != 0 {
		t.Fatalf("%d and %d bytes are too large, %v", f.TooLarge("film.mov"), f.TooLarge("fits.mov"), err)
	}
	if raw, err := f.ReadAttachment("fits.mov"); err != nil || len(raw) != MaxAttachment {
		t.Errorf("%d bytes of fits.mov, %v", len(raw), err)
	}
	grow("fits.mov", MaxAttachment+1)
	for _, name := range []string{"film.mov", "fits.mov"} {
		if raw, err := f.ReadAttachment(name); err == nil || raw != nil {
			t.Errorf("%s: %d bytes, no error", name, len(raw))
		}
	}
	shown := f.Renamed(func(string) string { return "other.mov" })
	if shown.TooLarge("other.mov") != 1<<30 {
		t.Error("under another name it is not too large")
	}
	grow("film.mov", 1)
	if f, _, err = f.Again([]string{"film.mov"}, Options{}); err != nil || f.TooLarge("film.mov") != 0 {
		t.Errorf("cut short it is still too large, %v", err)
	}
}

// FuzzText holds that whatever a file holds, its text is UTF-8 with \n line
// ends, and stays as it is when it is read again.
func FuzzText(f *testing.F) {
	for _, raw := range []string{"a\r\nb\rc", "\ufeff\ufeffx", "\xff\xfeh\x00i\x00", "\xfe\xff\x00h\xd8", "caf\xe9 \x93x\x94 \x81", "a\x00b", "#\x00 \x00H\x00i\x00\n\x00", "\xff\xfe\xff\xfe"} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, found := Text(raw)
		if !utf8.Valid(text) || bytes.ContainsAny(text, "\r\x00") || bytes.HasPrefix(text, []byte("\ufeff")) {
			t.Fatalf("Text(%q) = %q", raw, text)
		}
		for _, f := range found {
			if f.Line < 0 || f.Line > bytes.Count(text, []byte("\n"))+1 {
				t.Fatalf("Text(%q) found %+v", raw, f)
			}
		}
	})
}
