# The chores of Leadstone. `make run` and `make test` need nothing but Python 3.11+, git and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help

BIN := .venv/bin
STAMP := .setup-stamp

.PHONY: help run setup assets test test-full lint format messages wheel lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## prepare everything and start the demo company; ARGS="--port 8010" passes options on
	@exec $(BIN)/leadstone up --demo $(ARGS)

setup: $(STAMP) assets ## environment and assets, without starting anything

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh
	@touch $@

assets: $(STAMP)
	@$(BIN)/python tools/build_assets.py

test: setup ## lint, types, import contracts and every test, on SQLite and PostgreSQL, at CI scale
	@$(BIN)/python tools/run_tests.py

test-full: setup ## the same with the sizes stated in the promises
	@LEADSTONE_FULL=1 $(BIN)/python tools/run_tests.py

lint: setup ## what a machine can see without running the product
	@$(BIN)/python tools/run_tests.py --lint

format: setup ## format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

messages: setup ## put new words into the message catalogues
	@$(BIN)/python tools/messages.py update && $(BIN)/python tools/messages.py check

wheel: setup ## build dist/leadstone-*.whl with the assets inside
	@rm -rf dist && $(BIN)/python -m hatchling build -t wheel && ls dist

lock: setup ## resolve the dependencies anew into requirements.lock
	@tools/lock.sh

clean: ## remove what was built; data in ./var stays
	rm -rf .venv $(STAMP) node_modules build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf src/leadstone/studio/static/built src/leadstone/wire/pages/static src/leadstone/project/demo/files
	find src -name '*.mo' -delete; find src tests tools -name __pycache__ -prune -exec rm -rf {} +
