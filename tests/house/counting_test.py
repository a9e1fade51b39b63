"""Tests of tools/test.py: the closing line counts every runner, and nothing red gets lost in it."""

import contextlib
import importlib.util
import io
import json
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("kokemus_test", ROOT / "tools" / "test.py")
runner = importlib.util.module_from_spec(spec)
spec.loader.exec_module(runner)

GOOGLETEST = {"testsuites": [{"testsuite": [
    {"name": "a", "status": "RUN", "result": "COMPLETED"},
    {"name": "b", "status": "RUN", "result": "COMPLETED", "failures": [{"failure": "x"}]},
    {"name": "c", "status": "RUN", "result": "SKIPPED"},
    {"name": "d", "status": "NOTRUN", "result": "SUPPRESSED"},
    {"name": "DISABLED_Child", "status": "NOTRUN", "result": "SUPPRESSED"}]}]}


class Counting(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.results = pathlib.Path(folder.name)

    def leave(self, name, report):
        (self.results / name).write_text(report if isinstance(report, str) else json.dumps(report))

    def counted(self, name, passed):
        return str(runner.counts_of_program(self.results, name, passed))

    def test_a_googletest_program_counts_its_tests(self):
        self.leave("stats_test.json", GOOGLETEST)
        self.assertEqual(self.counted("stats", passed=False), "1 passed, 1 failed, 2 skipped")

    def test_a_report_of_a_sanitizer_is_a_failure_whoever_was_killed(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(str(runner.sanitizer_counts(self.results)), "0 passed, 0 failed, 0 skipped")
            self.leave("sanitizer.4711", "WARNING: ThreadSanitizer: data race\n")
            self.assertEqual(str(runner.sanitizer_counts(self.results)), "0 passed, 1 failed, 0 skipped")
        self.assertIn("data race", said.getvalue())

    def test_reports_go_where_they_are_looked_for(self):
        for options in ("TSAN_OPTIONS", "ASAN_OPTIONS", "UBSAN_OPTIONS"):
            self.assertIn(f"log_path={self.results}/sanitizer:", runner.sanitizer_environment(self.results)[options])

    def test_a_build_says_its_sanitizer(self):
        self.assertEqual(runner.sanitizer_of(self.results), "")
        self.leave("CMakeCache.txt", "A:STRING=b\nKOKEMUS_SANITIZE:STRING=thread\n")
        self.assertEqual(runner.sanitizer_of(self.results), "thread")
        self.leave("CMakeCache.txt", "KOKEMUS_SANITIZE:STRING=\n")
        self.assertEqual(runner.sanitizer_of(self.results), "")

    def test_our_own_tools_count_theirs(self):
        self.leave("scenarios.json", {"passed": 5, "failed": 0, "skipped": 2})
        self.assertEqual(self.counted("scenarios", passed=True), "5 passed, 0 failed, 2 skipped")

    def test_a_program_without_counts_is_one_test(self):
        self.assertEqual(self.counted("layers", passed=True), "1 passed, 0 failed, 0 skipped")
        self.assertEqual(self.counted("layers", passed=False), "0 passed, 1 failed, 0 skipped")

    def test_a_program_that_dies_after_its_report_counts_as_a_failure(self):
        self.leave("house.json", {"passed": 5, "failed": 0, "skipped": 0})
        self.assertEqual(self.counted("house", passed=False), "5 passed, 1 failed, 0 skipped")

    def test_a_broken_report_does_not_hide_the_failure(self):
        self.leave("stats_test.json", '{"testsuites": [')
        self.assertEqual(self.counted("stats", passed=False), "0 passed, 1 failed, 0 skipped")


class Closing(unittest.TestCase):
    def close(self, **parts):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = runner.close(parts)
        return code, out.getvalue().splitlines()[-1], err.getvalue()

    def test_the_last_line_is_the_sum_of_all(self):
        code, line, _ = self.close(one=runner.Counts(3, 0, 1), other=runner.Counts(4, 0, 0))
        self.assertEqual((code, line), (0, "7 passed, 0 failed, 1 skipped"))

    def test_one_failure_anywhere_fails(self):
        code, line, _ = self.close(one=runner.Counts(3, 0, 1), other=runner.Counts(4, 1, 0))
        self.assertEqual((code, line), (1, "7 passed, 1 failed, 1 skipped"))

    def test_when_nothing_ran_it_fails(self):
        code, line, said = self.close(one=runner.Counts(0, 0, 8))
        self.assertEqual((code, line), (1, "0 passed, 0 failed, 8 skipped"))
        self.assertIn("nothing ran", said)


if __name__ == "__main__":
    unittest.main()
