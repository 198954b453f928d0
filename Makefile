# SPDX-License-Identifier: Apache-2.0
# The two commands of the README are `make demo` and `make test`; `make help` lists the others.

SHELL := /bin/bash
SWIFT ?= swift
DEBUG := .build/debug

# What Debian 12 must have, for building and for the checks against peers.
PACKAGES := libxml2-dev libyaml-dev libcfitsio-dev libv4l-dev libpng-dev libsqlite3-dev \
            libxml2-utils ffmpeg python3-venv python3-gdbm pkg-config

.PHONY: help deps build test unit lint foundation-free interop acceptance demo footprint release clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

deps: ## install what is missing of the Debian packages
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

build: deps ## build everything, for debugging
	$(SWIFT) build

test: deps lint ## all tests: units and scenarios, the light agent, ten-minute scenes, interop with Comet
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	$(MAKE) --no-print-directory foundation-free interop acceptance

unit: deps ## unit and scenario tests only
	$(SWIFT) test

lint: ## format and style, strict
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

clean: ## remove what was built
	rm -rf .build demo-output
