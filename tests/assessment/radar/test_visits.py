"""巡访: the portal's own pages looked at from outside, kept as evidence, thinned after their time."""

import gzip
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from assessment.enums.radar import Item, Light, VisitKind
from assessment.models import Visit
from assessment.models.radar import SnapshotStorage
from assessment.operations import visits
from assessment.operations.fetching import Answer
from assessment.queries import radar as queries
from columns.models import Column
from portal import clock
from publishing.models import Article


class Browser:
    """Asks the portal without a network; `down` is answered nothing, as by a server that does not stand."""

    down = False

    def get(self, path: str, host: str = "") -> Answer:
        if self.down:
            return Answer(0, 15_000, fault="15 秒内没有打开")
        response = Client(raise_request_exception=False).get(
            quote(path), headers={"host": host or "localhost"}
        )
        return Answer(response.status_code, 20, response.content if response.status_code == 200 else b"")

    def status_of(self, path: str, host: str = "") -> int:
        return self.get(path, host).status

    def may_fetch(self, path: str, host: str = "") -> bool:
        return path != "/surveys/"


@pytest.fixture
def visitor(settings, monkeypatch) -> Browser:
    settings.SELF_CHECK_URL = "http://127.0.0.1:8000"
    found = Browser()
    monkeypatch.setattr(visits, "_visitor", lambda: found)
    monkeypatch.setattr(visits, "PAUSE", 0)
    return found


def whole(site) -> None:
    """Everything the footer and the tags ask for."""
    site.organiser, site.phone, site.id_code, site.icp = (
        "城东分局",
        "8000",
        "bm00000000",
        "苏ICP备2026000001号",
    )
    site.police_record, site.government_mark = (
        "苏公网安备 32000002000001 号",
        "https://bszs.example.cn/method/show",
    )
    site.save()


def faults(site) -> set[tuple[str, str]]:
    return {(one.what, fault["text"]) for one in queries.last_round(site) for fault in one.faults}


def test_a_whole_site_has_no_fault_on_any_page(office, published, visitor):
    for column in (office.news, office.exchange):
        published(f"{column}一则", column=column)
    whole(office.main)
    assert visits.visit(office.main) > 10
    assert faults(office.main) == set()
    kinds = {one.page for one in queries.last_round(office.main)}
    assert kinds == {"HOME", "COLUMN", "ARTICLE", "ENTRANCE"}
    assert not Visit.objects.filter(url="/surveys/").exists()


def test_what_is_missing_is_said_where_it_is_missing(office, published, visitor):
    dead = published(body='<p>见<a href="/a/99999/">附件</a></p>')
    visits.visit(office.main)
    found = faults(office.main)
    assert ("首页", "标签 SiteIDCode 为空") in found
    assert ("业务交流", "栏目没有内容") in found
    assert (f"“{dead.title}”", "断链：/a/99999/（404）") in found
    assert ("首页", "页脚没有“公安备案号”") in found


def test_columns_that_ask_to_sign_in_are_not_visited_and_no_dead_links(office, published, visitor):
    published()
    Column.objects.create(site=office.main, name="内部管理", slug="inner", readers="STAFF", position=50)
    visits.visit(office.main)
    assert not Visit.objects.filter(url="/c/inner/").exists()
    assert not any("inner" in text for _, text in faults(office.main))


def test_a_forged_date_on_a_page_fails_the_site(office, published, visitor, monkeypatch):
    article = published()
    shown = visitor.get

    def forging(path: str, host: str = "") -> Answer:
        answer = shown(path, host)
        day = f"{clock.local(article.published_at):%Y-%m-%d}".encode()
        body = answer.body.replace(b'"PubDate" content="' + day, b'"PubDate" content="2025-01-01')
        return Answer(answer.status, 20, body)

    monkeypatch.setattr(visitor, "get", forging)
    visits.visit(office.main)
    found = next(one for one in queries.findings(office.main) if one.item == Item.V1)
    assert (found.light, found.said) == (Light.RED, "发现 1 处严重问题")


def test_a_round_is_made_once_a_day_after_its_hour(office, published, visitor):
    published()
    with clock.at(
        clock.now().replace(hour=17)
    ):  # one in the night in Shanghai: for another day, nobody is asked
        assert visits.visit_sites() == 0 or clock.local(clock.now()).hour >= 2
    Visit.objects.all().delete()
    assert visits.visit(office.main) > 0
    visits.visit(office.sub)
    assert visits.visit_sites() == 0


def test_only_the_present_is_visited(office, visitor):
    with clock.at(clock.now() - timedelta(days=3)):
        assert (visits.visit_homes(), visits.visit_sites()) == (0, 0)


def test_nobody_visits_where_the_address_is_not_known(office, visitor, settings):
    settings.SELF_CHECK_URL = None
    assert (visits.visit_homes(), visits.visit_sites(), visits.visit(office.main)) == (0, 0, 0)
    assert "没有设置 SELF_CHECK_URL" in queries.findings(office.main)[1].said


def test_home_pages_are_asked_for_at_intervals_however_often_the_sweep_runs(office, visitor):
    assert (visits.visit_homes(), visits.visit_homes()) == (2, 0)
    Visit.objects.update(at=clock.now() - timedelta(minutes=29))
    assert visits.visit_homes() == 2
    assert set(Visit.objects.values_list("kind", "snapshot").distinct()) == {(VisitKind.PULSE, "")}


def test_a_week_of_visits_makes_the_verdict_on_whether_the_site_opens(office, visitor):
    visitor.down = True
    visits.visit_homes()
    (down,) = Visit.objects.filter(site=office.main)
    assert (down.status, down.faults[0]["text"]) == (0, "15 秒内没有打开")
    up = {"site": office.main, "url": "/", "what": "首页", "status": 200, "milliseconds": 30}
    now = clock.now()
    Visit.objects.bulk_create([Visit(at=now - timedelta(hours=one), **up) for one in range(1, 140)])
    assert queries.findings(office.main)[1].light == Light.OK
    Visit.objects.bulk_create([Visit(at=now, **up | {"milliseconds": 15_001}) for _ in range(8)])
    found = queries.findings(office.main)[1]
    assert (found.light, found.evidence[0].what) == (Light.RED, "访问 148 次，打不开 9 次（6.1%）")


def test_pages_are_kept_once_and_go_with_their_last_visit(office, visitor):
    name = visits._store("b" * 64, b"<p>one</p>")
    assert visits._store("b" * 64, b"<p>one</p>") == name
    with SnapshotStorage().open(name) as packed:
        assert gzip.decompress(packed.read()) == b"<p>one</p>"
    fields = {"site": office.main, "url": "/", "what": "首页", "snapshot": name, "sha256": "b" * 64}
    now, old = clock.now(), clock.now() - timedelta(days=500)
    Visit.objects.create(at=old, status=200, **fields)
    newest = Visit.objects.create(at=now, status=200, **fields)
    assert visits.thin_visits() == 1
    assert SnapshotStorage().exists(name)
    newest.delete()
    Visit.objects.create(at=old, status=200, **fields)
    assert visits.thin_visits() == 1
    assert not SnapshotStorage().exists(name)


def test_old_visits_are_thinned_to_mondays_and_to_what_did_not_open(office):
    day = clock.local(clock.now() - timedelta(days=150)).replace(hour=12)
    monday = day - timedelta(days=day.weekday())
    fields = {"site": office.main, "url": "/", "what": "首页", "kind": VisitKind.ROUND}
    kept = [
        Visit.objects.create(at=monday, status=200, **fields),
        Visit.objects.create(at=monday + timedelta(days=2), status=0, **fields),
        Visit.objects.create(at=clock.now() - timedelta(days=5), status=200, **fields),
    ]
    Visit.objects.create(at=monday + timedelta(days=2), status=200, **fields)
    Visit.objects.create(at=monday, status=200, **fields | {"kind": VisitKind.PULSE})
    assert visits.thin_visits() == 2
    assert set(Visit.objects.all()) == set(kept)


def test_visits_are_no_reading_of_a_text(office, published, visitor):
    article = published()
    before = Article.objects.filter(pk=article.pk).values().get()
    visits.visit(office.main)
    assert Article.objects.filter(pk=article.pk).values().get() == before
