# `make run` starts minhu, `make test` runs every check that CI runs; both set everything up on a fresh machine first.

PYTHON ?= python3
UV := .venv/bin/uv
UV_VERSION := 0.13.9
SHELL := /bin/bash
PYTEST := .venv/bin/pytest -n 4 --dist loadgroup
unexport PYTHONDONTWRITEBYTECODE # the tests start many processes, and what one has compiled the next need not

.PHONY: run test test-all check stories stories-all fix replay kill bench storm clean

run: .venv/.runtime
	@.venv/bin/minhu run

# mypy takes one core for half a minute: the stories begin beside it.
test: .venv/.dev
	@$(MAKE) --no-print-directory -j 2 check stories

# Before a release: every story on both databases, every property on more examples.
test-all: .venv/.dev
	@$(MAKE) --no-print-directory -j 2 check stories-all

stories: .venv/.dev
	$(PYTEST)

stories-all: .venv/.dev
	$(PYTEST) --thorough

# The fast half: what needs no application running.
check: .venv/.dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

fix: .venv/.dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Every text of a file goes in as a resident's message: make replay FILE=messages.csv
replay: .venv/.dev
	.venv/bin/python -m tests.replay $(FILE)

# The process is killed a thousand times while people write: make kill KILLS=1000
kill: .venv/.dev
	MINHU_KILLS=$(or $(KILLS),1000) .venv/bin/pytest -s tests/stories/test_kill.py

# What a case costs, beside what it cost at the beginning and beside a plain echo, and each verb: make bench CASES=20
bench: .venv/.dev
	.venv/bin/python -W ignore -m bench.case $(if $(CASES),--cases $(CASES))
	.venv/bin/python -W ignore -m bench.verbs

# One burst main and 500 residents: what a worker waits for, and when the last of them is asked
storm: .venv/.dev
	.venv/bin/python -W ignore -m bench.storm

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "minhu needs Python 3.11 or newer; name one with make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.runtime: .venv/.uv uv.lock pyproject.toml
	@$(UV) sync --quiet --locked --no-dev --inexact --compile-bytecode
	@touch $@

.venv/.dev: .venv/.uv uv.lock pyproject.toml
	@$(UV) sync --quiet --locked --inexact --compile-bytecode
	@touch .venv/.runtime $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
