# jianbao. `make` builds build/jianbao and the libraries; `make help` lists the targets.
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

PKGS := glib-2.0 cairo pangoft2 pango harfbuzz harfbuzz-subset fontconfig yaml-0.1 sqlite3 libdeflate libcmark-gfm
WARN := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wno-missing-field-initializers
OPT ?= -O2 -g
CFLAGS ?=
WERROR ?= -Werror
ALL_CFLAGS := -std=gnu17 $(OPT) -fPIC -fvisibility=hidden -ffp-contract=off -I. $(WARN) $(WERROR) $(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LIBS := $(shell pkg-config --libs $(PKGS)) -lcmark-gfm-extensions -lhpdf -lcsv -lm -lpthread

LIB_SRC := $(sort $(foreach s,$(STAGES),$(wildcard $(s)/*.c)))
THEMES := $(sort $(wildcard render/themes/*.yaml))
GEN_SRC := $(if $(filter render,$(STAGES)),$(BUILD)/gen/themes.c)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(GEN_SRC:.c=.o)
CLI_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard cli/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
DEPS = $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: all lib test accept asan fuzz bench lint format install uninstall clean help
.DELETE_ON_ERROR:
.SECONDARY:

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

clean:
	rm -rf $(BUILD)

-include $(DEPS)
