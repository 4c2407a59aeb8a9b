"""A disk that takes two seconds for every file: uploads wait their turn, and whoever votes meanwhile is not lost."""

import json

from tests.faults.kit import House, Person, at_once


def test_uploads_and_votes_at_once_all_come_through(tmp_path, migrated_before):
    slow = {"DJANGO_SETTINGS_MODULE": "tests.faults.slow_settings"}
    house = House(migrated_before(tmp_path), people=4, texts=2, **slow)
    house.start()
    poll = f"/polls/{house.plan['poll']}/"
    told = []

    def vote() -> None:
        for key in house.plan["sessions"].values():
            told.append(Person(house, key).send(poll, f"{poll}vote/", **house.plan["ballot"]))

    def upload(number: int) -> str:
        answer = Person(house, house.plan["maker"]).upload("/desk/", "表.txt", f"文档{number}".encode())
        return json.loads(answer.text).get("url", "")

    try:
        urls = at_once(upload, range(3), meanwhile=vote, after=1)
        assert (len(set(urls)), "" in urls) == (3, False)
        assert told == [302, 302, 302, 302]
        assert house.faults() == []
    finally:
        house.kill()
