# `make help` lists what there is. Everything happens inside .venv; nothing needs root.
PYTHON ?= python3
HOUSEHOLDS ?= 1000000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help venv spark demo test check bench

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed / 需要 Python 3.11 以上: sudo apt install python3"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "python3-venv is missing / 缺少 python3-venv: sudo apt install python3-venv"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready

venv: .venv/ready  ## make .venv with everything to run and to check

.venv/spark: .venv/ready requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	@touch .venv/spark

spark: .venv/spark  ## add the Spark extra to .venv
