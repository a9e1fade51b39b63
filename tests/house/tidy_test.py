"""Tests of tools/tidy.py: every check has a tree that must fail with the right words, and one that must pass."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import cpp_shape  # noqa: E402
import tidy  # noqa: E402

README = "a line\n" * 25
HEADER = "#pragma once\n\nint legs();\n"


class Tidy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("src/animal/README.md", README)
        self.write("src/animal/legs.h", HEADER)
        self.write("src/animal/walk.cpp", '#include "animal/legs.h"\n')

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def faults(self):
        return tidy.check(self.root)[0]

    def expect(self, *parts):
        faults = self.faults()
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def expect_nothing(self):
        self.assertEqual(self.faults(), [])

    def cpp(self, text):
        self.write("src/animal/run.cpp", text)

    def test_a_tidy_tree_passes(self):
        self.expect_nothing()


class Sizes(Tidy):
    def test_files_end_at_800_lines(self):
        self.cpp("int a;\n" * 800)
        self.expect_nothing()
        self.assertEqual(tidy.check(self.root)[1], ["src/animal/run.cpp has 800 lines"])
        self.cpp("int a;\n" * 801)
        self.expect("src/animal/run.cpp:801", "800 are the most")

    def test_headers_end_at_400_lines(self):
        self.write("src/animal/legs.h", HEADER + "int a;\n" * 398)
        self.expect("a header has 400 at most")

    def test_generated_files_may_be_long(self):
        self.write("web/types.ts", "// Generated from the description, do not edit\n" + "let a;\n" * 2000)
        self.expect_nothing()

    def test_functions_end_at_70_lines(self):
        self.cpp("int walk() {\n" + "    step();\n" * 68 + "}\n")
        self.expect_nothing()
        self.cpp("int walk() {\n" + "    step();\n" * 69 + "}\n")
        self.expect("src/animal/run.cpp:1", "walk has 71 lines")

    def test_python_functions_too(self):
        self.write("tools/walk.py", "def walk():\n" + "    step()\n" * 70)
        self.expect("tools/walk.py:1", "walk has 71 lines")

    def test_lines_end_at_120_columns(self):
        self.cpp("// " + "x" * 118 + "\n")
        self.expect("121 columns")


class Names(Tidy):
    def test_file_names_that_say_nothing_fail_with_what_to_do(self):
        for name, hit in (("utils.cpp", "util"), ("walk_helpers.cpp", "helper"), ("data.cpp", "data"),
                          ("common_test.cpp", "common"), ("leg_manager.cpp", "manager")):
            self.write("src/animal/" + name, "int a;\n")
            self.expect(name, tidy.NAMES_INSTEAD[hit])
            (self.root / "src/animal" / name).unlink()

    def test_folder_names_too(self):
        self.write("web/src/utils/legs.ts", "let a;\n")
        self.expect('"utils"')

    def test_good_names_with_such_letters_pass(self):
        self.write("src/animal/database.cpp", "int a;\n")
        self.write("src/animal/process_exit.cpp", "int a;\n")
        self.write("src/animal/commonness.cpp", "int a;\n")
        self.expect_nothing()

    def test_types(self):
        for name in ("LegManager", "WalkUtils", "Helper", "Data", "LegInfo"):
            self.cpp(f"class {name} {{}};\n")
            self.expect(f"the type {name}")
        self.cpp("struct Database {};\nstruct Handler {};\nclass ProcessId {};\n")
        self.expect_nothing()

    def test_functions(self):
        self.cpp("void process(int leg) {\n}\n")
        self.expect("the function process()")
        self.cpp("void handle(int leg);\n")
        self.expect("the function handle()")
        self.cpp("void handle_step(int leg);\nint a = row.data();\n")
        self.expect_nothing()


class Code(Tidy):
    def test_banned_code_fails_with_its_replacement(self):
        for code, instead in (("std::regex r;", "RE2"), ("#include <regex>", "RE2"), ("#include <httplib.h>", "Beast"),
                              ('auto a = std::format("x");', "fmt::format"), ("using namespace std;", "write std::"),
                              ("int a = rand();", "base/random.h"), ("std::mt19937 a;", "base/random.h"),
                              ('system("ls");', "no shell"), ("int a = std::stoi(b);", "std::from_chars"),
                              ("assert(a);", "CHECK"), ("thread.detach();", "jthread"),
                              ("auto a = b | std::views::all;", "clang 14")):
            self.cpp(code + "\n")
            self.expect(instead)

    def test_the_same_in_comments_and_texts_passes(self):
        self.cpp('// rand() and std::regex\nconst char* a = "system(x) assert(y)";\nauto b = R"(std::format)";\n')
        self.expect_nothing()

    def test_names_that_only_contain_them_pass(self):
        self.cpp("using namespace std::chrono_literals;\nint a = operand(1);\nint b = file.system(2);\n"
                 "bool c = is_rand(1);\n")
        self.expect_nothing()

    def test_headers_begin_with_pragma_once(self):
        self.write("src/animal/legs.h", "int legs();\n")
        self.expect("#pragma once")

    def test_notes_need_words(self):
        for note in ("// TODO", "// TODO: fix", "// FIXME: this is quite wrong and hurts", "// XXX"):
            self.cpp(note + "\n")
            self.expect('write "TODO: "')
        self.cpp("// TODO: six legs need another gait once insects are read\n")
        self.expect_nothing()

    def test_layout(self):
        self.cpp("int a; \n")
        self.expect("blanks at the end")
        self.cpp("\tint a;\n")
        self.expect("a tab")
        self.cpp("int a;")
        self.expect("no line end")


class Tree(Tidy):
    def test_each_folder_has_a_readme_of_20_to_60_lines(self):
        self.write("src/animal/README.md", "short\n")
        self.expect("20 to 60 are right")
        (self.root / "src/animal/README.md").unlink()
        self.expect("README.md is missing")

    def test_dead_headers(self):
        self.write("src/animal/run.h", HEADER)
        self.cpp('#include "animal/run.h"\n')
        self.write("src/animal/run_test.cpp", '#include "animal/run.h"\n')
        self.expect("src/animal/run.h: no other file includes it")
        self.write("src/animal/walk.cpp", '#include "animal/legs.h"\n#include "animal/run.h"\n')
        self.expect_nothing()

    def test_a_method_of_statistics_may_wait_for_its_reader(self):
        self.write("src/stats/README.md", "line\n" * 30)
        self.write("src/stats/run.h", HEADER)
        self.write("src/stats/run_test.cpp", '#include "stats/run.h"\n')
        self.expect_nothing()

    def test_machine_paths(self):
        for path in ("/" + "work/main", "/home/" + "jane/x", "/tmp/" + "k/y"):
            self.write("docs/start.md", f"see {path}\n")
            self.expect("a path of one machine")
        self.write("docs/start.md", "the /workers page, web/work/a, /api/home/x\n")
        self.expect_nothing()

    def test_registry_hosts(self):
        self.write("docs/start.md", "from https://registry." + "npmjs.org/x\n")
        self.expect("host of a package registry")

    def test_links_between_pages(self):
        self.write("docs/start.md", "[next](next.md#here), [out](https://example.org/x), `[code](x)`\n```\n[code](y)\n```\n")
        self.expect("docs/start.md:1", "next.md leads nowhere")
        self.write("docs/next.md", "[back](start.md)\n")
        self.expect_nothing()

    def test_lock_files_without_addresses(self):
        self.write("web/package-lock.json", '{"a": {"resolved": "https://somewhere/a.tgz"}}\n')
        self.expect("lock file without addresses")

    def test_what_git_ignores_is_not_looked_at(self):
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        self.write(".gitignore", "/mine/\n")
        self.write("mine/utils.cpp", "int a; \n")
        self.expect_nothing()
        self.write("ours/utils.cpp", "int a;\n")
        self.expect("utils.cpp")


class Shape(unittest.TestCase):
    def test_functions_and_what_is_none(self):
        code = """namespace a {
constexpr std::array<int, 2> pair{{f(1), 2}};

struct Leg {
    int length() const { return length_; }
    int length_ = int(3);
};

Leg::Leg(int a)
    : a_(a), b_{a} {
    if (a) {
    }
}

template <typename T>
auto walk(T t) -> int {
    auto step = [](int a) {
        return a;
    };
    return step(t);
}

TEST(Leg, Walks) {
}
}  // namespace a
"""
        self.assertEqual(cpp_shape.functions_of(code),
                         [("length", 5, 5), ("Leg::Leg", 9, 13), ("walk", 15, 21), ("TEST", 23, 24)])

    def test_braces_in_texts_comments_and_macros_do_not_count(self):
        code = 'int f() {\n    // {\n    return g("{", \'{\', R"({)");\n}\n#define X {\nint h() {\n    return 1\'000;\n}\n'
        self.assertEqual(cpp_shape.functions_of(code), [("f", 1, 4), ("h", 6, 8)])


if __name__ == "__main__":
    unittest.main()
