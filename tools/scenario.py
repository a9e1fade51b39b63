#!/usr/bin/env python3
"""Runs tests/scenario/*.scenario against the program, each in a fresh data folder, and counts.

usage: tools/scenario.py [--program build/kokemus] [FILE or FOLDER]...

With KOKEMUS_RESULTS=FOLDER the counts are also written there as JSON, for the closing line of `make test`.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import json_path
import scenario_language as language

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND_SECONDS_MAX = 600


class Skipped(Exception):
    """The scenario needs something that this machine does not have."""


@dataclasses.dataclass
class Outcome:
    """What one run of the program left."""
    code: int
    stdout: str
    stderr: str

    def answer(self):
        try:
            return json.loads(self.stdout)
        except ValueError as fault:
            start = self.stdout.strip()[:200] or "(nothing)"
            raise json_path.NotThere(f"the program did not print JSON: {start}") from fault


def tolerance_of(text):
    """`12.3 +- 0.05`, `12.3 +- 1%` or `12.3` alone, which means: rounds to these digits. Gives (value, tolerance)."""
    wanted, _, spread = text.replace("±", "+-").partition("+-")
    wanted, spread = wanted.strip(), spread.strip()
    value = float(wanted)
    if spread.endswith("%"):
        return value, abs(value) * float(spread[:-1]) / 100
    if spread:
        return value, float(spread)
    digits = len(wanted.partition(".")[2])
    return value, 0.5 * 10.0 ** -digits


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compare(found, operator, text):
    """Whether `found OPERATOR text` holds."""
    if operator in ("contains", "lacks"):
        held = text in found if isinstance(found, str) else json_path.value_of(text) in found
        return held if operator == "contains" else not held
    if operator == "=":
        return json_path.equal(found, json_path.value_of(text)) or found == text
    if operator == "!=":
        return not compare(found, "=", text)
    if not is_number(found):
        return False
    if operator == "~=":
        value, tolerance = tolerance_of(text)
        return abs(found - value) <= tolerance * (1 + 1e-9)
    wanted = float(text)
    return {"<": found < wanted, "<=": found <= wanted, ">": found > wanted, ">=": found >= wanted}[operator]


def check_rows(expected, outcome):
    """Holds a list of the answer against the rows of the scenario."""
    items = json_path.find(outcome.answer(), expected.subject)
    if not isinstance(items, list):
        return f"{expected.subject} is not a list: {json_path.shown(items)}"
    found = [[json_path.find(item, column) for column in expected.columns] for item in items]
    faults = []
    for place in range(max(len(found), len(expected.rows))):
        wanted = expected.rows[place] if place < len(expected.rows) else None
        row = found[place] if place < len(found) else None
        if row is None:
            faults.append(f"row {place + 1} is missing: {json_path.shown(wanted)}")
        elif wanted is None:
            faults.append(f"row {place + 1} was not expected: {json_path.shown(row)}")
        elif not all(json_path.equal(cell, want) for cell, want in zip(row, wanted)):
            faults.append(f"row {place + 1} is {json_path.shown(row)}, expected {json_path.shown(wanted)}")
    return "; ".join(faults[:5])


def check_one(expected, outcome):
    """What is wrong, in words, or nothing."""
    if isinstance(expected, language.Rows):
        return check_rows(expected, outcome)
    if expected.subject == "exit":
        code = int(expected.value)
        return "" if outcome.code == code else f"exit is {outcome.code}, expected {code}. {last_words(outcome)}"
    if expected.subject in ("stdout", "stderr"):
        text = getattr(outcome, expected.subject)
        if compare(text, expected.operator, expected.value):
            return ""
        fault = "does not contain" if expected.operator == "contains" else "contains"
        return f'{expected.subject} {fault} "{expected.value}". It is: {text.strip()[-400:] or "(nothing)"}'
    try:
        found = json_path.find(outcome.answer(), expected.subject)
    except json_path.NotThere as fault:
        return "" if expected.operator == "absent" else str(fault)
    if expected.operator in ("exists", "absent"):
        return "" if expected.operator == "exists" else f"{expected.subject} is there: {json_path.shown(found)}"
    if compare(found, expected.operator, expected.value):
        return ""
    return f"{expected.subject} is {json_path.shown(found)}, expected {expected.operator} {expected.value}"


def last_words(outcome):
    return "The program said: " + ((outcome.stderr or outcome.stdout).strip()[-400:] or "(nothing)")


class Run:
    """One scenario in a folder of its own."""

    def __init__(self, program, samples, folder):
        self.program = program
        self.samples = samples
        self.folder = pathlib.Path(folder)
        self.files = {}
        self.checks = 0

    def word(self, word):
        if word in self.files:
            return str(self.files[word])
        return word.replace("{data}", str(self.samples)).replace("{here}", str(self.folder))

    def step(self, step):
        """Yields (line, fault)."""
        if isinstance(step, language.SampleSet):
            if not (self.samples / step.name).is_dir():
                raise Skipped(f"needs the sample data {step.name}, and there is no folder {self.samples / step.name}")
        elif isinstance(step, language.TextFile):
            self.files[step.name] = self.folder / step.name
            self.files[step.name].write_text(step.text, encoding="utf-8")
        else:
            yield from self.command(step)

    def command(self, step):
        words = [str(self.program), "--data", str(self.folder / "store")] + [self.word(word) for word in step.words]
        try:
            done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=COMMAND_SECONDS_MAX, check=False,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            yield step.line, f"not done after {COMMAND_SECONDS_MAX} s"
            return
        outcome = Outcome(done.returncode, *(out.decode("utf-8", "replace") for out in (done.stdout, done.stderr)))
        says_exit = any(getattr(expected, "subject", "") == "exit" for expected in step.expectations)
        if outcome.code != 0 and not says_exit:
            yield step.line, f"exit {outcome.code}. {last_words(outcome)}"
            return
        for expected in step.expectations:
            self.checks += 1
            try:
                fault = check_one(expected, outcome)
            except (json_path.NotThere, json_path.BadPath, ValueError, TypeError) as problem:
                fault = str(problem)
            if fault:
                yield expected.line, fault


def run_file(path, program, samples):
    """Runs one scenario; gives ("passed" | "failed" | "skipped", lines to print)."""
    started = time.monotonic()
    try:
        steps = language.read(path.read_text(encoding="utf-8"))
    except language.Unreadable as fault:
        return "failed", [f"FAIL {path.name}: {fault}"]
    faults = []
    with tempfile.TemporaryDirectory(prefix="kokemus-scenario-") as folder:
        run = Run(program, samples, folder)
        try:
            for step in steps:
                faults += [f"FAIL {path.name}:{line}: {fault}" for line, fault in run.step(step)]
        except Skipped as reason:
            return "skipped", [f"SKIP {path.stem}: {reason}"]
    if faults:
        return "failed", faults
    return "passed", [f"ok   {path.stem} ({run.checks} checks, {time.monotonic() - started:.1f} s)"]


def scenario_files(paths):
    for path in paths:
        yield from sorted(path.rglob("*.scenario")) if path.is_dir() else [path]


def main():
    parser = argparse.ArgumentParser(description="Runs scenarios against the program.")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "kokemus")
    parser.add_argument("--samples", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("paths", nargs="*", type=pathlib.Path, default=[ROOT / "tests" / "scenario"])
    options = parser.parse_args()
    if not options.program.is_file():
        print(f"There is no program at {options.program}. Run:  make build", file=sys.stderr)
        return 2
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in scenario_files(options.paths):
        result, lines = run_file(path, options.program.resolve(), options.samples.resolve())
        counts[result] += 1
        print("\n".join(lines), flush=True)
    print(f"scenarios: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    results = os.environ.get("KOKEMUS_RESULTS")
    if results:
        pathlib.Path(results, "scenarios.json").write_text(json.dumps(counts))
    return 1 if counts["failed"] or not sum(counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
