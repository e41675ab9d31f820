package check

// A sieve tells, faster than a map, that most words are not in a set; a few
// that are not it lets pass.
type sieve [1 << 16 / 64]uint64

func sieveOf(words map[string]bool, more ...string) *sieve {
	s := new(sieve)
	for w := range words {
		s.add(w)
	}
	for _, w := range more {
		s.add(w)
	}
	return s
}

func (s *sieve) add(word string) { s.addAt(sieveAt(word)) }

func (s *sieve) addAt(at uint32) { s[at/64] |= 1 << (at % 64) }

// mayHold is false of a word that was not added.
func (s *sieve) mayHold(word string) bool { return s.mayHoldAt(sieveAt(word)) }

func (s *sieve) mayHoldAt(at uint32) bool { return s[at/64]&(1<<(at%64)) != 0 }

// sieveAt mixes a word's length with its ends and its middle.
func sieveAt(word string) uint32 {
	n := len(word)
	h := uint32(n)
	if n > 0 {
		h = h*31 + uint32(word[0])
		h = h*31 + uint32(word[n-1])
		h = h*31 + uint32(word[n/2])
		h = h*31 + uint32(word[n/4])
	}
	return h * 2654435761 >> 16
}

// pairAt mixes two words that follow each other.
func pairAt(first, second uint32) uint32 { return (first*31 + second) * 2654435761 >> 16 }
