# Two commands matter: `make run` and `make test`. Each target hands over to a script in build/.
.DEFAULT_GOAL := help
.PHONY: help run test test-rust test-browser crash build bench screenshots fmt lint setup-app setup-tests

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: ## Set up what is missing, build, and serve the demo at http://127.0.0.1:8080
	@build/run.sh

test: ## Set up what is missing and run every test
	@build/test.sh

test-rust: setup-tests ## Only the Rust tests, on SQLite and PostgreSQL
	@build/with-postgres.sh build/rust-tests.sh

test-browser: setup-app setup-tests ## Only the browser tests; ARGS go to Playwright: make test-browser ARGS="smoke --project phone"
	@build/app.sh
	@build/server.sh ci
	@build/with-postgres.sh build/browser-tests.sh $(ARGS)

crash: ## Kill the servers over and over while N customers buy: make crash N=5000; SEED=… makes the same plan again
	@build/setup/rust.sh
	@build/setup/postgres.sh
	@build/setup/openssl.sh
	@build/with-postgres.sh build/crash.sh

build: ## Build target/release/latchkey with the page app inside
	@build/release.sh

bench: ## Measure what docs/performance.md promises, print one table
	@build/bench.sh

screenshots: ## Take docs/screenshots/ anew from the demo
	@build/screenshots.sh

fmt: ## Format all Rust code
	@cargo fmt --all

lint: setup-app ## Formatting, types, Clippy, and what the page app depends on
	@build/lint.sh

setup-app: ## Set up what building takes: Rust, wasm target, trunk, wasm-opt
	@build/setup/rust.sh
	@build/setup/node.sh
	@build/setup/trunk.sh

setup-tests: ## Set up what testing takes beyond that: Chromium, PostgreSQL, a Python environment
	@build/setup/python.sh
	@build/setup/postgres.sh
	@build/setup/openssl.sh
	@build/setup/browser.sh
