package generator

import (
	"bytes"
	"image"
	_ "image/gif" // sizes of images, so that pages reserve their place
	_ "image/jpeg"
	_ "image/png"
	"path"
	"regexp"
	"strconv"
	"strings"

	"debrief/generator/handbook"
	"debrief/generator/output"
	"debrief/generator/source"
)

// attachments returns the files that notes show, scrubbed of what cameras and
// editors wrote into them, and the sizes of the images among them.
func attachments(folder *source.Folder, book *handbook.Handbook) (output.Files, map[string][2]int) {
	var files output.Files
	sizes := make(map[string][2]int)
	sources, targets := book.Attachments()
	for i, src := range sources {
		files = append(files, output.File{Path: targets[i], Draw: func() ([]byte, error) {
			raw, err := folder.ReadAttachment(src)
			if err != nil {
				return nil, err
			}
			return source.Scrub(src, raw), nil
		}})
		if w, h, ok := imageSize(folder, src); ok {
			sizes[src] = [2]int{w, h}
		}
	}
	return files, sizes
}

func imageSize(folder *source.Folder, file string) (w, h int, ok bool) {
	switch strings.ToLower(path.Ext(file)) {
	case ".png", ".jpg", ".jpeg", ".gif":
		raw, err := folder.ReadAttachment(file)
		if err != nil {
			return 0, 0, false
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(raw))
		return c.Width, c.Height, err == nil && c.Width > 0
	case ".svg":
		raw, err := folder.ReadAttachment(file)
		if err != nil {
			return 0, 0, false
		}
		return svgSize(raw)
	}
	return 0, 0, false
}

var (
	svgTag     = regexp.MustCompile(`(?s)<svg\b[^>]*>`)
	svgLength  = regexp.MustCompile(`\s(width|height)="([0-9.]+)(?:px)?"`)
	svgViewBox = regexp.MustCompile(`\sviewBox="[-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)"`)
)

// svgSize reads an SVG's own size, from width and height or the view box.
func svgSize(raw []byte) (w, h int, ok bool) {
	tag := svgTag.Find(raw)
	found := make(map[string]int)
	for _, m := range svgLength.FindAllSubmatch(tag, -1) {
		if f, err := strconv.ParseFloat(string(m[2]), 64); err == nil {
			found[string(m[1])] = int(f)
		}
	}
	if found["width"] > 0 && found["height"] > 0 {
		return found["width"], found["height"], true
	}
	if m := svgViewBox.FindSubmatch(tag); m != nil {
		fw, errW := strconv.ParseFloat(string(m[1]), 64)
		fh, errH := strconv.ParseFloat(string(m[2]), 64)
		return int(fw), int(fh), errW == nil && errH == nil && fw >= 1 && fh >= 1
	}
	return 0, 0, false
}
