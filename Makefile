# Everything the project needs is set up in .venv; Windows users find the same lines in README.md.
# python3 or, if that is too old or lacks venv, the newest python3.N on the path that really runs.
PYTHON ?= $(shell for p in python3 $$(IFS=:; for d in $$PATH; do ls "$$d" 2>/dev/null; done \
  | grep -E '^python3\.[0-9]+$$' | sort -ut. -k2,2nr) python; do \
  $$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
  && { echo $$p; break; }; done)
BIN := .venv/bin

.PHONY: demo test fuzz audit equal bench docs masters pictures gallery samples dist clean

demo: .venv/run
	$(BIN)/svcq demo

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadscope

fuzz: .venv/test
	$(BIN)/python -m tests.fuzz --mutations 20000 --seed 1

audit: .venv/test
	$(BIN)/python -m tests.audit --rounds 200 --seed 1

# PYTHONS="PYTHON..." are others in which the project is installed.
equal: .venv/test
	$(BIN)/python -m tests.equal_bytes $(CURDIR)/$(BIN)/python $(PYTHONS)

bench: .venv/test
	$(BIN)/python -m bench

docs: .venv/test
	$(BIN)/python docs/click_texts.py
	$(BIN)/python -m svcq_excel.rubric.schema
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/unit_page.py

masters: .venv/test
	$(BIN)/python docs/masters.py

pictures: .venv/test
	$(BIN)/python -m tests.gallery.pictures
	$(BIN)/python docs/unit_page.py

gallery: .venv/test
	$(BIN)/python -m tests.gallery

samples: .venv/test
	rm -rf samples/returned samples/*/returned
	$(BIN)/python -m tests.paper.make_samples

dist: .venv/test
	rm -rf build dist
	$(BIN)/python -c "from setuptools import build_meta as b; b.build_sdist('dist'); b.build_wheel('dist')"

.venv/run: setup.cfg pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with its venv module is needed" \
	  "(Debian: apt install python3-venv; macOS: brew install python3)."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf .venv build dist *.egg-info
