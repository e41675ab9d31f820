package publish

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// begin makes our own repository, which knows what the user's configuration
// says of credentials, proxies and addresses.
func (b *Branch) begin(ctx context.Context) error {
	format, err := b.user.run(ctx, "rev-parse", "--show-object-format")
	if err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "debrief-publish-"); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	b.own = b.user
	if _, err := b.own.run(ctx, "init", "--quiet", "--bare", "--template=", "--object-format="+format, b.dir); err != nil {
		return err
	}
	b.own.env = append(slices.Clone(b.user.env), "GIT_DIR="+b.dir)
	for _, set := range []string{
		"core.hooksPath=" + os.DevNull, "gc.auto=0", "maintenance.auto=false", "fetch.recurseSubmodules=no", "push.recurseSubmodules=no",
		"push.followTags=false", "push.gpgSign=false", "push.pushOption=", "fetch.fsckObjects=false",
	} {
		b.own.flags = append(b.own.flags, "-c", set)
	}
	return b.configure(ctx)
}

// A setting of git's; keys are as git lists them, with section and name in
// lower case.
type setting struct{ key, value string }

// configure gives our own repository the settings on how to reach a remote that
// it lacks: those of the user's repository, and those that files of the user's
// include only for its folder.
func (b *Branch) configure(ctx context.Context) error {
	theirs, err := b.user.settings(ctx)
	if err != nil {
		return err
	}
	ours, err := b.own.settings(ctx)
	if err != nil {
		return err
	}
	var n int
	for _, v := range b.own.env {
		if count, ok := strings.CutPrefix(v, "GIT_CONFIG_COUNT="); ok {
			n, _ = strconv.Atoi(count) // git has refused what is no number
		}
	}
	for _, s := range lacking(theirs, ours) {
		b.own.env = append(b.own.env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", n, s.key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", n, s.value))
		n++
	}
	b.own.env = append(b.own.env, "GIT_CONFIG_COUNT="+strconv.Itoa(n))
	return nil
}

func (g git) settings(ctx context.Context) ([]setting, error) {
	list, err := g.run(ctx, "config", "--list", "--includes", "-z")
	if err != nil {
		return nil, err
	}
	var all []setting
	for line := range strings.SplitSeq(strings.TrimSuffix(list, "\x00"), "\x00") {
		key, value, given := strings.Cut(line, "\n")
		if !given {
			value = "true"
		}
		all = append(all, setting{key, value})
	}
	return all, nil
}

// lacking are the settings for reaching a remote that ours lack, in their
// order. Some count as often as they are given, and a header sent twice is
// refused; of the others only the last counts.
func lacking(theirs, ours []setting) []setting {
	have := make(map[setting]int)
	last, want := make(map[string]string), make(map[string]string)
	for _, s := range ours {
		have[s]++
		last[s.key] = s.value
	}
	for _, s := range theirs {
		want[s.key] = s.value
	}
	var missing []setting
	for _, s := range theirs {
		switch {
		case !reaches(s.key):
		case !repeats(s.key):
			if was, set := last[s.key]; s.value == want[s.key] && (!set || was != s.value) {
				missing = append(missing, s)
				last[s.key] = s.value
			}
		case have[s] > 0:
			have[s]--
		default:
			missing = append(missing, s)
		}
	}
	return missing
}

// reaches reports a setting on how to reach a remote.
func reaches(key string) bool {
	switch section, _, _ := strings.Cut(key, "."); section {
	case "credential", "http", "protocol", "safe", "ssh", "url":
		return true
	}
	return key == "core.sshcommand" || key == "core.askpass" || key == "core.gitproxy"
}

// repeats reports a setting of which each time it is given counts.
func repeats(key string) bool {
	return slices.ContainsFunc([]string{".extraheader", ".helper", ".insteadof", ".pushinsteadof", ".directory", ".gitproxy", ".curloptresolve"},
		func(name string) bool { return strings.HasSuffix(key, name) })
}
