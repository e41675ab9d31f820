package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// epoch is the time of every file in an archive, so that the same files give
// the same archive. ZIP knows no earlier one.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// thirdParty is the file with the licences of what is in the program.
const thirdParty = "THIRD-PARTY-LICENSES.txt"

// pack writes an archive of files, by their names in it, and of the licences,
// and returns its path.
func pack(name string, asZIP bool, files map[string]string, licences []byte) (archive string, err error) {
	contents := map[string][]byte{thirdParty: licences}
	for in, path := range files {
		if contents[in], err = os.ReadFile(path); err != nil {
			return "", err
		}
	}
	var b bytes.Buffer
	if asZIP {
		archive, err = filepath.Join(dist, name+".zip"), writeZIP(&b, name, contents)
	} else {
		archive, err = filepath.Join(dist, name+".tar.gz"), writeTar(&b, name, contents)
	}
	if err != nil {
		return "", err
	}
	return archive, os.WriteFile(archive, b.Bytes(), 0o644)
}

// mode is executable for the program alone.
func mode(file string) os.FileMode {
	if file == "debrief" || file == "debrief.exe" {
		return 0o755
	}
	return 0o644
}

func writeTar(w io.Writer, folder string, files map[string][]byte) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		h := &tar.Header{Name: folder + "/" + name, Mode: int64(mode(name)), Size: int64(len(files[name])), ModTime: epoch, Format: tar.FormatPAX}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(files[name]); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func writeZIP(w io.Writer, folder string, files map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		h := &zip.FileHeader{Name: folder + "/" + name, Method: zip.Deflate, Modified: epoch}
		h.SetMode(mode(name))
		f, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := f.Write(files[name]); err != nil {
			return err
		}
	}
	return z.Close()
}
