// Command debrief turns a folder of Markdown into a handbook for incident
// interviews: it links the notes, checks what they say, and builds a site.
//
// Everything it does to notes lives in generator/. This package only talks to
// people: flags in, words and exit codes out. Each command is one file.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // times in notes name zones, also on machines that know none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	// Without this, `debrief build 2>&1 | head` would be killed by the first
	// line that nobody reads, with the site half considered.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main without the process around it, so that tests can call it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (exit int) {
	a := &app{stdin: stdin, out: newStream(stdout), err: newStream(stderr)}
	return a.finish(ctx, a.root().run(ctx, args))
}
