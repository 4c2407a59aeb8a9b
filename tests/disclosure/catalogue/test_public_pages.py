"""政府信息公开 as a citizen finds it: by number, words, category, year and validity; what is closed is nowhere."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.enums.catalogue import PageKind, Publicity, Validity
from disclosure.operations import interpretations, pages, reach, validity
from portal import clock
from publishing import operations as publishing

ALL = "/disclosure/catalogue/"


@pytest.fixture
def shown(house, catalogued, online):
    """One of every kind."""
    found = {
        "open": catalogued(
            online("许可规定"), title="许可规定", document_number="城分规〔2026〕3号", theme_words="许可 时限"
        ),
        "asked": catalogued(title="检定记录", publicity=Publicity.ON_REQUEST),
        "closed": catalogued(title="移送函标记", publicity=Publicity.CLOSED, ground="第十五条"),
        "waiting": catalogued(title="还没上网标记"),
        "people": catalogued(
            online("任职公示", column=house.world.exchange), title="任职公示", category=house.people,
            made_on=date(2025, 7, 8),
        ),
    }  # fmt: skip
    validity.change(found["people"], "repeal", on=clock.today(), note="结束", by=house.world.collector)
    return found


def titles(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [row.entry.title for row in response.context["listing"].rows]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", {"许可规定", "检定记录", "任职公示"}),
        ("?q=许可", {"许可规定"}),
        ("?q=时限 规定", {"许可规定"}),
        ("?number=城分规[2026]3号", {"许可规定"}),
        ("?number=cd010-02", {"任职公示"}),
        ("?category=renshigongkai", {"任职公示"}),
        ("?category=juwugongkai", {"许可规定", "检定记录", "任职公示"}),
        ("?year=2025", {"任职公示"}),
        ("?validity=REPEALED", {"任职公示"}),
        ("?q=标记", set()),
        ("?publicity=CLOSED", set()),
        ("?year=99999999999&before=xx&category=' or 1", {"许可规定", "检定记录", "任职公示"}),
    ],
)
def test_a_citizen_finds_by_words_number_category_year_and_validity(client, shown, question, found):
    if "publicity" in question:
        assert "移送函标记" not in client.get(ALL + question).content.decode()
    else:
        assert set(titles(client, ALL + question)) == found


def test_what_is_closed_or_waits_is_nowhere(client, shown):
    for address in ("/disclosure/", ALL, "/disclosure/c/shiquangongkai/", "/feeds/disclosure.json"):
        said = client.get(address).content.decode()
        assert "标记" not in said
        assert "检定记录" in said
    for kind in ("closed", "waiting"):
        assert client.get(f"/disclosure/e/{shown[kind].pk}/").status_code == 404


def test_what_is_given_on_request_leads_to_an_application(client, shown):
    said = client.get(f"/disclosure/e/{shown['asked'].pk}/").content.decode()
    assert f"/disclosure/requests/new/?entry={shown['asked'].pk}" in said


def test_an_entry_of_a_column_that_was_closed_to_the_public_is_not_listed(client, house, shown):
    house.world.news.readers = "STAFF"
    house.world.news.save()
    assert set(titles(client, ALL)) == {"检定记录", "任职公示"}
    assert client.get(f"/disclosure/e/{shown['open'].pk}/").status_code == 404


def test_what_was_withdrawn_says_so_without_its_name(client, house, shown):
    publishing.withdraw(shown["open"].article, by=house.world.moderator, note="有误")
    for _ in range(2):
        response = client.get(f"/disclosure/e/{shown['open'].pk}/")
        said = response.content.decode()
        assert (response.status_code, shown["open"].index_number in said, "许可规定" in said) == (
            410,
            True,
            False,
        )
        reach.follow()


def test_an_over_document_is_marked_in_the_list_on_its_page_and_above_its_text(
    client, house, catalogued, online
):
    old, new = catalogued(online("旧规定"), title="旧规定"), catalogued(online("新规定"), title="新规定")
    validity.change(old, "repeal", on=clock.today(), note="有新规定", successor=new, by=house.world.collector)
    assert "废止" in client.get(ALL).content.decode()
    for address in (old.get_absolute_url(), old.article.get_absolute_url()):
        said = client.get(address).content.decode()
        assert "本文件已废止" in said
        assert new.get_absolute_url() in said


def test_facts_stand_above_the_text_of_the_article(client, shown):
    said = client.get(shown["open"].article.get_absolute_url()).content.decode()
    for words in ("CD010-01-2026-00001", "城分规〔2026〕3号", "城东分局", "2026-03-02", "现行有效"):
        assert words in said


def test_a_document_and_its_interpretation_lead_to_each_other(client, house, shown, online):
    explains = online("《许可规定》问答")
    interpretations.link(shown["open"], explains, by=house.world.collector)
    assert (
        explains.get_absolute_url() in client.get(shown["open"].article.get_absolute_url()).content.decode()
    )
    said = client.get(explains.get_absolute_url()).content.decode()
    assert "本文解读的文件" in said
    assert shown["open"].get_absolute_url() in said


def test_an_article_without_entry_costs_no_query_more(client, house, shown, online, monkeypatch):
    plain = online("普通新闻").get_absolute_url()
    client.get(plain)
    with CaptureQueriesContext(connection) as with_blocks:
        client.get(plain)
    monkeypatch.setattr("publishing.below._blocks", {})
    with CaptureQueriesContext(connection) as without:
        client.get(plain)
    assert len(with_blocks) == len(without)


def test_lists_cost_the_same_for_one_and_thirty(client, house, catalogued, online):
    def asked(address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = ("/disclosure/", ALL, "/feeds/disclosure.json")
    catalogued(online("第一件"), title="第一件")
    few = [asked(address) for address in addresses]
    for number in range(29):
        catalogued(title=f"记录{number}", publicity=Publicity.ON_REQUEST)
    assert [asked(address) for address in addresses] == few


def test_pages_follow_one_another_without_gaps(client, catalogued):
    entries = [catalogued(title=f"记录{n}", publicity=Publicity.ON_REQUEST).pk for n in range(45)]
    found, address = [], ALL
    while address:
        listing = client.get(address).context["listing"]
        found += [row.entry.pk for row in listing.rows]
        address = f"{ALL}?before={listing.before}" if listing.before else ""
    assert found == entries[::-1]


def test_the_guide_says_what_the_office_is_where_no_article_does(client, house, online):
    said = client.get("/disclosure/guide/").content.decode()
    for words in ("人民路 1 号", "20 个工作日", "区政府", "区法院"):
        assert words in said
    article = online("公开指南全文")
    pages.show(house.organ, PageKind.GUIDE, article, by=house.world.collector)
    assert client.get("/disclosure/guide/").headers["Location"] == article.get_absolute_url()


def test_rules_and_reports_have_lists_of_their_own(client, house, online):
    article = online("公开工作制度")
    pages.show(house.organ, PageKind.RULES, article, by=house.world.collector)
    assert article.get_absolute_url() in client.get("/disclosure/pages/rules/").content.decode()
    assert "还没有公布的年度报告" in client.get("/disclosure/reports/").content.decode()
    assert client.get("/disclosure/pages/other/").status_code == 404


def test_a_site_without_an_office_leads_to_the_one_above(client, house):
    for path in ("disclosure/", "disclosure/catalogue/"):
        assert client.get(f"/s/beiqiao/{path}").headers["Location"] == f"/{path}"
    house.organ.issuers.all().delete()
    house.organ.delete()
    assert "还没有设公开工作机构" in client.get("/disclosure/").content.decode()


def test_empty_pages_say_what_will_stand_there(client, house):
    assert "还没有编入公开目录的信息" in client.get("/disclosure/").content.decode()
    assert "这一类目前还没有公开的信息" in client.get("/disclosure/c/renshigongkai/").content.decode()
    assert "没有查到符合条件的信息" in client.get(f"{ALL}?q=没有的").content.decode()
    assert client.get("/disclosure/c/meiyou/").status_code == 404


def test_the_feed_is_paged_by_id_and_says_who_was_in_time(client, house, shown):
    first = client.get("/feeds/disclosure.json?limit=1").json()
    rest = client.get(f"/feeds/disclosure.json?after={first['next']}").json()
    rows = [*first["entries"], *rest["entries"]]
    assert [row["title"] for row in rows] == ["许可规定", "检定记录", "任职公示"]
    assert rest["next"] is None
    assert (rows[0]["made_on"], rows[0]["due_on"], rows[0]["limit"], rows[0]["in_time"]) == (
        "2026-03-02", "2026-03-30", 20, False,
    )  # fmt: skip
    assert (rows[2]["validity"], rows[1]["in_time"]) == (Validity.REPEALED, None)


def test_national_marks_stand_in_the_head(client, shown):
    said = client.get(f"/disclosure/e/{shown['open'].pk}/").content.decode()
    for name in ("SiteName", "ColumnName", "ColumnType", "ArticleTitle", "PubDate"):
        assert f'<meta name="{name}"' in said
