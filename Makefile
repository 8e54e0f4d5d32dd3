# Everyday commands, one word each. `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
REQUIRE ?= postgresql,redis,standards,browser,make,nginx,newsboat
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := $(VENV)/.run-ready
TEST := $(VENV)/.test-ready
DEV := $(VENV)/.dev-ready
SOURCES := pyproject.toml constraints.txt
OPENAPI := schemas/openapi/partner-v1.json

.PHONY: help demo dev test test-all lint bench golden openapi words migration clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(RUN) ## set everything up, run the main job, then serve (PORT=8001, DEMO_ARGS=--no-serve)
	@$(BIN)/syndicate demo --port $(PORT) $(DEMO_ARGS)

dev: $(DEV) ## serve on SQLite in var/, starting anew when the code changes
	@$(BIN)/python -m watchfiles --filter python "$(BIN)/syndicate serve --port $(PORT)" syndicate

test: $(TEST) ## pass all tests that need no server
	@$(BIN)/python -m pytest -n auto $(TEST_ARGS)

test-all: $(DEV) ## the same with PostgreSQL, Redis, official schemas and a browser required (see docs/testing.md)
	@SYNDICATE_TEST_REQUIRE=$(REQUIRE) $(BIN)/python -m pytest -n auto $(TEST_ARGS)

lint: $(DEV) ## ruff, mypy --strict, and the arrows of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(DEV) ## measure, beside baselines in the same run
	@for each in bench/*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

golden: $(TEST) ## rewrite golden files; read the diff before committing
	@$(BIN)/python -m pytest --update-golden tests/outputs tests/ingest tests/cleaning

openapi: $(RUN) ## rewrite schemas/openapi/ from the code
	@$(BIN)/python -m syndicate.web.api.openapi > $(OPENAPI).new && mv $(OPENAPI).new $(OPENAPI) || { rm -f $(OPENAPI).new; exit 1; }

words: $(RUN) ## find the words of the desk's pages for translators (syndicate/web/translations/)
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract -F pyproject.toml -k N_ --no-location --sort-output -o build/words.pot .
	@$(BIN)/pybabel --quiet update -i build/words.pot -d syndicate/web/translations --no-fuzzy-matching --ignore-pot-creation-date

migration: $(RUN) ## draft a migration: make migration m="keep usage terms"
	@$(BIN)/syndicate db migration "$(m)"

clean: ## remove what these commands made
	@rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or newer, or say make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Syndicate needs 3.11 or newer (make PYTHON=python3.12 ...)"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN): $(BIN)/python $(SOURCES)
	@echo "Installing what Syndicate needs ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(TEST): $(RUN)
	@echo "Installing what the tests need ..."
	@$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@

$(DEV): $(TEST)
	@echo "Installing what development needs ..."
	@$(PIP) install -c constraints.txt -e '.[postgres,redis,test,dev]'
	@touch $@
