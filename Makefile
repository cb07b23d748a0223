# gsocbot: make lists what there is.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

# Hundreds of processes start in the tests: what one of them has compiled serves the next.
COMPILED := PYTHONDONTWRITEBYTECODE=

.DEFAULT_GOAL := help
.PHONY: help demo test check format docs migration bench bench-search fuzz soak lock system clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(VENV)/.run ## try the bot on this machine alone (ARGS="--port 6667 ...")
	@$(BIN)/gsocbot demo $(ARGS)

test: $(VENV)/.dev system check ## all checks and all tests
	@$(COMPILED) $(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/.dev ## format, lint, types, layers: quick
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@layers=$$($(BIN)/lint-imports 2>&1) || { echo "$$layers"; exit 1; }

format: $(VENV)/.dev ## put the code into shape
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

docs: $(VENV)/.dev ## make docs/commands.md and its picture from the commands
	@manual=$$($(BIN)/python -m tools.manual) && echo "$$manual" > docs/commands.md
	@picture=$$($(BIN)/python -m tools.manual picture) && echo "$$picture" > docs/conversation.svg

migration: $(VENV)/.dev ## write what tables.py has and the migrations lack (NAME="a table for ...")
	@$(BIN)/python -m tools.migration $(NAME)

bench: $(VENV)/.dev ## speed and memory, beside a bare bot (ARGS="--quick")
	@$(BIN)/python -m tests.bench $(ARGS)

bench-search: $(VENV)/.dev ## how well ideas are found (ARGS="CORPUS.jsonl QUESTIONS.jsonl --misses")
	@$(BIN)/python -m tests.search $(ARGS)

fuzz: $(VENV)/.dev system ## a million odd lines in, 200,000 texts out, a crowd that asks (ARGS="--short ...")
	@$(BIN)/python -m tests.fuzz $(ARGS)

soak: $(VENV)/.dev system ## a year, kills, power cuts, reconnects, millions of lines (PART=year|kills|sessions|cuts|reconnects|lines|forget|votes)
	@$(BIN)/python -m tests.soak $(if $(PART),--part $(PART)) $(ARGS)

lock: $(VENV)/.dev ## choose versions anew, with hashes
	@$(BIN)/uv pip compile $(LOCK) --group install --output-file requirements.lock pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --group dev --extra semantic --output-file requirements-dev.lock pyproject.toml

system: ## Debian packages that the tests use, where that is possible
	@tools/system-packages

clean: ## remove what was made
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# A virtual environment from the hash-locked requirements; made anew when they change.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what gsocbot needs ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what gsocbot and its tests need ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@

$(VENV)/bin/python:
	@tools/make-venv $(PYTHON) $(VENV)
