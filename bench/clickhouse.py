"""ClickHouse as a rival: a server of its own on a free port, the rows of a file, questions in its SQL.

Written for Debian's 18.16 and meant to run on today's versions too. Answers are compared before any time is told.
"""

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time

from server import free_port, work_seconds

SERVER_SECONDS_MAX = 60
MEDIANS_FROM = 10_000  # traversals: below, the two definitions of a median may lie more than 1 % apart

CONFIGURATION = """<yandex>
<logger><level>error</level><console>1</console></logger>
<http_port>{port}</http_port><listen_host>127.0.0.1</listen_host>
<path>{folder}/store/</path><tmp_path>{folder}/spill/</tmp_path><mark_cache_size>1073741824</mark_cache_size>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks>
<profile>default</profile><quota>default</quota></default></users>
<profiles><default><max_threads>{threads}</max_threads><max_memory_usage>{memory}</max_memory_usage></default>
</profiles>
<quotas><default></default></quotas>
<users_config>{folder}/config.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database>
</yandex>
"""

TABLE = """CREATE TABLE encounters (customer UInt32, place UInt32, tick UInt32, time Int64, touchpoint UInt8,
channel UInt8, plan UInt8, scale UInt8, score Float32) ENGINE = MergeTree ORDER BY (customer, place)"""

START, END = 254, 255
TICK_MS = 25  # of bench/row_file.h

FLOW = """SELECT step.1 AS source, step.2 AS target, count() AS traversals, uniqExact(customer) AS units,
  sumIf(step.3, source != {start} AND target != {end}) AS total, quantileExact(0.5)(step.3) AS median
FROM (
  SELECT customer, arrayJoin(arrayMap((source, target, before, after) -> (source, target, after - before),
    arrayPushFront(points, toUInt8({start})), arrayPushBack(points, toUInt8({end})),
    arrayPushFront(times, times[1]), arrayPushBack(times, times[-1]))) AS step
  FROM (
    SELECT customer, arrayMap(row -> row.2, rows) AS points, arrayMap(row -> row.3, rows) AS times
    FROM (SELECT customer, arraySort(groupArray((place, touchpoint, time))) AS rows
          FROM encounters {where} GROUP BY customer)))
GROUP BY source, target"""

FLOW_COUNTS = """SELECT step.1, step.2, count()
FROM (
  SELECT arrayJoin(arrayMap((source, target) -> (source, target),
    arrayPushFront(points, toUInt8({start})), arrayPushBack(points, toUInt8({end})))) AS step
  FROM (
    SELECT arrayMap(row -> row.2, arraySort(groupArray((place, touchpoint)))) AS points
    FROM encounters {where} GROUP BY customer))
GROUP BY step.1, step.2"""

VARIANTS = """SELECT path, count() AS times FROM (
  SELECT arrayMap(row -> row.2, arraySort(groupArray((place, touchpoint)))) AS path
  FROM encounters {where} GROUP BY customer)
GROUP BY path WITH TOTALS ORDER BY times DESC LIMIT {limit} FORMAT JSONCompact"""

# Hours before weeks: which week an hour is in is asked once for each hour.
TREND = """SELECT toString(toMonday(toDate(toDateTime(hour * 3600), '{zone}'))) AS week, sum(encounters), sum(answers),
  toInt64(round(2 * sum(total))), sum(promoters)
FROM (
  SELECT intDiv(time, 3600000) AS hour, count() AS encounters, sum(answered) AS answers,
    sumIf(score, answered) AS total, sum(answered AND score >= 9) AS promoters
  FROM (SELECT time, score, scale = {nps} AND score >= 0 AS answered FROM encounters {where}) GROUP BY hour)
GROUP BY week"""

FUNNEL = """SELECT level, count() FROM (
  SELECT customer, windowFunnel({ticks})(tick, {steps}) AS level FROM encounters {where} GROUP BY customer)
WHERE level > 0 GROUP BY level ORDER BY level"""

BREAKDOWN = """SELECT {field}, count(), sum(answered), toInt64(round(2 * sumIf(score, answered))),
  sum(answered AND score >= 9)
FROM (SELECT {field}, score, scale = {nps} AND score >= 0 AS answered FROM encounters {where}) GROUP BY {field}"""


class ClickHouse:
    """A running server; use `started()`."""

    def __init__(self, port, pid):
        self.port, self.pid = port, pid

    def text(self, query, body=None, seconds=3600):
        """What it answers, as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        if body is None:
            connection.request("POST", "/", query.encode())
        else:
            address = "/?query=" + query.replace(" ", "%20")
            connection.request("POST", address, body, {"Content-Length": str(os.fstat(body.fileno()).st_size)})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status != 200:
            raise RuntimeError("ClickHouse: " + text.strip()[:400])
        return text

    def timed(self, query, repeats):
        """The answer, and the seconds of the best try: of the wall's clock, of the server's work."""
        best, text = None, ""
        for _ in range(repeats):
            begun, work = time.monotonic(), work_seconds(self.pid)
            text = self.text(query)
            tried = time.monotonic() - begun, work_seconds(self.pid) - work
            best = tried if best is None else min(best, tried)
        return text, best


def program():
    """Where the server is installed, or None."""
    return shutil.which("clickhouse-server") or shutil.which("clickhouse-server", path="/usr/sbin")


@contextlib.contextmanager
def started(folder, threads, memory_bytes):
    """A server with its files below `folder`; stopped, and they deleted, at the end."""
    with tempfile.TemporaryDirectory(prefix="clickhouse-", dir=folder) as place:
        port = free_port()
        with open(place + "/config.xml", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(port=port, folder=place, threads=threads, memory=memory_bytes))
        with open(place + "/log", "wb") as log:
            server = subprocess.Popen([program(), "--config-file=" + place + "/config.xml"], stdout=log, stderr=log)
        try:
            yield wait_for(ClickHouse(port, server.pid), server)
        finally:
            server.terminate()
            server.wait()


def wait_for(house, server):
    deadline = time.monotonic() + SERVER_SECONDS_MAX
    while time.monotonic() < deadline and server.poll() is None:
        try:
            house.text("SELECT 1", seconds=5)
            return house
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("clickhouse-server did not start")


class Rival:
    """The questions of one report, asked again."""

    def __init__(self, house, row_file, repeats):
        self.house, self.repeats = house, repeats
        with open(row_file + ".texts.json", encoding="utf-8") as file:
            self.texts = json.load(file)
        house.text(TABLE)
        with open(row_file, "rb") as rows:
            house.text("INSERT INTO encounters FORMAT RowBinary", rows)

    def code(self, kind, text):
        return self.texts[kind].index(text)

    def where(self, text):
        """plan = 'a', or channel in ('a', 'b'), in codes; both are written so in bench/asked.cpp."""
        if not text:
            return ""
        field = text.split()[0]
        codes = [str(self.code(field, value)) for value in text.split("'")[1::2]]
        return f"WHERE {field} IN ({', '.join(codes)})"

    def flow(self, row):
        query = FLOW.format(start=START, end=END, where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        names = self.names_of_ends()
        lines = {}
        for source, target, times, units, total, median in rows_of(found):
            edge = comparable(f"{names[int(source)]} {names[int(target)]} {times} {units} {units} {total}")
            inner = START != int(source) and END != int(target) and int(times) >= MEDIANS_FROM
            lines[edge] = float(median) if inner else None
        expect({line.rpartition(" ")[0] for line in row["lines"]}, set(lines), row)
        for line in row["lines"]:
            edge, _, median = line.rpartition(" ~")
            wanted = lines[comparable(edge)]
            if wanted is not None and abs(float(median) - wanted) > wanted / 100:
                raise RuntimeError(f"{row['name']}: a median of {wanted} ms against \"{line}\"")
        return seconds

    def names_of_ends(self):
        return {**dict(enumerate(self.texts["touchpoint"])), START: "START", END: "END"}

    def flow_counts(self, row):
        query = FLOW_COUNTS.format(start=START, end=END, where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        names = self.names_of_ends()
        lines = {f"{names[int(source)]} {names[int(target)]} {times}" for source, target, times in rows_of(found)}
        expect(set(row["lines"]), lines, row)
        return seconds

    def variants(self, row):
        """Of equally frequent ones either engine may name others first: those with the least times are only counted."""
        query = VARIANTS.format(limit=len(row["lines"]) - 1, where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        answer = json.loads(found)
        names = self.texts["touchpoint"]
        named = [(int(times), ">".join(names[code] for code in path)) for path, times in answer["data"]]
        first = f"{answer['rows_before_limit_at_least']} {answer['totals'][1]}"
        ours = [(int(line.partition(" ")[0]), line.partition(" ")[2]) for line in row["lines"][1:]]
        expect([row["lines"][0]] + [str(times) for times, _ in ours], [first] + [str(times) for times, _ in named], row)
        least = min((times for times, _ in ours), default=0)
        expect({path for times, path in ours if times > least}, {path for times, path in named if times > least}, row)
        return seconds

    def trend(self, row):
        query = TREND.format(zone=self.texts["time_zone"], nps=self.code("scale", "nps"),
                             where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        expect(set(row["lines"]), {" ".join(each) for each in rows_of(found)}, row)
        return seconds

    def funnel(self, row, steps, within_ms):
        conditions = ", ".join(f"touchpoint = {self.code('touchpoint', step)}" for step in steps)
        query = FUNNEL.format(ticks=within_ms // TICK_MS, steps=conditions, where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        levels = {int(level): int(count) for level, count in rows_of(found)}
        reached = [sum(count for level, count in levels.items() if level >= step) for step in range(1, len(steps) + 1)]
        expect(row["lines"], [f"{step} {count} {count}" for step, count in enumerate(reached, 1) if count], row)
        return seconds

    def breakdown(self, row, field):
        query = BREAKDOWN.format(field=field, nps=self.code("scale", "nps"), where=self.where(row["filter"]))
        found, seconds = self.house.timed(query, self.repeats)
        lines = {" ".join([self.texts[field][int(code)]] + rest) for code, *rest in rows_of(found)}
        expect(set(row["lines"]), lines, row)
        return seconds


def rows_of(text):
    """Rows of texts."""
    return [line.split("\t") for line in text.splitlines()]


def comparable(line):
    """The line with sums beyond the whole numbers of a double, as which one of the two sent them, to twelve digits."""
    return " ".join(f"{int(word):.11e}" if word.isdigit() and int(word) > 2**53 else word for word in line.split(" "))


def expect(ours, theirs, row):
    ours, theirs = (type(lines)(map(comparable, lines)) for lines in (ours, theirs))
    if ours != theirs:
        differing = sorted(set(ours) ^ set(theirs))[:4]
        raise RuntimeError(f"{row['name']} where {row['filter']}: ClickHouse answers otherwise: {differing}")


def ask_all(rows, row_file, folder, threads, memory_bytes):
    """Sets what ClickHouse took and its ratio in those rows of a report that ClickHouse is asked too."""
    repeats = 2 if max(row["encounters"] for row in rows) < 30_000_000 else 1
    with started(folder, threads, memory_bytes) as house:
        rival = Rival(house, row_file, repeats)
        for row in rows:
            seconds = None
            if row["name"] == "flow with times":
                seconds = rival.flow(row)
            elif row["name"] == "flow counts":
                seconds = rival.flow_counts(row)
            elif row["name"] == "all variants":
                seconds = rival.variants(row)
            elif row["name"] == "trend by week":
                seconds = rival.trend(row)
            elif row["name"].startswith("funnel"):
                steps = ["Order placed", "Visit time picked", "Technician visit", "Bill paid"]
                seconds = rival.funnel(row, steps, 60 * 86_400_000)
            elif row["name"].startswith("breakdown by "):
                seconds = rival.breakdown(row, row["name"].removeprefix("breakdown by "))
            if seconds is not None:
                for clock, taken in zip(("wall", "work"), seconds):
                    row[f"clickhouse_{clock}_seconds"] = taken
                    row[f"clickhouse_{clock}_ratio"] = taken / row[f"{clock}_seconds"]
