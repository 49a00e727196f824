"""Proving an exported chain: whatever is bent is found, and where."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.office.audit.chain import GENESIS, line, link
from shouwang.office.audit.proving import prove


def chain(number: int) -> list[str]:
    """A sound chain as it is exported."""
    lines, previous = [], GENESIS
    for place in range(1, number + 1):
        event = {
            "id": place, "at": f"2020-07-06T08:00:{place:02d}.000000+00:00", "actor_id": "7", "actor_name": "张某",
            "role": "village", "actor_area": "530113102001", "verb": "changed", "subject_kind": "case",
            "subject_id": str(place), "household_id": "H1", "area_code": "530113102001", "before": None,
            "after": {"level": 3}, "run": "", "policy": "",
        }  # fmt: skip
        digest = link(place, previous, event)
        lines.append(line(place, previous, digest, event))
        previous = digest
    return lines


def _hash(line: str) -> str:
    return json.loads(line)["hash"]


def _with(line: str, **changed: object) -> str:
    row = json.loads(line)
    row["event"] |= changed
    return json.dumps(row, ensure_ascii=False)


def test_sound_chain_holds():
    lines = chain(5)
    proof = prove(lines, kept_heads=[_hash(lines[2])])
    assert (proof.holds, proof.events, proof.head) == (True, 5, _hash(lines[4]))


def test_empty_chain_holds():
    assert (prove([]).holds, prove([]).head) == (True, GENESIS)


def test_line_that_says_who_exported_is_no_event():
    assert prove(['{"exported": {"name": "x"}}', *chain(2)]).events == 2


def test_line_that_says_who_exported_stands_only_at_the_start():
    lines = chain(2)
    assert prove([lines[0], '{"exported": {}}', lines[1]]).broken_at == 2


@pytest.mark.parametrize("place", [0, 2, 4])
def test_changed_event_is_found(place):
    lines = chain(5)
    lines[place] = _with(lines[place], actor_name="李某")
    proof = prove(lines)
    assert (proof.broken_at, proof.events) == (place + 1, place)
    assert "改过" in proof.why


def test_changed_event_with_a_hash_made_anew_is_found_at_the_next():
    lines = chain(5)
    row = json.loads(_with(lines[2], actor_name="李某"))
    row["hash"] = link(3, row["previous_hash"], row["event"])
    lines[2] = line(3, row["previous_hash"], row["hash"], row["event"])
    proof = prove(lines)
    assert (proof.broken_at, proof.last_sound_at) == (4, "2020-07-06T08:00:03.000000+00:00")


def test_removed_event_is_found():
    lines = chain(5)
    del lines[1]
    assert (prove(lines).broken_at, "缺失" in prove(lines).why) == (2, True)


def test_inserted_event_is_found():
    lines = chain(5)
    lines.insert(2, lines[1])
    assert prove(lines).broken_at == 3


def test_moved_events_are_found():
    lines = chain(5)
    lines[1], lines[2] = lines[2], lines[1]
    assert prove(lines).broken_at == 2


def test_cut_tail_is_found_only_by_a_kept_head():
    lines = chain(5)
    head = _hash(lines[4])
    assert prove(lines[:3]).holds
    proof = prove(lines[:3], kept_heads=[head])
    assert (proof.broken_at, head[:12] in proof.why) == (3, True)


def test_chain_made_anew_is_found_only_by_a_kept_head():
    head = _hash(chain(5)[2])
    anew, previous = [], GENESIS
    for place, text in enumerate(chain(5), start=1):
        event = json.loads(_with(text, actor_name="李某"))["event"]
        digest = link(place, previous, event)
        anew.append(line(place, previous, digest, event))
        previous = digest
    assert prove(anew).holds
    assert not prove(anew, kept_heads=[head]).holds


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": 1}', '{"number": 1, "event": 3, "hash": ""}', "null"])
def test_line_that_is_no_event_is_found(text):
    proof = prove([text])
    assert (proof.broken_at, proof.why) == (1, "这一行不是完整的事件")


@given(st.data())
def test_any_changed_letter_of_an_event_is_found(data):
    lines = chain(3)
    place = data.draw(st.integers(0, 2))
    row = json.loads(lines[place])
    name = data.draw(st.sampled_from(["at", "actor_id", "verb", "household_id", "subject_id", "area_code", "role"]))
    text = data.draw(st.text(max_size=8).filter(lambda text: text != row["event"][name]))
    lines[place] = _with(lines[place], **{name: text})
    assert prove(lines).broken_at == place + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"verb":"changed"', '"verb":"decided","verb":"changed"'),
        ('"verb":"changed"', '"verb":"changed","zzz":"decided"'),
        ('"number":2', '"number":2.0'),
        ('"event":', '"note":"approved","event":'),
        ("张某", "\\u5f20某"),
    ],
)
def test_what_was_written_beside_the_hashed_event_is_found(old, new):
    """A reader of the file would take it for a part of the event."""
    lines = chain(3)
    assert old in lines[1]
    lines[1] = lines[1].replace(old, new)
    assert prove(lines).broken_at == 2
