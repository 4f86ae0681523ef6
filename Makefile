# Two commands do all: `make chat` starts the assistant, `make test` checks it.
# A stamp in .venv remembers what is installed, so that a second call starts at once.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# the newest Python that we support; PYTHON=... chooses another
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& { echo $$name; break; }; done)
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help setup chat test lint bench wheel clean

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: $(VENV)/installed  ## make .venv and install the locked packages

chat: setup  ## index corpus/ if needed and serve the chat on http://127.0.0.1:7860
	@$(BIN)/python -m assistant index
	@$(BIN)/python -m assistant serve --port $(PORT)

test: $(VENV)/installed-test lint  ## install what tests need and run them all
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile -rs

lint: $(VENV)/installed-test  ## ruff, ruff format and mypy --strict
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: setup  ## measure start, answers and memory; writes docs/bench.md
	@$(BIN)/python -m eval.bench $(if $(DATA),--data $(DATA))

wheel: $(VENV)/installed-test  ## build dist/*.whl
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:  ## remove .venv and all that tools left behind
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Needed: Python 3.11, 3.12 or 3.13; PYTHON=... names it.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing the locked packages into $(VENV); the first time takes some minutes.' >&2
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(INSTALL) --editable '.[test]'
	@touch $@
