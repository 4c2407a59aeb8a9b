"""Forms that anybody may send: a quiet check against robots, without pictures to read and without a service.

A field that people do not see stays empty; a signed stamp says when the form was handed out, and is good for one thing.
"""

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from portal import clock

SALT = "portal.forms.visitors"
QUICKEST_SECONDS, LONGEST_SECONDS = 2, 12 * 60 * 60
ROBOT = "提交没有通过检查，请核对内容后再按一次“提交”"
EXPIRED = "表单打开得太久，已经失效；您填写的内容都在，请再按一次“提交”"


def new_stamp(seconds_ago: float = 0) -> str:
    """When a form was handed out, and its nonce, signed."""
    return signing.dumps([secrets.token_hex(16), clock.now().timestamp() - seconds_ago], salt=SALT)


class VisitorForm(forms.Form):
    """After `is_valid()`, `nonce` (32 hex digits) is the same for the same form sent twice: store it, and once only."""

    homepage = forms.CharField(
        required=False,
        label="此栏请留空",
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    nonce = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = new_stamp()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.pop("homepage", ""):
            raise ValidationError(ROBOT)
        self._read(cleaned.pop("stamp", ""))
        return cleaned

    def _read(self, stamp: str) -> None:
        try:
            nonce, handed_out = signing.loads(stamp, salt=SALT)
        except signing.BadSignature:
            self._hand_out_anew()
            raise ValidationError(EXPIRED) from None
        age = clock.now().timestamp() - handed_out
        if age < QUICKEST_SECONDS and not self.errors:  # else it is sent again anyway
            raise ValidationError(ROBOT)
        if age > LONGEST_SECONDS:
            self._hand_out_anew()
            raise ValidationError(EXPIRED)
        self.nonce = nonce

    def _hand_out_anew(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("stamp")] = new_stamp()
