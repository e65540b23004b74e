# What a person runs. Every target does its own set-up; nothing needs to be installed but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REVISION = $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run dev demo test check format coverage bench screenshots soak audit sbom lock words image up clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

run: $(VENV)/run.stamp ## Install what is needed and serve on http://127.0.0.1:8000
	@exec $(BIN)/mycount serve

demo: $(VENV)/run.stamp ## Fill an empty database with groups to look around in
	@exec $(BIN)/mycount demo

dev: $(VENV)/dev.stamp ## Serve, with /_styleguide, and start again whenever a source file changes
	@exec $(BIN)/watchfiles --filter python '$(BIN)/python -m tools.styleguide serve' mycount pages tools

test: $(VENV)/dev.stamp ## Run every test on SQLite, PostgreSQL and in Chromium, with coverage
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest --cov --cov-report=term

check: $(VENV)/dev.stamp ## Format, lint, types, layers, and everything that is not Python
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@.ci/lint

format: $(VENV)/dev.stamp ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

coverage: $(VENV)/dev.stamp ## Run the tests and write htmlcov/ and coverage.xml
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest --cov --cov-report=term --cov-report=html --cov-report=xml
	@echo "Read htmlcov/index.html; coverage.xml is for machines."

bench: $(VENV)/dev.stamp ## Measure how fast it is, and write docs/performance.md; on a quiet machine
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.bench $(PARTS)

soak: $(VENV)/dev.stamp ## Attack it and make everything fail, for a long time; prints one line a figure
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.soak $(PARTS)

screenshots: $(VENV)/dev.stamp ## Take pictures of every page and state, to be looked at
	@$(BIN)/python -m tests.screenshots

audit: $(VENV)/dev.stamp ## Ask a service on the internet for known holes in what is locked
	@$(BIN)/pip-audit --require-hashes --disable-pip --strict --progress-spinner off -r requirements.txt -r requirements-dev.txt

sbom: $(VENV)/dev.stamp ## Write sbom.json: the libraries that MyCount is made of, as CycloneDX
	@$(BIN)/python -m tools.sbom sbom.json

lock: $(VENV)/dev.stamp ## Write the lock files anew, with hashes
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group build -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt

words: $(VENV)/dev.stamp ## Gather the sentences to translate and update the catalogs
	@$(BIN)/pybabel -q extract -k N_ -k _ -k ngettext:1,2 --no-location --sort-output --omit-header -o mycount/locale/messages.pot mycount pages
	@$(BIN)/pybabel -q update -i mycount/locale/messages.pot -d mycount/locale --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

image: ## Build the image mycount:local, with Docker
	docker build --build-arg REVISION=$(REVISION) --tag mycount:local .

up: ## Start MyCount with PostgreSQL, Prometheus and Grafana, with Docker; settings are in .env
	REVISION=$(REVISION) docker compose up --detach --build --wait

clean: ## Remove everything that is made (not ./data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov test-results screenshots
	rm -rf *.egg-info .coverage .coverage.* coverage.xml sbom.json soak.txt
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/run.stamp: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "MyCount needs Python 3.11 or newer; name one with: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what MyCount needs (once) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
