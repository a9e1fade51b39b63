"""Addresses into a JSON answer, as scenarios write them: edges[from=order placed,to=paid].count

    name          the value under that key;  "a name".b  for keys with dots or blanks
    [0]  [-1]     an item of a list by its place
    [k=v,k2=v2]   the one item of a list whose keys have these values (texts, numbers, true, null)
    [*]           every item of a list
    count(PATH)   how many;   sum(PATH)   the numbers added up
"""

import json
import re

SEGMENT = re.compile(r'\.?(?:"([^"]*)"|([A-Za-z_][\w-]*))|\[((?:"[^"]*"|[^\]"])*)\]')


class NotThere(Exception):
    """The address leads nowhere; the text says how far it came and what stands there."""


class BadPath(Exception):
    """The address itself cannot be read."""


def value_of(text):
    """What a scenario writes as a value: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def shown(value, width=120):
    """A JSON value for a message, cut."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= width else text[: width - 1] + "…"


def equal(found, wanted):
    """Equal as JSON; a wanted text also meets a number or a list that is written so."""
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, str) and not isinstance(wanted, str):
        return False if wanted is None else found == json.dumps(wanted)
    return found == wanted


def _select(items, selector, so_far):
    if not isinstance(items, list):
        raise NotThere(f"{so_far} is not a list: {shown(items)}")
    if re.fullmatch(r"-?\d+", selector):
        place = int(selector)
        if not -len(items) <= place < len(items):
            raise NotThere(f"{so_far} has {len(items)} items")
        return items[place]
    wanted = {}
    for part in re.findall(r'((?:"[^"]*"|[^,"])+)', selector):
        key, sign, text = part.partition("=")
        if not sign:
            raise BadPath(f"[{selector}]: write a place, * or key=value")
        wanted[key.strip()] = value_of(text.strip())
    hits = [item for item in items if isinstance(item, dict)
            and all(key in item and equal(item[key], value) for key, value in wanted.items())]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise NotThere(f"{so_far}[{selector}] meets {len(hits)} items; name more keys")
    nearby = [{key: item.get(key) for key in wanted} for item in items[:12] if isinstance(item, dict)]
    there = "; ".join(shown(item, 80) for item in nearby)
    raise NotThere(f"{so_far} has no item with {selector}. There: {there or 'no items'}")


def _member(value, key, so_far):
    if not isinstance(value, dict):
        raise NotThere(f"{so_far or 'the answer'} has no keys: {shown(value)}")
    if key not in value:
        raise NotThere(f"{so_far or 'the answer'} has no key \"{key}\". There: {', '.join(value)}")
    return value[key]


def find(answer, path):
    """The value at `path`, a list of values where it holds [*]. Raises NotThere or BadPath."""
    call = re.fullmatch(r"(count|sum)\((.*)\)", path)
    if call:
        found = find(answer, call.group(2))
        if not isinstance(found, list):
            raise NotThere(f"{call.group(2)} is not a list: {shown(found)}")
        return len(found) if call.group(1) == "count" else sum(found)
    values, many, place = [answer], False, 0
    while place < len(path):
        match = SEGMENT.match(path, place)
        if not match:
            raise BadPath(f'cannot read "{path[place:]}" in the address {path}')
        so_far = path[:place]
        selector = match.group(3)
        if selector is None:
            key = match.group(1) if match.group(1) is not None else match.group(2)
            values = [_member(value, key, so_far) for value in values]
        elif selector.strip() == "*":
            many = True
            for value in values:
                if not isinstance(value, list):
                    raise NotThere(f"{so_far} is not a list: {shown(value)}")
            values = [item for value in values for item in value]
        else:
            values = [_select(value, selector.strip(), so_far) for value in values]
        place = match.end()
    return values if many else values[0]
