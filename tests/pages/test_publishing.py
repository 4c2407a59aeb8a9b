"""A text published is to be read as a file everywhere it is shown; withdrawn it is nowhere."""

import errno
import gzip
from datetime import timedelta

import brotli
import pytest

from columns import operations as column_operations
from columns.enums import Readers
from columns.models import Column
from portal import clock, pages
from portal.models import Edition, PublishedPage, StalePage
from portal.pages import Address, store
from portal.publisher import laying, rendering, working
from publishing import operations, queries
from publishing.models import Article


def files_with(words: str) -> list:
    """Every published file in which these words stand."""
    return [
        file for file in store.root().rglob("*.*") if file.is_file() and words.encode() in file.read_bytes()
    ]


def test_published_text_is_on_its_page_in_its_lists_and_feeds_and_on_the_home_page(
    office, write, press, nudged
):
    article = write("年度信息工作会议召开", upto="publish").article
    assert "publish_pages" in nudged
    press.drain()
    assert StalePage.objects.count() == 0
    shown_on = [
        "",
        f"a/{article.pk}/",
        "c/yaowenbaodao/",
        "c/gongzuodongtai/",
        "feeds/",
        "feeds/yaowenbaodao/",
    ]
    assert [path for path in shown_on if "年度信息工作会议召开" not in press.text(path)] == []
    assert f"/a/{article.pk}/" in press.text(f"sitemap-{article.pk // queries.SITEMAP_IDS}.xml")


def test_each_page_has_its_compressed_copies(office, write, press):
    write(upto="publish")
    press.drain()
    page = press.file("")
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()


def test_a_second_change_is_the_same_line_of_the_outbox(office, write):
    write("第一篇", upto="publish")
    before = StalePage.objects.get(site="fenju", path="")
    write("第二篇", upto="publish")
    after = StalePage.objects.get(site="fenju", path="")
    assert (after.pk, after.token != before.token) == (before.pk, True)


def test_neighbours_learn_of_a_new_text(office, write, press):
    first = write("第一篇", upto="publish").article
    press.drain()
    assert "第二篇" not in press.text(f"a/{first.pk}/")
    write("第二篇", upto="publish")
    press.drain()
    assert "第二篇" in press.text(f"a/{first.pk}/")


def test_a_draft_concerns_no_page(office, write):
    write("草稿", upto="report")
    assert list(StalePage.objects.all()) == []


def test_withdrawn_text_is_gone_before_any_worker_looks(office, write, press):
    article = write("要撤下的信息", upto="publish").article
    press.drain()
    operations.withdraw(article, by=office.moderator, note="内容有误")
    assert not press.file(f"a/{article.pk}/").exists()
    assert files_with("要撤下的信息") == []
    press.drain()
    assert not press.file(f"a/{article.pk}/").exists()
    assert "要撤下的信息" not in press.text("")
    assert not PublishedPage.objects.filter(path=f"a/{article.pk}/").exists()


def test_a_text_moved_to_another_column_leaves_the_first(office, write, press):
    article = write("换了栏目", upto="publish").article
    press.drain()
    draft = operations.Draft(column=office.exchange, title="换了栏目", body="<p>正文</p>", author_name="李岚")
    token = operations.drafts.version_token(article)
    revision = operations.save(article, draft, by=office.collector, token=token)
    operations.report(revision, by=office.collector)
    revision.refresh_from_db()
    operations.publish(revision, by=office.moderator)
    press.drain()
    assert "换了栏目" not in press.text("c/yaowenbaodao/")
    assert "换了栏目" in press.text("c/yewujiaoliu/")


def test_a_page_rendered_before_a_newer_change_is_thrown_away(office, write, press, monkeypatch):
    article = write("旧标题", upto="publish").article
    render = rendering.Press.render

    def meanwhile_changed(self, address):
        rendered = render(self, address)
        if address.path == f"a/{article.pk}/":
            pages.changed([address])
        return rendered

    monkeypatch.setattr(rendering.Press, "render", meanwhile_changed)
    working._one_batch()
    assert not press.file(f"a/{article.pk}/").exists()
    assert StalePage.objects.filter(path=f"a/{article.pk}/").exists()
    assert list((store.root() / "tmp").iterdir()) == []


def test_a_text_withdrawn_while_it_is_rendered_does_not_come_back(office, write, press, monkeypatch):
    article = write(upto="publish").article
    render, done = rendering.Press.render, []

    def meanwhile_withdrawn(self, address):
        rendered = render(self, address)
        if address.path == f"a/{article.pk}/" and not done:
            done.append(operations.withdraw(article, by=office.moderator, note="内容有误"))
        return rendered

    monkeypatch.setattr(rendering.Press, "render", meanwhile_withdrawn)
    press.drain()
    assert done
    assert not press.file(f"a/{article.pk}/").exists()


@pytest.mark.parametrize("readers", [Readers.STAFF, Readers.DEPARTMENTS])
def test_what_not_everybody_may_read_never_becomes_a_file(office, write, press, readers):
    Column.objects.filter(pk=office.exchange.pk).update(readers=readers)
    article = write("内部通报", column=office.exchange, upto="publish").article
    press.publish_all()
    assert not press.file(f"a/{article.pk}/").exists()
    assert not press.file("c/yewujiaoliu/").exists()
    assert files_with("内部通报") == []


def test_a_column_closed_to_the_public_is_gone_at_once_with_all_below_it(office, write, press):
    article = write("公开过的信息", upto="publish").article
    press.publish_all()
    assert press.file(f"a/{article.pk}/").exists()
    column = Column.objects.get(pk=office.trends.pk)
    column.readers = Readers.STAFF
    column_operations.save_column(column, by=office.moderator)
    assert files_with("公开过的信息") == []
    press.publish_all()
    assert not press.file(f"a/{article.pk}/").exists()
    assert press.file("").exists()


def test_many_pages_are_set_aside_at_once(office, write, press, monkeypatch):
    monkeypatch.setattr(pages.outbox, "FREE_TO_UNLINK", 0)
    article = write(upto="publish").article
    press.publish_all()
    pages.site_closed("fenju")
    assert not press.file(f"a/{article.pk}/").exists()
    press.publish_all()
    assert press.file(f"a/{article.pk}/").exists()


def test_a_renamed_column_shows_in_the_menu_of_every_page(office, write, press):
    article = write(upto="publish").article
    press.publish_all()
    column = Column.objects.get(pk=office.exchange.pk)
    column.name = "业务园地"
    column_operations.save_column(column, by=office.moderator)
    press.publish_all()
    assert "业务园地" in press.text(f"a/{article.pk}/")


def test_another_version_of_the_templates_renders_everything_anew(office, write, press, monkeypatch):
    write(upto="publish")
    press.publish_all()
    assert laying.lay_out_all() == 0
    monkeypatch.setattr(laying, "template_version", lambda: "another")
    monkeypatch.setattr(working, "template_version", lambda: "another")
    assert laying.lay_out_all() > 10
    press.drain()
    assert set(PublishedPage.objects.values_list("version", flat=True)) == {"another"}


def test_an_interrupted_republish_goes_on_where_it_stopped(office, write, press):
    write(upto="publish")
    press.publish_all()
    asked = laying.lay_out_all(anew=True)
    working.drain(most=5)
    left = StalePage.objects.count()
    assert 0 < left < asked
    assert laying.lay_out_all() == 0  # nothing is asked for twice
    assert press.drain() == left


def test_the_outbox_and_the_renderings_of_a_failed_view_leave_no_old_page(office, write, press, monkeypatch):
    write(upto="publish")
    press.publish_all()

    def broken(self, address):
        raise ValueError("broken")

    monkeypatch.setattr(rendering.Press, "render", broken)
    pages.changed([Address("fenju", "")])
    press.drain()
    assert not press.file("").exists()
    assert StalePage.objects.count() == 0


def test_a_full_disk_leaves_old_pages_and_the_outbox_as_they_are(office, write, press, monkeypatch):
    write("原有的信息", upto="publish")
    press.drain()
    write("后来的信息", upto="publish")
    waiting = StalePage.objects.count()

    def full(held, body):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(store, "_written", full)
        with pytest.raises(OSError, match="No space"):
            press.drain()
    assert "原有的信息" in press.text("")
    assert StalePage.objects.count() == waiting
    press.drain()
    assert "后来的信息" in press.text("")


def test_a_page_that_comes_out_the_same_is_not_written_again(office, write, press):
    write("原有的信息", upto="publish")
    press.publish_all()
    page, before = press.file(""), press.file("").stat()
    pages.changed([Address("fenju", "")])
    press.drain()
    assert page.stat() == before
    page.with_name("index.html.gz").unlink()
    pages.changed([Address("fenju", "")])
    press.drain()
    assert page.stat().st_ino != before.st_ino
    assert page.with_name("index.html.gz").exists()


def test_copies_of_an_unsigned_line_are_written_anew(office, write, press):
    """Whoever changes a copy and the line of the manifest, too, has nothing of it left after the next rendering."""
    write("原有的信息", upto="publish")
    press.publish_all()
    copy = press.file("").with_name("index.html.gz")
    copy.write_bytes(b"defaced")
    row = PublishedPage.objects.get(site="fenju", path="")
    row.prints[".gz"] = [*store.stamp(copy.stat()), store.digest(copy)]
    row.save()
    pages.changed([Address("fenju", "")])
    press.drain()
    assert copy.read_bytes() != b"defaced"


def test_lists_turn_at_midnight(office, write, press):
    write(upto="publish")
    press.publish_all()
    assert laying.turned() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert laying.turned() == PublishedPage.objects.exclude(turns_at=None).count() > 0


def test_deep_pages_are_rendered_when_asked_for_and_forgotten_with_a_change(office, write, press, client):
    article = write(upto="publish").article
    Article.objects.bulk_create(
        Article(
            site=office.main, column=office.news, state="LIVE", title=f"第{number}篇", created_by=office.collector,
            created_at=clock.now(), published_at=article.published_at - timedelta(minutes=number),
            published_revision=None,
        )
        for number in range(90)
    )  # fmt: skip
    press.publish_all()
    assert press.file("c/yaowenbaodao/?page=3").exists()
    assert not press.file("c/yaowenbaodao/?page=5").exists()
    assert client.get("/c/yaowenbaodao/?page=5").status_code == 200
    press.drain()
    assert press.file("c/yaowenbaodao/?page=5").exists()
    client.get("/c/yaowenbaodao/?page=6")  # shows the last page, but is none
    press.drain()
    assert not press.file("c/yaowenbaodao/?page=6").exists()
    write("又一篇", upto="publish")
    press.drain()
    assert not press.file("c/yaowenbaodao/?page=5").exists()


def test_files_of_a_text_are_public_as_long_as_it_is(office, write, press, picture):
    article = write(cover=picture, upto="publish").article
    press.drain()
    shared = store.place(Address("", f"files/{picture.pk}/{picture.name}"))
    assert shared.read_bytes() == picture.file.read()
    assert not shared.samefile(picture.file.path)
    assert store.place(Address("", f"files/{picture.pk}/-/card.jpg")).exists()
    operations.withdraw(article, by=office.moderator, note="内容有误")
    assert not shared.exists()


def test_editions_are_kept_by_site(office, press):
    press.publish_all()
    assert set(Edition.objects.values_list("site", flat=True)) == {"", "fenju", "beiqiao"}
