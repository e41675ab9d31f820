package gate

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
)

// binaryForms are the texts in a file that is none: its runs of letters in the
// encodings that metadata is written in, what is compressed in it, and the
// pages of a PDF.
func binaryForms(data []byte) iter.Seq[form] {
	return func(yield func(form) bool) {
		for at := 0; at == 0 || at+overlap < len(data); at += pieceSize - overlap {
			if !yield(form{"in its bytes", runsOf(data[at:min(at+pieceSize, len(data))])}) {
				return
			}
		}
		for _, f := range containerForms(data) {
			if !yield(f) {
				return
			}
		}
	}
}

// containerForms are the texts of what is packed into a file.
func containerForms(data []byte) []form {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return []form{{"in its compressed parts", inflated(data)}, {"in its pages", pdfText(data)}}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return zipForms(data)
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		if r, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			return []form{{"in its compressed parts", limited(r)}}
		}
	}
	return nil
}

// mostInflated is how much of a compressed part is read.
const mostInflated = 16 << 20

func limited(r io.Reader) string {
	raw, _ := io.ReadAll(io.LimitReader(r, mostInflated)) // a broken end hides nothing of the beginning
	if isText(raw) {
		return string(raw)
	}
	return runsOf(raw)
}

// runsOf are the runs of letters in data, read as UTF-8 and as Latin-1, and as
// UTF-16 of either order at either offset.
func runsOf(data []byte) string {
	var b strings.Builder
	for rest := data; len(rest) > 0; {
		end := bytes.IndexFunc(rest, func(r rune) bool { return r < ' ' || r == 0x7f })
		if end < 0 {
			end = len(rest)
		}
		narrow(&b, rest[:end])
		rest = rest[min(end+1, len(rest)):]
	}
	for _, offset := range []int{0, 1} {
		for _, high := range []int{0, 1} {
			wide(&b, data[min(offset, len(data)):], high)
		}
	}
	return b.String()
}

// narrow adds a run as Latin-1, and as UTF-8 where that differs.
func narrow(b *strings.Builder, run []byte) {
	beyond := 0
	for _, c := range run {
		if c >= 0x80 {
			beyond++
		}
	}
	if len(run)+beyond < 4 {
		return
	}
	for _, c := range run {
		b.WriteRune(rune(c))
	}
	b.WriteByte('\n')
	if beyond > 0 {
		b.Write(bytes.ToValidUTF8(run, []byte(" ")))
		b.WriteByte('\n')
	}
}

// wide adds the runs of UTF-16 whose more significant byte is the one at high.
func wide(b *strings.Builder, data []byte, high int) {
	var run []uint16
	flush := func() {
		if len(run) >= 4 {
			b.WriteString(string(utf16.Decode(run)))
			b.WriteByte('\n')
		}
		run = run[:0]
	}
	for i := 0; i+1 < len(data); i += 2 {
		u := uint16(data[i+high])<<8 | uint16(data[i+1-high])
		if u < 0x20 || u >= 0x2000 { // scripts with letters of case; others seldom stand in metadata
			flush()
			continue
		}
		run = append(run, u)
	}
	flush()
}

// inflated is what the zlib streams of a PDF say.
func inflated(data []byte) string {
	var b strings.Builder
	for b.Len() < mostInflated {
		at := bytes.Index(data, []byte("stream"))
		if at < 0 {
			break
		}
		data = bytes.TrimLeft(data[at+len("stream"):], "\r\n")
		if r, err := zlib.NewReader(bytes.NewReader(data)); err == nil {
			b.WriteString(limited(r))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var tags = regexp.MustCompile(`<[^<>]*>`)

func zipForms(data []byte) []form {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	var names, all strings.Builder
	for _, f := range r.File {
		names.WriteString(f.Name + "\n" + f.Comment + "\n")
		if part, err := f.Open(); err == nil && all.Len() < mostInflated {
			text := limited(part)
			part.Close()
			all.WriteString(text + "\n" + tags.ReplaceAllString(text, "") + "\n") // a word may go on in another run
		}
	}
	return []form{{"in the names of its parts", names.String()}, {"in its compressed parts", all.String()}}
}

// pdfText is what the pages and the properties of a PDF show. One that cannot
// be read shows nothing here; the gate has not let it through unless its
// author does.
func pdfText(data []byte) (text string) {
	defer func() { _ = recover() }() // hostile bytes; what was read until then counts
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	var b strings.Builder
	info := r.Trailer().Key("Info")
	for _, key := range info.Keys() {
		b.WriteString(info.Key(key).Text() + "\n")
	}
	text = b.String()
	for i := range r.NumPage() {
		page := r.Page(i + 1)
		if plain, err := page.GetPlainText(nil); err == nil {
			text += plain + "\n" + strings.ReplaceAll(plain, "\n", "") + "\n"
		}
	}
	return text
}
