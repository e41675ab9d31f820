package generator

import (
	"bufio"
	"crypto/sha256"
	"image"
	_ "image/gif" // sizes of images, so that pages reserve their place
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"debrief/generator/cover"
	"debrief/generator/handbook"
	"debrief/generator/output"
	"debrief/generator/source"
)

// attachments returns the files that notes show, scrubbed of what cameras and
// editors wrote into them, and the sizes in pixels of the images among them, 0
// where there is none. A size is read when it is first wanted, from the
// beginning of the file: a folder may hold gigabytes of pictures, and a preview
// builds at every save. What is read is noted down in shown.
func attachments(folder *source.Folder, book *handbook.Handbook, names *cover.Names, shown *sync.Map) (files output.Files, size func(path string) (w, h int)) {
	sizes := make(map[string]func() [2]int)
	sources, targets := book.Attachments()
	for i, src := range sources {
		files = append(files, output.File{Path: targets[i], Draw: func() ([]byte, error) {
			raw, err := folder.ReadAttachment(src)
			if err != nil {
				return nil, err
			}
			shown.Store(folder.Real(src), sha256.Sum256(raw))
			clean, _ := source.Scrub(src, raw)
			return names.File(clean), nil
		}})
		sizes[src] = sync.OnceValue(func() [2]int { return imageSize(folder, src) })
	}
	files.Sort()
	return files, func(path string) (w, h int) {
		if size := sizes[path]; size != nil {
			wh := size()
			return wh[0], wh[1]
		}
		return 0, 0
	}
}

// filesBeside are the files of the folder that are no notes.
func filesBeside(folder *source.Folder) []handbook.Attachment {
	files := make([]handbook.Attachment, len(folder.Attachments))
	for i, p := range folder.Attachments {
		files[i] = handbook.Attachment{Path: p, TooLarge: folder.TooLarge(p)}
	}
	return files
}

// maxSize is the longest side that is believed.
const maxSize = 1 << 20

func imageSize(folder *source.Folder, file string) [2]int {
	f, err := folder.Open(file)
	if err != nil {
		return [2]int{} // its drawing says so
	}
	defer f.Close()
	var w, h float64
	switch strings.ToLower(path.Ext(file)) {
	case ".png", ".jpg", ".jpeg", ".gif":
		head := bufio.NewReaderSize(f, 72<<10)
		start, err := head.Peek(2)
		if err == nil && start[0] == 0xff { // a JPEG: EXIF comes first, and takes 64 KiB at most
			start, _ = head.Peek(72 << 10)
		}
		if c, _, err := image.DecodeConfig(head); err == nil {
			w, h = float64(c.Width), float64(c.Height)
		}
		if source.Orientation(start) >= 5 {
			w, h = h, w
		}
	case ".svg":
		if head, err := io.ReadAll(io.LimitReader(f, 64<<10)); err == nil {
			w, h = svgSize(head)
		}
	}
	if w < 1 || h < 1 || w > maxSize || h > maxSize {
		return [2]int{}
	}
	return [2]int{int(w), int(h)}
}

var (
	svgTag     = regexp.MustCompile(`(?s)<svg\b[^>]*>`)
	svgLength  = regexp.MustCompile(`\s(width|height)="([0-9.]+)(?:px)?"`)
	svgViewBox = regexp.MustCompile(`\sviewBox="[-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)"`)
)

// svgSize reads an SVG's own size, from width and height or the view box.
func svgSize(raw []byte) (w, h float64) {
	tag := svgTag.Find(raw)
	number := func(text []byte) float64 {
		f, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			return 0
		}
		return f
	}
	for _, m := range svgLength.FindAllSubmatch(tag, -1) {
		if string(m[1]) == "width" {
			w = number(m[2])
		} else {
			h = number(m[2])
		}
	}
	if m := svgViewBox.FindSubmatch(tag); m != nil && (w < 1 || h < 1) {
		return number(m[1]), number(m[2])
	}
	return w, h
}
