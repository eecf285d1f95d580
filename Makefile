PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test check bench faults

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## Install what the server runs on into .venv
	@.ci/setup requirements.txt

setup-dev: ## Install what tests, checks and benchmarks need as well
	@.ci/setup requirements-dev.txt

demo: setup ## Play a whole workshop with a simulated panel
	@$(PYTHON) -m server demo

serve: setup ## Run the server
	@$(PYTHON) -m server serve

test: setup-dev ## Run every test
	@.ci/browser
	@$(PYTHON) -m pytest -n 2 --dist worksteal

check: setup-dev ## Look for faults without running: ruff and mypy
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m mypy

bench: setup-dev ## Measure speed; each benchmark prints a table and a JSON line
	@.ci/each benchmarks

faults: setup-dev ## Break things on purpose, at length, and see that nothing is lost
	@.ci/each benchmarks/faults
