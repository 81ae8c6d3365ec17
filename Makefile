# make test is what a submission must pass. Everything here is quiet when all is well.
#
#   make test       all checks and all tests, on SQLite and on a PostgreSQL server of its own
#   make check      what needs no test to run: format, lint, generated pages, words, go.mod
#   make generate   Go from templ pages, format, records of new translations
#   make bench      figures beside their budgets (docs: Budgets)
#   make lcp        how soon a phone shows the first pages (npm installs Lighthouse into bin/)
#   make shots      pictures of every page into shots/
#   make demo       a programme with people in it, on http://localhost:8080

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.SILENT:
.PHONY: test check setup format lint generated words vet modules generate bench lcp shots demo

GOLANGCI := v2.15.0
GOFUMPT := v0.12.0
golangci := bin/golangci-lint-$(GOLANGCI)
gofumpt := bin/gofumpt-$(GOFUMPT)

# What gofumpt reads: everything that people wrote.
own = find . -name '*.go' -not -name '*_templ.go' -not -path './.*' -not -path './bin/*' -not -path '*/node_modules/*' -print0

# vet is off here because check has run it whole.
test: setup check
	go run ./test/withpg go test -vet=off -timeout 20m ./...

setup:
	test/setup.sh

check: modules generated format words vet lint

# go.mod and go.sum say all that the build needs.
modules:
	go list -mod=readonly -deps ./... >/dev/null

generated:
	test/generated.sh

format: $(gofumpt)
	$(own) | xargs -0 $(gofumpt) -d || { echo 'not formatted: make generate'; exit 1; }

words:
	go run ./tools/words check

vet:
	go vet ./...

lint: $(golangci)
	out=$$($(golangci) run --allow-serial-runners ./... 2>&1) || { echo "$$out"; exit 1; }

generate: $(gofumpt)
	go tool templ generate -log-level error
	$(own) | xargs -0 $(gofumpt) -w
	go run ./tools/words seal

bench:
	go run ./test/withpg go test -run '^$$' -bench . -benchmem -timeout 30m ./...

lcp:
	test/load/lcp.sh

shots:
	TREMPLIN_SHOTS=$(CURDIR)/shots go test -vet=off -count 1 -timeout 15m -run Shots ./test/e2e

demo:
	go run ./cmd/tremplin demo

# Tools, in the version that is written above; one that the machine already has is taken.
$(golangci):
	$(call tool,golangci-lint,github.com/golangci/golangci-lint/v2,/cmd/golangci-lint,$(GOLANGCI))

$(gofumpt):
	$(call tool,gofumpt,mvdan.cc/gofumpt,,$(GOFUMPT))

# $(call tool,name,module,folder,version)
define tool
	mkdir -p bin
	has=$$(command -v $(1) || true); \
	if [ -n "$$has" ] && go version -m "$$has" | grep "mod[[:space:]]$(2)[[:space:]]$(4)[[:space:]]" >/dev/null; then \
		ln -sf "$$has" $@; \
	else \
		GOFLAGS= GOBIN=$(CURDIR)/bin go install $(2)$(3)@$(4) && mv bin/$(1) $@; \
	fi
endef
