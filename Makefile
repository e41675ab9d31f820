# Two targets are all one needs: `make serve` runs the main job on the example,
# `make test` checks everything and installs what that takes.

GO ?= go

.PHONY: help serve build test race client ready tools programs lint reproducible bench bench-stages fuzz hostile sbom licences release clean

help:
	@echo "make serve   the example handbook, live in the browser: http://127.0.0.1:4545"
	@echo "make test    everything; installs Chromium and Java when they are missing and may be installed"
	@echo "make build   the program: bin/debrief"
	@echo "make bench   builds of 100, 1,000 and 10,000 notes beside other generators; see docs/performance.md"
	@echo "make bench-stages  the stages of a build, and colouring code"
	@echo "make fuzz    hostile input against the readers of notes, a minute each"
	@echo "make hostile notes of 20,000 repetitions: none may take a second or 256 MiB"
	@echo "make lint    staticcheck, and what is known of weaknesses in what we use"
	@echo "make release archives for Linux, macOS and Windows with checksums: dist/"
	@echo "make sbom    what is in the program, for machines: dist/debrief.cdx.json"
	@echo "make licences  what is in the program, and under which licence"

serve: build
	bin/debrief serve

build: ready
	$(GO) build -trimpath -o bin/debrief ./cmd/debrief

test: tools programs ready
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt would change:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) mod verify
	$(GO) test -timeout 20m ./...
	@$(MAKE) --no-print-directory race

# What runs in several goroutines, once more with the race detector, which
# needs a C compiler.
race:
	@if command -v $${CC:-gcc} >/dev/null; then \
		$(GO) test -race -short -timeout 20m ./generator ./generator/cache ./generator/output ./generator/preview ./generator/watch ./cmd/debrief; \
	else \
		echo "no C compiler: the race detector is left out"; test -z "$$CI"; \
	fi

# The scripts that stand on npm libraries: fetched as the lock file says, then
# bundled in Go. debrief builds without them, and then without search.
CLIENT = themes/client
client:
	@if ! command -v npm >/dev/null; then \
		echo "no npm: search is left out; install npm and run make again"; test -z "$$CI"; \
	elif ! $(MAKE) -s --no-print-directory $(CLIENT)/dist/assets/search.js; then \
		echo "the scripts could not be bundled: search is left out"; test -z "$$CI"; \
	fi
$(CLIENT)/dist/assets/search.js: $(wildcard $(CLIENT)/*.js) $(CLIENT)/bundle.go $(CLIENT)/node_modules/.package-lock.json
	$(GO) run ./$(CLIENT)
$(CLIENT)/node_modules/.package-lock.json: $(CLIENT)/package-lock.json
	cd $(CLIENT) && npm ci --omit=dev --no-progress

# What every build would make anew though it follows from the program alone.
# debrief builds without it, and then takes some ten milliseconds longer.
READY = generator/ready/dist
ready: client
	@$(MAKE) -s --no-print-directory $(READY)/made
$(READY)/made: go.mod $(wildcard themes/default/assets/* $(CLIENT)/dist/assets/*.js) $(wildcard generator/render/*.go generator/sheet/face/*.go tools/ready/*.go)
	@rm -f $(READY)/*
	$(GO) run ./tools/ready $(READY)
	@touch $@

# What tests hold pages against: axe-core, html-validate and the Nu checker.
# No script of theirs is run: the checker's would fetch a Java of its own.
tools:
	@if ! command -v npm >/dev/null; then \
		echo "no npm: tests of accessibility and of valid HTML are skipped"; test -z "$$CI"; \
	elif ! $(MAKE) -s --no-print-directory $(CLIENT)/node_modules/.tools; then \
		echo "npm could not fetch what pages are held against: those tests are skipped"; test -z "$$CI"; \
	fi
$(CLIENT)/node_modules/.tools: $(CLIENT)/package-lock.json
	cd $(CLIENT) && npm ci --no-progress --ignore-scripts
	@touch $@

# Chromium, for the tests that look at pages as readers do, readers of PDF that
# are not ours, and Java, in which the Nu checker is written.
BROWSERS = chromium chromium-browser google-chrome google-chrome-stable
programs:
	@for b in $(BROWSERS); do command -v $$b >/dev/null && found=$$b; done; \
	test -n "$$found" || need="chromium fonts-dejavu-core"; \
	command -v pdftotext >/dev/null || need="$$need poppler-utils"; \
	command -v java >/dev/null || need="$$need default-jre-headless"; \
	install="apt-get install -y --no-install-recommends $$need"; \
	if test -z "$$need"; then exit 0; \
	elif ! command -v apt-get >/dev/null; then \
		echo "no Chromium or no Java: install them, or the tests that need them are skipped"; test -z "$$CI"; \
	elif [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && $$install; \
	elif sudo -n true 2>/dev/null; then \
		sudo apt-get update -qq && sudo $$install; \
	else \
		echo "tests that need what is missing here are skipped; to run them: sudo $$install"; test -z "$$CI"; \
	fi

# Tools by exact version. They are no dependencies of the program.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
lint:
	$(GO) run $(STATICCHECK) ./...
	$(GO) -C tools/release vet ./...
	$(GO) -C tools/bench vet ./...
	@echo "$(GO) run $(GOVULNCHECK) ./..."; \
	if said=$$($(GO) run $(GOVULNCHECK) ./... 2>&1); then echo "$$said"; \
	elif echo "$$said" | grep -q '^govulncheck: fetching vulnerabilities'; then \
		echo "$$said"; echo "*** WARNING: the database of vulnerabilities cannot be reached."; \
		echo "*** NOBODY HAS LOOKED for known weaknesses in what debrief uses."; \
	else echo "$$said"; exit 1; fi

# The same commit gives the same program, wherever it lies.
reproducible:
	@dir=$$(mktemp -d) && trap 'chmod -R u+w "$$dir"; rm -rf "$$dir"' EXIT && \
	for copy in one some/where/else; do \
		mkdir -p "$$dir/$$copy" && git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$$dir/$$copy" && \
		CGO_ENABLED=0 $(GO) -C "$$dir/$$copy" build -trimpath -buildvcs=false -ldflags=-buildid= -o "$$dir/$$(basename $$copy).bin" ./cmd/debrief || exit 1; \
	done && \
	if cmp "$$dir/one.bin" "$$dir/else.bin"; then echo "two builds in two folders are alike"; else exit 1; fi

dist:
	@mkdir -p dist
sbom licences: dist ready
	$(GO) run -C tools/release . $@
release: ready
	$(GO) run -C tools/release . all

# All of it takes a quarter of an hour; with BENCH='-sizes 1000 -rounds 3' minutes.
BENCH ?=
bench: ready
	$(GO) run -C tools/bench . $(BENCH)

# The stages of a build one by one.
bench-stages:
	$(GO) test -run '^$$' -bench Build -benchtime 1x -count 3 -timeout 60m ./generator
	$(GO) test -run '^$$' -bench 'Lexers|Code' -benchtime 0.3s ./generator/lex ./generator/prose

FUZZTIME ?= 1m
fuzz:
	@for p in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			$(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
		done; \
	done

hostile:
	HOSTILE=20000 $(GO) test -run '^TestHostileShapes$$' -timeout 60m ./generator
	HOSTILE=20000 $(GO) test -run 'InLittleMemory$$' -timeout 60m -v ./cmd/debrief

clean:
	rm -rf bin dist $(CLIENT)/dist/assets $(CLIENT)/node_modules
