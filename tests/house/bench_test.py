"""Tests of bench/: what is asked of ClickHouse is what the timeline was asked, and a difference is told."""

import argparse
import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

import clickhouse  # noqa: E402
import run  # noqa: E402

TEXTS = {"touchpoint": ["", "ordered", "sent"], "channel": ["", "app", "web"], "plan": ["", "gold"],
         "scale": ["", "nps"]}


class House:
    """Answers what it was told to, and keeps what it was asked."""

    def __init__(self, text):
        self.text, self.asked = text, ""

    def timed(self, query, repeats):
        self.asked = query
        return self.text, (2.0, 4.0)


def rival(rows):
    one = clickhouse.Rival.__new__(clickhouse.Rival)
    text = "".join("\t".join(row) + "\n" for row in rows)
    one.house, one.repeats, one.texts = House(text), 1, TEXTS
    return one


class ClickHouseAnswers(unittest.TestCase):
    def row(self, *lines, where=""):
        return {"name": "a question", "filter": where, "lines": list(lines)}

    def test_filters_become_codes(self):
        self.assertEqual(rival([]).where("plan = 'gold'"), "WHERE plan IN (1)")
        self.assertEqual(rival([]).where("channel in ('web', 'app')"), "WHERE channel IN (2, 1)")
        self.assertEqual(rival([]).where(""), "")

    def test_levels_of_a_funnel_are_summed_to_steps(self):
        one = rival([["1", "5"], ["2", "3"]])
        self.assertEqual(one.funnel(self.row("1 8 8", "2 3 3"), ["ordered", "sent"], 1000), (2.0, 4.0))
        self.assertIn("windowFunnel(40)(tick, touchpoint = 1, touchpoint = 2)", one.house.asked)
        with self.assertRaisesRegex(RuntimeError, "answers otherwise.*2 4 4"):
            one.funnel(self.row("1 8 8", "2 4 4"), ["ordered", "sent"], 1000)

    def test_edges_are_compared_with_their_medians(self):
        found = [["254", "1", "20000", "20000", "0", "0"], ["1", "2", "20000", "20000", "70", "1000"]]
        begin = "START ordered 20000 20000 20000 0 ~0"
        self.assertEqual(rival(found).flow(self.row(begin, "ordered sent 20000 20000 20000 70 ~1009")), (2.0, 4.0))
        with self.assertRaisesRegex(RuntimeError, "median of 1000"):
            rival(found).flow(self.row(begin, "ordered sent 20000 20000 20000 70 ~1011"))
        with self.assertRaisesRegex(RuntimeError, "answers otherwise"):
            rival(found).flow(self.row(begin, "ordered sent 20000 20000 20000 71 ~1000"))

    def test_paths_of_equally_many_may_be_others(self):
        answer = {"data": [[[1, 2], "3"], [[2], "1"]], "totals": ["0", "5"], "rows_before_limit_at_least": 3}
        one = rival([])
        one.house = House(json.dumps(answer))
        self.assertEqual(one.variants(self.row("3 5", "3 ordered>sent", "1 ordered")), (2.0, 4.0))
        with self.assertRaisesRegex(RuntimeError, "answers otherwise"):
            one.variants(self.row("3 5", "3 sent>ordered", "1 ordered"))

    def test_groups_are_compared_in_any_order(self):
        found = [["2", "5", "1", "20", "1"], ["1", "6", "0", "0", "0"]]
        self.assertEqual(rival(found).breakdown(self.row("app 6 0 0 0", "web 5 1 20 1"), "channel"), (2.0, 4.0))
        with self.assertRaisesRegex(RuntimeError, "answers otherwise"):
            rival(found).breakdown(self.row("app 6 0 0 0"), "channel")


class Sizes(unittest.TestCase):
    def asked(self, size):
        bench = run.Bench(argparse.Namespace(build="build/release", folder=".", size=size))
        bench.questions_of, bench.fits = (lambda each: each), (lambda each: True)
        return bench.questions()

    def test_smaller_sizes_come_first(self):
        self.assertEqual(self.asked("100M"), ["1M", "10M", "100M"])
        self.assertEqual(self.asked("20M"), ["1M", "10M", "20M"])
        self.assertEqual(self.asked("500k"), ["500k"])

    def test_what_memory_does_not_allow_is_left_out_and_said(self):
        bench = run.Bench(argparse.Namespace(build="build/release", folder=".", size="100M"))
        self.assertFalse(bench.fits("100000000M"))
        self.assertIn("GiB of free memory are needed", bench.skipped[0])


if __name__ == "__main__":
    unittest.main()
