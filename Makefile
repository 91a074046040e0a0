# What each target does is said in README.md. Everything runs in the project's own .venv.
PYTHON ?= python3
BIN := .venv/bin
# Material says at every start that it is in maintenance; docs/decisions/002 is our answer.
export NO_MKDOCS_2_WARNING := 1
READY := .venv/.ready

.PHONY: site serve test check bench score format lock clean
.DELETE_ON_ERROR:

site: $(READY)
	@$(BIN)/mkdocs build --strict
	@echo
	@echo "网站在 site/ 里。打开它：make serve，或 $(PYTHON) -m http.server -d site 8000，再访问 http://127.0.0.1:8000/"

serve: $(READY)
	$(BIN)/mkdocs serve --livereload

test: check
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.cards_site
	$(BIN)/python -m tests.bench.card_speed
	$(BIN)/python -m tests.bench.import_speed

# Needs the labelled reports, which are not part of the project: LABELS is their folder, TEXTS that of their texts.
LABELS ?= ../shared/gold
TEXTS ?= ../shared/seeds
score: $(READY)
	$(BIN)/python $(LABELS)/score.py $(LABELS) --texts $(TEXTS) -- $(BIN)/nianbao import {} --district demo --stdout

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The lock has hashes and no addresses, so that it holds with any package registry.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --group dev --group bench pyproject.toml -o requirements.lock

clean:
	rm -rf site .site.spare .site.spare.old .site.lock .cache

# uv comes into .venv when it is not there; pip alone would do, but takes longer.
$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "建不了 .venv：请装好 Python 3.11 以上和它的 venv 组件（Debian：apt install python3-venv）" >&2; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@
