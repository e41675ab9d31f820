package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"debrief/generator/diag"
)

// An app is one run of the command line: where it speaks to, and what the
// flags of every command say.
type app struct {
	stdin    io.Reader
	out, err *stream

	content string
	color   string
	quiet   bool
	verbose bool
	noCache bool
}

// root is the command tree. A new command is one file beside this one, one
// line here, and one help text of its name.
type root struct{ *cobra.Command }

func (a *app) root() root {
	c := &cobra.Command{
		Use:               "debrief",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.settle() },
		Run:               func(c *cobra.Command, _ []string) { c.Help() },
		Args:              cobra.ArbitraryArgs, // what is no command is found by run, with the near name
	}
	flags := c.PersistentFlags()
	flags.StringVar(&a.content, "content", "", "")
	flags.StringVar(&a.color, "color", "auto", "")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "")
	flags.BoolVar(&a.noCache, "no-cache", false, "")
	c.MarkPersistentFlagDirname("content")
	complete(c, "color", "auto", "always", "never")

	c.SetOut(a.out)
	c.SetErr(a.err)
	c.SetHelpFunc(a.help)
	c.SetUsageFunc(func(c *cobra.Command) error { a.help(c, nil); return nil })
	c.SetFlagErrorFunc(flagError)
	c.SetHelpCommand(a.helpCommand())
	c.AddCommand(
		a.initCommand(),
		a.newCommand(),
		a.serveCommand(),
		a.buildCommand(),
		a.checkCommand(),
		a.figuresCommand(),
		a.explainCommand(),
		a.printCommand(),
		a.publishCommand(),
		a.doctorCommand(),
		a.versionCommand(),
		a.completionCommand(),
	)
	c.InitDefaultHelpCmd() // cobra would add it only while running, too late to be found
	return root{c}
}

// run finds the command and runs it.
func (r root) run(ctx context.Context, args []string) error {
	if at := slices.IndexFunc(args, func(s string) bool { return !strings.HasPrefix(s, "-") }); at >= 0 {
		if found, rest, err := r.Find(args); err == nil && found == r.Command && len(rest) > 0 && !isCompletion(args[at]) {
			if word := firstWord(r.Command, rest); word != "" {
				return unknownCommand(r.Command, word)
			}
		}
	}
	r.SetArgs(args)
	return r.ExecuteContext(ctx)
}

// isCompletion reports the hidden commands that shells call while one types.
func isCompletion(word string) bool {
	return word == cobra.ShellCompRequestCmd || word == cobra.ShellCompNoDescRequestCmd
}

// firstWord is the first argument that is neither a flag nor a flag's value.
func firstWord(c *cobra.Command, args []string) string {
	for i := 0; i < len(args); i++ {
		name, isFlag := strings.CutPrefix(args[i], "--")
		switch {
		case args[i] == "--":
			return ""
		case isFlag && !strings.Contains(name, "="):
			if f := c.PersistentFlags().Lookup(name); f != nil && f.NoOptDefVal == "" {
				i++
			}
		case !strings.HasPrefix(args[i], "-"):
			return args[i]
		}
	}
	return ""
}

func unknownCommand(c *cobra.Command, word string) error {
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	if near := diag.Near(word, names); near != "" {
		return misused("there is no command %q; did you mean `debrief %s`?", word, near)
	}
	return misused("there is no command %q; `debrief help` lists them", word)
}

var (
	unknownLong  = regexp.MustCompile(`^unknown flag: --(.*)$`)
	unknownShort = regexp.MustCompile(`^unknown shorthand flag: '(.)' in (.*)$`)
)

// flagError puts the flag parser's words into ours, with the near name.
func flagError(c *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	if m := unknownLong.FindStringSubmatch(err.Error()); m != nil {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := diag.Near(m[1], names); near != "" {
			return misused("%s has no flag --%s; did you mean --%s?", c.CommandPath(), m[1], near)
		}
		if found, _, err := c.Root().Find(m[1:]); err == nil && found.HasParent() {
			return misused("%s has no flag --%s; did you mean `%s`?", c.CommandPath(), m[1], found.CommandPath())
		}
		return misused("%s has no flag --%s; see `%s`", c.CommandPath(), m[1], helpFor(c))
	}
	if m := unknownShort.FindStringSubmatch(err.Error()); m != nil {
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Shorthand != "" {
				known = append(known, "-"+f.Shorthand)
			}
		})
		return misused("%s has no flag -%s; short flags are %s", c.CommandPath(), m[1], strings.Join(known, " "))
	}
	return misused("%v; see `%s`", err, helpFor(c))
}

// helpFor is what to type to read more about a command.
func helpFor(c *cobra.Command) string {
	if !c.HasParent() {
		return "debrief help"
	}
	return "debrief help " + c.Name()
}

// settle reads the flags of every command.
func (a *app) settle() error {
	if err := oneOf("color", a.color, "auto", "always", "never"); err != nil {
		return err
	}
	a.out.decideColor(a.color)
	a.err.decideColor(a.color)
	return nil
}

// oneOf holds a flag to its values.
func oneOf(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	if near := diag.Near(value, known); near != "" {
		return misused("--%s is %s, not %q; did you mean %s?", flag, either(known), value, near)
	}
	return misused("--%s is %s, not %q", flag, either(known), value)
}

func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// complete offers a flag's values to shells.
func complete(c *cobra.Command, flag string, values ...string) {
	if err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // a flag of our own, just defined
	}
}

// arguments holds a command to what it takes; what is its help's first line.
func arguments(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return misused("`debrief %s` wants more: debrief %s; see `debrief help %s`", c.Name(), c.Use, c.Name())
		case most == 0 && len(args) > 0:
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				return misused("`debrief %s` takes flags only, not %q; the folder of the notes is --content %s", c.Name(), args[0], args[0])
			}
			return misused("`debrief %s` takes flags only, not %q; see `debrief help %s`", c.Name(), args[0], c.Name())
		case most > 0 && len(args) > most:
			return misused("`debrief %s` does not know what to do with %q; see `debrief help %s`", c.Name(), args[most], c.Name())
		}
		return nil
	}
}

//go:embed help/*.txt
var helpTexts embed.FS

// help prints a command's text, as it stands in help/.
func (a *app) help(c *cobra.Command, _ []string) {
	text, err := helpTexts.ReadFile("help/" + c.Name() + ".txt")
	if err != nil {
		panic(fmt.Sprintf("no help for %s: %v", c.Name(), err)) // a test holds that there is one
	}
	a.out.Write(text)
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "help [COMMAND]",
		Args: arguments(0, 1),
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, sub := range c.Root().Commands() {
				if len(args) == 0 && sub.IsAvailableCommand() {
					names = append(names, sub.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			about := c.Root()
			if len(args) == 1 {
				found, _, err := about.Find(args)
				if err != nil || found == about {
					return unknownCommand(about, args[0])
				}
				about = found
			}
			a.help(about, nil)
			return nil
		},
	}
}
