# The whole interface of a newcomer: demo, test, check, bench. Everything else is a step of one of them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Builds live outside the clone, so that a second clone builds quickly.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/trunkline/target
export PATH := $(HOME)/.cargo/bin:$(PATH)

QUICK := $(CARGO_TARGET_DIR)/quick/trunkline
DEBUG := $(CARGO_TARGET_DIR)/debug/trunkline
WEB_SOURCES := $(shell find web/src web/build.mjs web/icons.json web/package-lock.json -type f 2>/dev/null)

.PHONY: coverage screenshots help web demo quick test test-rust test-clients test-node test-browser check bench setup

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

web: web/dist/app.css ## bundle styles and page behaviours (only when stale)

web/dist/app.css: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json
	@scripts/setup need node
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

quick: web
	@scripts/setup need build
	cargo build --profile quick -p trunkline

demo: quick ## start Hub and Suite on loopback; ARGS='--hub-port 9080 …' passes options on
	@exec $(QUICK) demo $(ARGS)

setup: ## install what the tests need (Debian packages only as root)
	@scripts/setup all

test: ## set up what is needed and run everything: unit, both databases, real clients, browser
	@scripts/setup all
	@$(MAKE) --no-print-directory test-rust
	@$(MAKE) --no-print-directory test-clients
	@$(MAKE) --no-print-directory test-node
	@$(MAKE) --no-print-directory test-browser

# Building the workspace with its tests also builds the program that the other three drive.
test-rust: web
	scripts/with-postgres cargo nextest run --workspace
	cargo test --workspace --doc --quiet

test-clients:
	TRUNKLINE_BINARY=$(DEBUG) tests/.venv/bin/python -m pytest tests/clients $(PYTEST_ARGS)

test-node:
	cd tests/node && TRUNKLINE_BINARY=$(DEBUG) npm test --silent

test-browser:
	cd tests/browser && TRUNKLINE_BINARY=$(DEBUG) npm test --silent

check: web ## format, lints, documentation, the rules of the house
	@scripts/setup need build
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --document-private-items --quiet
	cargo nextest run --workspace -E 'package(whole) and binary(house)' --success-output immediate-final
	cd web && npm run --silent check

coverage: ## write docs/reference/coverage.md and not-served.txt anew, from the table of routes
	TRUNKLINE_RENEW_DOCUMENTS=1 cargo nextest run -p hub --test coverage the_documents_say

bench: quick bench/provider/node_modules/.package-lock.json ## measure Hub and Suite beside wxc-sdk and oidc-provider; prints a table, writes bench/latest.json
	@scripts/setup need python
	scripts/with-postgres tests/.venv/bin/python bench/run.py --binary $(QUICK) $(BENCH_ARGS)

bench/provider/node_modules/.package-lock.json: bench/provider/package-lock.json
	@scripts/setup need node
	cd bench/provider && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

screenshots: ## make the pictures of the documentation anew
	@scripts/setup all
	@$(MAKE) --no-print-directory web
	cargo build --workspace --bins
	cd tests/browser && RENEW_PICTURES=1 TRUNKLINE_BINARY=$(DEBUG) npm test --silent
