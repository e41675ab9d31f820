package output

import (
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
)

// Sealed are the same files, each bound to what it says when it is first
// drawn. One that would say something else later, because the file it is made
// of has changed, cannot be drawn again: what has been read and let through is
// what is written, though nobody holds all of it in memory.
func (f Files) Sealed() Files {
	sealed := slices.Clone(f)
	for i := range sealed {
		sealed[i].Draw, sealed[i].Lend = (&seal{draw: f[i].Draw}).bytes, nil
	}
	return sealed
}

type seal struct {
	draw  func() ([]byte, error)
	mu    sync.Mutex
	drawn bool
	sum   sum // of what was drawn first
}

func (s *seal) bytes() ([]byte, error) {
	data, err := s.draw()
	if err != nil {
		return nil, err
	}
	now := sum(sha256.Sum256(data))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drawn && s.sum != now {
		return nil, errors.New("it has changed while it was looked at; try again")
	}
	s.drawn, s.sum = true, now
	return data, nil
}
