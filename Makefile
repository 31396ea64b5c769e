# jianbao: build/jianbao and the libraries. The targets are listed by: make help
BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
V ?= 0
Q := $(if $(filter 0,$(V)),@)
PREFIX ?= /usr/local
DESTDIR ?=
# The stages, in the order in which data flows. An include never points to a later one (tests/lint).
STAGES ?= base input fonts output charts render
VERSION := $(shell sed -n 's/^.define JB_VERSION_STRING "\(.*\)"/\1/p' include/jianbao.h)

PKGS := glib-2.0 cairo freetype2 pangoft2 pango harfbuzz harfbuzz-subset fontconfig yaml-0.1 sqlite3 jansson uchardet libdeflate libcmark-gfm libzip expat
WARN := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wno-missing-field-initializers
OPT ?= -O2 -g
CFLAGS ?=
WERROR ?= -Werror
ALL_CFLAGS := -std=gnu17 $(OPT) -fPIC -fvisibility=hidden -ffp-contract=off -I. $(WARN) $(WERROR) $(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LIBS := $(shell pkg-config --libs $(PKGS)) -lcmark-gfm-extensions -lhpdf -lm -lpthread

LIB_SRC := $(sort $(foreach s,$(STAGES),$(wildcard $(s)/*.c)))
THEMES := $(sort $(wildcard render/themes/*.yaml))
GEN_SRC := $(if $(filter render,$(STAGES)),$(BUILD)/gen/themes.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(GEN_SRC:.c=.o)
CLI_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard cli/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
DEPS = $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: all lib test accept asan fuzz bench gallery lint format install uninstall clean help
.DELETE_ON_ERROR:
.SECONDARY:

# `make all` builds program and libraries
all: $(BUILD)/jianbao $(BUILD)/libjianbao.a $(BUILD)/libjianbao.so
lib: $(BUILD)/libjianbao.a

help:
	@sed -n 's/^# `make \(.*\)/make \1/p' Makefile

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(if $(Q),@echo "CC $<")
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# Themes are data: each YAML file becomes one string of the library.
$(BUILD)/gen/themes.c: $(THEMES) Makefile
	@mkdir -p $(@D)
	@{ echo '#include <string.h>'; echo '#include "render/theme.h"'; \
	echo 'static const struct { const char *name, *text; } themes[] = {'; \
	for f in $(THEMES); do n=$${f##*/}; echo "{\"$${n%.yaml}\","; \
	  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' $$f; echo '},'; done; \
	echo '};'; echo 'const char *jb_theme_builtin(const char *name) {'; \
	echo 'for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) if (!strcmp(themes[i].name, name)) return themes[i].text;'; \
	echo 'return NULL; }'; } > $@

$(BUILD)/gen/themes.o: $(BUILD)/gen/themes.c
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/libjianbao.a: $(LIB_OBJ)
	@rm -f $@
	$(Q)ar rcsD $@ $(LIB_OBJ)

$(BUILD)/libjianbao.so: $(LIB_OBJ)
	$(if $(Q),@echo "LD $@")
	$(Q)$(CC) -shared $(LDFLAGS) -Wl,-soname,libjianbao.so.0 -o $@ $(LIB_OBJ) $(LIBS)

$(BUILD)/jianbao: $(CLI_OBJ) $(BUILD)/libjianbao.a
	$(if $(Q),@echo "LD $@")
	$(Q)$(CC) $(LDFLAGS) -o $@ $(CLI_OBJ) $(BUILD)/libjianbao.a $(LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libjianbao.a tests/unit/unit.h
	@mkdir -p $(@D)
	$(if $(Q),@echo "LD $@")
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libjianbao.a -lcmocka $(LIBS)

# `make test` runs everything; `make T=name test` what has the name in its own; `make accept` takes new goldens
T ?=
test: all $(UNIT)
	@BUILD=$(abspath $(BUILD)) CC="$(CC)" tests/run $(T)

accept: all
	@BUILD=$(abspath $(BUILD)) ACCEPT=1 tests/run $(T)

# `make asan` runs the tests under the address and undefined-behaviour sanitizers
SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan OPT="-O1 -g $(SAN)" LDFLAGS="$(SAN)" all $(UNIT:$(BUILD)/%=$(BUILD)/asan/%)
	@BUILD=$(abspath $(BUILD)/asan) CC="$(CC)" SANITIZED=1 tests/run $(T)

# `make fuzz` runs each libFuzzer target for FUZZ_SECONDS
FUZZ_SECONDS ?= 60
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(LIB_SRC) $(GEN_SRC)
	@mkdir -p $(@D)
	$(Q)clang $(filter-out $(WERROR),$(ALL_CFLAGS)) -O1 -fsanitize=fuzzer,address,undefined -o $@ $< $(LIB_SRC) $(GEN_SRC) $(LIBS)
fuzz: $(FUZZ)
	@for f in $(FUZZ); do n=$${f##*/fuzz_}; mkdir -p $(BUILD)/fuzz/corpus-$$n; echo "fuzz $$n"; \
	  $$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 -verbosity=0 \
	    $$(ls tests/fuzz/$$n.dict 2>/dev/null | sed s/^/-dict=/) $(BUILD)/fuzz/corpus-$$n tests/fuzz/seeds-$$n || exit 1; done

# `make bench` prints our times beside the peers'
bench: all $(BUILD)/bench/load $(BUILD)/bench/charts_warm $(BUILD)/unit/test_place
	@BUILD=$(abspath $(BUILD)) bench/run
	@BUILD=$(abspath $(BUILD)) bench/input
	@BUILD=$(abspath $(BUILD)) bench/charts
	@JB_BENCH=1 $(BUILD)/unit/test_place

$(BUILD)/bench/%: bench/%.c $(BUILD)/libjianbao.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libjianbao.a $(LIBS)

# `make gallery` draws docs/gallery anew
gallery: all
	@JIANBAO=$(abspath $(BUILD))/jianbao docs/gallery/draw

# `make lint` checks the rules of the house that a compiler does not
lint:
	@CC="$(CC)" tests/lint

format:
	clang-format -i $(wildcard include/*.h $(addsuffix /*.[ch],$(STAGES) cli) tests/unit/*.[ch])

# `make install` puts program, libraries, header, pkg-config file, man page and completion under PREFIX
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(BUILD)/jianbao $(DESTDIR)$(PREFIX)/bin/jianbao
	install -m 644 $(BUILD)/libjianbao.a $(DESTDIR)$(PREFIX)/lib/libjianbao.a
	install -m 755 $(BUILD)/libjianbao.so $(DESTDIR)$(PREFIX)/lib/libjianbao.so.$(VERSION)
	ln -sf libjianbao.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libjianbao.so.0
	ln -sf libjianbao.so.0 $(DESTDIR)$(PREFIX)/lib/libjianbao.so
	install -m 644 include/jianbao.h $(DESTDIR)$(PREFIX)/include/jianbao.h
	install -m 644 docs/jianbao.1 $(DESTDIR)$(PREFIX)/share/man/man1/jianbao.1
	install -m 644 docs/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/jianbao
	printf 'prefix=%s\nlibdir=$${prefix}/lib\nincludedir=$${prefix}/include\n\nName: jianbao\nDescription: From indicator data to a printed briefing\nVersion: %s\nRequires.private: %s\nLibs: -L$${libdir} -ljianbao\nLibs.private: -lcmark-gfm-extensions -lhpdf -lm\nCflags: -I$${includedir}\n' \
	  '$(PREFIX)' '$(VERSION)' '$(PKGS)' > $(DESTDIR)$(PREFIX)/lib/pkgconfig/jianbao.pc

# `make clean` removes what was built
clean:
	rm -rf $(BUILD)

-include $(DEPS)
