"""What a page asks of a request: the names it looks up, and for each what would be a sound answer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from lxml.html import document_fromstring
from PIL import Image

from portal.forms.visitors import new_stamp

MOST_NAMES = 60
COMMON = ["1", "0", "new", "同意", "2026-11-20", "yes", "理由"]
"""For a name of which nothing is known."""


@dataclass
class Asked:
    """What was looked up while somebody listened, and the forms that were bound."""

    names: dict[str, None] = field(default_factory=dict)
    forms: list[BaseForm] = field(default_factory=list)

    def fields(self) -> dict[str, list]:
        """Name → sound values, the likeliest first."""
        known = {name: COMMON for name in self.names if isinstance(name, str) and name.isprintable()}
        for form in self.forms:
            for name, one in form.fields.items():
                known |= _parts(form, form.add_prefix(name), one)
        known |= {name: [new_stamp(60)] for name in known if name == "stamp" or name.endswith("-stamp")}
        known |= {name: [""] for name in known if name == "homepage"}
        return dict(islice(known.items(), MOST_NAMES))


@contextmanager
def listening(monkeypatch) -> Iterator[Asked]:
    asked = Asked()
    look, look_all, hold, bind = (
        MultiValueDict.__getitem__,
        MultiValueDict._getlist,
        dict.__contains__,
        BaseForm.__init__,
    )

    def note(held, key):
        if isinstance(held, QueryDict):  # others are no request's; of files the forms tell
            asked.names.setdefault(key)

    def getitem(self, key):
        note(self, key)
        return look(self, key)

    def getlist(self, key, default=None, force_list=False):
        note(self, key)
        return look_all(self, key, default, force_list)

    def contains(self, key):
        note(self, key)
        return hold(self, key)

    def init(self, *args, **kwargs):
        bind(self, *args, **kwargs)
        asked.forms.append(self)

    with monkeypatch.context() as patch:
        patch.setattr(MultiValueDict, "__getitem__", getitem)
        patch.setattr(MultiValueDict, "_getlist", getlist)
        patch.setattr(MultiValueDict, "__contains__", contains, raising=False)
        patch.setattr(BaseForm, "__init__", init)
        yield asked


def written(content: bytes) -> dict[str, list[str]]:
    """What the forms of a page would send as they stand: hidden tokens, versions, choices."""
    found: dict[str, list[str]] = {}
    if b"<form" not in content:
        return found
    for one in document_fromstring(content).iter("input", "textarea", "option", "button"):
        owner = one.getparent() if one.tag == "option" else one
        name = owner.get("name") or (owner.getparent().get("name") if owner.tag == "optgroup" else None)
        said = one.get("value") if one.tag != "textarea" else one.text
        if name and said and name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(said)
    return found


def _parts(form: BaseForm, name: str, one: forms.Field) -> dict[str, list]:
    if isinstance(one, forms.SplitDateTimeField):
        return {f"{name}_0": ["2026-11-20"], f"{name}_1": ["09:00"]}
    return {name: _sound(one) or COMMON}


def _sound(one: forms.Field) -> list:
    """Values that `one` would take."""
    if isinstance(one, forms.ModelChoiceField):
        return [str(one.prepare_value(row)) for row in one.queryset[:3]]
    if isinstance(one, forms.ChoiceField):
        groups = [value if isinstance(value, list | tuple) else [(key, value)] for key, value in one.choices]
        return [str(key) for key, _ in islice(chain.from_iterable(groups), 12) if str(key)]
    if isinstance(one, forms.IntegerField | forms.DecimalField):
        least = 1 if one.min_value is None else one.min_value
        return [str(least), str(least + 1)]
    for kind, values in _BY_KIND.items():
        if isinstance(one, kind):
            return values() if callable(values) else values
    return ["13800000000", "测试内容", "2026-11-20"] if isinstance(one, forms.CharField) else []


def _files() -> list:
    picture = io.BytesIO()
    Image.new("RGB", (8, 5)).save(picture, "PNG")
    return [
        SimpleUploadedFile("a.png", picture.getvalue()),
        SimpleUploadedFile("a.txt", "内容".encode()),
    ]


_BY_KIND = {
    forms.FileField: _files,
    forms.BooleanField: ["on"],
    forms.DateTimeField: ["2026-11-27T09:00"],
    forms.DateField: ["2026-11-20"],
    forms.TimeField: ["09:00"],
    forms.UUIDField: ["0" * 8 + "-0000-4000-8000-" + "0" * 12],
    forms.EmailField: ["a@example.cn"],
    forms.URLField: ["https://www.example.cn/"],
    forms.JSONField: ["{}"],
}
