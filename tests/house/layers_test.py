"""Tests of tools/layers.py: each rule has a small tree that must fail, and one that must pass."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import layers  # noqa: E402

FLOORS = """
# lowest first
base:
http:     base
records:  base
ledger:   base
timeline: base ledger
care:     base records http
app:      base http records ledger timeline care
"""


class Layers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("LAYERS.txt", FLOORS)
        for header in ("base/text.h", "http/server.h", "records/table.h", "ledger/ledger.h", "care/case.h"):
            self.write(header, "#pragma once\n")

    def write(self, path, text):
        target = self.root / "src" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def expect(self, *parts):
        faults = layers.check(self.root)
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def expect_nothing(self):
        self.assertEqual(layers.check(self.root), [])

    def test_allowed_includes_pass(self):
        self.write("timeline/timeline.cpp", '#include <vector>\n#include "base/text.h"\n#include "ledger/ledger.h"\n')
        self.expect_nothing()

    def test_an_include_upwards_fails(self):
        self.write("ledger/ledger.cpp", '#include "base/text.h"\n#include "care/case.h"\n')
        self.expect("src/ledger/ledger.cpp:2", "ledger may not include care", "allows: base")

    def test_what_is_not_written_is_forbidden(self):
        self.write("timeline/timeline.cpp", '#include "records/table.h"\n')
        self.expect("timeline may not include records")

    def test_tests_may_include_what_stands_below_but_not_above(self):
        self.write("timeline/timeline_test.cpp", '#include "records/table.h"\n')
        self.expect_nothing()
        self.write("ledger/ledger_test.cpp", '#include "care/case.h"\n')
        self.expect("ledger may not include care")

    def test_only_api_files_include_http(self):
        self.write("care/case_api.cpp", '#include "http/server.h"\n')
        self.write("app/main.cpp", '#include "http/server.h"\n')
        self.expect_nothing()
        self.write("care/case_rules.cpp", '#include "http/server.h"\n')
        self.expect("src/care/case_rules.cpp:1", "only care/*_api files include http/")

    def test_only_store_files_include_records(self):
        self.write("care/case_store.cpp", '#include "records/table.h"\n')
        self.expect_nothing()
        self.write("care/case_api.cpp", '#include "records/table.h"\n')
        self.expect("only care/*_store files include records/")

    def test_short_paths_fail_with_the_full_one(self):
        self.write("ledger/ledger.cpp", '#include "ledger.h"\n')
        self.expect('write "ledger/ledger.h"')

    def test_missing_files_fail(self):
        self.write("ledger/ledger.cpp", '#include "ledger/nowhere.h"\n')
        self.expect("no such file")

    def test_our_headers_in_angle_brackets_fail(self):
        self.write("ledger/ledger.cpp", "#include <base/text.h>\n")
        self.expect('write "base/text.h" with quotes')

    def test_beast_outside_http_fails(self):
        self.write("http/server.cpp", "#include <boost/beast/http.hpp>\n")
        self.expect_nothing()
        self.write("ledger/ledger.cpp", "#include <boost/asio.hpp>\n")
        self.expect("belongs into src/http/ only")

    def test_a_folder_without_a_line_fails(self):
        self.write("surprise/surprise.cpp", "int one = 1;\n")
        self.expect("src/surprise/ has no line")

    def test_circles_fail(self):
        self.write("LAYERS.txt", FLOORS.replace("ledger:   base", "ledger:   base timeline"))
        self.assertTrue(any("include each other" in fault for fault in layers.check(self.root)))

    def test_unknown_names_and_broken_lines_fail(self):
        self.write("LAYERS.txt", FLOORS + "watch: nobody\n")
        self.expect("nobody has no line of its own")
        self.write("LAYERS.txt", FLOORS + "just words\n")
        self.expect('write "folder: folders it may include"')

    def test_the_build_uses_only_what_is_allowed(self):
        self.write("timeline/CMakeLists.txt", "noun(timeline USES base ledger LINKS fmt::fmt)\n")
        self.expect_nothing()
        self.write("timeline/CMakeLists.txt", "noun(timeline USES base care LINKS fmt::fmt)\n")
        self.expect("timeline may not use care")

    def test_without_a_list_nothing_passes(self):
        (self.root / "src" / "LAYERS.txt").unlink()
        self.expect("LAYERS.txt is missing")


if __name__ == "__main__":
    unittest.main()
