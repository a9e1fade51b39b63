"""Tests of tools/scenario.py: the language, the addresses, and above all that wrong numbers fail."""

import pathlib
import stat
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import json_path  # noqa: E402
import scenario  # noqa: E402
import scenario_language as language  # noqa: E402

# Stands for the program: prints what it was asked, and an answer with the size of a file it is given.
PROGRAM = r"""#!/usr/bin/env python3
import json, sys
words = sys.argv[1:]
assert words[0] == "--data", words
words = words[2:]
if words[0] == "import":
    rows = [line for path in words[1:] if path.endswith(".csv") for line in open(path)]
    print(json.dumps({"accepted": len(rows) - 1, "words": words}))
elif "fault" in words:
    print("kokemus: column 5: there is no such word", file=sys.stderr)
    sys.exit(2)
elif "--json" not in words:
    print("a table")
else:
    print(json.dumps({"question": " ".join(words[1:-1]), "words": words, "total": 3, "share": 0.12345, "none": None,
                      "edges": [{"from": "order placed", "to": "paid", "count": 7913, "seconds": {"mean": 10.26}},
                                {"from": "START", "to": "order placed", "count": 8135, "seconds": {"mean": None}}]}))
"""


class Scenario(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.program = self.folder / "kokemus"
        self.program.write_text(PROGRAM)
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)
        (self.folder / "samples" / "shop").mkdir(parents=True)

    def run_text(self, text):
        path = self.folder / "one.scenario"
        path.write_text(text)
        return scenario.run_file(path, self.program, self.folder / "samples")

    def passes(self, text):
        result, lines = self.run_text(text)
        self.assertEqual(result, "passed", lines)

    def fails(self, text, *parts):
        result, lines = self.run_text(text)
        self.assertEqual(result, "failed", lines)
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])


class Running(Scenario):
    def test_numbers_that_hold_pass(self):
        self.passes("""
            # an edge, by what it joins
            ask flow --per thread
            expect edges[from=order placed,to=paid].count = 7913
            expect edges[0].seconds.mean ~= 10.3
            expect share ~= 0.12 +- 0.01
            expect share ~= 0.1234 +- 1%
            expect total >= 3
            expect total < 4
            expect count(edges) = 2
            expect sum(edges[*].count) = 16048
            expect none = null
            expect edges[from=x] absent
            expect edges[1].seconds exists
            expect question = flow --per thread
            expect edges[*].from contains START
            """)

    def test_wrong_numbers_fail_with_line_and_both_numbers(self):
        self.fails("ask flow\nexpect edges[from=order placed,to=paid].count = 7914\n",
                   "one.scenario:2", "is 7913, expected = 7914")

    def test_every_operator_can_fail(self):
        for line in ("total != 3", "total < 3", "total <= 2", "total > 3", "total >= 4", "share ~= 0.1235 +- 0.00001",
                     "share ~= 0.1236", "none = 0", "none < 1", "edges[0].from = paid", "edges[0].from contains x",
                     "edges[0].from lacks order", "total absent", "wrong exists", "edges[2].count = 1",
                     "edges[count=1].from = x", "total = true", "stdout lacks total", "stderr contains x", "exit = 1"):
            self.fails(f"ask flow\nexpect {line}\n", "one.scenario:2")

    def test_all_faults_of_a_scenario_are_said(self):
        _, lines = self.run_text("ask flow\nexpect total = 1\nexpect total = 2\nask flow\nexpect total = 3\n")
        self.assertEqual(len(lines), 2, lines)

    def test_rows_hold_a_whole_list(self):
        start = "ask flow\nexpect rows edges: from, to, count\norder placed, paid, 7913\n"
        self.passes(start + "START, order placed, 8135\nend\n")
        self.fails(start + "START, order placed, 8136\nend\n", "row 2 is", "8135", "8136")
        self.fails(start + "end\n", "row 2 was not expected")
        self.fails(start + "START, order placed, 8135\na, b, 1\nend\n", "row 3 is missing")

    def test_inline_files_reach_the_program_by_name(self):
        self.passes("file a.csv\ncustomer,time\nx,1\ny,2\nend\nimport --from {here} a.csv\nexpect accepted = 2\n")

    def test_inline_encounters_are_imported(self):
        self.passes("encounters\n  customer,time\n  x,1\nend\nexpect accepted = 1\n")

    def test_a_failing_command_fails_unless_it_is_expected(self):
        self.fails("ask fault\nexpect stdout contains x\n", "one.scenario:1", "exit 2", "no such word")
        self.passes("ask fault\nexpect exit = 2\nexpect stderr contains column 5\n")
        self.fails("ask fault\nexpect exit = 1\n", "exit is 2, expected 1")

    def test_plain_shows_what_people_see(self):
        self.passes("plain ask flow\nexpect stdout contains a table\n")
        self.fails("plain ask flow\nexpect total = 3\n", "did not print JSON")

    def test_missing_sample_data_skips_loudly(self):
        self.passes("data shop\nask flow\nexpect total = 3\n")
        result, lines = self.run_text("data nowhere\nask flow\nexpect total = 4\n")
        self.assertEqual(result, "skipped")
        self.assertIn("SKIP one: needs the sample data nowhere", lines[0])


class Reading(Scenario):
    def test_a_scenario_without_expectations_cannot_be(self):
        self.fails("ask flow\n", "a scenario without expect cannot fail")
        self.fails("# nothing\n", "a scenario without expect cannot fail")

    def test_unreadable_lines_say_what_to_write(self):
        for text, hint in (("dance\n", "a line begins with"), ("expect total = 3\n", "after the command"),
                           ("ask flow\nexpect total\n", "expect ADDRESS OPERATOR VALUE"),
                           ("ask flow\nexpect total is 3\n", "expect ADDRESS OPERATOR VALUE"),
                           ("ask flow\nexpect stdout = 3\n", "write contains or lacks"),
                           ("file a.csv\nx\n", "never closed"),
                           ('ask flow --per "x\nexpect total = 1\n', "never closed"),
                           ("ask flow\nexpect rows edges: from, to\nx\nend\n", "1 cells and there are 2")):
            self.fails(text, hint)

    def test_unreadable_addresses_fail(self):
        self.fails("ask flow\nexpect edges[from].count = 1\n", "write a place, * or key=value")
        self.fails("ask flow\nexpect edges[0]count! = 1\n", "cannot read")

    def test_a_question_is_one_word_up_to_the_first_option(self):
        for text, words in (("ask flow where a in ('web shop') --per \"getting there\" --csv",
                             ["ask", "flow where a in ('web shop')", "--per", "getting there", "--csv"]),
                            ("ask episodes where goes 'a' -> \"b c\"", ["ask", "episodes where goes 'a' -> \"b c\""]),
                            ("ask a--b", ["ask", "a--b"]), ("ask --per thread", ["ask", "--per", "thread"]),
                            ('import --map "my map.toml" a.csv ""', ["import", "--map", "my map.toml", "a.csv", ""])):
            self.assertEqual(language.command_words(text), words)


class Addresses(unittest.TestCase):
    ANSWER = {"a": [{"k": "x", "n": 1}, {"k": "y", "n": 2}, {"k": "y", "n": 3}], "b c": {"d": True}}

    def test_found(self):
        for path, wanted in (("a[1].n", 2), ("a[-1].n", 3), ("a[k=x].n", 1), ("a[k=y,n=3].k", "y"), ('"b c".d', True),
                             ("a[*].n", [1, 2, 3]), ("count(a)", 3), ("sum(a[*].n)", 6)):
            self.assertEqual(json_path.find(self.ANSWER, path), wanted, path)

    def test_not_there_says_what_is(self):
        for path, words in (("z", 'no key "z". There: a, b c'), ("a[7]", "has 3 items"), ("a[k=q].n", '"k": "x"'),
                            ("a[k=y].n", "meets 2 items"), ("a.n", "has no keys"), ("count(b)", 'no key "b"')):
            with self.assertRaises(json_path.NotThere) as fault:
                json_path.find(self.ANSWER, path)
            self.assertIn(words, str(fault.exception), path)


if __name__ == "__main__":
    unittest.main()
