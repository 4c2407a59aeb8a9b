"""The page that the web server shows while the application does not answer: a file like any other."""

from django.template.loader import render_to_string

from portal.pages.addresses import Address
from portal.pages.kinds import Kind, Source, register

UNAVAILABLE = "errors/unavailable.html"


def _unavailable(address: Address) -> Source:
    return Source(text=render_to_string("errors/unavailable.html"))


register(
    Kind(
        "error",
        r"errors/unavailable\.html",
        lambda site: [UNAVAILABLE],
        rank=4,
        source=_unavailable,
        is_shared=True,
    )
)
