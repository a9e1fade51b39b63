#!/usr/bin/env python3
"""Fails on what the style of the house (STYLE.md) does not allow, and says what to write instead.

usage: tools/tidy.py [--root DIR]

Each check is one function here that takes a file and yields faults; tests/house/tidy_test.py holds one tree per check
that must fail. Files are those that git knows or would take in (or all, outside of a repository).
"""

import argparse
import ast
import pathlib
import re
import subprocess
import sys

from cpp_shape import functions_of, without_comments, without_comments_and_texts

LINES_MAX = 800
HEADER_LINES_MAX = 400
LINES_TO_LOOK_AGAIN = 400
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 120
README_LINES = (20, 60)
# Pure mathematics is whole with its paper's numbers; who asks for it may come later.
READ_BY_ITS_TESTS = ("src/stats/", "src/shape/")

CPP = (".h", ".cpp")
CODE = CPP + (".py", ".ts", ".tsx", ".css", ".js", ".mjs", ".cmake", ".sh")
BINARY = (".png", ".jpg", ".webp", ".pdf", ".gz", ".zip", ".parquet", ".woff", ".woff2", ".ico", ".xlsx", ".duckdb")
SKIPPED_FOLDERS = ("build", "node_modules", "dist", ".git", ".cache", "__pycache__")
GENERATED = re.compile(r"generated.*(do not|never) edit|(do not|never) edit.*generated|auto-generated", re.I | re.S)

NAMES_INSTEAD = {
    "util": "ask what the functions have in common; the answer is the name",
    "helper": "ask what it helps with; the answer is the name",
    "common": "say what is common, or put it where its one user is",
    "manager": "say what it does with them: a store, a pool, a registry, a queue",
    "misc": "sort the things; each gets a name",
    "data": "say of what: rows, answers, encounters",
    "info": "say what is known: a summary, a description, a state",
    "process": "say which step: read, count, match, send",
    "handle": "say what with which object: answer_request, close_case",
}
BANNED_WORDS = {"utils": "util", "utilities": "util", "utility": "util", "helpers": "helper", "managers": "manager"}
ANYWHERE = ("util", "helper", "common", "manager", "misc")

# Allowed in tests, which read their own files.
NUMBERS_FROM_TEXT = r"(?<![\w.>:])(?:std::)?(?:atoi|atol|atof|strtol|strtod|stoi|stol|stod)\s*\("

# (pattern over the code without comments and texts, what to write instead)
BANNED_CPP = [
    (r"\bstd::w?regex\b|<regex>", "std::regex recurses and is slow; use RE2"),
    (r"\bhttplib\b", "cpp-httplib has a thread per connection; use http/ (Boost.Beast)"),
    (r"\bstd::v?format\b|<format>", "std::format is missing in both compilers; use fmt::format"),
    (r"\busing\s+namespace\s+std\s*;", "`using namespace std` pulls in every name; write std:: or name what you use"),
    (r"(?<![\w.>:])(?:std::)?s?rand\s*\(", "rand() differs between machines; use base/random.h"),
    (r"\bstd::(mt19937|default_random_engine|\w+_distribution)\b",
     "the distributions of std differ between libraries; use base/random.h"),
    (r"(?<![\w.>:])(?:std::)?(system|popen)\s*\(", "no shell: what a text holds could be run; use a library"),
    (r"\bstd::source_location\b", "absent with clang 14; use __FILE__ and __LINE__ in a macro"),
    (r"\bstd::(expected|unexpected)\b", "not in C++20; use Result<T> of base/result.h"),
    (r"\bstd::(ranges::)?views::", "clang 14 refuses the pipelines; write the loop or use std::ranges algorithms"),
    (NUMBERS_FROM_TEXT,
     "depends on the locale or throws; use std::from_chars"),
    (r"(?<![\w.>:])(?:std::)?(localtime|gmtime|mktime|strftime)(_r)?\s*\(", "not thread safe; use base/instant.h"),
    (r"(?<![\w.>:])assert\s*\(|<cassert>", "assert is off in release; use CHECK of base/check.h"),
    (r"\.detach\s*\(\s*\)", "a detached thread outlives what it uses; keep a std::jthread"),
    (r"\bstd::endl\b", "std::endl flushes each line; write '\\n'"),
]

# Spelled in parts, so that this file does not hold what it forbids.
REGISTRY_HOSTS = ["registry." + "npmjs", "registry." + "yarnpkg", "pypi." + "org", "files." + "pythonhosted",
                  "deb." + "debian.org", "security." + "debian.org", "crates." + "io", "proxy." + "golang",
                  "npm" + "mirror.com"]
MACHINE_PATHS = re.compile(r"(?<![\w./}-])/(?:work/|home/[a-z]\w*/|Users/[A-Z]\w*/|root/[a-z]|tmp" + r"/k/)")


class File:
    """One file of the tree, read once."""

    def __init__(self, root, path):
        self.path = path
        self.name = path.relative_to(root).as_posix()
        self.suffix = path.suffix
        self.text = path.read_text(encoding="utf-8", errors="replace")
        self.lines = self.text.splitlines()
        head = "\n".join(self.lines[:8])
        self.is_generated = bool(GENERATED.search(head)) or self.name.endswith("-lock.json")
        self.is_cpp = self.suffix in CPP
        self.is_code = self.suffix in CODE and not self.is_generated
        self.bare = without_comments_and_texts(self.text) if self.is_cpp else ""


def at(file, number, message):
    return f"{file.name}:{number}: {message}"


def check_length(file):
    if not file.is_code:
        return
    count = len(file.lines)
    if count > LINES_MAX:
        yield at(file, count, f"{count} lines; {LINES_MAX} are the most: give a part of it a file and a name")
    elif file.suffix == ".h" and count > HEADER_LINES_MAX:
        yield at(file, count, f"{count} lines; a header has {HEADER_LINES_MAX} at most: split what it declares")


def check_function_length(file):
    if file.is_cpp:
        found = functions_of(file.text)
    elif file.suffix == ".py" and file.is_code:
        found = [(node.name, node.lineno, node.end_lineno) for node in ast.walk(ast.parse(file.text))
                 if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    else:
        return
    for name, first, last in found:
        count = last - first + 1
        if count > FUNCTION_LINES_MAX:
            yield at(file, first, f"{name} has {count} lines; {FUNCTION_LINES_MAX} are the most: name its parts")


def banned_word(word, only_anywhere=False):
    word = BANNED_WORDS.get(word, word)
    if word in NAMES_INSTEAD and (word in ANYWHERE or not only_anywhere):
        return word
    return None


def check_file_name(file):
    for part in file.name.split("/"):
        stem = re.sub(r"\.(test|spec|d)$", "", part.rsplit(".", 1)[0] if "." in part[1:] else part).lower()
        stem = re.sub(r"_(test|bench|fuzz)$", "", stem)
        words = [banned_word(stem)] + [banned_word(word, only_anywhere=True) for word in re.split(r"[_-]", stem)]
        for word in filter(None, words):
            yield at(file, 1, f'"{part}" is a name that says nothing ({word}): {NAMES_INSTEAD[word]}')
            break


TYPE = re.compile(r"\b(?:class|struct|enum(?:\s+class)?|union|interface|type|concept)\s+(?:\[\[\w+\]\]\s*)?(\w+)")
FUNCTION_NAME = re.compile(r"(?:^|[\s*&>:])(process|handle|misc|helper|util|common)\s*\([^;{}]*\)[^;{}()]*[;{]")


def check_names(file):
    if not file.is_code or file.suffix not in CPP + (".ts", ".tsx"):
        return
    for number, line in enumerate((file.bare if file.is_cpp else file.text).splitlines(), 1):
        for name in TYPE.findall(line):
            words = [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]
            hit = banned_word(words[0]) if len(words) == 1 else None
            if words and not hit and words[-1] in ("util", "utils", "helper", "helpers", "manager", "misc", "info"):
                hit = banned_word(words[-1])
            if hit:
                yield at(file, number, f"the type {name} has a name that says nothing ({hit}): {NAMES_INSTEAD[hit]}")
        called = FUNCTION_NAME.search(line)
        if file.is_cpp and called and not re.match(r"\s*(return|if|while|TRY|co_await)\b", line):
            hit = called.group(1)
            if re.search(r"[\w>&*]\s+(?:\w+::)*" + hit + r"\s*\(", line):
                yield at(file, number, f"the function {hit}() has a name that says nothing: {NAMES_INSTEAD[hit]}")


def check_banned_code(file):
    if not file.is_cpp:
        return
    includes_kept = without_comments(file.text)
    is_test = file.name.startswith("tests/") or file.path.stem.endswith(("_test", "_bench"))
    for number, (bare, line) in enumerate(zip(file.bare.splitlines(), includes_kept.splitlines()), 1):
        text = line if line.lstrip().startswith("#") else bare
        for pattern, instead in BANNED_CPP:
            if re.search(pattern, text) and not (is_test and pattern == NUMBERS_FROM_TEXT):
                yield at(file, number, instead)


def check_header(file):
    if file.suffix == ".h" and not any(line.strip() == "#pragma once" for line in file.lines[:30]):
        yield at(file, 1, "a header begins with #pragma once")


def check_notes(file):
    if not file.is_code or file.name == "tools/tidy.py" or file.name.startswith("tests/house/"):
        return
    for number, line in enumerate(file.lines, 1):
        note = re.search(r"(?<![\w`\"'])(TODO|FIXME|XXX|HACK)\b(.*)", line)
        if note and (note.group(1) != "TODO" or not re.match(r":\s+\S.{14,}", note.group(2))):
            yield at(file, number, 'write "TODO: " and a sentence: what is missing, when it hurts; or do it')


def check_layout(file):
    if not file.is_code:
        return
    for number, line in enumerate(file.lines, 1):
        if line != line.rstrip():
            yield at(file, number, "blanks at the end of the line")
        if "\t" in line and file.suffix != ".sh":
            yield at(file, number, "a tab; indent with spaces")
        may_be_long = any(mark in line for mark in ("http", "sha512", 'R"'))
        if len(line) > COLUMNS_MAX and file.suffix in CPP + (".py", ".cmake", ".sh") and not may_be_long:
            yield at(file, number, f"{len(line)} columns; aim at 100, {COLUMNS_MAX} are the most")
    if file.text and not file.text.endswith("\n"):
        yield at(file, len(file.lines), "the last line has no line end")
    if "\r" in file.text:
        yield at(file, 1, "carriage returns; lines end with a line feed alone")


def check_places(file):
    """Nothing in the tree names a machine's own folders or a package registry's host."""
    for number, line in enumerate(file.lines, 1):
        path = MACHINE_PATHS.search(line)
        if path:
            yield at(file, number, f"{path.group(0)}... is a path of one machine; write it relative to the project")
        if any(host in line for host in REGISTRY_HOSTS):
            yield at(file, number, "names the host of a package registry; leave it to the machine's settings")
        if file.name.endswith("package-lock.json") and re.search(r'"resolved":\s*"http', line):
            yield at(file, number, "a lock file without addresses: `npm install` in web/, whose .npmrc leaves them out")
            break


def check_links(file):
    """Links between our own pages lead somewhere."""
    if file.suffix != ".md":
        return
    inside_code = False
    for number, line in enumerate(file.lines, 1):
        inside_code ^= line.lstrip().startswith("```")
        for target in [] if inside_code else re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", line)):
            if ":" not in target and not (file.path.parent / target).exists():
                yield at(file, number, f"the link to {target} leads nowhere")


def check_readmes(root):
    """Every folder of src/ says what it is in 20 to 60 lines."""
    source = root / "src"
    for folder in sorted(path for path in source.iterdir() if path.is_dir()) if source.is_dir() else []:
        readme = folder / "README.md"
        least, most = README_LINES
        if not readme.is_file():
            yield f"src/{folder.name}/README.md is missing: what it is, its files, what always holds, how to extend it"
            continue
        count = len(readme.read_text(encoding="utf-8").splitlines())
        if not least <= count <= most:
            yield f"src/{folder.name}/README.md: {count} lines; {least} to {most} are right"


def check_dead_headers(files):
    """A header that only its own source and test include is read by nobody."""
    included_by = {}
    for file in files:
        if file.is_cpp:
            for target in re.findall(r'^\s*#\s*include\s+"([^"]+)"', file.text, re.M):
                reader = re.sub(r"(_test|_bench)?\.(h|cpp)$", "", file.name)
                included_by.setdefault("src/" + target, set()).add(reader)
    for file in files:
        if file.suffix == ".h" and file.name.startswith("src/") and not file.name.startswith(READ_BY_ITS_TESTS):
            own = file.name[: -len(".h")]
            if not included_by.get(file.name, set()) - {own}:
                yield f"{file.name}: no other file includes it: use it, move it into its .cpp, or delete it"


FILE_CHECKS = [check_length, check_function_length, check_file_name, check_names, check_banned_code, check_header,
               check_notes, check_layout, check_places, check_links]


def list_files(root):
    """The files of the tree that git knows or would take in; without git, all but what the build leaves."""
    paths = sorted(root.rglob("*"))
    if (root / ".git").exists():
        command = ["git", "-c", f"safe.directory={root}", "-C", str(root)]
        command += ["ls-files", "-co", "--exclude-standard", "-z"]
        listed = subprocess.run(command, capture_output=True, check=False)
        if listed.returncode == 0:
            paths = sorted(root / name for name in set(listed.stdout.decode().split("\0")) - {""})
    for path in paths:
        skipped = set(path.relative_to(root).parts) & set(SKIPPED_FOLDERS)
        if path.is_file() and not path.is_symlink() and path.suffix not in BINARY and not skipped:
            yield path


def check(root):
    """All faults below `root`, and the files worth another look, both as lines of text."""
    files = [File(root, path) for path in list_files(root)]
    faults = [fault for file in files for one in FILE_CHECKS for fault in one(file)]
    faults += check_readmes(root)
    faults += check_dead_headers(files)
    long_ones = [f"{file.name} has {len(file.lines)} lines" for file in files
                 if file.is_code and LINES_TO_LOOK_AGAIN < len(file.lines) <= LINES_MAX]
    return faults, long_ones


def main():
    parser = argparse.ArgumentParser(description="Holds the tree against the style of the house.")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    faults, long_ones = check(parser.parse_args().root.resolve())
    for line in long_ones:
        print(f"look again: {line}")
    for fault in faults:
        print(fault)
    print(f"tidy: {len(faults)} faults" if faults else "tidy: the house is in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
