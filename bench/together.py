"""Questions asked of one server at the same time: whether they share the cores, and whether a small one has to wait.

No question is asked twice, so that neither kept answers nor kept tallies help.
"""

import itertools
import json
import statistics
import threading
import time

FLOWS = 7  # of each asker
SMALL_ONES = 500

numbers = itertools.count(1)


def seconds_of(server, question):
    begun = time.monotonic()
    status = server.ask(question)
    if status != 200:
        raise RuntimeError(f"{question}: {status}")
    return time.monotonic() - begun


def another_flow():
    """Over everything: no encounter has such a value."""
    return f"flow where not value > {10**9 + next(numbers)}"


def another_timeline(customers):
    """Of one after the other, and with another limit each time they come round."""
    place, customer = divmod(next(numbers), len(customers))
    return f"timeline '{customers[customer]}' limit {place % 400 + 1}"


def in_threads(works):
    """What each of the functions returns, all run at once."""
    found = [None] * len(works)

    def run(place):
        found[place] = works[place]()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if None in found:
        raise RuntimeError("a question was not answered")
    return found


def flows(server):
    return statistics.median(seconds_of(server, another_flow()) for _ in range(FLOWS))


def small_ones(server, customers):
    """Milliseconds that half of them and that 99 of a hundred stay below."""
    times = sorted(seconds_of(server, another_timeline(customers)) * 1e3 for _ in range(SMALL_ONES))
    return times[len(times) // 2], times[len(times) * 99 // 100]


def small_ones_beside_flows(server, customers):
    is_done = threading.Event()

    def large():
        asked = 0
        while not is_done.is_set():
            seconds_of(server, another_flow())
            asked += 1
        return asked

    def small():
        try:
            return small_ones(server, customers)
        finally:
            is_done.set()
    return in_threads([small, large])


def measure(server):
    """The facts of a report."""
    found = json.loads(server.get("/api/customers?limit=50")[1])["customers"]
    customers = [each["customer"] for each in found]
    seconds_of(server, another_flow())
    alone = flows(server)
    quicker, slower = sorted(in_threads([lambda: flows(server), lambda: flows(server)]))
    small_alone = small_ones(server, customers)
    small_beside, large_beside = small_ones_beside_flows(server, customers)
    facts = {"a flow alone, milliseconds": alone * 1e3,
             "two flows at once, the quicker, times as long": quicker / alone,
             "two flows at once, the slower, times as long": slower / alone,
             "flows beside small questions": large_beside}
    for name, (middle, late) in (("alone", small_alone), ("beside flows", small_beside)):
        facts[f"one customer's timeline {name}, p50 milliseconds"] = middle
        facts[f"one customer's timeline {name}, p99 milliseconds"] = late
    return facts
