# Two commands set everything up on Debian 12 with Swift 6.3: `make demo` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help demo build install test test-peers lint format bench install-build install-test install-bench install-peers

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
BUILD_PACKAGES := git libexpat1-dev libsqlite3-dev libxlsxwriter-dev libzip-dev
TEST_PACKAGES := python3 python3-openpyxl sqlite3 xxd groff-base zsh fish libreoffice-calc-nogui
BENCH_PACKAGES := libssl-dev python3-venv
BENCH_PEERS := ledger hledger
PEER_PACKAGES := ledger hledger python3-venv
PEER_MODULES := beancount==3.2.3 beanquery==0.2.0
PEERS := $(CURDIR)/.build/peers
# Options of `ledger-bench all`, such as BENCH="--events 20000 --runs 2".
BENCH :=
# With the Swift runtime and Foundation inside: a program that starts faster, runs a tenth faster, and needs no Swift where
# it is taken to.
RELEASE := -c release --static-swift-stdlib
FORMATTED := Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift

# Installs those Debian packages of $(1) that are missing.
define install
	@missing=; for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q '^install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	fi
endef

help:
	@echo 'make demo    build and show a published year: Journal/shangrao-2021.jsonl'
	@echo 'make test    all tests and the format lint'
	@echo 'make test-peers   exports against hledger, ledger and beancount, which it installs'
	@echo 'make install   the program, its manual page and completions below PREFIX, /usr/local if nothing is said'
	@echo 'make build   .build/release/ledgerctl'
	@echo 'make format  put the sources into the format that the lint asks for'
	@echo 'make bench   measure against peers; options: BENCH="--events 20000 --runs 2"'

install-build:
	$(call install,$(BUILD_PACKAGES))

install-test:
	$(call install,$(TEST_PACKAGES))

build: install-build
	swift build $(RELEASE) --product ledgerctl

# What packagers put in front of PREFIX: nothing, if one installs for oneself.
DESTDIR :=
PREFIX := /usr/local
INSTALLED := $(DESTDIR)$(PREFIX)

install: build
	install -D .build/release/ledgerctl $(INSTALLED)/bin/ledgerctl
	install -d $(INSTALLED)/share/man/man1 $(INSTALLED)/share/man/zh_CN/man1
	.build/release/ledgerctl help --man --lang en > $(INSTALLED)/share/man/man1/ledgerctl.1
	.build/release/ledgerctl help --man --lang zh > $(INSTALLED)/share/man/zh_CN/man1/ledgerctl.1
	install -d $(INSTALLED)/share/bash-completion/completions $(INSTALLED)/share/zsh/site-functions \
	  $(INSTALLED)/share/fish/vendor_completions.d
	.build/release/ledgerctl --generate-completion-script bash > $(INSTALLED)/share/bash-completion/completions/ledgerctl
	.build/release/ledgerctl --generate-completion-script zsh > $(INSTALLED)/share/zsh/site-functions/_ledgerctl
	.build/release/ledgerctl --generate-completion-script fish > $(INSTALLED)/share/fish/vendor_completions.d/ledgerctl.fish

demo: build
	@echo
	@.build/release/ledgerctl balance -f Journal/shangrao-2021.jsonl --lang zh
	@echo
	@.build/release/ledgerctl execution -f Journal/shangrao-2021.jsonl --project KQYM,TJPX --lang zh

test: install-build install-test lint
	swift build --build-tests
	swift test --skip-build

# Only those tests that ask other programs; all others are those of `make test`.
test-peers: install-build install-test install-peers
	swift build --build-tests
	PEERS=$(PEERS)/bin/python ONLY=docs/export.md swift test --skip-build --filter 'PeerTests|printsWhatTheFileSays'

lint:
	swift format lint --strict --recursive $(FORMATTED)

format:
	swift format --in-place --recursive $(FORMATTED)

install-peers:
	$(call install,$(PEER_PACKAGES))
	@test -x $(PEERS)/bin/bean-query || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check $(PEER_MODULES)

install-bench:
	$(call install,$(BENCH_PACKAGES))
	@for package in $(BENCH_PEERS); do \
	  $(MAKE) --no-print-directory install-peer PEER=$$package || echo "$$package cannot be installed: left out"; \
	done

.PHONY: install-peer
install-peer:
	$(call install,$(PEER))

bench: build install-bench
	swift build $(RELEASE) --package-path Benchmarks
	Benchmarks/.build/release/ledger-bench all $(BENCH)
