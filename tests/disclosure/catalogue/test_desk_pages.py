"""公开目录 on the desk, as the keeper and those who look on find it."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.enums.catalogue import PageKind, Publicity, Validity
from disclosure.models import CatalogueEntry, CategoryDuty, DisclosurePage, LeftOut
from disclosure.operations import entries, interpretations
from tests.disclosure.catalogue import kit

LIST = "/desk/catalogue/"
FORM = {"title": "许可规定", "made_on": "2026-03-02", "publicity": "OPEN", "medium": "电子文档"}


@pytest.fixture
def typed(house):
    return FORM | {"category": house.powers.pk, "issuer": house.world.bureau.pk}


def titles(client, address: str) -> set[str]:
    return {row.entry.title for row in client.get(address).context["listing"].rows}


def test_what_waits_to_be_catalogued_is_filled_in_from_its_article(signed_in, house, online):
    article = online("许可规定", written_on=date(2026, 2, 27))
    keeper = signed_in("collector")
    pending = keeper.get("/desk/catalogue/pending/").content.decode()
    assert f"/desk/catalogue/new/?site=fenju&amp;article={article.pk}" in pending
    form = keeper.get(f"/desk/catalogue/new/?article={article.pk}").context["form"]
    assert {name: form.initial[name] for name in ("title", "made_on", "category", "article")} == {
        "title": "许可规定", "made_on": date(2026, 2, 27), "category": str(house.powers.pk), "article": article.pk,
    }  # fmt: skip


def test_catalogued_interpreting_and_leading_articles_do_not_wait(signed_in, house, catalogued, online):
    entry = catalogued(online("许可规定"))
    interpretations.link(entry, online("解读"), by=house.world.collector)
    DisclosurePage.objects.create(site=house.site, kind=PageKind.RULES, article=online("制度"))
    online("别的栏目", column=house.world.exchange)
    waits = online("还没编目")
    listing = signed_in("collector").get("/desk/catalogue/pending/").context["listing"]
    assert listing.rows == [waits]


def test_pages_of_what_waits_follow_one_another(signed_in, house, online, monkeypatch):
    monkeypatch.setattr("disclosure.queries.entries.PAGE_SIZE", 2)
    waiting = [online(f"第{n}件") for n in range(5)]
    found, address = [], "/desk/catalogue/pending/"
    while address:
        listing = signed_in("collector").get(address).context["listing"]
        found += listing.rows
        address = f"/desk/catalogue/pending/?before={listing.before}" if listing.before else ""
    assert found == waiting[::-1]


def test_an_entry_is_registered_from_an_article(signed_in, typed, online):
    article = online("许可规定")
    response = signed_in("collector").post("/desk/catalogue/new/", typed | {"article": article.pk})
    entry = CatalogueEntry.objects.get()
    assert (response.headers["Location"], entry.article, entry.index_number) == (
        entry.desk_url, article, "CD010-01-2026-00001",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"effective_on": "2026-01-01"}, "effective_on", "施行日期早于成文日期"),
        ({"expires_on": "2026-01-01"}, "expires_on", "有效期早于成文日期"),
        ({"publicity": "CLOSED"}, "ground", "请写明法律依据"),
        ({"made_on": "3月2日"}, "made_on", "请填写为年-月-日"),
        ({"made_on": ""}, "made_on", "请填写成文日期"),
        ({"title": "长" * 121}, "title", "名称最多 120 字"),
        ({"category": ""}, "category", "请选择类别"),
        ({"document_number": "城分发〔2026〕1号"}, "document_number", "文号已在目录中"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(signed_in, catalogued, typed, wrong, field, words):
    catalogued(title="已有的", document_number="城分发〔2026〕1号")
    response = signed_in("collector").post(
        "/desk/catalogue/new/", typed | {"theme_words": "许可 时限"} | wrong
    )
    said = response.content.decode()
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert 'value="许可 时限"' in said
    assert CatalogueEntry.objects.count() == 1


def test_an_article_of_another_site_is_refused_with_words(signed_in, house, typed, write):
    far = write("北桥的稿件", column=house.world.sub_news).article
    response = signed_in("collector").post("/desk/catalogue/new/", typed | {"article": far.pk})
    assert response.status_code == 422
    assert "不能编入" in response.content.decode()
    assert signed_in("collector").get(f"/desk/catalogue/new/?article={far.pk}").status_code == 302


def test_two_who_change_the_same_entry(signed_in, house, catalogued, typed):
    entry = catalogued()
    address = f"/desk/catalogue/{entry.pk}/edit/"
    assert signed_in("collector").post(address, typed | {"title": "甲", "version": 1}).status_code == 302
    late = signed_in("moderator").post(address, typed | {"title": "乙", "version": 1})
    assert (late.status_code, "别人修改过这一条" in late.content.decode()) == (409, True)
    assert 'value="乙"' in late.content.decode()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", {"许可", "记录", "移送", "旧年"}),
        ("?q=许可", {"许可"}),
        ("?number=城分发(2026)9号", {"许可"}),
        ("?category=renshigongkai", {"记录"}),
        ("?publicity=ON_REQUEST", {"记录"}),
        ("?publicity=WAITING", {"许可", "旧年"}),
        ("?publicity=LATE", {"许可", "旧年"}),
        ("?publicity=CLOSED", {"移送"}),
        ("?validity=IN_FORCE&year=2025", {"旧年"}),
        ("?publicity=NONSENSE&year=abc&issuer=999999999999&before=x", {"许可", "记录", "移送", "旧年"}),
    ],
)
def test_the_list_is_narrowed(signed_in, house, catalogued, question, found):
    catalogued(title="许可", document_number="城分发〔2026〕9号")
    catalogued(title="记录", category=house.people, publicity=Publicity.ON_REQUEST)
    catalogued(title="移送", publicity=Publicity.CLOSED, ground="第十五条")
    catalogued(title="旧年", made_on=date(2025, 1, 2))
    assert titles(signed_in("collector"), LIST + question) == found


def test_an_issuer_out_of_use_keeps_what_it_issued(signed_in, house, catalogued, typed):
    entry = catalogued(issuer=house.world.station)
    house.organ.issuers.update(is_active=False)
    said = typed | {"issuer": house.world.station.pk, "title": "改名", "version": 1}
    assert signed_in("collector").post(f"/desk/catalogue/{entry.pk}/edit/", said).status_code == 302
    assert signed_in("collector").post("/desk/catalogue/new/", said).status_code == 422


def test_what_is_closed_is_seen_by_the_office_and_by_inspection_alone(signed_in, house, catalogued):
    entry = catalogued(title="移送", publicity=Publicity.CLOSED, ground="第十五条：商业秘密")
    seen = {
        name: signed_in(name).get(entry.desk_url).status_code
        for name in ("collector", "inspector", "auditor", "clerk")
    }
    assert seen == {"collector": 200, "inspector": 200, "auditor": 200, "clerk": 404}
    assert titles(signed_in("clerk"), LIST) == set()
    assert "移送" not in signed_in("clerk").get("/desk/catalogue/export/").getvalue().decode("latin-1")


def test_inspection_looks_on_without_buttons(signed_in, catalogued):
    said = signed_in("inspector").get(catalogued().desk_url).content.decode()
    assert "有效性沿革" in said
    assert "登记废止" not in said


def test_the_clock_shows_with_its_urgency_and_how_it_was_counted(signed_in, catalogued):
    said = signed_in("collector").get(catalogued().desk_url).content.decode()
    assert "已逾期" in said
    assert "政府信息公开条例第二十六条" in said
    assert "已逾期" in signed_in("collector").get(LIST).content.decode()
    assert "行政许可办理规定" in signed_in("collector").get("/desk/?kind=open_entries").content.decode()


def test_validity_is_changed_with_its_successor_by_number(signed_in, catalogued):
    old, new = catalogued(title="旧"), catalogued(title="新", document_number="城分规〔2026〕3号")
    said = {"on": "2026-06-01", "note": "有新规定", "successor": "城分规[2026]3号"}
    response = signed_in("collector").post(f"{old.desk_url}repeal/", said)
    old.refresh_from_db()
    assert (response.status_code, old.validity, old.successor) == (302, Validity.REPEALED, new)
    page = signed_in("collector").get(old.desk_url).content.decode()
    assert new.desk_url in page
    assert old.desk_url in signed_in("collector").get(new.desk_url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"note": ""}, "note", "请填写变动说明"),
        ({"on": "2026-01-01"}, "on", "变动日期早于成文日期"),
        ({"successor": "没有的号"}, "successor", "公开目录里没有这个索引号或文号"),
        ({"successor": "CD010-01-2026-00001"}, "successor", "替代文件不能是它自己"),
    ],
)
def test_a_wrong_change_comes_back_open_with_what_was_typed(signed_in, catalogued, wrong, field, words):
    entry = catalogued()
    said = {"on": "2026-06-01", "note": "不再适用的理由", "successor": ""} | wrong
    response = signed_in("collector").post(f"{entry.desk_url}repeal/", said)
    form = next(form for move, form in response.context["moves"] if move.verb == "repeal")
    assert response.status_code == 422
    assert words in str(form.errors[field])
    assert said["note"] in response.content.decode()


def test_a_change_that_came_too_late_is_told(signed_in, house, catalogued):
    entry = catalogued()
    said = {"on": "2026-06-01", "note": "不再适用"}
    assert signed_in("collector").post(f"{entry.desk_url}repeal/", said).status_code == 302
    assert signed_in("moderator").post(f"{entry.desk_url}repeal/", said).status_code == 409


def test_an_interpretation_is_found_linked_and_unlinked(signed_in, catalogued, online):
    entry, article = catalogued(), online("许可规定问答")
    keeper = signed_in("collector")
    assert "许可规定问答" in keeper.get(f"{entry.desk_url}?seek=问答").content.decode()
    keeper.post(f"{entry.desk_url}interpret/", {"article": article.pk})
    keeper.post(f"{entry.desk_url}interpret/", {"article": article.pk})
    assert [one.article for one in entry.interpretations.all()] == [article]
    keeper.post(f"{entry.desk_url}uninterpret/", {"article": article.pk})
    assert not entry.interpretations.exists()


@pytest.mark.parametrize("chosen", ["", "x", "999999"])
def test_no_article_chosen_is_told(signed_in, catalogued, chosen):
    response = signed_in("collector").post(f"{catalogued().desk_url}interpret/", {"article": chosen})
    assert (response.status_code, "请选择稿件" in response.content.decode()) == (422, True)


def test_a_text_is_found_and_given(signed_in, house, catalogued, online):
    entry, article = catalogued(), online("许可规定")
    keeper = signed_in("collector")
    assert "作为全文" in keeper.get(f"{entry.desk_url}?for=text&seek=许可").content.decode()
    keeper.post(f"{entry.desk_url}text/", {"article": article.pk})
    entry.refresh_from_db()
    assert entry.article == article


def test_the_duty_table_names_departments_steps_and_what_is_nobodys(signed_in, house):
    response = signed_in("collector").get("/desk/catalogue/duties/")
    lines = {one.category.key: one for one in response.context["lines"]}
    assert lines["shiquangongkai"].chain == ["科室负责人审核"]
    assert [one.department for one in lines["shiquangongkai"].leads] == [house.legal]
    assert [one.category for one in response.context["unassigned"]] == [house.people]
    CategoryDuty.objects.create(category=house.top, department=house.world.section)
    lines = {
        one.category.key: one
        for one in signed_in("collector").get("/desk/catalogue/duties/").context["lines"]
    }
    assert lines["renshigongkai"].from_above
    assert not lines["renshigongkai"].is_nobodys


def test_workbooks_open(signed_in, catalogued):
    catalogued(title="=危险")
    for address in ("/desk/catalogue/export/", "/desk/catalogue/duties/export/"):
        response = signed_in("collector").get(address)
        assert response.getvalue()[:2] == b"PK"


def test_pages_of_disclosure_are_kept_by_the_office(signed_in, house, online):
    article, keeper = online("局务会议事规则"), signed_in("collector")
    assert "局务会议事规则" in keeper.get("/desk/catalogue/pages/?seek=议事").content.decode()
    keeper.post("/desk/catalogue/pages/", {"kind": "RULES", "article": article.pk})
    page = DisclosurePage.objects.get()
    assert keeper.post("/desk/catalogue/pages/", {"kind": "RULES", "article": article.pk}).status_code == 422
    assert signed_in("inspector").post(f"/desk/catalogue/pages/{page.pk}/drop/").status_code == 403
    assert keeper.post(f"/desk/catalogue/pages/{page.pk}/drop/").status_code == 302
    assert not DisclosurePage.objects.exists()


def test_lists_cost_the_same_for_one_and_thirty(signed_in, house, catalogued, online):
    keeper = signed_in("collector")

    def asked(address: str) -> int:
        cache.clear()
        keeper.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(address).status_code == 200
        return len(queries)

    addresses = (LIST, "/desk/catalogue/pending/", "/desk/?kind=open_entries", "/desk/catalogue/duties/")
    catalogued(title="第一件")
    online("待编目")
    few = [asked(address) for address in addresses]
    for number in range(29):
        catalogued(title=f"记录{number}")
    for number in range(4):
        online(f"待编目{number}")
    assert [asked(address) for address in addresses] == few


def test_the_entry_page_costs_the_same_for_many_changes(signed_in, house, catalogued, online):
    entry, keeper = catalogued(), signed_in("collector")

    def asked() -> int:
        keeper.get(entry.desk_url)
        with CaptureQueriesContext(connection) as queries:
            keeper.get(entry.desk_url)
        return len(queries)

    interpretations.link(entry, online("解读一"), by=house.world.collector)
    few = asked()
    for title in ("解读二", "解读三", "解读四"):
        interpretations.link(entry, online(title), by=house.world.collector)
    assert asked() == few


def test_sites_without_an_office_have_no_catalogue_to_keep(signed_in, house):
    house.organ.issuers.all().delete()
    house.organ.delete()
    assert "没有设公开工作机构" in signed_in("collector").get(LIST).content.decode()
    assert signed_in("collector").get("/desk/catalogue/pending/").status_code == 404


def test_whoever_has_nothing_to_do_with_it_finds_nothing(signed_in, house):
    assert signed_in("staff").get(LIST).status_code == 404
    assert signed_in("clerk").get("/desk/catalogue/package/").status_code == 404


def test_a_department_may_not_change_what_is_not_its_own(signed_in, house, catalogued, typed):
    entry = catalogued(category=house.people)
    address = f"/desk/catalogue/{entry.pk}/edit/"
    assert signed_in("clerk").get(address).status_code == 403
    assert signed_in("clerk").post(address, typed).status_code == 403
    assert entries.register(house.organ, kit.facts(house, title="自己的"), by=house.clerk).pk


def test_an_article_that_is_no_document_is_left_out_with_a_reason_and_taken_back(signed_in, house, online):
    article, keeper = online("元旦放假值班表"), signed_in("collector")
    address = "/desk/catalogue/pending/leave-out/"
    answer = keeper.post(address, {"article": article.pk, "reason": ""})
    assert (answer.status_code, "请写明为什么不需编目" in answer.content.decode()) == (422, True)
    keeper.post(address, {"article": article.pk, "reason": "内部安排"})
    assert keeper.get("/desk/catalogue/pending/").context["listing"].rows == []
    row = LeftOut.objects.get()
    assert (row.article, row.reason, row.by) == (article, "内部安排", house.world.collector)
    assert keeper.post(address, {"article": article.pk, "reason": "再来一次"}).status_code == 409
    assert "内部安排" in keeper.get("/desk/catalogue/left-out/").content.decode()
    keeper.post(f"/desk/catalogue/left-out/{row.pk}/take-back/")
    assert keeper.get("/desk/catalogue/pending/").context["listing"].rows == [article]


def test_only_the_keeper_leaves_out(signed_in, house, online):
    article = online("元旦放假值班表")
    said = {"article": article.pk, "reason": "内部安排"}
    assert signed_in("inspector").post("/desk/catalogue/pending/leave-out/", said).status_code == 403
    assert not LeftOut.objects.exists()
