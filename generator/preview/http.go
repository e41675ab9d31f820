package preview

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"debrief/generator/output"
)

// What belongs to the preview and not to the site.
const (
	eventsPath = "/_debrief/events"
	statePath  = "/_debrief/state"
	scriptPath = "/_debrief/reload.js"
	stylePath  = "/_debrief/preview.css"
)

//go:embed reload.js
var script []byte

//go:embed preview.css
var style []byte

// ServeHTTP answers from the last good site.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, h := range securityHeaders {
		w.Header().Set(h[0], h[1])
	}
	if status, why := s.refuse(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, HEAD")
		}
		answer(w, r, status, "text/plain; charset=utf-8", []byte(why+"\n"))
		return
	}
	if s.admit(w, r) {
		return
	}
	switch r.URL.Path {
	case eventsPath:
		s.events(w, r)
	case statePath:
		s.state(w, r)
	case scriptPath:
		answer(w, r, http.StatusOK, typeOf(scriptPath), script)
	case stylePath:
		answer(w, r, http.StatusOK, typeOf(stylePath), style)
	default:
		s.file(w, r)
	}
}

// state is what the stream tells, for a page that is told by another when to
// look.
func (s *Server) state(w http.ResponseWriter, r *http.Request) {
	text, err := json.Marshal(s.stateOf(r.URL.Query().Get("page")))
	if err != nil {
		s.report(fmt.Errorf("tell a page its state: %w", err))
		return
	}
	answer(w, r, http.StatusOK, typeOf("state.json"), text)
}

func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	site := s.current()
	if site == nil {
		w.Header().Set("Retry-After", "1")
		s.notice(w, r, http.StatusServiceUnavailable, "none", "Not built yet", "The handbook is being built. This page shows it as soon as it is there.")
		return
	}
	f, moved, ok := site.find(r.URL.Path)
	switch {
	case moved != "":
		if r.URL.RawQuery != "" {
			moved += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", moved)
		w.WriteHeader(http.StatusFound)
	case ok:
		s.drawn(w, r, site, f)
	default:
		s.lost(w, r, site)
	}
}

func (s *Server) drawn(w http.ResponseWriter, r *http.Request, site *site, f output.File) {
	data, err := site.draw(f)
	if err != nil {
		s.notice(w, r, http.StatusInternalServerError, site.version(r.URL.Path), "This page cannot be drawn", err.Error())
		return
	}
	if path.Ext(f.Path) == ".html" {
		data = withScript(data)
		tellVersion(w, site.version(r.URL.Path))
	}
	w.Header().Set("Content-Type", typeOf(f.Path))
	// For ranges, without which some browsers play no video.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// lost shows the site's own page for addresses that lead nowhere.
func (s *Server) lost(w http.ResponseWriter, r *http.Request, site *site) {
	version := site.version(r.URL.Path)
	if f, ok := site.files.Get("404.html"); ok {
		if data, err := site.draw(f); err == nil {
			if strings.Count(r.URL.Path, "/") > 1 {
				data = rooted(data)
			}
			tellVersion(w, version)
			answer(w, r, http.StatusNotFound, typeOf(f.Path), withScript(data))
			return
		}
	}
	s.notice(w, r, http.StatusNotFound, version, "Not found", "There is no page at this address.")
}

const noticePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[1]s</title>
<link rel="stylesheet" href="%[3]s">
</head>
<body class="notice">
<main>
<h1>%[1]s</h1>
<p>%[2]s</p>
</main>
%[4]s</body>
</html>
`

// notice is a page of the preview's own.
func (s *Server) notice(w http.ResponseWriter, r *http.Request, status int, version, title, text string) {
	tellVersion(w, version)
	page := fmt.Sprintf(noticePage, html.EscapeString(title), html.EscapeString(text), stylePath, scriptTag)
	answer(w, r, status, "text/html; charset=utf-8", []byte(page))
}

// tellVersion lets a page know which version of itself it is: a script can
// read this header of its own page, and the page's bytes stay as they are.
func tellVersion(w http.ResponseWriter, version string) {
	w.Header().Set("Server-Timing", fmt.Sprintf("page;desc=%q", version))
}

func answer(w http.ResponseWriter, r *http.Request, status int, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		io.Copy(w, bytes.NewReader(data)) // who left early needs no answer
	}
}

// types are what the files of a site can be. The system's own table is not
// asked: on some machines it calls a script text/plain, and nosniff is on.
var types = map[string]string{
	".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
	".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json",
	".xml": "application/xml", ".txt": "text/plain", ".md": "text/plain", ".csv": "text/csv",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".bmp": "image/bmp", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".pdf": "application/pdf", ".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav", ".wasm": "application/wasm",
}

func typeOf(name string) string {
	kind, ok := types[strings.ToLower(path.Ext(name))]
	if !ok {
		return "application/octet-stream"
	}
	if strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") {
		kind += "; charset=utf-8"
	}
	return kind
}
