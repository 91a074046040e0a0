# What each target does is said in README.md. Everything runs in the project's own .venv.
PYTHON ?= python3
BIN := .venv/bin
# Material says at every start that it is in maintenance; docs/decisions/002 is our answer.
export NO_MKDOCS_2_WARNING := 1
SITE_READY := .venv/.ready-site
DEV_READY := .venv/.ready-dev

.PHONY: site serve test test-all check bench score format lock clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

site: $(SITE_READY)
	@$(BIN)/nianbao build
	@echo
	@echo "网站在 site/ 里。打开它：make serve，或 $(PYTHON) -m http.server -d site 8000，再访问 http://127.0.0.1:8000/"

serve: $(SITE_READY)
	$(BIN)/nianbao serve

# A worker for each processor; one takes over what another has left to do. More than four want more memory than many machines have.
PYTEST := $(BIN)/pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal
test: check
	$(PYTEST) -m "not slow"

test-all: test
	$(PYTEST) -m slow

check: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_READY)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.cards_site
	$(BIN)/python -m tests.bench.card_speed
	$(BIN)/python -m tests.bench.import_speed

# Needs the labelled reports, which are not part of the project: LABELS is their folder, TEXTS that of their texts.
LABELS ?= ../shared/gold
TEXTS ?= ../shared/seeds
score: $(DEV_READY)
	$(BIN)/python $(LABELS)/score.py $(LABELS) --texts $(TEXTS) -- $(BIN)/nianbao import {} --district demo --stdout

format: $(DEV_READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The locks have hashes and no addresses, so that they hold with any package registry. dev.lock is all, requirements.lock what a site needs of it.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --group tools
lock: $(DEV_READY)
	$(COMPILE) --all-extras --group dev --group bench pyproject.toml -o .ci/dev.lock
	$(COMPILE) --constraint .ci/dev.lock pyproject.toml -o requirements.lock

clean:
	rm -rf site .site.spare .site.spare.old .site.lock .cache

# A .venv without the first stamp is half-made and is made anew; so is one whose Python or packages went, or that was made in another folder.
SOUND := import os, sys, mkdocs, nianbao; sys.exit(sys.version_info < (3, 11) or not os.path.samefile(nianbao.__path__[0], "hooks/nianbao"))
ifneq ($(shell test -x $(BIN)/mkdocs && test -x $(BIN)/uv && $(BIN)/python -c '$(SOUND)' 2>/dev/null || echo unsound),)
  $(shell rm -f $(SITE_READY))
endif
ifeq ($(wildcard $(SITE_READY)),)
  $(shell rm -f $(DEV_READY))
endif

# uv comes with the hashes that the lock has for it. While something is installed there is no stamp.
define prepare_venv
@test -e $(SITE_READY) || { \
  found=$$($(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || found=没有; \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
    echo "要用 Python 3.11 以上。这里的 $(PYTHON)：$$found" >&2; \
    echo "  改法：装一个（Debian 12、Ubuntu 24.04 以上：sudo apt install python3 python3-venv）；已经装了就指明：make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
    exit 1; }; \
  rm -rf .venv; $(PYTHON) -m venv .venv >&2 || { \
    echo "  改法：装好 Python 的 venv 组件（Debian、Ubuntu：sudo apt install python3-venv），再运行一次" >&2; exit 1; }; }
@rm -f $(SITE_READY)
@sed -n '/^uv==/,/[^\\]$$/p' $(1) > .venv/uv.lock
@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
endef
INTO := --quiet --python $(BIN)/python
OWN = @$(BIN)/uv pip install $(INTO) --no-deps --no-build-isolation --editable .

$(SITE_READY): requirements.lock pyproject.toml
	$(call prepare_venv,$<)
	@$(BIN)/uv pip install $(INTO) --compile-bytecode --require-hashes -r $<
	$(OWN)
	@touch $@

$(DEV_READY): .ci/dev.lock pyproject.toml
	$(call prepare_venv,$<)
	@$(BIN)/uv pip sync $(INTO) --compile-bytecode --require-hashes $<
	$(OWN)
	@touch $(SITE_READY) $@
