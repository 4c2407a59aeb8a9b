"""编目: what an entry must say, who may register it, and that its number is never left out or given twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disclosure.enums.catalogue import Publicity
from disclosure.models import CatalogueEntry, IndexYear
from disclosure.operations import entries
from portal import clock
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations as publishing
from tests.disclosure.catalogue import kit


def refusal(house, by=None, article=None, **said) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        entries.register(
            house.organ, kit.facts(house, **said), by=by or house.world.collector, article=article
        )
    return refused.value.message, refused.value.field


def test_the_number_says_organ_category_year_and_serial(catalogued):
    assert catalogued().index_number == "CD010-01-2026-00001"


def test_serials_run_without_gaps_for_each_issuer_and_year(house, catalogued):
    numbers = [
        catalogued(title="甲").index_number,
        catalogued(title="乙", category=house.people).index_number,
        catalogued(title="丙", issuer=house.world.station).index_number,
        catalogued(title="丁", made_on=date(2025, 5, 6)).index_number,
        catalogued(title="戊").index_number,
    ]
    assert numbers == [
        "CD010-01-2026-00001", "CD010-02-2026-00002", "CD011-01-2026-00001", "CD010-01-2025-00001",
        "CD010-01-2026-00003",
    ]  # fmt: skip


def test_a_refused_entry_takes_no_number(house, catalogued):
    catalogued(document_number="城分发〔2026〕1号")
    refusal(house, document_number="城分发〔2026〕1号")
    assert catalogued(title="另一件").serial == 2
    assert IndexYear.objects.get(year=2026).last == 2


def test_registering_is_in_the_audit_trail(catalogued):
    entry = catalogued()
    said = AuditEntry.objects.get(verb="catalogue")
    assert (said.object_id, said.note) == (str(entry.pk), entry.index_number)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"effective_on": kit.MADE - timedelta(days=1)}, "effective_on", "施行日期早于成文日期"),
        ({"expires_on": kit.MADE - timedelta(days=1)}, "expires_on", "有效期早于成文日期"),
        (
            {"effective_on": kit.MADE + timedelta(days=9), "expires_on": kit.MADE + timedelta(days=8)},
            "expires_on",
            "有效期早于施行日期",
        ),
        ({"made_on": date(2099, 1, 1)}, "made_on", "成文日期不能晚于今天"),
        ({"publicity": Publicity.CLOSED}, "ground", "不予公开的，请写明法律依据"),
        ({"publicity": Publicity.CLOSED, "ground": "　"}, "ground", "不予公开的，请写明法律依据"),
        ({"title": "　 "}, "title", "请填写名称"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(house, said, field, words):
    message, where = refusal(house, **said)
    assert where == field
    assert words in message


def test_a_document_number_stands_once_however_its_brackets_are_typed(house, catalogued):
    entry = catalogued(document_number=" 城分发 [2026] 1 号 ")
    assert entry.document_number == "城分发〔2026〕1号"
    assert refusal(house, document_number="城分发（2026）1号") == (
        f"文号已在目录中：{entry.index_number}“{entry.title}”", "document_number",
    )  # fmt: skip


def test_two_issuers_may_use_the_same_number(house, catalogued):
    catalogued(document_number="〔2026〕1号")
    assert catalogued(document_number="〔2026〕1号", issuer=house.world.station).serial == 1


def test_who_issues_nothing_is_refused(house):
    assert refusal(house, issuer=house.legal)[1] == "issuer"


def test_a_category_of_another_site_is_refused(house):
    other = type(house.powers).objects.create(site=house.world.sub, key="qita", name="其他")
    assert refusal(house, category=other) == ("请选择本站的公开类别", "category")


def test_an_article_of_another_site_is_refused(house, write):
    far = write("北桥的稿件", column=house.world.sub_news).article
    message, field = refusal(house, article=far)
    assert field == "article"
    assert "不能编入" in message


def test_an_article_is_catalogued_once(house, catalogued, online):
    entry = catalogued(online())
    assert refusal(house, article=entry.article) == (f"这件稿件已编入目录：{entry.index_number}", "article")


def test_an_article_that_the_public_may_not_read_is_refused(house, online):
    article = online()
    house.world.news.readers = "STAFF"
    house.world.news.save()
    assert "不对公众开放" in refusal(house, article=article)[0]


def test_what_is_not_open_has_no_text(house, online):
    assert refusal(house, article=online(), publicity=Publicity.ON_REQUEST)[1] == "publicity"


def test_a_responsible_department_catalogues_its_own_open_documents(house):
    entry = entries.register(house.organ, kit.facts(house), by=house.clerk)
    assert entry.registered_by == house.clerk


@pytest.mark.parametrize("publicity", [Publicity.ON_REQUEST, Publicity.CLOSED])
def test_what_is_not_open_is_for_the_office_alone(house, publicity):
    with pytest.raises(NotAllowed):
        entries.register(
            house.organ, kit.facts(house, publicity=publicity, ground="第十五条"), by=house.clerk
        )


def test_another_category_is_not_theirs(house):
    with pytest.raises(NotAllowed):
        entries.register(house.organ, kit.facts(house, category=house.people), by=house.clerk)


@pytest.mark.parametrize(
    "name", ["head_person", "signer", "inspector", "auditor", "chief", "staff", "granter"]
)
def test_nobody_else_catalogues(house, name):
    with pytest.raises(NotAllowed):
        entries.register(house.organ, kit.facts(house), by=getattr(house.world, name))


def test_changing_keeps_the_number_and_the_history(house, catalogued):
    entry = catalogued()
    changed = entries.save(
        entry, kit.facts(house, title="新名称", category=house.people), by=house.world.collector, version=1
    )
    assert (changed.index_number, changed.title, changed.version) == (entry.index_number, "新名称", 2)
    assert [row.title for row in changed.history.all()] == ["新名称", "行政许可办理规定"]


def test_of_two_who_change_it_the_second_is_told(house, catalogued):
    entry = catalogued()
    entries.save(entry, kit.facts(house, title="甲"), by=house.world.collector, version=1)
    with pytest.raises(TooLate):
        entries.save(entry, kit.facts(house, title="乙"), by=house.world.moderator, version=1)
    assert CatalogueEntry.objects.get().title == "甲"


def test_what_is_online_cannot_be_closed_before_its_text_is_withdrawn(house, catalogued, online):
    entry = catalogued(online())
    closed = replace(kit.facts(house), publicity=Publicity.CLOSED, ground="条例第十四条：国家秘密")
    with pytest.raises(Refused) as refused:
        entries.save(entry, closed, by=house.world.collector, version=1)
    assert refused.value.field == "publicity"
    publishing.withdraw(entry.article, by=house.world.moderator, note="内容有误")
    changed = entries.save(entry, closed, by=house.world.collector, version=1)
    assert (changed.publicity, changed.article, changed.listed_at) == (Publicity.CLOSED, None, None)


def test_a_text_is_given_later(house, catalogued, online):
    entry = entries.give_text(catalogued(), online(), by=house.world.collector)
    assert entry.public_at == entry.article.published_at
    with pytest.raises(TooLate):
        entries.give_text(entry, online("另一件"), by=house.world.collector)


@pytest.mark.parametrize("publicity", [Publicity.ON_REQUEST, Publicity.CLOSED])
def test_what_is_not_open_is_given_no_text(house, catalogued, online, publicity):
    with pytest.raises(Refused) as refused:
        entries.give_text(
            catalogued(publicity=publicity, ground="第十五条"), online(), by=house.world.collector
        )
    assert refused.value.field == "article"


def test_made_today_is_well(house, catalogued):
    assert catalogued(made_on=clock.today()).year == clock.today().year
