package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
)

// A BusyError says that another build is writing the folder at this moment.
type BusyError struct {
	Dir string // as given
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("another debrief is writing %s; try again when it is done", e.Dir)
}

// lock keeps other builds of this user away from the folder until release is
// called or the process ends, even by kill -9.
//
// The lock file lies in the user's cache folder, under a name made from the
// folder's path: in the site it would be published and an unchanged build
// would touch it, and beside the site it would litter the user's repository.
// The price: two users who build into one folder are not kept apart. The file
// itself is never removed, because a lock on a removed file keeps nobody out.
func lock(ctx context.Context, shown, real string, o Options) (release func(), err error) {
	dir := o.Locks
	if dir == "" {
		if dir, err = lockDir(); err != nil {
			return nil, fmt.Errorf("lock the output folder: %w", err)
		}
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock the output folder: %w", err)
	}
	key := sha256.Sum256([]byte(fold(filepath.ToSlash(real))))
	l := flock.New(filepath.Join(dir, hex.EncodeToString(key[:12])+".lock"), flock.SetPermissions(0o600))
	var got bool
	if o.Wait {
		got, err = l.TryLockContext(ctx, 20*time.Millisecond)
	} else {
		got, err = l.TryLock()
	}
	switch {
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("lock the output folder: %w", err)
	case !got:
		return nil, &BusyError{Dir: shown}
	}
	return func() { l.Close() }, nil
}

// lockDir returns a folder that belongs to the user alone: in the cache
// folder, or in the temporary folder where there is no home to write to.
func lockDir() (string, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(cache, "debrief", "locks")
		if os.MkdirAll(dir, 0o700) == nil {
			return dir, nil
		}
	}
	dir := filepath.Join(os.TempDir(), "debrief-locks-"+strconv.Itoa(os.Getuid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	// In a shared temporary folder somebody else may have made it first.
	if !info.IsDir() || os.PathSeparator == '/' && info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s is open to other users; remove it", dir)
	}
	return dir, nil
}
