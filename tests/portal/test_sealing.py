"""Personal data at rest: what the database holds says nothing, and keys can be changed."""

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command

from portal import sealing
from portal.fields import SealedTextField

OLD, NEW = "o" * 40, "n" * 40


def test_sealed_text_is_another_each_time_and_reads_back():
    one, other = sealing.seal("张三 13800000000"), sealing.seal("张三 13800000000")

    assert one != other
    assert "13800000000" not in one
    assert sealing.unseal(one) == sealing.unseal(other) == "张三 13800000000"


def test_nothing_stays_nothing():
    assert (sealing.seal(""), sealing.unseal("")) == ("", "")


def test_an_older_key_still_reads_and_a_lost_one_is_said(settings):
    settings.DATA_KEYS = (OLD,)
    token = sealing.seal("张三")
    settings.DATA_KEYS = (NEW, OLD)
    assert sealing.unseal(token) == "张三"

    settings.DATA_KEYS = (NEW,)
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(token)


@pytest.mark.parametrize("place", [5, -5])
def test_a_sealed_text_that_was_tampered_with_is_refused(place):
    token = list(sealing.seal("张三"))
    token[place] = "A" if token[place] != "A" else "B"

    with pytest.raises(sealing.SealBroken):
        sealing.unseal("".join(token))


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "in", "regex"])
def test_a_sealed_field_cannot_be_asked_what_it_holds(lookup):
    with pytest.raises(FieldError):
        SealedTextField(name="phone").get_lookup(lookup)


def test_rotate_keys_says_what_it_did(db, capsys):
    call_command("rotate_keys")

    assert capsys.readouterr().out.splitlines()[-1].startswith("已用新密钥重新加密")
