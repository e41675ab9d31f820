package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"debrief/generator/preview"
	"debrief/generator/source"
	"debrief/generator/watch"
)

const defaultPort = 4545

type serveFlags struct {
	siteFlags
	port      int
	portGiven bool
	bind      string
	bindGiven bool
	expose    bool
	open      bool
	follow    bool
	poll      time.Duration
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:  "serve",
		Args: arguments(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			f.portGiven, f.bindGiven = c.Flags().Changed("port"), c.Flags().Changed("bind")
			return a.serve(c.Context(), f)
		},
	}
	f.add(c)
	c.Flags().IntVarP(&f.port, "port", "p", defaultPort, "")
	c.Flags().StringVar(&f.bind, "bind", "127.0.0.1", "")
	c.Flags().BoolVar(&f.expose, "expose", false, "")
	c.Flags().BoolVar(&f.open, "open", false, "")
	c.Flags().BoolVar(&f.follow, "follow", false, "")
	c.Flags().DurationVar(&f.poll, "poll", 0, "")
	c.Flags().Lookup("poll").NoOptDefVal = "1s"
	return c
}

// serve shows the handbook and keeps it in step with the notes until it is
// stopped, which is its normal end.
func (a *app) serve(ctx context.Context, f serveFlags) error {
	if f.poll < 0 {
		return misused("--poll is a time between two looks, like --poll=2s, not %v", f.poll)
	}
	s, err := a.site(f.siteFlags, defaultOut)
	if err != nil {
		return err
	}
	defer s.Close()
	listener, err := a.listen(f)
	if err != nil {
		return err
	}
	defer listener.Close()
	watcher, err := watch.New(watch.Options{Roots: s.roots(), Ignore: s.uninteresting, Poll: f.poll})
	if err != nil {
		return fmt.Errorf("look for changes: %w", err)
	}
	defer watcher.Close()

	l := &live{app: a, site: s, watcher: watcher, follow: f.follow, broken: make(chan error, 16)}
	hosts, token := preview.Hosts(listener.Addr()), ""
	if f.expose {
		token = rand.Text()
	}
	l.server = preview.New(preview.Options{Hosts: hosts, Token: token, Prefix: s.notes.prefix(), Report: l.undrawn})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		err := l.server.Serve(ctx, listener)
		stop() // without a server there is nothing to build for
		ended <- err
	}()

	address := "http://" + listener.Addr().String() + "/"
	if f.expose {
		address = "http://" + hosts[0] + "/?token=" + token
		fmt.Fprintf(a.err, "%s whoever has this address and can reach this machine reads your notes, and so can those who listen on the way: the connection is not encrypted\n", a.err.paint(red, "warning:"))
	}
	fmt.Fprintf(a.err, "serving %s at %s (Ctrl-C stops)\n", s.notes.dir, address)
	if f.open {
		l.opening = address
	}
	l.run(ctx)
	stop()
	if err := <-ended; err != nil {
		return fmt.Errorf("serve the handbook: %w", err)
	}
	a.say("stopped")
	return nil
}

// listen takes the port that was asked for, or else the next free one.
func (a *app) listen(f serveFlags) (net.Listener, error) {
	ip := net.ParseIP(f.bind)
	switch {
	case f.expose && !f.bindGiven:
		ip = net.IPv4zero
	case f.bind == "localhost":
		ip = net.IPv4(127, 0, 0, 1)
	case ip == nil:
		return nil, misused("--bind is an address of this machine like 127.0.0.1, not %q", f.bind)
	case !ip.IsLoopback() && !f.expose:
		return nil, misused("--bind %s would show your notes to others; if that is what you want, add --expose", f.bind)
	}
	if f.port < 0 || f.port > 65535 {
		return nil, misused("--port is a number up to 65535, not %d", f.port)
	}
	const tries = 50
	for port := f.port; ; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(ip.String(), strconv.Itoa(port)))
		switch {
		case err == nil:
			if port != f.port {
				a.say("port %d is in use; taking %d", f.port, port)
			}
			return l, nil
		case !errors.Is(err, syscall.EADDRINUSE):
			return nil, fmt.Errorf("listen on port %d: %w", port, err)
		case f.portGiven:
			return nil, failure{exitIO, fmt.Errorf("port %d is in use by another program; choose another, or leave --port out for the next free one", port)}
		case port == f.port+tries:
			return nil, failure{exitIO, fmt.Errorf("ports %d to %d are all in use; choose another with --port", f.port, port)}
		}
	}
}

// roots are the folders in which a change is of interest.
func (s *site) roots() []string {
	roots := []string{s.notes.dir}
	if s.theme != nil && s.theme.dir != s.notes.dir {
		roots = append(roots, s.theme.dir)
	}
	return roots
}

// uninteresting reports what no build reads.
func (s *site) uninteresting(path string, isDir bool) bool {
	for _, root := range s.roots() {
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			rel = filepath.ToSlash(rel)
			return rel != source.SettingsFile && source.Ignored(rel, isDir, source.Options{Output: s.Output})
		}
	}
	return false
}

// refresh follows a folder of which another one has taken the place: what is
// open is the old one, whatever it is called now.
func (s *site) refresh() error {
	for _, f := range []*folder{s.notes, s.theme} {
		if f == nil {
			continue
		}
		now, err := os.Stat(f.dir)
		if isMissing(err) || err == nil && !now.IsDir() {
			return goneError{f.dir}
		}
		if err != nil {
			return fmt.Errorf("look at the folder: %w", err)
		}
		if was, err := f.root.Stat("."); err == nil && os.SameFile(was, now) {
			continue
		}
		root, err := os.OpenRoot(f.dir)
		if err != nil {
			return fmt.Errorf("open the folder: %w", err)
		}
		// The old one stays open: pictures of the site shown are still read
		// from it.
		f.root = root
		s.Touched(nil)
	}
	s.Content = s.notes.files()
	if s.theme != nil {
		s.Theme = s.theme.files()
	}
	return nil
}

// A goneError is a folder that has vanished while it was shown.
type goneError struct{ dir string }

func (e goneError) Error() string {
	return fmt.Sprintf("the folder %s is gone; the last site stays until it is back", e.dir)
}

// openOnce opens the browser. That it cannot is no reason to stop.
func (l *live) openOnce() {
	if l.opening == "" {
		return
	}
	var c *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		c = exec.Command("open", l.opening)
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", l.opening)
	default:
		c = exec.Command("xdg-open", l.opening)
	}
	if err := c.Start(); err != nil {
		l.say("no browser could be opened (%v); the address is %s", err, l.opening)
	} else {
		go c.Wait()
	}
	l.opening = ""
}
