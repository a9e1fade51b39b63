#!/usr/bin/env python3
"""Runs every benchmark of a build and ends with one table, the same as JSON in build/bench.json.

usage: bench/run.py [--build build/release] [--size 10M] [--only PART] [--json FILE] [--folder DIR]

Parts: questions (1M, 10M, 100M encounters up to the size; against DuckDB and, where it is installed, ClickHouse),
again (the same after batches of news), growth, drivers (what goes with an outcome), intake (the sample made, and
imported from files), collect (encounters over HTTP), load (a thousand connections, in the clear and within TLS),
restart (a ledger of that size, the timeline from it), together (questions at the same time, over that ledger), idle
(memory), folders (the *_bench of src/). 100M needs 16 GiB of free memory, 20 GiB of disk, and an hour.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import clickhouse
import server
import together

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENCOUNTERS_PER_CUSTOMER = 17.96  # of the sample organisation, as in bench/sample_timeline.cpp
SIZES = ("1M", "10M", "100M")
UNITS = {"k": 1_000, "M": 1_000_000}
MEMORY_BYTES_PER_ENCOUNTER = 150  # to build a timeline and hold DuckDB's tables beside it
IDLE_SECONDS = 5
PARTS = ("questions", "again", "growth", "drivers", "intake", "collect", "load", "restart", "together", "idle",
         "folders")


def say(text):
    started = float(os.environ.get("KOKEMUS_STARTED", time.time()))
    print(f"[{time.time() - started:4.0f} s] {text}", flush=True)


def amount(text):
    return int(float(text[:-1]) * UNITS[text[-1]]) if text[-1] in UNITS else int(text)


def memory_available():
    for line in pathlib.Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) * 1024
    return 0


def machine():
    """What the figures were measured on."""
    model = "unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"processor": model, "cores": len(os.sched_getaffinity(0)), "memory_gib": round(total / 2**30, 1),
            "system": platform.platform(), "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            "load_before": os.getloadavg()[0]}


class Bench:
    """The benchmarks of one build."""

    def __init__(self, options):
        self.options = options
        self.build = (ROOT / options.build).resolve()
        self.folder = pathlib.Path(options.folder)
        self.failures = []
        self.skipped = []
        self.ledger_seconds = None

    def program(self, name):
        return self.build / "bench" / name

    def report(self, name, *words):
        """Runs a program that takes --json; its report."""
        path = self.folder / f"{name}.json"
        done = subprocess.run([self.program(name), "--json", path, *map(str, words)], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            said = " / ".join(done.stderr.strip().splitlines()[-2:])
            self.failures.append(f"{name} ended with {done.returncode}: {said}")
            return {"program": name, "facts": {}, "rows": [], "failed": said}
        return json.loads(path.read_text(encoding="utf-8"))

    def questions(self):
        sizes = [size for size in SIZES if amount(size) < amount(self.options.size)] + [self.options.size]
        return [self.questions_of(size) for size in sizes if self.fits(size)]

    def fits(self, size):
        needed = amount(size) * MEMORY_BYTES_PER_ENCOUNTER
        if needed > memory_available():
            self.skipped.append(f"{size} encounters: {needed / 2**30:.0f} GiB of free memory are needed")
            return False
        return True

    def questions_of(self, size):
        say(f"questions over {size} encounters")
        rows = self.folder / "rows.bin"
        large = amount(size) > 15_000_000
        report = self.report("question_bench", "--encounters", size, "--rows", rows, "--folder", self.folder,
                             "--duckdb-gigabytes", "9" if large else "4")
        if clickhouse.program() is None:
            self.skipped.append("ClickHouse: clickhouse-server is not installed")
        elif report["rows"]:
            say(f"the same in ClickHouse over {size} encounters")
            try:
                clickhouse.ask_all(report["rows"], str(rows), self.folder, os.cpu_count(), 10 << 30)
            except RuntimeError as fault:
                self.failures.append(str(fault))
        rows.unlink(missing_ok=True)
        for row in report["rows"]:
            row["bytes_per_encounter"] = bytes_each(row, report["facts"])
        return report

    def again(self):
        say(f"questions asked again after news, over {self.options.size} encounters")
        return [self.report("again_bench", "--encounters", self.options.size)] if self.fits(self.options.size) else []

    def growth(self):
        say("how cost grows")
        return [self.report("growth_bench")]

    def drivers(self):
        say("what goes with an outcome: a million threads, twelve factors")
        return [self.report("drivers_bench")]

    def intake(self):
        say("the sample made, and imported from files")
        return [self.report("intake_bench", "--folder", self.folder)]

    def collect(self):
        say("encounters over HTTP, every batch on disk before its answer")
        return [self.report("collect_bench")]

    def load(self):
        say("a thousand connections: batches in, cards of customers out; in the clear and within TLS")
        return [self.report("load_bench")]

    def ledger(self):
        """A data folder of the sample organisation, and the seconds it took to make; made once."""
        data = self.folder / "ledger"
        if self.ledger_seconds is not None:
            return data, self.ledger_seconds
        customers = int(amount(self.options.size) / ENCOUNTERS_PER_CUSTOMER)
        begun = time.monotonic()
        subprocess.run([self.build / "bin/kokemus", "--quiet", "--data", data, "demo", "--customers", str(customers)],
                       check=True, stdout=subprocess.DEVNULL)
        self.ledger_seconds = time.monotonic() - begun
        return data, self.ledger_seconds

    def restart(self):
        say(f"a ledger of {self.options.size} encounters: the timeline from it, a restart")
        data, seconds = self.ledger()
        report = self.report("build_bench", "--data", data)
        report["facts"]["sample made and appended, seconds"] = seconds
        for name in ("first start", "restart"):
            with server.serving(self.build / "bin/kokemus", data) as one:
                report["facts"][f"{name} to first answer, seconds"] = one.first_answer_seconds
                report["facts"][f"{name}, peak memory, bytes"] = one.memory("VmHWM")
        return [report]

    def together(self):
        say(f"questions at the same time, over {self.options.size} encounters")
        data, _ = self.ledger()
        with server.serving(self.build / "bin/kokemus", data) as one:
            facts = {"encounters": json.loads(one.get("/api/freshness")[1])["encounters"], **together.measure(one)}
        return [{"program": "together", "facts": facts, "rows": []}]

    def idle(self):
        say("idle memory of serve --demo")
        with tempfile.TemporaryDirectory(prefix="idle-", dir=self.folder) as data:
            with server.serving(self.build / "bin/kokemus", data, "--demo") as one:
                time.sleep(IDLE_SECONDS)
                facts = {"serve --demo, idle memory, bytes": one.memory(),
                         "serve --demo, peak memory, bytes": one.memory("VmHWM"),
                         "serve --demo, new folder to first answer, seconds": one.first_answer_seconds}
        return [{"program": "serve --demo", "facts": facts, "rows": []}]

    def folders(self):
        """The benchmarks that stand beside the code; what they print is kept as it is."""
        reports = []
        for program in sorted(self.build.glob("src/*/*_bench")):
            say(f"{program.name}")
            done = subprocess.run([program], text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode != 0:
                self.failures.append(f"{program.name} ended with {done.returncode}")
            reports.append({"program": program.name, "facts": {}, "rows": [], "text": done.stdout})
        return reports


def bytes_each(row, facts):
    """What the question has to read of one encounter, from the share of the bandwidth that reading it all once was."""
    share = row["bandwidth_share"]
    return None if share is None else share * row["wall_seconds"] * facts["read GB/s"] * 1e9 / row["encounters"]


def number(value, digits=3):
    return "-" if value is None else f"{value:.{digits}g}"


def print_facts(report):
    print(f"\n{report['program']}")
    for name, value in report["facts"].items():
        print(f"  {name:<52} {value:>14,.5g}")
    for line in report.get("text", "").splitlines():
        print("  " + line)


def print_rows(reports):
    """One table of every question at each size, those of one question together."""
    print(f"\n{'question':<34} {'where':<46} {'M':>6} {'wall s':>8} {'work s':>8} {'M/s':>6} {'bytes':>6} "
          f"{'bandwidth':>9} {'DuckDB/':>8} {'ClickHouse/':>11}")
    rows = [row for report in reports for row in report["rows"]]
    order = list(dict.fromkeys((row["name"], row["filter"]) for row in rows))
    for row in sorted(rows, key=lambda row: order.index((row["name"], row["filter"]))):
        share = row.get("bandwidth_share")
        ratios = [number(row.get(f"{rival}_wall_ratio")) for rival in ("duckdb", "clickhouse")]
        print(f"{row['name']:<34} {row['filter']:<46} {row['encounters'] / 1e6:>6.3g} {row['wall_seconds']:>8.4f} "
              f"{row['work_seconds']:>8.4f} {row['encounters_per_second'] / 1e6:>6.0f} "
              f"{number(row.get('bytes_per_encounter')):>6} {'-' if share is None else f'{share:.0%}':>9} "
              f"{ratios[0]:>8} {ratios[1]:>11}")


def arguments():
    parser = argparse.ArgumentParser(description="Runs every benchmark of a build.")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--size", default="10M", help="the most encounters that questions are asked over")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/bench.json")
    parser.add_argument("--folder", help="for files; the default is a new one that is deleted")
    return parser.parse_args()


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="kokemus-bench-", dir=options.folder) as folder:
        options.folder = folder
        bench = Bench(options)
        whole = {"machine": machine(), "reports": []}
        for name in [options.only] if options.only else PARTS:
            whole["reports"] += getattr(bench, name)()
    whole["machine"]["load_after"] = os.getloadavg()[0]
    whole["left_out"] = sorted(set(bench.skipped))
    options.json.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    print("\n" + ", ".join(f"{name}: {value}" for name, value in whole["machine"].items()))
    for report in whole["reports"]:
        print_facts(report)
    print_rows(whole["reports"])
    for line in whole["left_out"]:
        print(f"left out: {line}")
    for line in bench.failures:
        print(f"FAILED: {line}")
    print(f"\nthe same as JSON: {options.json}")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
