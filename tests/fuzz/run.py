#!/usr/bin/env python3
"""Runs the fuzz targets of build/fuzz one after the other, and says what was tried and what was found.

usage: tests/fuzz/run.py [--seconds N] [--bin DIR] [TARGET...]
       tests/fuzz/run.py --keep TARGET...     the kept corpus anew, as small as it can be for what it reaches

What is found stays in build/fuzz/found/TARGET-*; build/fuzz/corpus/TARGET grows from run to run and is not of the tree.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "build" / "fuzz"

# An input that takes longer, or more memory, counts as found. The sanitizers cost a factor of three to five.
LIMITS = ["-timeout=5", "-rss_limit_mb=1024", "-malloc_limit_mb=256", "-max_len=16384"]

KEPT_BYTES_MAX = 20 * 1024  # of one target; the replay refuses more than 24 KiB
KEPT_FILE_BYTES_MAX = 3 * 1024


def targets_of(folder):
    return sorted(path.name.removesuffix("_fuzz") for path in folder.glob("*_fuzz"))


def words_of(target):
    words = HERE / "words" / f"{target}.dict"
    return [f"-dict={words}"] if words.exists() else []


def run(program, target, seconds):
    """One run; gives what libFuzzer counted and whether it found something."""
    corpus, found = WORK / "corpus" / target, WORK / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    command = [program, *LIMITS, *words_of(target), f"-max_total_time={seconds}", "-print_final_stats=1",
               f"-artifact_prefix={found}/{target}-", corpus, HERE / "corpus" / target]
    log = WORK / "logs" / f"{target}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    number = {name: int(value) for name, value in re.findall(r"stat::(\w+):\s+(\d+)", text)}
    edges = re.findall(r"cov: (\d+)", text)
    tries = number.get("number_of_executed_units", 0)
    print(f"{target:14} {tries:12,} tries  {int(edges[-1]) if edges else 0:6} edges  "
          f"{number.get('slowest_unit_time_sec', 0)} s the slowest  {number.get('peak_rss_mb', 0):5} MB  "
          f"{'FOUND: ' + str(log.relative_to(ROOT)) if status else 'nothing found'}", flush=True)
    return status == 0


def keep(program, target):
    """Takes of the kept and the grown corpus what reaches something new, the smallest inputs first, up to a bound."""
    kept = HERE / "corpus" / target
    with tempfile.TemporaryDirectory() as folder:
        merged = pathlib.Path(folder)
        sources = [path for path in (kept, WORK / "corpus" / target) if path.is_dir()]
        subprocess.run([program, "-merge=1", *LIMITS, merged, *sources], check=True, capture_output=True)
        inputs = sorted(merged.iterdir(), key=lambda path: (path.stat().st_size, path.name))
        by_hand = {path.read_bytes() for path in kept.glob("made-*")}
        room = KEPT_BYTES_MAX - sum(map(len, by_hand))
        for path in kept.iterdir():
            if not path.name.startswith("made-"):
                path.unlink()
        for path in inputs:
            size = path.stat().st_size
            if size <= min(room, KEPT_FILE_BYTES_MAX) and path.read_bytes() not in by_hand:
                shutil.copy(path, kept / path.name[:12])
                room -= size
    print(f"{target:14} {len(list(kept.iterdir()))} inputs kept, {len(inputs)} reach something of their own")


def main():
    parser = argparse.ArgumentParser(description="Runs the fuzz targets.")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--bin", type=pathlib.Path, default=WORK / "bin")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("targets", nargs="*")
    asked = parser.parse_args()
    targets = asked.targets or targets_of(asked.bin)
    if not targets:
        sys.exit("no targets are built; run: make fuzz")
    if asked.keep:
        for target in targets:
            keep(asked.bin / f"{target}_fuzz", target)
        return
    results = [run(asked.bin / f"{target}_fuzz", target, asked.seconds) for target in targets]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
