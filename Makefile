# Everything a newcomer needs: `make start` and `make test`. `install.py` does the work.
PYTHON ?= python3
UV ?= uv
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: start test check demo bench lock install install-test

install:
	@$(PYTHON) install.py

install-test:
	@$(PYTHON) install.py --test

start: install
	@$(BIN)/voicecoach

demo: install
	@$(BIN)/voicecoach demo

test: install-test check

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

bench: install-test
	$(BIN)/python -m benchmarks

# Rewrite both locks from pyproject.toml; needs uv. Hashed, for every platform, naming no index.
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
lock:
	$(UV) pip compile pyproject.toml --group build $(LOCK) -o requirements.lock
	$(UV) pip compile pyproject.toml --group build --group test $(LOCK) -c requirements.lock -o requirements-test.lock
