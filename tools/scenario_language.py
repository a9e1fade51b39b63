"""Reads *.scenario files into steps; tests/scenario/README.md describes the language for those who write it."""

import dataclasses
import re

import json_path

COMMANDS = ("import", "ask", "check", "demo", "export", "info", "diff", "apply", "blueprint", "config",
            "joins", "improve")
SPEAKS_JSON = ("import", "ask", "check", "demo", "info", "diff", "apply", "joins", "improve")
OPERATORS = ("=", "!=", "~=", "<=", ">=", "<", ">", "contains", "lacks")


class Unreadable(Exception):
    """A line of a scenario that cannot be read; the text says where and what to write."""


@dataclasses.dataclass
class SampleSet:
    """`data NAME`: the scenario needs this folder of sample data."""
    line: int
    name: str


@dataclasses.dataclass
class TextFile:
    """`file NAME ... end`: a file written for the scenario."""
    line: int
    name: str
    text: str


@dataclasses.dataclass
class Command:
    """A run of the program, and what is expected of it."""
    line: int
    words: list
    as_json: bool
    expectations: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Expectation:
    """`expect SUBJECT OPERATOR VALUE`; the subject is exit, stdout, stderr or an address into the JSON."""
    line: int
    subject: str
    operator: str
    value: str = ""


@dataclasses.dataclass
class Rows:
    """`expect rows PATH: column, column ... end`: a whole list, in order."""
    line: int
    subject: str
    columns: list
    rows: list


def split_words(text):
    """The words between blanks; "double quotes" hold a word together and go away."""
    if text.count('"') % 2:
        raise Unreadable('the quote " is never closed')
    return [word.replace('"', "") for word in re.findall(r'(?:[^\s"]|"[^"]*")+', text)]


def command_words(text):
    """The words of a command. A question is one word, whatever it holds, up to the first option."""
    first, _, rest = text.partition(" ")
    if first != "ask":
        return split_words(text)
    question, options = re.fullmatch(r"(.*?)((?:^|(?<=\s))--[a-z].*)?", rest).groups()
    return [first] + ([question.strip()] if question.strip() else []) + split_words(options or "")


def split_subject(text):
    """The subject of an expectation, up to the first blank outside of brackets and quotes, and the rest."""
    depth, quoted = 0, False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "[(":
            depth += 1
        elif not quoted and letter in "])":
            depth -= 1
        elif letter.isspace() and depth == 0 and not quoted:
            return text[:place], text[place:].strip()
    return text, ""


def read_expectation(line, text):
    subject, rest = split_subject(text)
    if rest in ("exists", "absent"):
        return Expectation(line, subject, rest)
    operator, _, value = rest.partition(" ")
    if operator not in OPERATORS:
        raise Unreadable(f'write "expect ADDRESS OPERATOR VALUE" with one of {", ".join(OPERATORS)}, exists or absent')
    if subject in ("stdout", "stderr") and operator not in ("contains", "lacks"):
        raise Unreadable(f"{subject} is a text: write contains or lacks")
    if subject == "exit" and operator != "=":
        raise Unreadable('write "expect exit = 2"')
    return Expectation(line, subject, operator, value.strip())


class Reader:
    """One pass over the lines of a file."""

    def __init__(self, text):
        self.lines = text.splitlines()
        self.place = 0
        self.steps = []

    def block(self, what):
        """The lines up to `end`."""
        started, lines = self.place, []
        while self.place < len(self.lines):
            line = self.lines[self.place]
            self.place += 1
            if line.strip() == "end":
                return lines
            lines.append(line)
        raise Unreadable(f'line {started}: {what} is never closed; write a line with "end" after it')

    def read(self):
        while self.place < len(self.lines):
            text = self.lines[self.place].strip()
            self.place += 1
            if text and not text.startswith("#"):
                try:
                    self.read_line(self.place, text)
                except Unreadable as fault:
                    said = str(fault)
                    raise Unreadable(said if said.startswith("line ") else f"line {self.place}: {said}") from fault
        if not any(isinstance(step, Command) and step.expectations for step in self.steps):
            raise Unreadable("line 1: nothing is expected; a scenario without expect cannot fail")
        return self.steps

    def read_line(self, line, text):
        first, _, rest = text.partition(" ")
        rest = rest.strip()
        if first == "data" and rest:
            self.steps.append(SampleSet(line, rest))
        elif first == "file" and re.fullmatch(r"[\w.-]+", rest):
            self.steps.append(TextFile(line, rest, "".join(part + "\n" for part in self.block(f"file {rest}"))))
        elif text == "encounters":
            lines = self.block("encounters")
            self.steps.append(TextFile(line, "encounters.csv", "".join(part.strip() + "\n" for part in lines)))
            self.steps.append(Command(line, ["import", "encounters.csv", "--json"], as_json=True))
        elif first == "expect":
            self.read_expect(line, rest)
        elif first == "plain" and rest.partition(" ")[0] in COMMANDS:
            self.steps.append(Command(line, command_words(rest), as_json=False))
        elif first in COMMANDS:
            words = command_words(text)
            speaks = first in SPEAKS_JSON and not {"--csv", "--suggest", "--json"} & set(words)
            self.steps.append(Command(line, words + (["--json"] if speaks else []), as_json=first in SPEAKS_JSON))
        else:
            raise Unreadable(f'"{text}": a line begins with data, file, encounters, expect, plain or a command: '
                             f'{", ".join(COMMANDS)}')

    def read_expect(self, line, rest):
        if not self.steps or not isinstance(self.steps[-1], Command):
            raise Unreadable("expect stands after the command it speaks of")
        command = self.steps[-1]
        rows = re.fullmatch(r"rows (.+?): (.+)", rest)
        if rows:
            columns = [column.strip() for column in rows.group(2).split(",")]
            parts = [[json_path.value_of(cell.strip()) for cell in row.split(",")]
                     for row in self.block("expect rows") if row.strip()]
            for row in parts:
                if len(row) != len(columns):
                    raise Unreadable(f"a row has {len(row)} cells and there are {len(columns)} columns: {row}")
            command.expectations.append(Rows(line, rows.group(1), columns, parts))
        else:
            command.expectations.append(read_expectation(line, rest))


def read(text):
    """The steps of a scenario. Raises Unreadable."""
    return Reader(text).read()
