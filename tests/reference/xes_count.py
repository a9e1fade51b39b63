#!/usr/bin/env python3
"""Counts XES logs a second time, with nothing but Python's own library, and holds the program's answers against it.

usage: tests/reference/xes_count.py [--program build/kokemus] [--samples ../shared/data] [FILE]

With FILE alone it prints the counts. Without, every log among the sample data is imported into a fresh
data folder and events, cases, edges and variants, each with its count, must be equal. Where the samples
are absent it says so and ends well.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Known of this log from another tool (pm4py): cases, events, variants, edges between activities.
KNOWN = {"receipt.xes": (1434, 8577, 116, 99)}


def local(tag):
    return tag.rpartition("}")[2]


def read_cases(path):
    """Gives the sequence of activities of each case, in order of time; equal times in the order of the file."""
    cases = []
    states = set()
    declared = False
    for _, element in ElementTree.iterparse(path):
        name = local(element.tag)
        if name == "classifier":
            declared = declared or "lifecycle:transition" in element.get("keys", "")
        elif name == "trace":
            events = []
            for event in element:
                if local(event.tag) == "event":
                    values = {child.get("key"): child.get("value") for child in event}
                    states.add(values.get("lifecycle:transition"))
                    events.append((datetime.datetime.fromisoformat(values["time:timestamp"]),
                                   values["concept:name"], values.get("lifecycle:transition")))
            cases.append(sorted(events, key=lambda event: event[0]))
            element.clear()
    both = declared and len(states) > 1
    return [[f"{activity}+{state}" if both else activity for _, activity, state in case] for case in cases]


def count(path):
    cases = [tuple(case) for case in read_cases(path) if case]
    edges = collections.Counter()
    for case in cases:
        edges.update(zip(("START", *case), (*case, "END")))
    return {"cases": len(cases), "events": sum(map(len, cases)), "edges": edges, "variants": collections.Counter(cases)}


class Program:
    def __init__(self, program, folder):
        self.start = [program, "--data", folder]

    def run(self, *words):
        done = subprocess.run([*self.start, *words, "--json"], capture_output=True, text=True, timeout=600, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)


def compare(program, path):
    wanted = count(path)
    with tempfile.TemporaryDirectory() as folder:
        kokemus = Program(program, folder)
        imported = kokemus.run("import", str(path))
        flow = kokemus.run("ask", "flow per thread")
        variants = kokemus.run("ask", "variants per thread limit 10000")
    found = {
        "cases": flow["population"]["units"],
        "events": imported["encounters"],
        "edges": {(edge["from"], edge["to"]): edge["count"] for edge in flow["edges"]},
        "variants": {tuple(variant["path"]): variant["count"] for variant in variants["variants"]},
    }
    faults = [f"{path.name}: {key} differ" for key in wanted if dict_of(wanted[key]) != dict_of(found[key])]
    inner = sum(1 for start, end in found["edges"] if start != "START" and end != "END")
    shape = (found["cases"], found["events"], len(found["variants"]), inner)
    if KNOWN.get(path.name, shape) != shape:
        faults.append(f"{path.name}: {shape} is not {KNOWN[path.name]}, which another tool counts")
    print(f"{path.name}: {shape[0]} cases, {shape[1]} events, {shape[2]} variants, {shape[3]} edges"
          + ("" if faults else ", all equal"))
    return faults


def dict_of(value):
    return dict(value) if isinstance(value, dict) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build" / "kokemus"))
    parser.add_argument("--samples", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    options = parser.parse_args()
    if options.file:
        counts = count(options.file)
        print(json.dumps({key: len(value) if isinstance(value, dict) else value for key, value in counts.items()}))
        return 0
    logs = sorted(options.samples.glob("xes/*.xes"))
    if not logs:
        print(f"skipped: there are no logs in {options.samples}/xes")
    faults = [fault for log in logs for fault in compare(options.program, log)]
    print("\n".join(faults))
    results = os.environ.get("KOKEMUS_RESULTS")
    if results:
        passed = len(logs) - len({fault.split(":")[0] for fault in faults})
        counts = {"passed": passed, "failed": len(logs) - passed, "skipped": 0 if logs else 1}
        pathlib.Path(results, "xes_count.json").write_text(json.dumps(counts), encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
