# Two commands do everything on a machine with Python 3.11 or newer: make graph, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help graph test lint notebooks benchmarks clean

help:
	@echo "make graph   install what is needed, build the graph of the example calls, say where the page is"
	@echo "make test    install what the tests need, run them all"
	@echo "make clean   remove .venv and what was built"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "qagraph needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-test: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/installed

graph: .venv/installed
	$(BIN)/qagraph build examples -o output

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: .venv/installed-test lint
	$(BIN)/python -m pytest

clean:
	rm -rf .venv
	find output -mindepth 1 ! -name README.md -delete
