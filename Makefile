# All targets work in a fresh clone with CPython 3.11+, make and git.
# `.venv` holds what running needs after `make demo`; the other targets add what tests and checks need.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := -m pip install --quiet --disable-pip-version-check --editable

.DEFAULT_GOAL := help
.PHONY: help demo test test-hosts check bench bench-quick bench-plots limits rivals engines laws proof proof-quick docs clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/\1\t\2/p' Makefile | expand -t 14

.venv/run: pyproject.toml
	@echo 'installing cleanwire into .venv'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python $(INSTALL) .
	@touch $@

.venv/installed: .venv/run
	@echo 'adding to .venv what tests and checks need'
	@$(BIN)/python $(INSTALL) '.[dev]'
	@touch $@

demo: .venv/run  ## install cleanwire and show what it does, on one screen
	@$(BIN)/cleanwire demo

test: .venv/installed  ## run all tests
	$(BIN)/python -m pytest -q

.venv-hosts/installed: pyproject.toml
	$(PYTHON) -m venv .venv-hosts
	.venv-hosts/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[hosts]'
	touch $@

test-hosts: .venv-hosts/installed  ## run the recipes and integrations with all their libraries
	.venv-hosts/bin/python -m pytest -q tests/test_recipes.py tests/integrations

check: .venv/installed  ## run the linters, the type checker and the import contract
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

proof-quick: .venv/installed  ## the search for lost text by a fault at every call, in minutes
	PROOF=quick $(BIN)/python -m pytest -q tests/proof

proof: .venv/installed  ## the same at every call, in hours
	PROOF=full $(BIN)/python -m pytest -q tests/proof

laws: .venv/installed  ## the laws, deep
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q tests/test_laws.py tests/packs/test_literals.py

docs: .venv/run  ## write the rule reference, docs/rules.md
	$(BIN)/cleanwire rules --markdown > docs/rules.md

clean:  ## delete all environments, caches and build output
	rm -rf .venv .venv-engines .venv-hosts .venv-rivals build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
