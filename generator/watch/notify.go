package watch

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// A notifier tells of events in folders, each of which is named to it.
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

// system is the notifier of the operating system.
type system struct {
	*fsnotify.Watcher
	errs chan error
}

func (s system) Events() <-chan fsnotify.Event { return s.Watcher.Events }
func (s system) Errors() <-chan error          { return s.errs }

func newNotifier() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := system{w, make(chan error, 1)}
	go func() {
		// fsnotify may send an error while it holds the lock that Add needs:
		// somebody other than the caller of Add must take it. One is as good as
		// many, for each means that everything has to be looked at.
		for err := range w.Errors {
			select {
			case s.errs <- err:
			default:
			}
		}
	}()
	return s, nil
}

// exhausted reports whether an error of Add means that there is no use in
// trying other folders. A folder that is gone again is not that.
func exhausted(err error) bool {
	for _, e := range []error{
		syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ENOSYS, errors.ErrUnsupported,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// explain says why there are no events, in words that help; the system's own
// speak of a full disk.
func explain(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the system's limit of watched folders is reached; on Linux it is fs.inotify.max_user_watches"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "the system's limit of watching programs or open files is reached; on Linux it is fs.inotify.max_user_instances or ulimit -n"
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOSYS):
		return "this system has no events"
	}
	return fmt.Sprintf("no events: %v", err)
}
