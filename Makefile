# Everything the project needs is set up in .venv; Windows users find the same lines in README.md.
PYTHON ?= $(firstword $(foreach v,3.13 3.12 3.11 3,$(shell command -v python$(v) 2>/dev/null)))
BIN := .venv/bin

.PHONY: demo test bench docs pictures samples clean

demo: .venv/run
	$(BIN)/svcq demo

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

bench: .venv/test
	$(BIN)/python -m bench

docs: .venv/test
	$(BIN)/python -m svcq_excel.rubric.schema
	$(BIN)/python docs/generate.py

pictures: .venv/test
	$(BIN)/python docs/pictures.py

samples: .venv/test
	rm -rf samples/returned && $(BIN)/python -m samples.make_samples

.venv/run: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed (try: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf .venv build *.egg-info
