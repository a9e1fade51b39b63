#!/usr/bin/env python3
"""Writes the figures of build/bench.json into docs/performance.md.

usage: bench/page.py [--json build/bench.json ...] [--page docs/performance.md]

Each table stands between the marks `<!-- NAME -->` and `<!-- end -->`. Several files are laid over one another: a part
that was run again replaces the one before. What no file holds stays as it is on the page.
"""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = re.compile(r"(<!-- ([a-z]+) -->\n)(.*?)(<!-- end -->)", re.S)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def short(number, unit=""):
    """Three digits, and none for what was not measured."""
    if number is None:
        return ""
    text = f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
    return text + unit


def of_program(whole, name):
    return [report for report in whole["reports"] if report["program"] == name and "failed" not in report]


def size_of(report):
    return report["facts"]["encounters"]


def millions(report):
    return f"{size_of(report) / 1e6:.3g} M"


def machine(whole):
    on = whole["machine"]
    return (f"{on['processor']}, {on['cores']} cores, {on['memory_gib']} GiB; {on['date']}; "
            f"load of the machine {on['load_before']:.1f} before and {on['load_after']:.1f} after.\n")


def milliseconds(row):
    return f"{short(row['wall_seconds'] * 1e3)} ({short(row['work_seconds'] * 1e3)}) ms"


def questions(whole):
    """Milliseconds at each size; of the largest what it means."""
    reports = sorted(of_program(whole, "question_bench"), key=size_of)
    head = ["question", "where"] + [f"{millions(report)}: wall (work)" for report in reports]
    rows = []
    for index, row in enumerate(reports[-1]["rows"]):
        times = [report["rows"][index] for report in reports]
        rows.append([row["name"], f"`{row['filter']}`" if row["filter"] else ""] +
                    [milliseconds(each) for each in times] +
                    [short(row["work_seconds"] * 1e9 / row["encounters"]), short(row.get("bytes_per_encounter")),
                     short(None if row["bandwidth_share"] is None else row["bandwidth_share"] * 100, " %")])
    return table(head + ["ns of work each", "bytes each", "of the bandwidth"], rows)


def rivals(whole):
    """How many times as long the rivals took, at each size they were asked at."""
    keys = [(report, rival) for report in sorted(of_program(whole, "question_bench"), key=size_of)
            for rival in ("duckdb", "clickhouse") if any(row.get(f"{rival}_wall_ratio") for row in report["rows"])]
    names = {"duckdb": "DuckDB", "clickhouse": "ClickHouse"}
    head = ["question", "where"] + [f"{names[rival]}, {millions(report)}: wall (work)" for report, rival in keys]
    rows = []
    for index, row in enumerate(keys[0][0]["rows"] if keys else []):
        ratios = [[report["rows"][index].get(f"{rival}_{clock}_ratio") for clock in ("wall", "work")]
                  for report, rival in keys]
        if any(wall for wall, _ in ratios):
            rows.append([row["name"], f"`{row['filter']}`" if row["filter"] else ""] +
                        [f"{short(wall)} ({short(work)})" if wall else "" for wall, work in ratios])
    return table(head, rows)


def again(whole):
    """Each question the first time and after news, and what is kept for it; of the largest run."""
    report = max(of_program(whole, "again_bench"), key=size_of)
    rows = {}
    for row in report["rows"]:
        when, name = row["name"].split(": ", 1)
        rows.setdefault((name, row["filter"]), {})[when] = row
    head = ["question", "where", f"{millions(report)}, first", "first, keeping", "again", "times quicker",
            "kept MB"]
    return table(head, [[name, f"`{where}`" if where else ""] +
                        [milliseconds(row[when]) for when in ("first", "first, keeping", "again")] +
                        [short(row["first"]["work_seconds"] / row["again"]["work_seconds"]),
                         short(row["first, keeping"]["kept_bytes"] / 1e6)]
                        for (name, where), row in rows.items()])


def growth(whole):
    """Nanoseconds of work an encounter, one world a line."""
    found = {}
    for report in of_program(whole, "growth_bench"):
        for row in report["rows"]:
            found.setdefault(row["filter"], {})[row["name"]] = row["work_seconds"] * 1e9 / row["encounters"]
    names = list(dict.fromkeys(name for row in found.values() for name in row))
    return table(["grows", "world"] + names,
                 [[*world.split(": ", 1)] + [short(row.get(name)) for name in names] for world, row in found.items()])


def load(whole):
    """What many connections get, in the clear and within TLS: a second, and how long each waits."""
    found = {}
    for report in of_program(whole, "load_bench"):
        for name, value in report["facts"].items():
            way, _, rest = name.partition(", ")
            if rest:
                what, _, figure = rest.rpartition(", ")
                found.setdefault(what, {})[way, figure] = value
    def cell(row, way):
        if (way, "MB") in row:
            return short(row[way, "MB"], " MB")
        waits = " / ".join(short(row.get((way, figure))) for figure in ("p50 ms", "p99 ms"))
        refused = row.get((way, "refused"))
        return (f"{short(row.get((way, 'a second')))} /s ({short(row.get((way, 'us of a core')))} us of a core), "
                f"{waits} ms" + (f", {refused} refused" if refused else ""))
    return table(["what", "in the clear: a second (work each), p50 / p99", "within TLS"],
                 [[what, cell(row, "plain"), cell(row, "TLS")] for what, row in found.items()])


def together(whole):
    """Questions at the same time, at each size."""
    reports = sorted(of_program(whole, "together"), key=size_of)
    names = [name for name in reports[-1]["facts"] if name != "encounters"]
    return table(["what"] + [millions(report) for report in reports],
                 [[name] + [short(report["facts"].get(name)) for report in reports] for name in names])


def facts(whole):
    """Everything else that is one number."""
    rows = []
    for report in whole["reports"]:
        if report["program"] in ("load_bench", "together"):
            continue
        about = f" ({millions(report)})" if "encounters" in report["facts"] else ""
        rows += [[report["program"] + about, name, f"{value:,.4g}" if value < 1e5 else f"{value:,.0f}"]
                 for name, value in report["facts"].items() if name not in ("encounters", "threads")]
    return table(["program", "what", "measured"], rows)


TABLES = {"machine": machine, "questions": questions, "rivals": rivals, "again": again, "growth": growth, "load": load,
          "together": together, "facts": facts}
# Without this program's report a table stays as it is; `machine` and `facts` speak of whole runs.
NEEDS = {"machine": "question_bench", "questions": "question_bench", "rivals": "question_bench",
         "again": "again_bench", "growth": "growth_bench", "load": "load_bench", "together": "together",
         "facts": "question_bench"}


def laid_over(files):
    """One run of several: of each program and size the latest."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    latest = {}
    for run in runs:
        for report in run["reports"]:
            latest[report["program"], report["facts"].get("encounters")] = report
    return {"machine": runs[-1]["machine"], "reports": list(latest.values())}


def filled(page, whole):
    def fill(match):
        name = match.group(2)
        if name not in TABLES or name in NEEDS and not of_program(whole, NEEDS[name]):
            return match.group(0)
        return match.group(1) + TABLES[name](whole) + match.group(4)
    return MARK.sub(fill, page)


def main():
    parser = argparse.ArgumentParser(description="Writes the figures of a run into the page about performance.")
    parser.add_argument("--json", type=pathlib.Path, nargs="+", default=[ROOT / "build/bench.json"])
    parser.add_argument("--page", type=pathlib.Path, default=ROOT / "docs/performance.md")
    options = parser.parse_args()
    page = options.page.read_text(encoding="utf-8")
    options.page.write_text(filled(page, laid_over(options.json)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
