package sheet

import (
	"math"
	"slices"
)

// tearing is what it costs to tear something apart at a column's end, beside
// the share by which the columns differ.
var tearing = [...]float64{between: 0, within: 0.05, inside: 0.09}

// even is the least balance of columns that looks even.
const even = 0.82

// divided finds where columns begin: as even as can be, tearing as little as
// can be, none longer than most. ok is false when there is no such way.
func (r *scratch) divided(pieces []piece, columns int, most float64) (starts []int, cost float64, ok bool) {
	n := len(pieces)
	r.tops = tops(r.tops[:0], pieces)
	at := r.tops
	if columns == 1 || n == 0 {
		return make([]int, columns), 0, n == 0 || at[n]-pieces[0].gap <= most
	}
	if at[n]-float64(columns-1)*maxGap(pieces) > most*float64(columns) {
		return nil, 0, false
	}
	length := func(from, to int) float64 {
		if from >= to {
			return 0
		}
		return at[to] - at[from] - pieces[from].gap
	}
	r.breaks = r.breaks[:0]
	for i := 1; i < n; i++ {
		if pieces[i].tie != never {
			r.breaks = append(r.breaks, i)
		}
	}
	r.breaks = append(r.breaks, n)
	var best [3]int
	cost = math.Inf(1)
	consider := func(found [3]int) {
		longest, shortest, c := 0.0, math.Inf(1), 0.0
		for k := range columns {
			to := n
			if k+1 < columns {
				to = found[k+1]
			}
			h := length(found[k], to)
			longest, shortest = max(longest, h), min(shortest, h)
			if k > 0 && found[k] < n {
				c += tearing[pieces[found[k]].tie]
			}
		}
		if longest > most {
			return
		}
		if longest > 0 {
			c += 1 - shortest/longest
			if shortest < even*longest {
				c++
			}
		}
		if c < cost {
			cost, best = c, found
		}
	}
	for i, b := range r.breaks {
		if columns == 2 {
			consider([3]int{0, b})
			continue
		}
		if length(0, b) > most {
			break
		}
		for _, c := range r.breaks[i:] {
			if length(b, c) > most {
				break
			}
			consider([3]int{0, b, c})
		}
	}
	if math.IsInf(cost, 1) {
		return nil, cost, false
	}
	return slices.Clone(best[:columns]), cost, true
}

// loosened widens the gaps of a column until it is as long as the target, as
// far as that looks natural.
func loosened(pieces []piece, target, size float64) []piece {
	room := target
	var cards, blocks float64
	for i, p := range pieces {
		room -= p.height
		if i == 0 {
			continue
		}
		room -= p.gap
		switch {
		case p.tie == between:
			cards++
		case p.loose:
			blocks++
		}
	}
	if room <= 0 || cards+blocks == 0 {
		return pieces
	}
	card := min(room/(cards+blocks/5), size*1.5)
	block := min(card/5, size*0.35)
	if cards > 0 {
		card = min((room-block*blocks)/cards, size*1.8)
	}
	out := append([]piece(nil), pieces...)
	for i := range out {
		switch {
		case i == 0:
		case out[i].tie == between:
			out[i].gap += card
		case out[i].loose:
			out[i].gap += block
		}
	}
	return out
}
