# SPDX-License-Identifier: Apache-2.0
# The two commands of the README are `make demo` and `make test`; `make help` lists the others.

SHELL := /bin/bash
SWIFT ?= swift
DEBUG := .build/debug

# What Debian 12 must have, for building and for the checks against peers.
PACKAGES := libxml2-dev libyaml-dev libcfitsio-dev libv4l-dev libpng-dev liberfa-dev libsqlite3-dev \
            libgpiod-dev libnova-dev libcurl4-openssl-dev zlib1g-dev libxml2-utils stilts ffmpeg python3-venv \
            python3-gdbm openssl pkg-config device-tree-compiler kmod

# A static Swift program carries over a megabyte of relocations and as much of exported symbols, which nobody asks for;
# folding equal code saves the rest. Packed relocations need glibc 2.36, that of Debian 12.
LIGHT := --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --icf=all -Xlinker -z -Xlinker pack-relative-relocs \
         -Xlinker --no-export-dynamic -Xlinker -s
# All release builds have the same flags, so that what they share is compiled once.
RELEASE := $(SWIFT) build -c release $(LIGHT) --product

.PHONY: help deps build test unit lint foundation-free demo end-to-end pins fuzz interop crash http documentation acceptance bench bench-report bench-broker bench-archive bench-tables ladder speed recordings footprint release units boards deb deb-agent deb-server lab-deps lab lab-full clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

deps: ## install what is missing of the Debian packages
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

build: deps ## build everything, for debugging
	$(SWIFT) build

demo: build ## a centre, a subscriber and an observatory box on this machine; a flash on a simulated Moon
	@Tests/Demo/run.sh $(DEBUG) demo-output

# Those of Detection and Propagation compute for minutes; beside them, tests with a network would wait too long.
test: deps lint ## all tests; continuous integration runs this (about 40 minutes)
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip 'DetectionTests|PropagationTests'
	$(SWIFT) test --skip-build --filter 'DetectionTests|PropagationTests'
	@$(MAKE) --no-print-directory foundation-free units boards pins
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=120 FUZZ_RUNS=2000 FUZZ_KEEP=
	@$(MAKE) --no-print-directory end-to-end interop http documentation acceptance lab

unit: deps ## unit and scenario tests only
	$(SWIFT) test

lint: ## format and style, strict
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

# Foundation would triple the agent. The sources must not import it, and nothing they link may bring it in.
LIGHT_ROOMS := UTC JSON Console XML Settings Telemetry Transfer Camera Ephemeris Propagation Predictions Detection VOTable VOEvent VTP SecureVTP Agent psws-agent psws
foundation-free: ## the agent and what it shares are free of Foundation
	@! grep -rnE '^ *(public |private |internal |@[a-zA-Z_]+ )*import (Foundation|FoundationXML|FoundationNetworking|FoundationInternationalization)$$' \
	  $(addprefix Sources/,$(LIGHT_ROOMS)) || { echo "these lines import Foundation"; exit 1; }
	@! ldd $(DEBUG)/psws-agent | grep -E 'libFoundation(XML|Networking|Internationalization)?\.so' \
	  || { echo "the agent links Foundation"; exit 1; }
	@echo "foundation-free: the agent and its rooms link FoundationEssentials at most"

end-to-end: ## the demonstration as a test, and agents that are killed at random moments
	@Tests/Demo/run.sh $(DEBUG) .build/end-to-end >.build/end-to-end.log 2>&1 \
	  && echo "end-to-end: a simulated flash reached the subscriber byte for byte" \
	  || { cat .build/end-to-end.log; exit 1; }
	@PSWS_BIN=$(DEBUG) python3 Tests/EndToEnd/crash.py
	@PSWS_BIN=$(DEBUG) python3 Tests/EndToEnd/commands.py
	@PSWS_BIN=$(DEBUG) python3 Tests/EndToEnd/service.py
	@PSWS_BIN=$(DEBUG) python3 Tests/EndToEnd/predictions.py
	@PSWS_BIN=$(DEBUG) python3 Tests/EndToEnd/forecast.py

interop: ## Comet, voevent-parse, astropy and speasy from PyPI and STILTS against our programs and tables; crashes, a full disk, TLS
	@PSWS_BIN=$(DEBUG) Tests/Interop/run.sh
	@PSWS_BIN=$(DEBUG) python3 Tests/Interop/crash.py
	@PSWS_BIN=$(DEBUG) python3 Tests/Interop/full_disk.py
	@PSWS_BIN=$(DEBUG) python3 Tests/Interop/tls.py

crash: build ## the broker killed at 100 random moments under load (about two minutes)
	@PSWS_BIN=$(DEBUG) python3 Tests/Interop/crash.py 100

http: ## the centre over HTTP, from outside: schemathesis and prometheus-client from PyPI
	@PSWS_BIN=$(DEBUG) Tests/HTTP/run.sh

pins: deps ## the GPIO shim over both versions of libgpiod
	@Tests/Pins/both-libraries.sh

# What a stranger sends is parsed within these promises; a longer run begins with what earlier ones have kept.
FUZZ_SECONDS ?= 60
FUZZ_KEEP ?= 1
fuzz: ## libFuzzer on framing, messages, packets, tables, filters, configuration; FUZZ_SECONDS=600 for longer, SEED=2
	@$(SWIFT) build --target VTP
	@$(MAKE) --no-print-directory -C Tests/Fuzz SWIFTC="$(SWIFT)c"
	@KEEP=$(FUZZ_KEEP) SEED=$(SEED) RUNS=$(FUZZ_RUNS) Tests/Fuzz/run.sh $(FUZZ_SECONDS)

documentation: ## man pages agree with --help and the configuration
	@PSWS_BIN=$(DEBUG) Tests/Documentation/check.sh

release: deps ## the light agent: static Swift libraries, stripped
	$(RELEASE) psws-agent

units: ## the service units: their form, and what they leave open
	@Tests/Packaging/units.sh

boards: deps ## what firmware-config gives to a board: overlay, modprobe, chrony, udev
	@Tests/Packaging/boards.sh

deb: deb-agent deb-server ## Debian packages of agent and server, in .build/deb; REVISION=2 for the next of a version

deb-agent: release ## the package psws-agent alone
	@Tests/Packaging/packages.sh "$$(packaging/build.sh psws-agent .build/release/psws-agent .build/deb | tee -a /dev/stderr)"

deb-server: deps ## the package psws-server alone
	$(RELEASE) psws-server
	@Tests/Packaging/packages.sh "$$(packaging/build.sh psws-server .build/release/psws-server .build/deb | tee -a /dev/stderr)"

acceptance: deps ## three minutes of video of each target: clear events found, hardly a false alert
	$(RELEASE) psws-bench
	.build/release/psws-bench acceptance

bench: deps ## completeness, false alarms and accuracy of the detector
	$(RELEASE) psws-bench
	.build/release/psws-bench detection

# The words around the tables and pictures stay as they are.
DETECTION_ARTICLE := Sources/Detection/Detection.docc
bench-report: deps ## the same, into the documentation: tables and pictures (about an hour)
	$(RELEASE) psws-bench
	.build/release/psws-bench detection --injections 2000 --disk-minutes 15 --minutes 2 --mixture-minutes 10 \
	  --plots $(DETECTION_ARTICLE)/Resources --markdown $(DETECTION_ARTICLE)/HowWellItDetects.md

bench-broker: deps ## our broker and Comet under the same load (about three minutes)
	$(RELEASE) psws-bench
	$(RELEASE) psws-server
	@Tests/Interop/comet.sh
	.build/release/psws-bench broker

bench-archive: deps ## a million events in the archive: search and size (about six minutes)
	$(RELEASE) psws-server
	python3 Tests/Interop/million.py

bench-tables: deps ## tables beside astropy, and memory of long ones (about ten minutes)
	$(RELEASE) psws-bench
	@Tests/Interop/comet.sh && Tests/Interop/tables.sh
	.build/release/psws-bench votable

ladder: deps ## the tests of the solar wind solver, drawn into the documentation
	$(RELEASE) psws-bench
	.build/release/psws-bench propagation --plots Sources/Propagation/Propagation.docc/Resources

speed: deps ## time of a frame through the detector, in copies of that frame
	$(RELEASE) psws-bench
	.build/release/psws-bench speed

recordings: build ## real recordings with known meteors, where there are any (PSWS_SHARED)
	@PSWS_BIN=$(DEBUG) python3 Tests/Recordings/recordings.py

footprint: release ## size, start-up and memory of the agent
	$(RELEASE) psws-bench
	.build/release/psws-bench footprint --agent .build/release/psws-agent

# What the lab needs beside PACKAGES. A computer that cannot have it skips the lab, and says so.
LAB_PACKAGES := qemu-system-x86 qemu-utils mmdebstrap e2fsprogs
lab-deps: ## install what the lab needs and is missing
	@$(MAKE) --no-print-directory deps PACKAGES="$(LAB_PACKAGES)"

# No scenario begins after twelve minutes; the longest takes three.
lab: build deb-agent ## the observatory box as a virtual machine: thirteen scenarios, short form, at most 15 minutes
	-@$(MAKE) --no-print-directory lab-deps
	@PSWS_BIN=$(DEBUG) python3 Tests/Lab/run.py --minutes 12

lab-full: build deb-agent ## the same scenarios as long as they are meant, some hours
	-@$(MAKE) --no-print-directory lab-deps
	@PSWS_BIN=$(DEBUG) python3 Tests/Lab/run.py --full

clean: ## remove what was built
	rm -rf .build demo-output
