"""The pages staff browse, asked for as a browser does."""

from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from columns.enums import ColumnKind, Placement, Readers
from columns.models import Column
from portal import clock
from publishing import operations, queries
from publishing.operations import Draft

MARCH = timezone.make_aware(timezone.datetime(2026, 3, 2, 9, 5))


@pytest.fixture
def read(client):
    """`read(address)` → the page's HTML; any other answer than `status` fails."""

    def ask(address: str, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status
        return response.content.decode()

    return ask


@pytest.fixture
def inside(office):
    """内部管理 for signed-in staff, with one sub-column that has nothing of its own against anybody."""
    inside = Column.objects.create(
        site=office.main,
        name="内部管理",
        slug="neibuguanli",
        position=30,
        readers=Readers.STAFF,
        route=office.direct,
    )
    return Column.objects.create(site=office.main, name="规章制度", slug="guizhangzhidu", parent=inside)


# --- home ---------------------------------------------------------------------------------------------


def test_home_of_an_empty_site_says_what_will_be_there(office, read):
    office.trends.content_note = "分局近期的工作"
    office.trends.save()
    html = read("/")
    assert "这里将发布：分局近期的工作。" in html
    assert "这里将发布“业务交流”的信息。" in html


def test_home_shows_headline_and_the_newest_of_each_main_column(write, office, read):
    write("头条稿件", upto="publish", is_headline=True)
    write("交流稿件", upto="publish", column=office.exchange)
    html = read("/")
    assert html.index("<b>头条</b>") < html.index("头条稿件") < html.index("交流稿件")


def test_home_leaves_out_what_is_not_published(write, read):
    write("还在审核的稿件", upto="report")
    assert "还在审核的稿件" not in read("/")


def test_home_leaves_out_hidden_columns_whose_links_still_work(write, office, read):
    article = write("旧栏目的稿件", upto="publish", column=office.exchange).article
    Column.objects.filter(pk=office.exchange.pk).update(placement=Placement.UNLISTED)
    assert "旧栏目的稿件" not in read("/")
    assert "旧栏目的稿件" not in read("/search/?q=旧栏目")
    assert "旧栏目的稿件" in read(office.exchange.get_absolute_url())
    assert "旧栏目的稿件" in read(article.get_absolute_url())


def test_home_shows_the_last_main_column_as_tiles_with_counts(write, office, read):
    open_affairs = Column.objects.create(
        site=office.main, name="局务公开", slug="juwugongkai", position=40, route=office.direct
    )
    for slug, name in (("shiquangongkai", "事权公开"), ("caiwugongkai", "财务公开")):
        Column.objects.create(site=office.main, name=name, slug=slug, parent=open_affairs)
    write("审批目录调整", upto="publish", column=Column.objects.get(slug="shiquangongkai"))
    html = read("/")
    assert "共 1 条" in html
    assert "尚未发布" in html


def test_home_names_who_answers_for_the_site(office, read):
    office.main.organiser, office.main.phone, office.main.id_code = "城东分局", "8000", "bm00000000"
    office.main.save()
    foot = read("/").partition("<footer")[2]
    for mark in ("主办单位", "城东分局", "联系电话", "8000", "网站标识码", "bm00000000", "网站找错"):
        assert mark in foot


def test_sub_site_has_its_own_home_and_a_way_back(write, office, read):
    write("北桥的稿件", upto="publish", column=office.sub_news)
    write("分局的稿件", upto="publish")
    html = read("/s/beiqiao/")
    assert "北桥的稿件" in html
    assert "分局的稿件" not in html
    assert '<a href="/">返回城东分局基层信息网</a>' in html


# --- column -------------------------------------------------------------------------------------------


def test_column_lists_what_is_below_it_newest_first(write, office, read):
    for day, title in enumerate(("先发的", "后发的")):
        with clock.at(MARCH + timedelta(days=day)):
            write(title, upto="publish")
    html = read(office.trends.get_absolute_url())
    assert html.index("后发的") < html.index("先发的")
    assert "2026-03-03" in html
    assert 'href="/c/yaowenbaodao/"' in html


def test_column_page_numbers_forgive_mistakes(write, office, read):
    for number in range(21):
        write(f"第 {number} 篇", upto="publish")
    address = office.news.get_absolute_url()
    assert "第 1 / 2 页" in read(address)
    assert "第 2 / 2 页" in read(f"{address}?page=99")
    assert "第 1 / 2 页" in read(f"{address}?page=<b>")


def test_empty_column_says_what_will_be_there(office, read):
    office.news.content_note = "系统内的重大活动"
    office.news.save()
    assert "这里将发布：系统内的重大活动。" in read(office.news.get_absolute_url())


def test_single_page_column_shows_its_newest_text(write, office, read):
    intro = Column.objects.create(
        site=office.main, name="单位介绍", slug="danweijieshao", kind=ColumnKind.PAGE, route=office.direct
    )
    assert "目前还没有内容" in read(intro.get_absolute_url())
    write("单位介绍（旧）", upto="publish", column=intro, body="<p>旧的介绍</p>")
    write("单位介绍", upto="publish", column=intro, body="<p>新的介绍</p>")
    html = read(intro.get_absolute_url())
    assert "新的介绍" in html
    assert "旧的介绍" not in html


def test_unknown_column_is_not_found(office, read):
    assert "没有找到此页" in read("/c/meiyou/", 404)


# --- who may read (JS-24) -----------------------------------------------------------------------------


def test_staff_column_shows_strangers_its_name_in_the_menu_and_nothing_of_its_texts(write, inside, read):
    article = write("公务用车管理办法", upto="publish", column=inside).article
    for address in ("/", "/search/?q=公务用车"):
        html = read(address)
        assert "公务用车管理办法" not in html
        assert html.count("内部管理") == 1
    for address in (inside.get_absolute_url(), article.get_absolute_url()):
        html = read(address, 403)
        assert "公务用车管理办法" not in html
        assert "“内部管理”栏目不对所有人开放" in html
        assert f'href="/login/?next={address}"' in html


def test_staff_column_is_open_to_whoever_signs_in(write, office, inside, client, read):
    article = write("公务用车管理办法", upto="publish", column=inside).article
    client.force_login(office.staff)
    for address in ("/", "/search/?q=公务用车", inside.get_absolute_url(), article.get_absolute_url()):
        assert "管理办法" in read(address)


def test_column_for_departments_names_them_to_everybody_else(write, office, inside, client, read):
    inside.readers = Readers.DEPARTMENTS
    inside.save()
    inside.reader_departments.add(office.station)
    client.force_login(office.staff)
    assert "供以下部门的人员阅读：北桥工商所" in read(inside.get_absolute_url(), 403)
    office.staff.department = office.station
    office.staff.save()
    assert "规章制度" in read(inside.get_absolute_url())


# --- article ------------------------------------------------------------------------------------------


def test_article_says_where_it_comes_from(write, read):
    with clock.at(MARCH):
        article = write("信息工作例会召开", upto="publish", source_name="城东日报", is_reprint=True).article
    html = read(article.get_absolute_url())
    for words in ("来源：城东日报", "作者：李岚", "2026-03-02 09:05", "部门：办公室", "部署年底前的重点工作"):
        assert words in html
    assert "更新时间" not in html


def test_article_carries_the_tags_of_the_national_guide(write, read):
    with clock.at(MARCH):
        article = write("信息工作例会召开", upto="publish").article
    html = read(article.get_absolute_url())
    for name, content in (
        ("SiteName", "城东分局基层信息网"), ("SiteDomain", "testserver"), ("ColumnName", "要闻报道"),
        ("ColumnType", "工作动态"), ("ArticleTitle", "信息工作例会召开"), ("PubDate", "2026-03-02 09:05"),
        ("Author", "李岚"), ("ContentSource", "城东分局基层信息网"),
    ):  # fmt: skip
        assert f'<meta name="{name}" content="{content}">' in html


def test_article_leads_to_the_ones_before_and_after(write, read):
    articles = []
    for day, title in enumerate(("最早", "居中", "最晚")):
        with clock.at(MARCH + timedelta(days=day)):
            articles.append(write(title, upto="publish").article)
    middle = read(articles[1].get_absolute_url())
    assert "<b>上一篇</b><span>最晚</span>" in middle
    assert "<b>下一篇</b><span>最早</span>" in middle
    assert "上一篇</b>" not in read(articles[2].get_absolute_url())
    assert "下一篇</b>" not in read(articles[0].get_absolute_url())


def test_revised_article_says_when_and_keeps_its_first_date(write, office, read):
    with clock.at(MARCH):
        article = write("例会召开", upto="publish", column=office.exchange).article
    with clock.at(MARCH + timedelta(days=3)):
        draft = Draft(
            column=office.exchange, title="例会召开（更正）", body="<p>更正后的内容</p>", author_name="李岚"
        )
        token = operations.drafts.version_token(article)
        revision = operations.save(article, draft, by=office.collector, token=token)
        html = read(article.get_absolute_url())
        assert "更正后的内容" not in html
        operations.publish(operations.report(revision, by=office.collector), by=office.moderator)
    html = read(article.get_absolute_url())
    assert "更正后的内容" in html
    assert "2026-03-02 09:05" in html
    assert "2026-03-05 09:05" in html


def test_article_links_to_its_handling_only_for_those_who_may_see_it(write, office, client, read):
    article = write(upto="publish").article
    assert "办理过程" not in read(article.get_absolute_url())
    client.force_login(office.staff)
    assert "办理过程" not in read(article.get_absolute_url())
    client.force_login(office.moderator)
    assert f'href="/desk/articles/{article.pk}/"' in read(article.get_absolute_url())


def test_unpublished_article_is_not_found_even_for_its_writer(write, office, client, read):
    article = write(upto="approve").article
    client.force_login(office.collector)
    assert article.title not in read(article.get_absolute_url(), 404)


def test_withdrawn_article_is_gone(write, office, read):
    article = write("错误的通知", upto="publish").article
    operations.withdraw(article, by=office.moderator, note="数字写错了")
    html = read(article.get_absolute_url(), 410)
    assert "此件已撤稿" in html
    assert "错误的通知" not in html
    assert "数字写错了" not in html


def test_article_of_another_site_is_sent_to_its_own_address(write, office, client):
    article = write(upto="publish", column=office.sub_news).article
    response = client.get(f"/a/{article.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/s/beiqiao/a/{article.pk}/")


# --- search and frame ---------------------------------------------------------------------------------


def test_search_finds_titles_with_every_word(write, read):
    write("信息工作例会召开", upto="publish")
    write("信息工作培训", upto="publish")
    html = read("/search/?q=例会 信息")
    assert "<mark>信息</mark>工作<mark>例会</mark>召开" in html
    assert "培训" not in html


def test_search_without_result_says_what_to_do(office, read):
    assert "没有找到您可以阅读的信息" in read("/search/?q=不存在")
    assert "请在页首的搜索框输入标题中的字词" in read("/search/")


def test_search_words_are_shown_as_text(office, read):
    html = read("/search/?q=<script>alert(1)</script>")
    assert "<script>alert" not in html


def test_pages_ask_for_nothing_inline_and_nothing_from_elsewhere(write, office, client):
    article = write(upto="publish", is_headline=True).article
    for address in ("/", office.news.get_absolute_url(), article.get_absolute_url(), "/search/?q=例会"):
        response = client.get(address)
        html = response.content.decode()
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert " style=" not in html
        assert "<style" not in html
        assert 'src="http' not in html


def test_failure_is_told_without_asking_the_database(office, client, monkeypatch):
    def fail(columns):
        raise RuntimeError("out of order")

    monkeypatch.setattr(queries, "home_page", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "系统出错了" in response.content.decode()


AWAY = [OperationalError("away"), RedisConnectionError("away"), EndpointConnectionError(endpoint_url="s3")]


@pytest.mark.parametrize("error", AWAY, ids=["database", "redis", "files"])
def test_what_is_out_of_reach_for_a_moment_is_told_as_such(office, client, monkeypatch, error):
    """The database, Redis, the store of files: 503, so that whoever asked may ask again."""

    def fail(columns):
        raise error

    monkeypatch.setattr(queries, "home_page", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "暂停片刻" in response.content.decode()


@pytest.mark.django_db
def test_server_without_a_site_says_how_to_make_one(read):
    assert "此站点尚未建立" in read("/", 404)


def test_sign_out_is_a_form_and_sign_in_comes_back(office, client, read):
    assert 'href="/login/?next=/c/yaowenbaodao/"' in read("/c/yaowenbaodao/")
    client.force_login(office.staff)
    html = read("/")
    assert '<form method="post" action="/logout/">' in html
    assert 'href="/desk/"' in html


def test_sample_passwords_are_warned_of_on_every_page(office, read):
    assert "初始密码" not in read("/")
    office.staff.has_initial_password = office.staff.is_sample = True
    office.staff.save()
    cache.clear()  # it is asked once a minute
    assert "示例账号仍在使用初始密码" in read("/")
