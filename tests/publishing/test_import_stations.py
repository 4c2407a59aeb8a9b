"""专机导入 (办法第二十条第1、2项): once a station is registered, files come in there alone."""

import re
from io import BytesIO
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal import operations
from portal.enums import NetworkPurpose
from portal.models import RegisteredNetwork, StoredFile
from publishing.models import Article

ADD, EDITOR = reverse("admin:publishing_article_add"), reverse("editor_upload")
STATION, ELSEWHERE = "10.8.1.25", "10.8.1.26"
REFUSAL = "本机不是登记的专机导入站，不能上传文件（办法第二十条）"


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "#1c4a84").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@pytest.fixture
def station(office, settings, django_capture_on_commit_callbacks) -> RegisteredNetwork:
    """信息中心's machine; the admin is open to the whole house, so that only the station makes a difference."""
    settings.ADMIN_NETWORKS = (ip_network("10.8.0.0/16"),)
    row = RegisteredNetwork(
        purpose=NetworkPurpose.IMPORT_STATION, network=STATION, place="信息中心 301 室",
        department=office.section, reason="专机启用",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        return operations.register_network(row, by=office.security)


@pytest.fixture
def write(client, office):
    """`write(at=STATION, cover_upload=…)`: the editor's form as the collector sends it from there."""
    client.force_login(office.collector)

    def send(at: str, **more):
        typed = {
            "title": "信息工作例会召开", "column": office.news.pk, "body": "<p>部署年底前的重点工作。</p>",
            "author_name": "李岚", "token": "new", "_save": "",
        }  # fmt: skip
        return client.post(ADD, typed | more, REMOTE_ADDR=at)

    return send


@pytest.fixture
def paste(client, office):
    """`paste(at=STATION)`: a picture pasted into the text."""
    client.force_login(office.collector)
    return lambda at, **more: client.post(EDITOR, {"upload": picture()}, REMOTE_ADDR=at, **more).json()


def test_nothing_is_restricted_while_no_station_is_registered(paste, write, settings):
    settings.ADMIN_NETWORKS = (ip_network("10.8.0.0/16"),)
    assert paste(ELSEWHERE)["uploaded"] == 1
    assert write(ELSEWHERE, cover_upload=picture()).status_code == 302
    assert StoredFile.objects.count() == 2


def test_a_station_takes_files(station, paste, write):
    assert paste(STATION)["uploaded"] == 1
    assert write(STATION, cover_upload=picture(), attachment_uploads=[picture("一.png")]).status_code == 302
    assert StoredFile.objects.count() == 3


@pytest.mark.parametrize("at", [ELSEWHERE, "127.0.0.1", "2001:db8::1", "", "garbage"])
def test_the_editors_paste_is_refused_elsewhere_in_words(station, paste, at):
    assert paste(at) == {"uploaded": 0, "error": {"message": REFUSAL}}
    assert StoredFile.objects.count() == 0


def test_a_station_is_not_one_by_its_own_word(station, paste):
    assert paste(ELSEWHERE, headers={"x-forwarded-for": STATION})["uploaded"] == 0


@pytest.mark.parametrize("field", ["cover_upload", "attachment_uploads"])
def test_a_chosen_file_is_refused_at_its_field_and_typing_is_kept(station, write, field):
    page = write(ELSEWHERE, **{field: [picture(), picture("二.png")]})
    other = ({"cover_upload", "attachment_uploads"} - {field}).pop()
    assert page.status_code == 200
    assert page.context["form"].refused_files == {field: [REFUSAL], other: []}
    assert page.content.decode().count(REFUSAL) == 2  # in the summary and at the field
    assert page.context["form"]["title"].value() == "信息工作例会召开"
    assert "部署年底前的重点工作" in page.context["form"]["body"].value()
    assert (StoredFile.objects.count(), Article.objects.count()) == (0, 0)


def test_texts_without_files_are_written_everywhere(station, write):
    assert write(ELSEWHERE).status_code == 302
    assert Article.objects.count() == 1


def test_a_file_that_is_in_already_stays_with_its_text_elsewhere(station, paste, write):
    stored = paste(STATION) and StoredFile.objects.get()
    assert write(ELSEWHERE, cover=str(stored.pk)).status_code == 302
    assert Article.objects.get().revisions.get().cover == stored


def test_ending_the_last_station_lifts_the_restriction_at_once(
    station, paste, office, django_capture_on_commit_callbacks
):
    assert paste(ELSEWHERE)["uploaded"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        operations.end_network(station, by=office.security, reason="专机报废")
    assert paste(ELSEWHERE)["uploaded"] == 1


def test_a_network_of_the_admin_is_no_station(office, station, paste, django_capture_on_commit_callbacks):
    row = RegisteredNetwork(
        purpose=NetworkPurpose.ADMIN,
        network=ELSEWHERE,
        place="办公楼",
        department=office.section,
        reason="办公",
    )
    with django_capture_on_commit_callbacks(execute=True):
        operations.register_network(row, by=office.security)
    assert paste(ELSEWHERE)["uploaded"] == 0


def test_whoever_may_not_collect_is_told_so_first(station, client, office):
    client.force_login(office.staff)
    answer = client.post(EDITOR, {"upload": picture()}, REMOTE_ADDR=ELSEWHERE)
    assert (answer.status_code, REFUSAL in answer.content.decode()) == (403, False)


def test_every_entrance_for_files_asks_for_the_station():
    """Whatever else takes files from a request has to ask too, and to be named here."""
    taking = {}
    for path in Path(django_settings.BASE_DIR).glob("[a-z]*/**/*.py"):
        name, text = str(path.relative_to(django_settings.BASE_DIR)), path.read_text(encoding="utf-8")
        if re.search(r"\.FILES\b", text) and not name.startswith(("tests/", "var/")):
            taking[name] = "why_not_upload" in text
    places = (
        "assessment/views/inspections/sheet",
        "assessment/views/rectifications",
        "assessment/views/scores/units",
        "assessment/views/violations",
        "columns/views/exchange",
        "disclosure/views/decisions/draft",
        "disclosure/views/dispatches/writing",
        "disclosure/views/prereviews/public",
        "disclosure/views/prereviews/tracking",
        "disclosure/views/proceedings/desk",
        "disclosure/views/requests/desk",
        "disclosure/views/requests/public",
        "disclosure/views/requests/tracking",
        "disclosure/views/requests/typing",
        "disclosure/views/result_notices/exchange",
        "disclosure/views/services/exchange",
        "disclosure/views/services/guides",
        "interaction/views/banks/exchange",
        "interaction/views/consultations/desk",
        "interaction/views/interviews/desk",
        "interaction/views/letters/public",
        "portal/admin/staff_import",
        "portal/views/incidents",
        "portal/views/safety",
        "publishing/admin/files",
        "publishing/views/files",
    )
    assert taking == {f"{place}.py": True for place in places}
