# Everything here works in a fresh clone with CPython 3.11+, make and git; `.venv` is made by the first target.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench bench-quick laws docs clean

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: .venv/installed  ## clean the seeds and show what went where
	$(BIN)/cleanwire demo seeds

test: .venv/installed  ## run all tests
	$(BIN)/python -m pytest -q

check: .venv/installed  ## the linters, the types, the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed  ## the guards of speed and quality
	$(BIN)/python -m pytest -q benchmarks

bench-quick: .venv/installed  ## the guards that need no data and little time
	$(BIN)/python -m pytest -q benchmarks -m "not slow"

laws: .venv/installed  ## the laws, deep
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q tests/test_laws.py

docs: .venv/installed  ## the book of rules
	$(BIN)/cleanwire rules --markdown > docs/rules.md

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
