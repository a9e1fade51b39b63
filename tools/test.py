#!/usr/bin/env python3
"""Runs every test of a build and ends with the line "N passed, N failed, N skipped".

usage: tools/test.py [--build build/release] [--no-web]

The C++ programs, the scenarios and the tests of the tools run under ctest; those of the studio under vitest and, in a
browser, under Playwright. Each runner leaves counts in build/test-results; a runner that ends badly without having
said which test failed counts as one failure, so that nothing red gets lost in the sum.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
CTEST_SECONDS_MAX = 900
SANITIZED_SECONDS_MAX = 3600


class Counts:
    """How many tests passed, failed and were skipped."""

    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped
        self.left_out = []

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.left_out += other.left_out

    def ran(self):
        return self.passed + self.failed

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def say(text):
    started = float(os.environ.get("KOKEMUS_STARTED", time.time()))
    print(f"[{time.time() - started:4.0f} s] {text}", flush=True)


def read_json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def googletest_counts(report):
    counts = Counts()
    for suite in report["testsuites"]:
        for test in suite["testsuite"]:
            if test.get("name", "").startswith("DISABLED_"):
                continue  # the child program of another test
            if test.get("failures"):
                counts.failed += 1
            elif test.get("result") == "SKIPPED" or test.get("status") == "NOTRUN":
                counts.skipped += 1
                counts.left_out.append(f"{suite.get('name', '')}.{test.get('name', '')}")
            else:
                counts.passed += 1
    return counts


def counts_of_program(results, name, passed):
    """The counts that the test `name` of ctest left, or one test for itself."""
    report = read_json(results / f"{name}_test.json")
    own = read_json(results / f"{name}.json")
    if report:
        counts = googletest_counts(report)
    elif own:
        counts = Counts(**own)
    else:
        return Counts(passed=1) if passed else Counts(failed=1)
    if not passed and not counts.failed:
        counts.failed += 1
    return counts


def sanitizer_of(build):
    """What the build was made with: "", "thread" or "address,undefined"."""
    try:
        cache = (build / "CMakeCache.txt").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^KOKEMUS_SANITIZE:STRING=(.*)$", cache, re.MULTILINE)
    return found.group(1) if found else ""


def sanitizer_environment(results):
    """Reports go to files, so that those of a server that a test has killed are not lost. Deadlocks are not looked
    for: that part of the thread sanitizer ends a program that holds more than 64 mutexes, as DuckDB's allocator does
    in a fork."""
    reports = f"log_path={results}/sanitizer"
    known = ROOT / "tests" / "sanitizers" / "tsan.supp"
    return {
        "TSAN_OPTIONS": f"{reports}:suppressions={known}:detect_deadlocks=0:history_size=7",
        "ASAN_OPTIONS": f"{reports}:verify_asan_link_order=0:detect_stack_use_after_return=1",
        "UBSAN_OPTIONS": f"{reports}:print_stacktrace=1:halt_on_error=1",
        "KOKEMUS_CASES": os.environ.get("KOKEMUS_CASES", "60"),
    }


def sanitizer_counts(results):
    """One failure for each program that a sanitizer reports something of, said with the report's beginning."""
    counts = Counts()
    for report in sorted(results.glob("sanitizer.*")):
        lines = report.read_text(encoding="utf-8", errors="replace").splitlines()
        print(f"\nA sanitizer reports ({report}):", *lines[:60], sep="\n  ", flush=True)
        counts.failed += 1
    return counts


def run_ctest(build, results):
    junit = results / "ctest.xml"
    say("running the C++ tests, the scenarios and the tests of the tools")
    environment = dict(os.environ, GTEST_OUTPUT=f"json:{results}/", KOKEMUS_RESULTS=str(results))
    seconds_max = CTEST_SECONDS_MAX
    if sanitizer_of(build):
        environment.update(sanitizer_environment(results))
        seconds_max = SANITIZED_SECONDS_MAX
    done = subprocess.run(
        ["ctest", "--test-dir", str(build), "--output-on-failure", "-j", str(os.cpu_count() or 1), "--timeout",
         str(seconds_max), "--output-junit", str(junit)], env=environment, check=False)
    total = Counts()
    if junit.is_file():
        for case in xml.etree.ElementTree.parse(junit).getroot().iter("testcase"):
            total.add(counts_of_program(results, case.get("name"), case.get("status") == "run"))
    total.add(sanitizer_counts(results))
    if done.returncode and not total.failed:
        total.failed += 1
    return total


def run_vitest(results):
    report = results / "vitest.json"
    say("running the tests of the studio")
    reporters = ["--reporter=dot", "--reporter=json", f"--outputFile.json={report}"]
    done = subprocess.run(["npm", "test", "--silent", "--", *reporters], cwd=ROOT / "web", check=False)
    found = read_json(report) or {}
    counts = Counts(found.get("numPassedTests", 0), found.get("numFailedTests", 0),
                    found.get("numPendingTests", 0) + found.get("numTodoTests", 0))
    if done.returncode and not counts.failed:
        counts.failed += 1
    return counts


def run_playwright(results):
    report = results / "playwright.json"
    say("running the tests in the browser")
    environment = dict(os.environ, PLAYWRIGHT_JSON_OUTPUT_FILE=str(report), CI=os.environ.get("CI") or "1")
    if environment.pop("NO_COLOR", None):
        environment["FORCE_COLOR"] = "0"  # Playwright sets this one itself, and Node warns of the two together
    done = subprocess.run(["npm", "run", "e2e", "--silent", "--", "--reporter=list,json"], cwd=ROOT / "web",
                          env=environment, check=False)
    stats = (read_json(report) or {}).get("stats", {})
    passed = stats.get("expected", 0) + stats.get("flaky", 0)
    counts = Counts(passed, stats.get("unexpected", 0), stats.get("skipped", 0))
    if done.returncode and not counts.failed:
        counts.failed += 1
    return counts


def close(parts):
    """Prints the parts and the closing line; gives the exit code."""
    total = Counts()
    print()
    for name, counts in parts.items():
        print(f"{name + ':':24}{counts}")
        total.add(counts)
    if total.left_out:
        print("LEFT OUT, since this machine does not allow them (each says why above): " + ", ".join(total.left_out))
    if not total.ran():
        print("nothing ran: there is no test to be trusted here", file=sys.stderr)
    print(total, flush=True)
    return 0 if total.ran() and not total.failed else 1


def main():
    # The pinned Node before any other, as in tools/steps.sh.
    os.environ["PATH"] = f"{ROOT / 'build' / 'fetch' / 'node' / 'bin'}:{os.environ.get('PATH', '')}"
    os.environ["LC_ALL"] = "C.UTF-8"
    if not sys.stdout.isatty():
        os.environ["NO_COLOR"] = "1"
    parser = argparse.ArgumentParser(description="Runs every test and counts.")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--no-web", action="store_true", help="leave the studio out")
    options = parser.parse_args()
    results = options.build.resolve() / "test-results"
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir(parents=True)
    parts = {"C++, scenarios, tools": run_ctest(options.build.resolve(), results)}
    if not options.no_web:
        parts["studio"] = run_vitest(results)
        parts["browser"] = run_playwright(results)
    return close(parts)


if __name__ == "__main__":
    sys.exit(main())
