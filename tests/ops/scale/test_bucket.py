"""Files on S3-compatible storage, against a real server: same rights, same pages, same redaction as on disk."""

import gzip
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import override_settings
from PIL import Image

from assessment.models.radar import snapshots
from assessment.operations import visits
from portal import uploads
from portal.redaction import Pages
from portal.settings import stores, values
from publishing import operations
from scripts import clusters, services

moto = pytest.importorskip("moto.server", reason="moto is not installed")


@pytest.fixture(scope="module")
def server():
    """The port of a server that speaks S3."""
    port = services.free_port()
    running = moto.ThreadedMotoServer("127.0.0.1", port, verbose=False)
    running.start()
    clusters.make_bucket(port, "media")
    yield port
    running.stop()


@pytest.fixture(autouse=True)
def bucket(server, settings):
    """All files of this test in the bucket, below a folder of this portal."""
    where = values.bucket(f"s3+http://portal:portal-secret@127.0.0.1:{server}/media/fenju")
    with override_settings(STORAGES={**settings.STORAGES, **stores.files(where)}):
        yield default_storage.bucket


def document(name="值班安排表.txt", content="周一 办公室\n周二 法制科\n"):
    return SimpleUploadedFile(name, content.encode(), "text/plain")


def picture():
    content = BytesIO()
    Image.new("RGB", (800, 600), "#1c4a84").save(content, "PNG")
    return SimpleUploadedFile("例会.png", content.getvalue(), "image/png")


def names(bucket):
    return {one.key for one in bucket.objects.all()}


def test_a_file_is_read_by_right_through_the_portal(write, office, client, bucket):
    table = uploads.accept(document(), owner=office.collector)
    revision = write(upto="approve", attachments=[table])
    assert f"fenju/media/{table.file.name}" in names(bucket)
    assert client.get(table.get_absolute_url()).status_code == 404
    operations.publish(revision, by=office.moderator)
    answer = client.get(table.get_absolute_url())
    assert (answer.status_code, b"".join(answer.streaming_content).decode()) == (
        200,
        "周一 办公室\n周二 法制科\n",
    )
    operations.withdraw(revision.article, by=office.moderator, note="数字写错了")
    assert client.get(table.get_absolute_url()).status_code == 404


def test_a_browser_that_knows_the_file_is_told_so(write, office, client):
    table = uploads.accept(document(), owner=office.collector)
    write(upto="publish", attachments=[table])
    etag = client.get(table.get_absolute_url()).headers["ETag"]
    assert client.get(table.get_absolute_url(), headers={"if-none-match": etag}).status_code == 304


def test_a_picture_has_its_thumbnails_and_no_page_names_the_bucket(write, office, client):
    photo = uploads.accept(picture(), owner=office.collector)
    article = write(
        upto="publish", cover=photo, body=f'<p><img src="{photo.get_absolute_url()}" alt=""></p>'
    ).article
    for address in (photo.get_absolute_url(), photo.card_url, photo.thumb_url):
        answer = client.get(address)
        assert answer.status_code == 200
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).width > 0
    page = client.get(article.get_absolute_url()).content.decode()
    assert photo.get_absolute_url() in page
    assert not [word for word in ("127.0.0.1", "X-Amz", "s3+http", "fenju/media") if word in page]


def test_a_file_that_is_lost_is_not_found(write, office, client):
    table = uploads.accept(document(), owner=office.collector)
    write(upto="publish", attachments=[table])
    default_storage.delete(table.file.name)
    assert client.get(table.get_absolute_url()).status_code == 404


def test_files_of_an_act_that_fails_do_not_stay(office, bucket):
    @uploads.together()
    def fail():
        uploads.accept(picture(), owner=office.collector)
        raise ZeroDivisionError

    before = names(bucket)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(bucket) == before


def test_no_object_of_the_bucket_is_open_to_everybody(office, bucket):
    table = uploads.accept(document(), owner=office.collector)
    grants = bucket.Object(f"fenju/media/{table.file.name}").Acl().grants
    assert [grant["Permission"] for grant in grants if grant["Grantee"]["Type"] == "Group"] == []


def test_pages_the_visitor_found_are_kept_in_a_folder_of_their_own(bucket):
    name = visits._store("b" * 64, b"<p>one</p>")
    assert visits._store("b" * 64, b"<p>one</p>") == name
    assert f"fenju/visits/{name}" in names(bucket)
    with snapshots().open(name) as packed:
        assert gzip.decompress(packed.read()) == b"<p>one</p>"


def test_a_page_of_a_file_is_drawn_from_a_copy_on_this_machine(office):
    from disclosure.models import DecisionFile  # noqa: PLC0415
    from disclosure.rules import covering  # noqa: PLC0415

    photo = uploads.accept(picture(), owner=office.collector)
    with covering.opened(DecisionFile(file=photo)) as path:
        with Pages(path, photo.extension) as pages:
            image, _ = pages.picture(1, 72)
        assert (image.width, path.exists()) == (800, True)
    assert not path.exists()
