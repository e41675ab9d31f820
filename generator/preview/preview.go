// Package preview shows a built site in the browser of whoever writes it.
//
// It serves the files of the last good build from memory and tells open pages
// when there is something newer to see. It never looks at the disk, it builds
// nothing, and it decides nothing about notes: what is shown, and what is said
// over it, comes in by Show and Fail.
//
// The pages are secrets (employers, offers), and any page open in the same
// browser can send requests here. So only the exact addresses of this server
// are answered, only to its own pages, and only by reading (guard.go).
//
// What is served is what `debrief build` writes, byte for byte, but for one
// script tag at the end of each page.
package preview

import (
	"fmt"
	"sync"

	"debrief/generator/diag"
	"debrief/generator/output"
)

// Options say where a server stands and what it tells whom.
type Options struct {
	// Hosts are the only values of a Host header that are answered, each with
	// its port: see Hosts.
	Hosts []string
	// Token, when there is one, is what a browser must show once, as ?token=, to
	// be answered at all; from then on a cookie stands for it.
	Token string
	// Prefix stands before every path of a finding, so that a click copies what
	// an editor opens.
	Prefix string
	// Report is told of every file that could not be drawn, once a build; nil
	// for nobody. It is called from several goroutines.
	Report func(error)
}

// A Server serves the last good site. All its methods may be called from
// several goroutines.
type Server struct {
	hosts  map[string]bool
	shown  []string // hosts, in order, for the reader who came to the wrong one
	token  string
	prefix string
	report func(error)

	mu      sync.Mutex
	site    *site // nil until the first good build
	failure string
	found   diag.List // errors and warnings in the notes of the site shown
	saved   saved
	next    string // what the next Show says was saved
	news    uint64
	clients map[chan struct{}]bool
}

// New returns a server that has nothing to show yet.
func New(o Options) *Server {
	s := &Server{hosts: make(map[string]bool), shown: o.Hosts, token: o.Token, prefix: o.Prefix, report: o.Report, clients: make(map[chan struct{}]bool)}
	for _, h := range o.Hosts {
		s.hosts[h] = true
	}
	if s.report == nil {
		s.report = func(error) {}
	}
	return s
}

// Show replaces the site. Over each page stand the errors and warnings among
// the findings that are about its own note, and the errors in all others. notes
// tells which note a page shows, by output path.
func (s *Server) Show(files output.Files, found diag.List, notes func(file string) string) {
	worth := make(diag.List, 0, len(found))
	for _, f := range found {
		if f.Severity != diag.Info {
			worth = append(worth, f)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site = &site{files: files, notes: notes, report: s.report}
	s.failure, s.found = "", worth
	if s.next != "" {
		s.saved, s.next = saved{s.next, s.news + 1}, ""
	}
	s.wake()
}

// Follow leads open pages to the one of the note that was just saved, by output
// path, with the next Show; "" leads them nowhere.
func (s *Server) Follow(page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = page
}

// Fail keeps the last good site and shows over it, until the next Show, why
// there is no newer one.
func (s *Server) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failure = err.Error()
	s.wake()
}

// A state is all that an open page needs to know. It is always told as a
// whole, so that a page that missed something has missed nothing.
type state struct {
	News    uint64   `json:"news"`    // how many builds and failures there were
	Version string   `json:"version"` // of the page as it would be served now
	Look    string   `json:"look"`    // of what the page is shown with: styles, scripts, pictures
	Failure string   `json:"failure,omitempty"`
	Saved   saved    `json:"saved,omitzero"`
	Here    findings `json:"here"`      // in the note that the page shows
	Others  findings `json:"elsewhere"` // errors in all other notes
}

// saved is the page of the note saved last, and with which news it came: an open
// page goes there once.
type saved struct {
	Page string `json:"page"`
	At   uint64 `json:"at"`
}

type findings struct {
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	List     []finding `json:"list,omitempty"`
	More     int       `json:"more,omitempty"` // that are not listed
}

type finding struct {
	Severity string `json:"severity"`
	Place    string `json:"place"`
	Message  string `json:"message"`
	Rule     string `json:"rule"`
}

func (l *findings) add(f diag.Finding, place string) {
	if f.Severity == diag.Error {
		l.Errors++
	} else {
		l.Warnings++
	}
	if len(l.List) == mostFindings {
		l.More++
		return
	}
	l.List = append(l.List, finding{f.Severity.String(), place, f.Message, f.Rule})
}

// mostFindings is how many a page lists; who has more reads the terminal.
const mostFindings = 20

func (s *Server) stateOf(page string) state {
	s.mu.Lock()
	site, now, found := s.site, state{News: s.news, Failure: s.failure, Saved: s.saved}, s.found
	s.mu.Unlock()
	now.Version, now.Look = site.version(page), site.look(page)
	own := site.note(page)
	for _, f := range found {
		switch {
		case own != "" && f.Path == own:
			now.Here.add(f, s.place(f))
		case f.Severity == diag.Error:
			now.Others.add(f, s.place(f))
		}
	}
	return now
}

// place is where a finding is, as editors and terminals understand it.
func (s *Server) place(f diag.Finding) string {
	switch {
	case f.Line <= 0:
		return s.prefix + f.Path
	case f.Column <= 0:
		return fmt.Sprintf("%s%s:%d", s.prefix, f.Path, f.Line)
	}
	return fmt.Sprintf("%s%s:%d:%d", s.prefix, f.Path, f.Line, f.Column)
}

func (s *Server) current() *site {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site
}
