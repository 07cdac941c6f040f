# All targets work in a fresh clone with CPython 3.11+, make and git.
# `.venv` holds what running needs after `make demo`; the other targets add what tests and checks need.
PYTHON ?= python3
BIN := .venv/bin
PIP := -m pip install --quiet --disable-pip-version-check
INSTALL := $(PIP) --editable
NEWER := $(PIP) 'pip>=25.1'  # the first that knows the dependency groups of pyproject.toml
EXTRAS := arrow,dates,page,remote,report,zstd

.DEFAULT_GOAL := help
.PHONY: help demo test test-versions test-hosts test-engines lock audit check coverage mutants bench bench-quick bench-plots limits rivals engines laws proof proof-quick docs docs-links pictures man browser ecosystem dist chromium emscripten java clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/\1\t\2/p' Makefile | expand -t 14

.venv/run: pyproject.toml
	@echo 'installing cleanwire into .venv'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python $(INSTALL) .
	@touch $@

.venv/installed: .venv/run requirements.lock
	@echo 'adding to .venv what tests and checks need'
	@bash .ci/locked $(BIN)/python '.[$(EXTRAS)]' --group dev
	@touch $@

demo: .venv/run  ## install cleanwire and show what it does, on one screen
	@$(BIN)/cleanwire demo

test: .venv/installed  ## run all tests
	$(BIN)/python -m pytest -q

PYTHONS ?= python3.12 python3.13
test-versions:  ## run all tests on other versions of Python, one after the other; PYTHONS has their names or paths
	@set -e; for python in $(PYTHONS); do \
		env=.venv-versions/$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "installing into $$env"; \
		$$python -m venv $$env; \
		$$env/bin/python $(NEWER); \
		$$env/bin/python $(INSTALL) '.[$(EXTRAS)]' --group test; \
		$$env/bin/python -m pytest -q; \
	done

.venv-hosts/installed: pyproject.toml
	$(PYTHON) -m venv .venv-hosts
	.venv-hosts/bin/python $(NEWER)
	.venv-hosts/bin/python $(INSTALL) '.[$(EXTRAS)]' --group hosts
	.venv-hosts/bin/python $(PIP) --no-deps nemo-curator==1.4.0
	touch $@

test-hosts: .venv-hosts/installed  ## run the recipes and integrations with all their libraries
	.venv-hosts/bin/python -m pytest -q tests/docs/test_recipes.py tests/integrations

.venv-lock/installed: pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(NEWER)
	.venv-lock/bin/python $(PIP) --group lock
	touch $@

lock: .venv-lock/installed  ## write requirements.lock anew, with the newest versions: make lock NEW=--upgrade
	.venv-lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra $(EXTRAS) --group dev \
		--generate-hashes --no-annotate --custom-compile-command 'make lock' --output-file requirements.lock $(NEW)

audit: .venv/installed  ## ask the database of vulnerabilities for the packages of requirements.lock; needs a network
	$(BIN)/python -m docs.audit

check: .venv/installed  ## run the linters, the type checker, the import contract and the audit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.audit

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
	.venv-rivals/bin/python $(NEWER)
	.venv-rivals/bin/python $(INSTALL) '.[page,zstd]' --group rivals
	touch $@

rivals: .venv-rivals/installed  ## other tools on the same texts; writes the table in benchmarks/README.md
	.venv-rivals/bin/python -m benchmarks.rivals.run

.venv-lowest/installed: pyproject.toml
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python $(NEWER)
	.venv-lowest/bin/python $(INSTALL) '.[$(EXTRAS),ray,spark]' --group test --group lowest-engines
	touch $@

test-engines: .venv-lowest/installed  ## test Ray and Spark in the lowest versions that are supported
	.venv-lowest/bin/python -m pytest -q tests/engines tests/cli/test_engine.py

.venv-engines/installed: pyproject.toml
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/python $(NEWER)
	.venv-engines/bin/python $(INSTALL) '.[$(EXTRAS),ray,spark]' --group test
	touch $@

engines: .venv-engines/installed  ## the newest Ray and Spark, tested and measured; writes the figures in docs/engines.md
	.venv-engines/bin/python -m pytest -q tests/engines tests/cli/test_engine.py
	.venv-engines/bin/python -m benchmarks.speed.engines

proof-quick: .venv/installed  ## the search for lost text: faults, kills, crashes, races, hostile files; in minutes
	PROOF=quick $(BIN)/python -m pytest -q tests/proof

proof: .venv/installed  ## the same, in hours
	PROOF=full $(BIN)/python -m pytest -q tests/proof

laws: .venv/installed  ## the laws, deep
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q tests/test_laws.py tests/packs/test_literals.py

.venv-docs/installed: pyproject.toml
	$(PYTHON) -m venv .venv-docs
	.venv-docs/bin/python $(NEWER)
	.venv-docs/bin/python $(INSTALL) '.[arrow]' --group docs
	touch $@

docs: .venv-docs/installed  ## build the documentation site, build/site, and follow its links
	.venv-docs/bin/python -m docs.site

docs-links: docs  ## ask for the addresses outside the site; needs a network
	.venv-docs/bin/python -m sphinx -b linkcheck build/docs build/linkcheck

pictures: .venv/installed  ## draw the terminal and a report for the documentation; needs Chromium
	$(BIN)/python -m docs.pictures

man: .venv/run  ## write the manual pages, docs/man, from the parser of the command
	$(BIN)/python -m docs.manual

browser: .venv/installed  ## build the page that cleans pasted text in a browser, build/browser, and test it
	$(BIN)/python -m docs.browser.build
	$(BIN)/python -m pytest -q tests/docs/test_browser_page.py

ecosystem: .venv/installed  ## what is cut now and was not at revision OLD (HEAD), and the other way round
	$(BIN)/python -m benchmarks.quality.ecosystem $(OLD)

dist: .venv/run  ## build the wheel and the source archive twice, compare them, and put them into dist
	$(BIN)/python $(PIP) 'hatchling>=1.25'
	$(BIN)/python -m docs.release dist

chromium:  ## install Chromium, which the tests of pages need (Debian and its kin; as root)
	command -v chromium || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }

emscripten:  ## install Emscripten and npm, which `make browser` needs (Debian and its kin; as root)
	command -v emcc && command -v npm || { apt-get update -qq && apt-get install -y -qq --no-install-recommends emscripten nodejs npm; }

java:  ## install Java, which Spark needs (Debian and its kin; as root)
	command -v java || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; }

coverage: export COVERAGE_FILE = $(CURDIR)/build/coverage/data
coverage: .venv/installed  ## the lines and branches of src that the tests run: at least as many as pyproject.toml says
	@mkdir -p build/coverage
	$(BIN)/python -m coverage erase
	-$(BIN)/python -m coverage run -m pytest -q  # measured all the same if a test does not bear being slowed down
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered

.venv-mutants/installed: pyproject.toml
	$(PYTHON) -m venv .venv-mutants
	.venv-mutants/bin/python $(NEWER)
	.venv-mutants/bin/python $(INSTALL) '.[$(EXTRAS)]' --group mutants
	touch $@

mutants: .venv-mutants/installed  ## change edit, in-place cleaning, undo, the scan and encoding; tests must notice
	.venv-mutants/bin/python -m benchmarks.mutants

clean:  ## delete all environments, caches and build output
	rm -rf .venv .venv-docs .venv-engines .venv-hosts .venv-lock .venv-lowest .venv-mutants .venv-rivals .venv-versions build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
