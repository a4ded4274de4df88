# panelpack: `make help` lists what there is to do.

VERSION = 0.1.0
PREFIX ?= /usr/local
BUILD ?= build
ifeq ($(origin CC),default)
CC = gcc
endif
# Which tests: make check CASE=crime runs those whose name contains it.
CASE ?=

# Those that most symbols are looked up in come first: the program starts sooner.
PACKAGES = libcrypto libqpdf xlsxwriter libcmark libzip expat libcurl jansson inih libxml-2.0 libpng libjpeg libutf8proc
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Werror
HARDENING = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fstack-clash-protection \
	-fcf-protection
OPTIMISE ?= -O2 -g
SANITIZE ?=
# Expanded on first use: pkg-config may only just have been installed.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $$(shell pkg-config --libs $(PACKAGES)))$(PACKAGE_LIBS)
CPPFLAGS_ALL = -Isrc -D_GNU_SOURCE -DPANELPACK_VERSION='"$(VERSION)"' \
	$(CPPFLAGS)
CFLAGS_ALL = -std=c17 $(WARNINGS) $(if $(SANITIZE),-fPIE,$(HARDENING)) $(OPTIMISE) $(SANITIZE) \
	$(PACKAGE_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(SANITIZE) $(LDFLAGS)
LIBS = $(PACKAGE_LIBS) -lhpdf -lcsv -ldeflate -lm -lpthread

SOURCES := $(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY_OBJECTS := $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
# A *_driver.c is no test by itself: the run.sh beside it calls it.
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*.c tests/unit/*/*/*.c tests/*/*_driver.c))
UNIT_PROGRAMS := $(UNIT_SOURCES:%.c=$(BUILD)/%)
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/*_fuzz.c))
FUZZ_PROGRAMS := $(FUZZ_SOURCES:%.c=$(BUILD)/%)
PROGRAM = $(BUILD)/panelpack

# For builds within a target: as many at a time as there are processors, unless `make -jN` says it.
PARALLEL = --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

.DELETE_ON_ERROR:
.PHONY: all help packages run check sanitize valgrind format format-check static ci bench install \
	uninstall clean golden-update

all: $(PROGRAM) ## build the program

help: ## list the targets
	@sed -n 's/^\([a-z_.-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 30

packages: ## install the Debian packages that are missing
	@packaging/install-packages.sh

run: packages ## make the sample jobs' reports and say where they are
	@$(MAKE) $(PARALLEL) all
	@failed=0; for job in input/*/job.ini; do \
		$(PROGRAM) run "$$(dirname "$$job")" || failed=$$?; done; exit $$failed

check: packages ## run all tests (CASE=name for some)
	@$(MAKE) $(PARALLEL) all units
	@tests/run.sh $(BUILD) "$(CASE)"

conformance: packages ## hold every PDF that tests and samples make against PDF/UA-1
	@command -v mvn java >/dev/null || packaging/install-packages.sh conformance-packages.txt
	@$(MAKE) $(PARALLEL) all $(BUILD)/tests/unit/write/pdf_test \
		$(BUILD)/tests/unit/write/pdf_random_test
	@tests/conformance/conformance.sh $(BUILD)
.PHONY: conformance

# Which folder of oracles: make oracles DIR=path.
DIR ?= tests/oracles
.PHONY: oracles
oracles: $(BUILD)/tests/unit/oracles/oracles_test ## hold the results against CSV files of right answers (DIR=path)
	@$< "$(DIR)"

.PHONY: units
units: $(UNIT_PROGRAMS) $(FUZZ_PROGRAMS)

# Where installed templates are is built in: built again when PREFIX is another one than last time.
DATA_OBJECTS = $(BUILD)/src/job.o $(BUILD)/src/cli/new.o
$(DATA_OBJECTS): CPPFLAGS_ALL += -DPANELPACK_DATA='"$(PREFIX)/share/panelpack"'
$(DATA_OBJECTS): $(BUILD)/prefix
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo "$(PREFIX)" | cmp -s - $@ || echo "$(PREFIX)" >$@
.PHONY: FORCE
FORCE:

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  cc    $<"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/libpanelpack.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$(PROGRAM): $(BUILD)/src/main.o $(BUILD)/libpanelpack.a
	@echo "  link  $@"
	@$(CC) $(LDFLAGS_ALL) $^ $(LIBS) -o $@

$(BUILD)/tests/%: tests/%.c $(BUILD)/libpanelpack.a
	@mkdir -p $(@D)
	@echo "  test  $<"
	@$(CC) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) -MMD -MP -MT $@ -MF $@.d $< \
		$(BUILD)/libpanelpack.a $(LDFLAGS_ALL) $(LIBS) -lcmocka -o $@

# FUZZER: what drives a target; a program that replays files, or libFuzzer.
FUZZER = tests/fuzz/replay.c
$(BUILD)/tests/fuzz/%_fuzz: tests/fuzz/%_fuzz.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
		$(filter %.c,$(FUZZER)) $(BUILD)/libpanelpack.a
	@mkdir -p $(@D)
	@echo "  fuzz  $<"
	@$(CC) $(CPPFLAGS_ALL) -Itests/fuzz $(CFLAGS_ALL) $< tests/fuzz/fuzz.c $(FUZZER) \
		$(BUILD)/libpanelpack.a $(LDFLAGS_ALL) $(LIBS) -o $@

-include $(OBJECTS:.o=.d) $(addsuffix .d,$(UNIT_PROGRAMS))

sanitize: packages ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 \
	$(MAKE) check BUILD=$(BUILD)/sanitize OPTIMISE="-O1 -g" \
		SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

# Only src/compute is built to be counted; the rest is that of `all`, behind it in the link.
COVERED = $(BUILD)/coverage
COVERED_OBJECTS = $(patsubst %.c,$(COVERED)/%.o,$(filter src/compute/%,$(SOURCES)))
COVERED_UNITS = $(patsubst $(BUILD)/%,$(COVERED)/%,\
	$(filter $(BUILD)/tests/unit/compute/% $(BUILD)/tests/unit/oracles/%,$(UNIT_PROGRAMS)))
COVERED_CFLAGS = $(CPPFLAGS_ALL) -Itests -std=c17 -O0 -g $(PACKAGE_CFLAGS)
coverage: packages ## which lines and branches of src/compute the tests take; all, or it fails
	@$(MAKE) $(PARALLEL) coverage-programs
	@tests/coverage.sh $(COVERED)
.PHONY: coverage coverage-programs
coverage-programs: $(COVERED)/panelpack $(COVERED_UNITS)
$(COVERED_OBJECTS): $(COVERED)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  count $<"
	@$(CC) $(COVERED_CFLAGS) --coverage -MMD -MP -c $< -o $@
$(COVERED)/panelpack: $(BUILD)/src/main.o $(COVERED_OBJECTS) $(BUILD)/libpanelpack.a
	@$(CC) $^ $(LIBS) -lgcov -o $@
$(COVERED)/tests/%: tests/%.c $(COVERED_OBJECTS) $(BUILD)/libpanelpack.a
	@mkdir -p $(@D)
	@echo "  test  $<"
	@$(CC) $(COVERED_CFLAGS) -MMD -MP -MT $@ -MF $@.d $< $(COVERED_OBJECTS) \
		$(BUILD)/libpanelpack.a $(LIBS) -lcmocka -lgcov -o $@
-include $(COVERED_OBJECTS:.o=.d) $(addsuffix .d,$(COVERED_UNITS))

# How long for each target, and which: make fuzz SECONDS=600 TARGET=source.
SECONDS ?= 60
TARGET ?=
fuzz: packages ## look for inputs that break a reader (SECONDS=60 each, TARGET=name for one)
	@$(MAKE) $(PARALLEL) CC=clang BUILD=$(BUILD)/fuzz OPTIMISE="-O1 -g" \
		SANITIZE="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all" \
		FUZZER="-fsanitize=fuzzer" fuzz-programs
	@tests/fuzz/fuzz.sh $(BUILD)/fuzz $(SECONDS) $(TARGET)
.PHONY: fuzz fuzz-programs
fuzz-programs: $(FUZZ_PROGRAMS)

# make random SECONDS=600 FIRST=5000 looks further; a job that fails is kept in KEEP.
FIRST ?= 1
KEEP ?= $(BUILD)/random
random: packages ## random jobs held against a model of their own (SECONDS=60, FIRST=1, KEEP=folder)
	@$(MAKE) $(PARALLEL) all
	@tests/random/random_jobs.py $(PROGRAM) --seconds $(SECONDS) --first $(FIRST) --keep $(KEEP)
	@tests/random/random_documents.py $(PROGRAM) --seconds $(SECONDS) --first $(FIRST) --keep $(KEEP)
.PHONY: random

valgrind: packages ## the sample job and the unit tests under valgrind
	@$(MAKE) $(PARALLEL) all units
	@tests/valgrind.sh $(BUILD)

C_FILES := $(shell git ls-files -co --exclude-standard '*.c' '*.h' 2>/dev/null || \
	find src tests -name '*.[ch]')

format: packages ## format the sources
	clang-format -i $(C_FILES)

format-check: packages ## are the sources formatted?
	@clang-format --dry-run --Werror $(C_FILES) && echo "format: ok"

static: packages ## clang's warnings and cppcheck, no finding allowed
	@$(MAKE) $(PARALLEL) warned CC=clang BUILD=$(BUILD)/clang
	@cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--std=c11 --suppress=missingIncludeSystem -D__GNUC__ -Isrc -j2 src && echo "cppcheck: ok"

# Warnings need no objects: sources are read, and nothing is made of them.
WARNED = $(patsubst %.c,$(BUILD)/%.warned,$(SOURCES) $(UNIT_SOURCES) $(FUZZ_SOURCES) \
	tests/fuzz/fuzz.c tests/fuzz/replay.c)
.PHONY: warned
warned: $(WARNED)
$(BUILD)/%.warned: %.c Makefile
	@mkdir -p $(@D)
	@echo "  read  $<"
	@$(CC) $(CPPFLAGS_ALL) -DPANELPACK_DATA='""' -Itests -Itests/fuzz $(CFLAGS_ALL) -fsyntax-only \
		-MMD -MP -MT $@ -MF $@.d $<
	@touch $@
-include $(addsuffix .d,$(WARNED))

# Other programs to compare with (built), and a folder of street-level crime files to read.
PEERS ?=
DATA ?=
bench: packages ## how long jobs take, and their memory (PEERS=path DATA=path to compare)
	@$(MAKE) $(PARALLEL) all $(BUILD)/tests/bench/xlsx_read \
		$(BUILD)/tests/bench/xlsx_write $(BUILD)/tests/bench/pdf_pages
	@tests/bench/bench.sh $(BUILD) "$(PEERS)" "$(DATA)"

office: packages ## LibreOffice opens every workbook of the sample and shows what its document says
	@$(MAKE) $(PARALLEL) all $(BUILD)/tests/xlsx/values_driver \
		$(BUILD)/tests/unit/write/xlsx_test
	@BUILD=$(BUILD) PANELPACK=$(PROGRAM) tests/xlsx/office.sh
.PHONY: office

golden-update: packages ## show how the goldens would change, ask, then change them
	@$(MAKE) $(PARALLEL) all
	@PANELPACK=$(CURDIR)/$(PROGRAM) tests/golden/run.sh --update

.PHONY: gallery
gallery: packages ## a page of each sample report as a picture, for the README
	@$(MAKE) $(PARALLEL) all
	@packaging/gallery.py $(PROGRAM)

.PHONY: pdf-update
pdf-update: packages ## take what the pages of PDFs look like now as right
	@$(MAKE) $(PARALLEL) all units
	@CASE= BUILD=$(BUILD) tests/pdf/run.sh --update | grep -v '^ok'; git status --short tests/pdf/golden

compile_commands.json: packages ## for editors and clang-tidy
	@$(MAKE) $(PARALLEL) --always-make --dry-run all units | \
		python3 packaging/compile_commands.py >$@

ci: check coverage conformance office sanitize format-check static ## what runs before anything lands

install: all ## install below PREFIX (/usr/local)
	install -Dm755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/panelpack
	install -Dm644 packaging/panelpack.1 $(DESTDIR)$(PREFIX)/share/man/man1/panelpack.1
	install -Dm644 packaging/completions/panelpack \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/panelpack
	cd templates && find . -type f -exec install -Dm644 {} \
		$(DESTDIR)$(PREFIX)/share/panelpack/templates/{} \;
	cd input && find . -type f -exec install -Dm644 {} \
		$(DESTDIR)$(PREFIX)/share/panelpack/samples/{} \;

uninstall: ## remove what install put there
	rm -rf $(DESTDIR)$(PREFIX)/bin/panelpack $(DESTDIR)$(PREFIX)/share/panelpack \
		$(DESTDIR)$(PREFIX)/share/man/man1/panelpack.1 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/panelpack

clean: ## remove what was built
	rm -rf $(BUILD)
