# make demo   install into .venv and group the sample articles
# make test   install for development, check style and types, run every test
# make properties     look for inputs that break a promise of the property tests, other ones each time; minutes
# make test-browser   look at the HTML report in chromium (apt-get install chromium); pictures in out/browser
# make coverage       how much of src the tests run, by branch; fails under 97 %. Half as long again as make test
# make mutation       which small changes of scoring, clustering and similarity no test notices; an hour
# make test-wheel     build sdist and wheel, and run every command from the wheel in an environment of its own
# make test-lowest    run the tests on the oldest versions that pyproject.toml allows; some 20 minutes
# make test-network       run the command for a minute where every call to the network is heard (Linux)
# make docs   write docs/cli.md and the man page again, from the commands' own help
# make fuzz   let atheris look for inputs that crash the readers, FUZZ_SECONDS=60 for each surface, or FUZZ_INPUTS=300
# make hostile        group input made to be slow, large or deep, and print what it took; an hour, 8 GB of disk
# make bench PILE=articles.jsonl.gz   speed, memory, growth and start-up, beside sentence-transformers
# make pictures       make the README's pictures again, from data/articles
# PYTHON=python3.12 make ... chooses the interpreter (3.11 or later).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What each kind of installation last came from; they live in .venv and go with it.
PIP_READY := $(VENV)/.pip-ready
DEVELOPMENT := $(VENV)/.development
BROWSER := $(VENV)/.browser
PACKAGE := $(VENV)/.package
MUTATION := $(VENV)/.mutation
LOWEST := $(VENV)/lowest
FUZZING := $(VENV)/.fuzz
FUZZ_SECONDS ?= 60
FUZZ_INPUTS ?= 0
FUZZ_SEED ?= 0
CHECKED := $(wildcard src tests benchmarks docs)

# Dependency groups need pip 25.1.
PIP_VERSION := pip>=25.1

.DEFAULT_GOAL := test
.PHONY: demo test properties coverage mutation test-browser test-network test-wheel test-lowest docs fuzz hostile bench pictures lint format clean

demo: $(PIP_READY)
	@# An installation for development already runs the source as it is.
	test -e $(DEVELOPMENT) || $(BIN)/python -m pip install --quiet --constraint constraints.txt .
	$(BIN)/newsclust group data/articles --format table

test: lint
	$(BIN)/python -m pytest

properties: $(DEVELOPMENT)
	HYPOTHESIS_PROFILE="other inputs" $(BIN)/python -m pytest -m hypothesis

test-browser: $(BROWSER)
	$(BIN)/python -m pytest tests/browser

test-network: $(DEVELOPMENT)
	$(BIN)/python -m pytest tests/network

coverage: $(DEVELOPMENT)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# One process and one thread a library: forks of a process with threads may hang.
mutation: $(MUTATION)
	rm -rf mutants
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/mutmut run --max-children 1
	$(BIN)/python benchmarks/mutation_scores.py

test-wheel: $(PACKAGE)
	$(BIN)/python -m pytest tests/shipped

test-lowest: $(DEVELOPMENT)
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --upgrade '$(PIP_VERSION)'
	$(BIN)/python tests/lowest_versions.py > $(LOWEST)/constraints.txt
	$(LOWEST)/bin/python -m pip install --quiet --constraint $(LOWEST)/constraints.txt '.[cluster]' --group tests
	@# tests/quality holds to the tested versions; the help of an old click is laid out otherwise.
	$(LOWEST)/bin/python -m pytest --ignore=tests/quality --ignore=tests/test_docs.py

docs: $(DEVELOPMENT)
	$(BIN)/python docs/reference.py

fuzz: $(FUZZING)
	$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS) --inputs $(FUZZ_INPUTS) --seed $(FUZZ_SEED)

hostile: $(DEVELOPMENT)
	$(BIN)/python tests/hostile/run.py

bench: $(DEVELOPMENT)
	$(BIN)/python benchmarks/speed.py $(PILE)

pictures: $(BROWSER)
	$(BIN)/python docs/pictures/make.py

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(PIP_READY):
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and f"newsclust needs Python 3.11 or later, this is {v[0]}.{v[1]}: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade '$(PIP_VERSION)'
	touch $@

$(DEVELOPMENT): pyproject.toml constraints.txt $(PIP_READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	touch $@

# Each is named after its dependency group.
$(FUZZING) $(BROWSER) $(PACKAGE) $(MUTATION): $(VENV)/.%: $(DEVELOPMENT)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group $*
	touch $@
