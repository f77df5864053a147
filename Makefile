# Every target does its own set-up: a virtual environment in .venv with the locked dependencies.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   ?= naslforge-demo
SHELL  := /bin/bash

.PHONY: databases demo test test-ray check lock clean browser node bench

$(VENV)/.ready: requirements/all.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("naslforge needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep '^torch==' requirements/all.lock)"
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements/all.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . \
	  || $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

demo: $(VENV)/.ready  ## the main job, from instructions to a measured model
	$(BIN)/naslforge demo $(DEMO)

browser:  ## Chromium for the report's page test, where we may install it
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	       chromium fonts-noto-cjk >/dev/null; }; } \
	  || echo "chromium is not here and cannot be installed: the page test will be skipped"

node:  ## Node and npm for the comparison with TypeScript, where we may install them
	@command -v node >/dev/null && command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	       nodejs npm >/dev/null; }; } \
	  || { echo "node and npm are not here and cannot be installed"; exit 1; }

benchmarks/typescript/node_modules/.ready: benchmarks/typescript/package-lock.json
	cd benchmarks/typescript && npm ci --silent --no-fund --no-audit
	touch $@

bench: $(VENV)/.ready node  ## checks beside TypeScript's, what diagnostics find and mend, programs judged per second
	$(MAKE) --no-print-directory benchmarks/typescript/node_modules/.ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/diagnostics.py
	$(BIN)/python benchmarks/sandbox.py

databases: $(VENV)/.ready  ## the same results on PostgreSQL and MariaDB, installed where we may
	$(BIN)/python tests/databases.py install
	$(BIN)/python tests/databases.py run $(BIN)/python -m pytest tests/test_databases.py

# The first overloads the machine on purpose; the items of the second all bear one name, which xdist takes for one test.
ALONE = tests/test_determinism.py tests/test_serve_schema.py

test: $(VENV)/.ready browser
	$(BIN)/python -m pytest -n 2 --dist loadfile $(addprefix --ignore=,$(ALONE))
	$(BIN)/python -m pytest $(ALONE)

test-ray: $(VENV)/.ready  ## the engine ray on a local cluster; brings Ray, which the lock leaves out for its size
	$(BIN)/pip install --quiet --disable-pip-version-check "ray>=2.40"
	$(BIN)/python -m pytest tests/test_ray.py

check: $(VENV)/.ready
	$(BIN)/ruff check src tests recipes benchmarks
	$(BIN)/ruff format --check src tests recipes benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

lock: $(VENV)/.ready  ## write down what is installed now
	{ echo "# Everything that make test and make demo install, resolved together. Remade by: make lock"; \
	  $(BIN)/pip freeze --exclude naslforge --exclude pip --exclude setuptools | sed 's/+cpu//'; } > requirements/all.lock.new
	mv requirements/all.lock.new requirements/all.lock

clean:
	rm -rf $(VENV) build dist $(DEMO)
