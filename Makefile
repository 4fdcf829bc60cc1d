# Two commands do everything: `make demo` and `make test`. Both install what is missing first; a second run costs seconds.
PY := .venv/bin/python
# One OCR thread a process: more of them slow each other down (docs/design_notes.md).
export OMP_THREAD_LIMIT := 1

.PHONY: help setup setup-test demo serve test test-all lint types unit bench models lock ocr-data clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## install what the program needs
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

ocr-data: ## (re)install the Korean OCR data
	@scripts/setup.sh ocr-data

demo: setup ## a sample proposal: check it, then open the review site on it
	@.venv/bin/jeopsu demo

serve: setup ## the platform on this machine: review site, watched inbox, flows
	@.venv/bin/jeopsu serve

test: setup-test lint types unit ## everything that must hold before a change lands

lint:
	@.venv/bin/ruff format --check --quiet . && .venv/bin/ruff check --quiet .
	@.venv/bin/yamllint --strict -c .yamllint jeopsu

types:
	@.venv/bin/mypy --no-error-summary

unit:
	@$(PY) -m pytest -n 2 --dist loadgroup

test-all: setup-test lint types ## the long tests too
	@$(PY) -m pytest -n 2 --dist loadgroup -m "slow or not slow"

bench: setup-test ## accuracy and cost, where ../shared is there
	@$(PY) -m benchmarks.accuracy

models: setup-test ## train the second opinion on what a page is, and write how well it does
	@$(PY) -m benchmarks.models --train --write

lock: ## requirements.lock from pyproject.toml, with hashes and without addresses
	@uv pip compile -q --universal --python-version 3.11 --extra dev --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock

clean: ## remove what setup and runs made
	@rm -rf .venv var build .pytest_cache .mypy_cache .ruff_cache .hypothesis
