package preview

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The limits of the streams. A browser holds one for each open tab.
const (
	mostClients = 256
	heartbeat   = 15 * time.Second // tells both sides that the other is there
	patience    = 5 * time.Second  // with a client that does not read
)

// join adds a client; nil when there are too many. The channel holds one wake:
// a client that is slow finds the newest state when it looks, and nobody waits
// for it.
func (s *Server) join() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.clients) >= mostClients {
		return nil
	}
	me := make(chan struct{}, 1)
	s.clients[me] = true
	return me
}

func (s *Server) leave(me chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, me)
}

// wake makes every client look again. The caller holds the lock.
func (s *Server) wake() {
	s.news++
	for c := range s.clients {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last one
		}
	}
}

// events is a stream that tells one page its state, first as it is now and
// then whenever it changes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	if r.Method == http.MethodHead {
		return
	}
	me := s.join()
	if me == nil {
		w.Header().Set("Retry-After", "5")
		answer(w, r, http.StatusServiceUnavailable, "text/plain; charset=utf-8", []byte("too many pages are open\n"))
		return
	}
	defer s.leave(me)

	control := http.NewResponseController(w)
	defer control.SetWriteDeadline(time.Time{})
	send := func(text string) error {
		control.SetWriteDeadline(time.Now().Add(patience)) // not every writer has one
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return control.Flush()
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	page, told := r.URL.Query().Get("page"), ""
	if send("retry: 1000\n\n") != nil {
		return
	}
	for {
		now, err := json.Marshal(s.stateOf(page)) // one line, whatever it holds
		if err != nil {
			s.report(fmt.Errorf("tell a page its state: %w", err))
			return
		}
		if text := string(now); text != told {
			if told = text; send("event: state\ndata: "+text+"\n\n") != nil {
				return
			}
		}
		for looking := true; looking; {
			select {
			case <-r.Context().Done():
				return
			case <-me:
				looking = false
			case <-beat.C:
				if send(": still here\n\n") != nil {
					return
				}
			}
		}
	}
}
