"""kill -9 of the web server while people vote, publish and upload: what they were told is done is done, and once."""

import hashlib
import json
import os
import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.faults.kit import Person, at_once

MOMENTS = (0.4, 1.5)


def actions(house, verb: str) -> Counter:
    """How often each thing had this done to it, by the audit trail."""
    rows = house.rows(
        "portal.models", "AuditEntry", f"filter(verb={verb!r}).values_list('object_id', flat=True)"
    )
    return Counter(rows)


@pytest.mark.parametrize("after", MOMENTS)
def test_no_vote_is_lost_or_counted_twice(house, after):
    people = [Person(house, key) for name, key in house.plan["sessions"].items()]
    poll, ballot = f"/polls/{house.plan['poll']}/", house.plan["ballot"]

    def vote(person: Person) -> int:
        return person.send(poll, f"{poll}vote/", **ballot)

    told = at_once(vote, people, meanwhile=house.kill, after=after)
    house.start()
    kept = len(house.rows("interaction.models", "VoterMark", "values_list('voter', flat=True)"))
    assert kept >= told.count(302)
    again = [vote(person) for person, status in zip(people, told, strict=True) if status != 302]
    assert set(again) <= {302, 409, 422}
    assert len(house.rows("interaction.models", "VoterMark", "values_list('voter', flat=True)")) == len(
        people
    )
    assert house.faults() == []


@pytest.mark.parametrize("after", MOMENTS)
def test_no_publication_is_lost_or_done_twice(house, after):
    revisions, maker = house.plan["approved"], house.plan["maker"]

    def publish(pk: int) -> int:
        return Person(house, maker).send(f"/desk/reviews/{pk}/", f"/desk/reviews/{pk}/publish/")

    told = at_once(publish, revisions, meanwhile=house.kill, after=after)
    house.start()
    done = actions(house, "publish")
    assert [
        pk for pk, status in zip(revisions, told, strict=True) if status == 302 and not done[str(pk)]
    ] == []
    assert {publish(pk) for pk, status in zip(revisions, told, strict=True) if status != 302} <= {
        302,
        409,
        404,
        0,
    }
    done = actions(house, "publish")
    assert {str(pk): done[str(pk)] for pk in revisions} == {str(pk): 1 for pk in revisions}
    assert house.faults() == []


def test_an_upload_that_was_taken_is_whole_and_one_that_was_not_leaves_nothing(house):
    """What a killed process half wrote is no file of anybody, and is swept away."""
    contents = [f"文档{n}".encode() + random.Random(n).randbytes(60_000).hex().encode() for n in range(16)]

    def upload(content: bytes) -> str | None:
        told = Person(house, house.plan["maker"]).upload("/desk/", "表.txt", content)
        return json.loads(told.text).get("url") if told is not None and told.status == 200 else None

    urls = at_once(upload, contents, meanwhile=house.kill, after=0.8)
    half = house.folder / "media/stored/2026/11/11111111-1111-4111-8111-111111111111.docx"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"PK\x03\x04 half")
    house.start()
    sums = dict(house.rows("portal.models", "StoredFile", "values_list('id', 'sha256')"))
    for url, content in zip(urls, contents, strict=True):
        if url:
            assert sums[url.split("/")[2]] == hashlib.sha256(content).hexdigest()
    assert house.faults() == []
    three_days = timedelta(days=3).total_seconds()
    for path in (house.folder / "media").rglob("*.*"):
        os.utime(path, (path.stat().st_mtime - three_days,) * 2)
    house.python("manage.py", "sweep", "sweep_stray_files")
    assert not half.exists()
    left = {path.name.partition(".")[0] for path in (house.folder / "media/stored").rglob("*.*")}
    assert left == set(sums)
