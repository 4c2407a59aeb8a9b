"""Files by right: to whoever may not see one, there is none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import content_disposition_header
from PIL import Image

from columns.enums import Readers
from columns.models import Column
from portal import uploads
from portal.models import StoredFile
from publishing import operations


def picture(name: str = "例会.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (800, 600), "#1c4a84").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def document(name: str = "值班安排表.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "周一 办公室\n周二 法制科\n".encode(), "text/plain")


@pytest.fixture
def table(office) -> StoredFile:
    return uploads.accept(document(), owner=office.collector)


@pytest.fixture
def photo(office) -> StoredFile:
    return uploads.accept(picture(), owner=office.collector)


def status(client, address: str) -> int:
    return client.get(address).status_code


def test_file_is_not_found_until_its_text_is_published(write, office, table, client):
    revision = write(upto="approve", attachments=[table])
    assert status(client, table.get_absolute_url()) == 404
    operations.publish(revision, by=office.moderator)
    assert status(client, table.get_absolute_url()) == 200


def test_file_of_a_draft_opens_for_whoever_handles_it(write, office, table, client):
    write(attachments=[table])
    answers = {}
    for name in ("collector", "head_person", "moderator", "staff"):
        client.force_login(getattr(office, name))
        answers[name] = status(client, table.get_absolute_url())
    assert answers == {"collector": 200, "head_person": 200, "moderator": 200, "staff": 404}


def test_file_goes_with_its_withdrawn_text(write, office, table, client):
    article = write(upto="publish", attachments=[table]).article
    operations.withdraw(article, by=office.moderator, note="数字写错了")
    assert status(client, table.get_absolute_url()) == 404


def test_file_and_thumbnails_of_a_staff_column_are_for_staff(write, office, photo, client):
    inside = Column.objects.create(
        site=office.main, name="内部管理", slug="neibuguanli", readers=Readers.STAFF, route=office.direct
    )
    write(upto="publish", column=inside, cover=photo)
    addresses = (photo.get_absolute_url(), photo.card_url, photo.thumb_url)
    assert [status(client, address) for address in addresses] == [404, 404, 404]
    client.force_login(office.staff)
    assert [status(client, address) for address in addresses] == [200, 200, 200]


def test_document_is_saved_under_its_chinese_name(write, table, client):
    write(upto="publish", attachments=[table])
    response = client.get(table.get_absolute_url())
    assert response["Content-Type"].startswith("text/plain")
    assert response["Content-Disposition"] == content_disposition_header(True, "值班安排表.txt")
    assert "filename*=utf-8''%E5%80%BC" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).decode() == "周一 办公室\n周二 法制科\n"


def test_picture_opens_in_the_browser_and_is_never_sniffed(write, photo, client):
    write(upto="publish", cover=photo)
    response = client.get(photo.get_absolute_url())
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(("size", "measures"), [("card", (640, 400)), ("thumb", (240, 150))])
def test_thumbnail_is_a_small_jpeg(write, photo, client, size, measures):
    write(upto="publish", cover=photo)
    response = client.get(reverse("thumbnail", args=[photo.pk, size]))
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == measures


def test_thumbnail_of_another_size_or_of_a_document_is_not_found(write, photo, table, client):
    write(upto="publish", cover=photo, attachments=[table])
    assert status(client, reverse("thumbnail", args=[photo.pk, "huge"])) == 404
    assert status(client, reverse("thumbnail", args=[table.pk, "card"])) == 404


def test_known_file_is_not_sent_twice_but_rights_are_asked_again(write, office, photo, client):
    article = write(upto="publish", cover=photo).article
    known = {"If-None-Match": client.get(photo.get_absolute_url())["ETag"]}
    assert client.get(photo.get_absolute_url(), headers=known).status_code == 304
    operations.withdraw(article, by=office.moderator, note="数字写错了")
    assert client.get(photo.get_absolute_url(), headers=known).status_code == 404


def test_file_lost_from_the_disk_is_not_found(write, table, client):
    write(upto="publish", attachments=[table])
    table.file.storage.delete(table.file.name)
    assert status(client, table.get_absolute_url()) == 404


# --- the editor's uploads -----------------------------------------------------------------------------


def test_editor_upload_answers_as_the_editor_expects(office, client):
    client.force_login(office.collector)
    answer = client.post("/editor/upload/?responseType=json", {"upload": picture()}).json()
    stored = StoredFile.objects.get()
    assert answer == {"uploaded": 1, "fileName": "例会.png", "url": stored.get_absolute_url()}
    assert stored.owner == office.collector


def test_editor_upload_refuses_in_words(office, client):
    client.force_login(office.collector)
    fake = SimpleUploadedFile("例会.png", b"MZ\x90\x00" + bytes(64), "image/png")
    answer = client.post("/editor/upload/", {"upload": fake}).json()
    assert answer["uploaded"] == 0
    assert "例会.png" in answer["error"]["message"]
    assert client.post("/editor/upload/").json()["error"]["message"] == "没有收到文件，请重新选择"
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("who", [None, "staff", "head_person"])
def test_editor_upload_is_for_those_who_collect(office, client, who):
    if who:
        client.force_login(getattr(office, who))
    response = client.post("/editor/upload/", {"upload": picture()})
    assert (response.status_code, StoredFile.objects.count()) == (403, 0)


def test_editor_upload_asks_for_the_form_token(office, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(office.collector)
    response = client.post("/editor/upload/", {"upload": picture()})
    assert response.status_code == 403
    assert "刚才的提交没有生效" in response.content.decode()
    assert StoredFile.objects.count() == 0
