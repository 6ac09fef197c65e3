# From nothing but Python 3.11+ and make. Every target sets up what it needs, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test test-long lint score score-resolution bench-intake currencies fuzz bench-reading bench-ledger bench-web bench-vehicle bench-expose lock picture clean

help:             ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The stamps hold the set-up that was done; they are older than what they were made from when that changes.
$(VENV)/.python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pledger needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/.run  ## read the bundled corpus, print what it says, write demo/report.html
	@$(BIN)/pledger demo

test: $(VENV)/.dev  ## formatting, types, rooms, and every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

test-long: $(VENV)/.dev  ## the tests that have a long form, in it: readers killed 200 times on each engine
	$(BIN)/pytest --long -n auto tests/ledger/test_killed.py tests/ledger/test_engines.py tests/web/test_openapi.py
	$(BIN)/pytest -m hypothesis --hypothesis-profile=random -n auto

lint: $(VENV)/.dev  ## mend formatting and what a linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: $(VENV)/.dev  ## marks against the gold files: the seeds' where they are, and our own corpus
	$(BIN)/python benchmarks/score.py

score-resolution: $(VENV)/.dev  ## who is who: over our own corpus, and over the pairs of names in tests/ledger
	$(BIN)/python benchmarks/resolution.py --require 0.97
	$(BIN)/python benchmarks/resolution.py --pairs tests/ledger/pairs.yaml --require 0.95
	$(BIN)/python benchmarks/resolution.py --pairs tests/ledger/pairs_fresh.yaml --require 0.95

bench-intake: $(VENV)/.dev  ## cores and memory of reading into a ledger
	$(BIN)/python benchmarks/intake.py

currencies: $(VENV)/.dev  ## names of currencies in five languages anew from the CLDR
	$(BIN)/python tools/currency_names.py > src/pledger/data/lexicon/currencies.toml.new
	mv src/pledger/data/lexicon/currencies.toml.new src/pledger/data/lexicon/currencies.toml

fuzz: $(VENV)/.dev  ## look for inputs that break a parser or a recogniser: make fuzz SECONDS=1800
	$(BIN)/python tests/fuzz/run.py --seconds $(or $(SECONDS),60)

bench-reading: $(VENV)/.bench  ## characters per second beside spaCy and trafilatura, as ratios
	$(BIN)/python benchmarks/reading_speed.py --memory

bench-ledger: $(VENV)/.bench  ## growth to a million claims, and beside splink and truthdiscovery: make bench-ledger LARGEST=10000
	$(BIN)/python benchmarks/bench_ledger.py --largest $(or $(LARGEST),100000)

bench-vehicle: $(VENV)/.bench  ## scenarios per second beside C, NumPy and waterfall-py, memory, two workers: make bench-vehicle LARGEST=100000
	$(BIN)/python benchmarks/bench_vehicle.py --largest $(or $(LARGEST),1000000)

bench-expose: $(VENV)/.dev  ## a portfolio of 100,000 rows beside pandas reading the same file
	$(BIN)/python benchmarks/bench_expose.py

bench-web: $(VENV)/.dev  ## pages from a million claims beside Datasette: make bench-web LEDGER=PATH, made there and kept where there is none
	$(BIN)/python benchmarks/bench_web.py $(if $(LEDGER),--ledger $(LEDGER))

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt requirements/bench-alone.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench-alone.txt
	touch $@

lock: $(VENV)/.dev  ## compile the requirement files anew (needs uv; names no host)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev --extra frames --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/dev.txt
	uv pip compile requirements/bench.in -c requirements/dev.txt --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/bench.txt
	uv pip compile requirements/bench-alone.in --no-deps --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/bench-alone.txt
	uv pip compile requirements/build.in --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/build.txt

picture: demo     ## take the README's picture of the report anew (needs the system's Chromium)
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking \
	  --user-data-dir=$$(mktemp -d) --window-size=1300,1480 --screenshot=docs/report.png file://$(CURDIR)/demo/report.html

clean:            ## remove everything that was made
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
