// Command client bundles the scripts that stand on npm libraries into
// dist/assets, from where package themes embeds them. `make` runs it after
// npm has fetched what package-lock.json names.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const dir = "themes/client"

func main() {
	if err := bundle(); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

// bundle writes classic scripts, not modules: browsers refuse modules from a
// disk.
func bundle() error {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(dir, "search.js")},
		Outdir:            filepath.Join(dir, "dist", "assets"),
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Write:             true,
	})
	for _, line := range api.FormatMessages(append(result.Errors, result.Warnings...), api.FormatMessagesOptions{}) {
		fmt.Fprint(os.Stderr, line)
	}
	if n := len(result.Errors) + len(result.Warnings); n > 0 {
		return fmt.Errorf("%d faults in the scripts", n)
	}
	return licences()
}

// licences writes down whose work the bundles hold, as its licence asks.
func licences() error {
	var text strings.Builder
	for _, name := range []string{"minisearch"} {
		licence, err := os.ReadFile(filepath.Join(dir, "node_modules", name, "LICENSE.txt"))
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s\n\n%s\n", name, licence)
	}
	return os.WriteFile(filepath.Join(dir, "dist", "assets", "licences.txt"), []byte(text.String()), 0o644)
}
