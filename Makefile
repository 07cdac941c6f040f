# Everything here works in a fresh clone with CPython 3.11+, make and git; `.venv` is made by the first target.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-hosts check bench bench-quick bench-plots limits rivals engines laws docs clean

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: .venv/installed  ## clean the seeds and show what went where
	$(BIN)/cleanwire demo seeds

test: .venv/installed  ## run all tests
	$(BIN)/python -m pytest -q

.venv-hosts/installed: pyproject.toml
	$(PYTHON) -m venv .venv-hosts
	.venv-hosts/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[hosts]'
	touch $@

test-hosts: .venv-hosts/installed  ## the recipes and the classes for other libraries, with all of these
	.venv-hosts/bin/python -m pytest -q tests/test_recipes.py tests/integrations

check: .venv/installed  ## the linters, the types, the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed  ## the guards of cost, speed and quality
	$(BIN)/python -m pytest -q benchmarks

bench-quick: .venv/installed  ## the guards of cost, which no machine's speed changes
	$(BIN)/python -m pytest -q benchmarks -m "not slow"

bench-plots: .venv/installed  ## draw docs/speed-size.svg and docs/speed-rules.svg
	$(BIN)/python -m benchmarks.speed.plots

limits: .venv/installed  ## what the library promises of speed and memory, figure by figure
	$(BIN)/python -m benchmarks.speed.limits

.venv-rivals/installed: pyproject.toml
	$(PYTHON) -m venv .venv-rivals
	.venv-rivals/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[rivals]'
	touch $@

rivals: .venv-rivals/installed  ## other tools on the same texts; writes the table in benchmarks/README.md
	.venv-rivals/bin/python -m benchmarks.rivals.run

.venv-engines/installed: pyproject.toml
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,ray,spark]'
	touch $@

engines: .venv-engines/installed  ## Ray and Spark, tested and measured; writes the figures in docs/engines.md
	.venv-engines/bin/python -m pytest -q tests/engines tests/cli/test_engine.py
	.venv-engines/bin/python -m benchmarks.speed.engines

laws: .venv/installed  ## the laws, deep
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q tests/test_laws.py tests/rules/test_literals.py

docs: .venv/installed  ## the book of rules
	$(BIN)/cleanwire rules --markdown > docs/rules.md

clean:
	rm -rf .venv .venv-engines .venv-hosts .venv-rivals build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
