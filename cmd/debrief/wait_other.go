//go:build !unix

package main

// dontWait is for pipes in folders, which only Unix has.
const dontWait = 0
