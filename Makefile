# Kintsugi: `make run` serves the product with a demo, `make test` proves it. Both set up what they need.
PYTHON ?= python3
RUN := .venv/bin/python
export PYTHONUNBUFFERED := 1
# Where it is forbidden, as in many containers, each of our processes would compile all of us again: seconds of each start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench setup setup-dev schema clean

setup:
	@$(PYTHON) config/set_up.py

setup-dev:
	@$(PYTHON) config/set_up.py dev

# A shell with job control lends the terminal to the server, so that Ctrl-C reaches it alone and make ends with 0.
run: setup
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py demo
	@if [ -t 0 ]; then bash -mc '$(RUN) manage.py serve; exit $$?'; else exec $(RUN) manage.py serve; fi

test: setup-dev
	@$(RUN) -m tests.run

check: setup-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(RUN) manage.py makemigrations --check --dry-run --verbosity 0
	@$(RUN) -m tests.schema --check
	@cd frontend && npm run --silent check

schema: setup-dev
	@$(RUN) -m tests.schema

bench: setup-dev
	@$(RUN) -m tests.bench

clean:
	rm -rf .venv var frontend/node_modules frontend/dist
