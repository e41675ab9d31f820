//go:build unix

package main

import "syscall"

// dontWait opens a pipe without waiting for somebody at its other end.
const dontWait = syscall.O_NONBLOCK
