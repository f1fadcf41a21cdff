# `make` alone lists what can be made.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help build demo test check lint generate fmt cross bench fuzz race cover clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build the program as ./kith
	CGO_ENABLED=0 go build -trimpath -o kith ./cmd/kith

demo: ## Build the demonstration book and serve it on 127.0.0.1:8080
	go run ./cmd/kith demo

test: ## Run every test, on both engines, with races and fuzzers; installs what it needs when it may
	@./scripts/prepare || true # what is still missing is told, and judged, by the next line
	@./scripts/test

check: lint ## Before a push: formatting, generated code, vet, staticcheck, the suite
	go test ./...

lint: ## Formatting, generated code, vet and staticcheck alone
	@./scripts/lint

generate: ## Write the Go code of the templates
	@./scripts/generate

fmt: ## Format Go and templates
	go tool -modfile=tools/go.mod gofumpt -w cmd internal
	go tool -modfile=tools/go.mod templ fmt internal

cross: ## Build for Linux, Linux on arm64 and Windows into dist/
	@./scripts/cross

bench: build ## Measure against the limits of this machine and print the ratios
	go run ./internal/bench -binary $(CURDIR)/kith

fuzz: ## Run each fuzzer for 10 s (FUZZ_TIME=5m for longer)
	@./scripts/fuzz

race: ## Run the race detector where goroutines meet
	@./scripts/test race

cover: ## Measure which lines the suite reaches; writes dist/cover.html
	@mkdir -p dist
	go test -coverpkg=./internal/... -coverprofile=dist/cover.out ./...
	@go tool cover -html=dist/cover.out -o dist/cover.html
	@go tool cover -func=dist/cover.out | tail -n 1

clean: ## Remove what was built
	rm -rf kith kith.exe dist
