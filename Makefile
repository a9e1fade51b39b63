# The commands of the house; `make` alone lists them. Each installs what is missing first (tools/packages.txt).
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build run test check format debug asan tsan bench fuzz soak validate package clean
export KOKEMUS_STARTED := $(shell date +%s)

address ?= 127.0.0.1
port ?= 8080
cases ?= 10000
size ?= 10M
seconds ?= 600

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

build: ## build the program: build/kokemus
	@tools/setup build && tools/build program

run: ## build, then serve the living sample organisation on 127.0.0.1:8080
	@tools/setup build && tools/build program && tools/build web
	@exec build/kokemus --data build/demo-data serve --demo $(if $(filter 127.% ::1,$(address)),--open) --address $(address) --port $(port)

test: ## build, then run every test: C++, scenarios, tools, studio, browser
	@tools/setup build test && tools/build all && tools/build web && exec tools/test.py

check: ## the second compiler (clang 14), clang-tidy, clang-format, the studio's lint
	@tools/setup build test check && exec tools/check

format: ## lay out every C++ file as .clang-format says
	@tools/setup build test check && find src -name '*.cpp' -o -name '*.h' | xargs clang-format-14 -i

debug: ## build everything for the debugger, in build/debug
	@tools/setup build test && tools/build all debug

asan: ## build and test with the address and undefined-behaviour sanitizers
	@tools/setup build test && tools/build all asan && exec tools/test.py --build build/asan --no-web

tsan: ## build and test with the thread sanitizer
	@tools/setup build test && tools/build all tsan && exec tools/test.py --build build/tsan --no-web

bench: ## build and run every benchmark, up to 10M encounters (size=100M: needs memory and time)
	@tools/setup build test && tools/build program && tools/build benches && exec bench/run.py --size $(size)

fuzz: ## hours: libFuzzer on every parser that meets the network, 10 minutes each (seconds=N, targets="json url")
	@tools/setup build test check && tools/build fuzzers && exec tests/fuzz/run.py --seconds $(seconds) $(targets)

soak: ## hours: 10,000 random ledgers a question (cases=N), 5,000 kills, 1,000 losses of power
	@tools/setup build test && tools/build all && KOKEMUS_CASES=$(cases) build/release/tests/differential/differential_test
	@KOKEMUS_KILL_ROUNDS=5000 build/release/tests/durability/kill_test
	@KOKEMUS_PERSON_KILL_ROUNDS=1000 build/release/tests/durability/person_kill_test
	@KOKEMUS_SWEEP_ROUNDS=1000 build/release/tests/durability/sweep_test
	@KOKEMUS_EXT4_ROUNDS=500 KOKEMUS_LOSSY_ROUNDS=500 build/release/tests/durability/power_test

validate: ## minutes: a thousand improvements that change nothing, looked at every week
	@tools/setup build test && tools/build all
	@KOKEMUS_TEST_NULL_IMPROVEMENTS=1000 build/release/src/improve/improve_test --gtest_filter='NullImprovements.*'

package: ## make build/kokemus_VERSION_amd64.deb, then install, run and remove it (as root)
	@tools/setup build && tools/build program && tools/build web && exec tools/package

clean: ## delete what was built; what was fetched stays
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name fetch ! -name stamps ! -name demo-data -exec rm -rf {} +; rm -rf build/stamps/web* web/dist; fi
