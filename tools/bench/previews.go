package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/net/websocket"
)

// previews measures, for each program that has one, the time from a save to
// the page being served with the new text, and to a browser being told.
func (b *bench) previews(n int) error {
	fmt.Println(" from a save to the new text, ms")
	for _, p := range b.programs {
		if p.serve == nil {
			continue
		}
		if err := b.preview(p, n); err != nil {
			return fmt.Errorf("preview of %s: %w", p.name, err)
		}
	}
	return nil
}

// tooLong ends waiting for a server that does not answer, or tells nothing.
const tooLong = 3 * time.Minute

func (b *bench) preview(p program, n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), tooLong+time.Duration(b.edits)*5*time.Second)
	defer cancel()
	port, err := freePort()
	if err != nil {
		return err
	}
	e, err := b.edit(n)
	if err != nil {
		return err
	}
	defer e.undo()
	server := p.serve(b.notesDir(n), port)
	flush()
	start := time.Now()
	if err := server.Start(); err != nil {
		return err
	}
	defer stop(server)
	address := "127.0.0.1:" + port
	if err := serves(ctx, address, page(p), ""); err != nil {
		return err
	}
	first := time.Since(start)
	told, err := listen(ctx, p, address)
	if err != nil {
		return err
	}
	// What the start still has to do is no part of an edit.
	settle(told)
	var served, both []float64
	for i := range b.edits {
		// Savers keep no beat with the server's clock.
		settle(told)
		time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
		saved := time.Now()
		if err := e.make(1000 + i); err != nil {
			return err
		}
		if err := serves(ctx, address, page(p), sentence(1000+i)); err != nil {
			return err
		}
		took := milliseconds(saved)
		select {
		case at := <-told:
			served, both = append(served, took), append(both, max(took, float64(at.Sub(saved).Microseconds())/1000))
		case <-ctx.Done():
			return errors.New("nobody is told of an edit")
		}
	}
	fmt.Printf("  %-10s  served %s  served and told %s  first answer after %.2f s\n", p.name, spread(served, "%.1f"), spread(both, "%.1f"), first.Seconds())
	return nil
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

// settle waits until nothing has been told for half a second.
func settle(told <-chan time.Time) {
	for {
		select {
		case <-told:
		case <-time.After(500 * time.Millisecond):
			return
		}
	}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// stop ends a server that was started here.
func stop(server *exec.Cmd) {
	server.Process.Kill()
	server.Wait()
}

// serves returns when the page is there and has the text.
func serves(ctx context.Context, address, page, text string) error {
	for {
		r, err := http.NewRequestWithContext(ctx, "GET", "http://"+address+page, nil)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(r); err == nil {
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err == nil && answer.StatusCode == http.StatusOK && strings.Contains(string(body), text) {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not come to say %q", page, text)
		case <-time.After(time.Millisecond):
		}
	}
}

// listen tells when a page would know that it has changed.
func listen(ctx context.Context, p program, address string) (<-chan time.Time, error) {
	told := make(chan time.Time, 1000)
	if p.name == "debrief" {
		return told, listenToEvents(ctx, "http://"+address+"/_debrief/events?page="+page(p), told)
	}
	return told, listenToLiveReload(address, told)
}

// listenToEvents waits for another version of the page in debrief's stream.
func listenToEvents(ctx context.Context, address string, told chan<- time.Time) error {
	r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	go func() {
		defer answer.Body.Close()
		version := ""
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			var state struct{ Version string }
			if json.Unmarshal([]byte(data), &state) == nil && state.Version != version {
				if version != "" {
					told <- time.Now()
				}
				version = state.Version
			}
		}
	}()
	return nil
}

// listenToLiveReload waits for the message that hugo's pages reload at.
func listenToLiveReload(address string, told chan<- time.Time) error {
	c, err := websocket.Dial("ws://"+address+"/livereload", "", "http://"+address)
	if err != nil {
		return err
	}
	hello := `{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}`
	if err := websocket.Message.Send(c, hello); err != nil {
		return err
	}
	go func() {
		defer c.Close()
		for {
			var text string
			if websocket.Message.Receive(c, &text) != nil {
				return // the server has been stopped
			}
			if strings.Contains(text, `"reload"`) {
				told <- time.Now()
			}
		}
	}()
	return nil
}
