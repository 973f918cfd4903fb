# Two commands do everything on a machine with Python 3.11 or newer: make graph, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help graph reference manual test lint clean

help:
	@echo "make graph   install what is needed, build the graph of the example calls, say where the page is"
	@echo "make manual  write the reference pages of docs/ anew, with examples from those calls, and build site/"
	@echo "make test    install what the tests need, run them all"
	@echo "make clean   remove .venv and what was built"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "qagraph needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "installing into .venv; this takes a minute or two"
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-test: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/installed

# The page's scripts are linted, and its accessibility is checked, where Node.js is at hand.
.venv/installed-page: .venv/bin/python package.json
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --no-package-lock; fi
	@touch $@

graph: .venv/installed
	$(BIN)/qagraph build examples -o output

reference: graph
	$(BIN)/python -m graph.ontology_page output/store > docs/ontology.md
	$(BIN)/python -m graph.queries_page output/store > docs/queries.md
	$(BIN)/python -m typer qagraph.cli utils docs --name qagraph --title Commands > docs/commands.md

manual: .venv/installed-test reference
	$(BIN)/python -m sphinx -q -W -b html docs site
	@echo "the manual: open site/index.html"

lint: .venv/installed-test .venv/installed-page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@if [ -x node_modules/.bin/eslint ]; then npm run --silent lint; fi

test: .venv/installed-test lint
	$(BIN)/python -m pytest

clean:
	rm -rf .venv node_modules
	find output -mindepth 1 ! -name README.md -delete
