package output

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do(0) … do(n-1), at most workers at a time (0: one a processor),
// and stops handing out work after the first failure. Of several failures it
// returns the one with the lowest index, so that two runs say the same.
func each(ctx context.Context, workers, n int, do func(i int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		next   atomic.Int64
		stop   atomic.Bool
		mu     sync.Mutex
		failed = n
		first  error
		wg     sync.WaitGroup
	)
	for range min(workers, n) {
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
