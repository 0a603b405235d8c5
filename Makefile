# Everything a person or a pipeline does with this checkout. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Inside what they speak of, so that they go with it.
STAMPS := .venv/stamps
FRONTEND := $(shell find frontend alongside/features/*/static -type f 2>/dev/null) $(wildcard package.json package-lock.json)
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
# pip knows of registries that only its own configuration names.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

.PHONY: help
help:
	@echo 'make run     install what is missing and start Alongside on http://localhost:8000 (PORT=...)'
	@echo 'make setup   install, make the database and the demonstration area'
	@echo 'make test    install and run every test, the browser journeys included (CHROMIUM=/path/to/it)'
	@echo 'make check   lint, types, import contracts, migrations, docs, then every test'
	@echo 'make bench   measure pages and duties on 100,000 people, in a database of its own'
	@echo 'make fmt     format the code'
	@echo 'make lock    lock the requirements again with their hashes'

# --- installing

$(STAMPS)/venv:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Alongside needs Python 3.11 or newer; name one with PYTHON=/path/to/python3.11' >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/bootstrap: requirements/bootstrap.txt $(STAMPS)/venv
	@$(PIP) --require-hashes -r $<
	@touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml $(STAMPS)/bootstrap
	@$(UV) --require-hashes -r $< || $(PIP) --require-hashes -r $<
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	@$(UV) --require-hashes -r $< || $(PIP) --require-hashes -r $<
	@touch $@

node_modules/.stamp: $(wildcard package.json package-lock.json)
	@test ! -f package.json || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p node_modules && touch $@

$(STAMPS)/static: node_modules/.stamp $(STAMPS)/run $(FRONTEND)
	@test ! -f package.json || npm run --silent build
	@$(BIN)/alongside collectstatic --noinput --clear --verbosity 0
	@touch $@

.PHONY: install
install: $(STAMPS)/run $(STAMPS)/static

# --- using

.PHONY: setup
setup: install
	@$(BIN)/alongside setup --demo

.PHONY: run
run: install
	@exec $(BIN)/alongside run --demo

.PHONY: bench
bench: install
	@$(BIN)/alongside bench

# --- checking

.PHONY: chromium
chromium:
	@.ci/chromium

.PHONY: test
test: install $(STAMPS)/test chromium
	@$(BIN)/python -m pytest -n 2

.PHONY: lint
lint: install $(STAMPS)/test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/alongside makemigrations --check --dry-run
	@$(BIN)/alongside docs --check

.PHONY: check
check: lint test

.PHONY: fmt
fmt: $(STAMPS)/test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: lock
lock: $(STAMPS)/bootstrap
	@$(LOCK) requirements/run.in -o requirements/run.txt
	@$(LOCK) requirements/test.in -o requirements/test.txt
	@$(LOCK) -c requirements/test.txt requirements/bootstrap.in -o requirements/bootstrap.txt
