package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"debrief/generator/output"
	"debrief/generator/source"
)

// The exit codes, as `debrief help` states them.
const (
	exitFine        = 0
	exitFindings    = 1 // at the failing level
	exitUsage       = 2 // or configuration
	exitIO          = 3
	exitLeak        = 4
	exitInterrupted = 130
)

// A failure ends a command with an exit code of its own.
type failure struct {
	code int
	err  error // nil when everything has been said
}

func (f failure) Error() string {
	if f.err == nil {
		return "failed"
	}
	return f.err.Error()
}

func (f failure) Unwrap() error { return f.err }

// misused is a mistake in what was typed: exit 2.
func misused(format string, args ...any) error {
	return failure{exitUsage, fmt.Errorf(format, args...)}
}

// finish says what went wrong, once, and returns the exit code.
func (a *app) finish(ctx context.Context, err error) int {
	if code := exitCode(err); a.out.failed != nil && (code == exitFine || code == exitFindings) {
		err = fmt.Errorf("write to the terminal or file: %w", a.out.failed)
	}
	code := exitCode(err)
	if ctx.Err() != nil && code != exitFine {
		code = exitInterrupted
	}
	var f failure
	switch {
	case code == exitFine, code == exitInterrupted, errors.As(err, &f) && f.err == nil:
	default:
		a.complain(err)
	}
	return code
}

func exitCode(err error) int {
	var f failure
	var target *output.TargetError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &f):
		return f.code
	case errors.As(err, &target), errors.Is(err, source.ErrTooManyNotes):
		return exitUsage
	}
	return exitIO
}

// isMissing reports a path that does not exist, or leads through a file.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
