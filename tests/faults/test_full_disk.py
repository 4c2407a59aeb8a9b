"""The disk is full: what cannot be kept is refused in words, what was there is read as before, and it goes on after."""

import hashlib
import json

from tests.faults.kit import House, Person

MOST, BIG = 1_200_000, 1_800_000


def big(house: House):
    content = b"a,b\n" * (BIG // 4)
    return Person(house, house.plan["maker"]).upload("/desk/", "表.csv", content), content


def test_an_upload_for_which_there_is_no_room_is_told_and_leaves_nothing(tmp_path, migrated_before):
    house = House(migrated_before(tmp_path), people=1, texts=2)
    house.start(most_bytes=MOST)
    try:
        told, _ = big(house)
        assert "存储空间不足" in json.loads(told.text)["error"]["message"]
        assert house.rows("portal.models", "StoredFile", "values_list('id')") == []
        assert list((house.folder / "media").rglob("*.csv")) == []
        assert Person(house, house.plan["maker"]).ask("GET", "/").status == 200
        house.kill()
        house.start()
        told, content = big(house)
        assert told.status == 200
        assert house.rows("portal.models", "StoredFile", "values_list('sha256', flat=True)") == [
            hashlib.sha256(content).hexdigest()
        ]
        assert house.faults() == []
    finally:
        house.kill()


def test_a_database_that_cannot_grow_refuses_and_recovers(tmp_path, migrated_before):
    """Nothing is acknowledged that was not kept."""
    house = House(migrated_before(tmp_path), people=6, texts=2)
    assert (house.folder / "portal.sqlite3").stat().st_size > 24 * 1024
    house.start(most_bytes=24 * 1024)  # no page of the log fits any more
    poll = f"/polls/{house.plan['poll']}/"
    try:
        people = [Person(house, key) for key in house.plan["sessions"].values()]
        told = [one.send(poll, f"{poll}vote/", **house.plan["ballot"]) for one in people]
        house.kill()
        kept = house.rows("interaction.models", "VoterMark", "values_list('voter', flat=True)")
        assert told.count(302) <= len(kept) < len(people)
        house.start()
        again = [one.send(poll, f"{poll}vote/", **house.plan["ballot"]) for one in people]
        assert set(again) <= {302, 409, 422}
        assert len(house.rows("interaction.models", "VoterMark", "values_list('voter', flat=True)")) == 6
        assert house.faults() == []
    finally:
        house.kill()
