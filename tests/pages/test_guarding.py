"""防篡改: whatever is done to the files is found by one sweep, put back, kept as evidence and reported."""

import os

import pytest

from portal.models import Incident, Notice, PublishedPage
from portal.pages import Address, outbox, store
from portal.publisher import guarding
from portal.publisher.guarding import guard_pages

DEFACED = "<h1>defaced</h1>"


@pytest.fixture
def article(office, write, press):
    found = write("防篡改的信息", upto="publish").article
    press.drain()
    press.link()
    assert guard_pages() == 0
    return found


def test_a_defaced_page_is_back_after_one_sweep(article, press, settings):
    page = press.file(f"a/{article.pk}/")
    good = page.read_bytes()
    page.write_text(DEFACED)
    assert guard_pages() == 1
    assert page.read_bytes() == good
    assert guard_pages() == 0
    assert [file.read_text() for file in settings.EVIDENCE_ROOT.rglob("*.html")] == [DEFACED]


def test_it_is_reported_to_those_in_charge_and_in_the_trail(article, press, office):
    press.file("").write_text(DEFACED)
    guard_pages()
    incident = Incident.objects.get()
    assert (incident.kind, incident.site, incident.found_by) == ("TAMPER", office.main, office.system)
    assert "sites/fenju/index.html：内容被改动" in incident.what
    told = {notice.recipient.name for notice in Notice.objects.filter(title__startswith="安全事件")}
    assert told == {"网管", "安全管理员", "局长"}


def test_the_same_page_defaced_again_is_counted_while_the_incident_is_open(article, press):
    for _ in range(2):
        press.file("").write_text(DEFACED)
        guard_pages()
    assert Incident.objects.get().times == 2


def test_a_page_of_the_same_size_and_time_is_found_too(article, press):
    page = press.file("")
    was = page.stat()
    page.write_bytes(page.read_bytes().replace("城东".encode(), "城西".encode()))
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert page.stat().st_size == was.st_size
    assert guard_pages() == 1


@pytest.mark.parametrize("copy", [".gz", ".br"])
def test_a_defaced_copy_is_found(article, press, copy):
    page = press.file("")
    copied = page.with_name(page.name + copy)
    good = copied.read_bytes()
    copied.write_bytes(b"defaced")
    assert guard_pages() == 1
    assert copied.read_bytes() == good


def test_a_deleted_page_is_back(article, press):
    press.file("").unlink()
    assert guard_pages() == 1
    assert press.file("").exists()


@pytest.mark.parametrize(
    "name", ["c/shop.html", "shop.php", "c/yaowenbaodao.html.zip", "deep/er/x.html", "feeds/x.atom"]
)
def test_a_foreign_file_is_taken_away(article, name):
    file = store.root() / "sites/fenju" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(DEFACED)
    assert guard_pages() == 1
    assert not file.exists()


def test_a_compressed_copy_beside_a_file_that_has_none_is_foreign(article, write, press, picture, office):
    write("有图的信息", cover=picture, upto="publish")
    press.drain()
    shared = store.place(Address("", f"files/{picture.pk}/{picture.name}"))
    slipped_in = shared.with_name(shared.name + ".gz")
    slipped_in.write_bytes(b"defaced")
    assert guard_pages() == 1
    assert not slipped_in.exists()


def test_a_page_replaced_by_a_link_is_back(article, press, tmp_path):
    page = press.file("")
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text(DEFACED)
    page.unlink()
    page.symlink_to(elsewhere)
    assert guard_pages() == 1
    assert not page.is_symlink()
    assert "防篡改的信息" in page.read_text()


def test_a_site_led_elsewhere_is_led_back(article, tmp_path):
    link = store.root() / "by/http/host/default"
    link.unlink()
    link.symlink_to(tmp_path)
    assert guard_pages() == 1
    assert os.readlink(link) == "../../../sites/fenju"


def test_whoever_changes_page_and_manifest_cannot_sign(article, press):
    page = press.file("")
    page.write_text(DEFACED)
    row = PublishedPage.objects.get(site="fenju", path="")
    row.prints[""] = [*store.stamp(page.stat()), store.digest(page)]
    row.save()
    found = list(guarding.find())
    assert [(one.file, one.what) for one in found] == [("sites/fenju/index.html", "清单签名不符")]
    assert guard_pages() == 1
    assert DEFACED not in page.read_text()


def test_a_tree_copied_elsewhere_is_no_incident(article, press):
    for file in store.root().rglob("*.html"):
        body = file.read_bytes()
        file.unlink()
        file.write_bytes(body)
    assert guard_pages() == 0


def test_a_page_that_waits_to_be_rendered_is_no_incident(article, press):
    outbox.dropped([Address("fenju", "")])
    assert not press.file("").exists()
    assert list(guarding.find()) == []
