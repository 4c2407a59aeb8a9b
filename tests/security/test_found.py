"""What the fuzz, the scanner and the killed processes found, each mended at its root."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from disclosure.queries.categories import CategoryTree
from disclosure.queries.entries import uncatalogued_page
from interaction.forms.letters import FilesField, ManyFiles
from portal import uploads
from portal.models import StoredFile
from portal.uploads import UploadRefused
from tests.disclosure.offices import make_office


@pytest.fixture
def auditor(office) -> Client:
    browser = Client()
    browser.force_login(office.auditor)
    return browser


def test_a_list_of_files_has_no_box_that_clears_it(office):
    """`files-clear=on` beside a file answered 500."""
    field = FilesField(required=False, widget=ManyFiles)
    field.widget.is_required = False
    file = SimpleUploadedFile("a.txt", b"text")
    assert field.widget.value_from_datadict({"files-clear": "on"}, {"files": [file]}, "files") == [file]


def test_a_page_of_the_admin_asked_for_by_a_field_of_no_name(auditor, office):
    assert auditor.get(f"/admin/portal/site/{office.main.pk}/change/?_to_field=&_popup=1").status_code == 200


def test_a_list_begun_after_a_text_that_was_never_published_begins_at_the_top(office, write):
    """`?before=` names any text of the site."""
    draft = write().article
    kept = make_office(office.main, office.section)
    assert uncatalogued_page(kept, CategoryTree(office.main), draft.pk).rows == []


def test_a_disk_that_takes_nothing_is_told_at_the_upload(office, monkeypatch):
    def full(self, name, content, max_length=None):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    with pytest.raises(UploadRefused, match="存储空间不足"):
        uploads.accept(SimpleUploadedFile("表.txt", "内容".encode()), owner=office.collector)
    assert not StoredFile.objects.exists()
