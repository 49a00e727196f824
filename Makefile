# `make help` lists what there is. Everything happens inside .venv; nothing needs root.
PYTHON ?= python3
HOUSEHOLDS ?= 1000000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help venv spark demo browser test postgres reference check bench bench-office fuzz

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/ready: requirements.lock requirements-febrl.lock pyproject.toml frontend/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed / 需要 Python 3.11 以上: sudo apt install python3"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "python3-venv is missing / 缺少 python3-venv: sudo apt install python3-venv"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-conflicts --require-hashes --no-deps -r requirements-febrl.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python scripts/frontend.py
	$(BIN)/python scripts/translations.py compile
	@touch .venv/ready

venv: .venv/ready  ## make .venv with everything to run and to check

.venv/spark: .venv/ready requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	@touch .venv/spark

spark: .venv/spark  ## add the Spark extra to .venv

demo: .venv/ready  ## make a small Kunming, screen May and June of 2020, explain three households, open the site
	$(BIN)/shouwang demo

browser: .venv/ready  ## find a browser for the journeys, or fetch one
	@$(BIN)/python -m scripts.browser >/dev/null

test: .venv/ready browser  ## all tests but those that need Spark; journeys through the site in a browser
	$(BIN)/pytest tests/unit --ignore tests/unit/office -m "not spark" -n auto --dist loadscope --cov --cov-report=term
	$(BIN)/pytest tests/unit/office -n auto --dist loadscope
	$(BIN)/pytest tests/browser

postgres: .venv/ready browser  ## the office's tests and journeys on a PostgreSQL of their own
	$(BIN)/python scripts/with_postgres.py $(BIN)/pytest tests/unit/office -n auto --dist loadscope
	$(BIN)/python scripts/with_postgres.py $(BIN)/pytest tests/browser

POLICIES = $(shell $(BIN)/python -c "from shouwang.policy import names; print(*names())")

reference: .venv/ready  ## write the manual of every policy from its rules into docs/reference
	@mkdir -p docs/reference
	@for p in $(POLICIES); do $(BIN)/shouwang policy show $$p --markdown > docs/reference/$$p.md; done

check: .venv/ready  ## lint, types, import order, the generated manual
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_docs.py
	@for p in $(POLICIES); do $(BIN)/shouwang policy show $$p --markdown | diff -q - docs/reference/$$p.md || \
	  { echo "docs/reference/$$p.md is out of date → make reference"; exit 1; }; done

bench: .venv/ready  ## how fast, against the same by hand and in pandas; linkage; checks (HOUSEHOLDS=1000000)
	$(BIN)/python bench/run.py --households $(HOUSEHOLDS)
	$(BIN)/python bench/linkage.py --households $(HOUSEHOLDS)
	$(BIN)/python bench/checks.py --households $(HOUSEHOLDS)

.venv/load: .venv/ready requirements-load.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-load.lock
	@touch .venv/load

bench-office: .venv/load  ## a hundred users at the office of FOLDER (a PostgreSQL with a city loaded; docs/office/running.md)
	$(BIN)/python scripts/with_postgres.py --folder $(FOLDER) $(BIN)/python bench/office.py

FUZZ_SECONDS ?= 1200

.venv-fuzz/ready: requirements.lock requirements-fuzz.lock
	$(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-fuzz.lock
	@touch .venv-fuzz/ready

fuzz: .venv-fuzz/ready  ## feed the readers of files whatever bytes there are (FUZZ_SECONDS=1200)
	@mkdir -p .venv-fuzz/corpus .venv-fuzz/found
	.venv-fuzz/bin/python -m tests.fuzz.fuzz_opening .venv-fuzz/corpus -max_total_time=$(FUZZ_SECONDS) \
	  -rss_limit_mb=3000 -timeout=60 -artifact_prefix=.venv-fuzz/found/
