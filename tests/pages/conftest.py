"""An office whose pages are published: on_commit runs at once, since a test's transaction never commits."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from portal import uploads
from portal.models import Site
from portal.pages import Address, outbox, store
from portal.publisher import laying, working


@pytest.fixture(autouse=True)
def nudged(settings, monkeypatch):
    """Calls to the worker, instead of calls."""
    settings.PUBLISHES_PAGES = True
    calls: list[str] = []
    monkeypatch.setattr(outbox, "nudge", lambda sweep="publish_pages": calls.append(sweep))
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())
    return calls


@pytest.fixture
def press(office):
    """`file("c/news/")`, `text(…)`, `drain()`, `publish_all()` on the main site of the office."""

    def file(path: str, site: str = "fenju"):
        return store.place(Address(site, path))

    def everything() -> None:
        laying.lay_out_all()
        working.drain()

    return SimpleNamespace(
        file=file,
        text=lambda path, site="fenju": file(path, site).read_text(),
        drain=working.drain,
        link=lambda: store.link(list(Site.objects.all())),
        publish_all=everything,
    )


@pytest.fixture
def picture(office):
    """A stored picture with its thumbnails."""
    painted = BytesIO()
    Image.new("RGB", (800, 500), "navy").save(painted, "PNG")
    upload = SimpleUploadedFile("例会.png", painted.getvalue(), content_type="image/png")
    return uploads.accept(upload, owner=office.collector)
