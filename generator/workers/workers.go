// Package workers does many alike things at once, as many as there are
// processors.
package workers

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// All calls do(0) … do(n-1).
func All(n int, do func(i int)) {
	Each(context.Background(), 0, n, func(i int) error { do(i); return nil })
}

// Each calls do(0) … do(n-1), at most that many at a time (0: one a
// processor), and stops handing out work after the first failure and when ctx
// ends. Of several failures it returns the one with the lowest index, so that
// two runs say the same.
func Each(ctx context.Context, most, n int, do func(i int) error) error {
	if most <= 0 {
		most = runtime.GOMAXPROCS(0)
	}
	var (
		next   atomic.Int64
		stop   atomic.Bool
		mu     sync.Mutex
		failed = n
		first  error
		wg     sync.WaitGroup
	)
	for range min(most, n) {
		wg.Go(func() {
			for !stop.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					stop.Store(true)
					mu.Lock()
					if i < failed {
						failed, first = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return first
}
