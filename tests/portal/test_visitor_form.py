"""The quiet check against robots: people never notice it, and what they typed is never lost."""

from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict

from portal import clock
from portal.forms.visitors import EXPIRED, ROBOT, VisitorForm, new_stamp


class Note(VisitorForm):
    text = forms.CharField()
    chosen = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], required=False)


def sent(stamp: str, **more: str) -> Note:
    data = QueryDict(mutable=True)
    data.update({"text": "来信", "stamp": stamp, **more})
    data.setlist("chosen", ["a", "b"])
    return Note(data)


def test_a_form_sent_by_a_person_is_taken_and_sent_twice_has_one_nonce():
    stamp = new_stamp(seconds_ago=5)
    one, again = sent(stamp), sent(stamp)

    assert [one.is_valid(), again.is_valid()] == [True, True]
    assert one.nonce == again.nonce
    assert len(one.nonce) == 32
    assert one.cleaned_data == {"text": "来信", "chosen": ["a", "b"]}


@pytest.mark.parametrize(("ago", "more"), [(0, {}), (5, {"homepage": "http://spam.example"})])
def test_a_robot_is_refused_without_being_told_why(ago, more):
    form = sent(new_stamp(seconds_ago=ago), **more)

    assert form.non_field_errors() == [ROBOT]
    assert form["text"].value() == "来信"


@pytest.mark.parametrize("stamp", ["", "x" * 300, new_stamp(5)[:-2] + "xx"])
def test_a_form_without_a_good_stamp_is_handed_out_anew_with_what_was_typed(stamp):
    form = sent(stamp)

    assert form.non_field_errors() == [EXPIRED]
    assert (form["text"].value(), form["chosen"].value()) == ("来信", ["a", "b"])
    with clock.at(clock.now() + timedelta(seconds=5)):
        assert sent(form["stamp"].value()).is_valid()


def test_a_form_left_open_over_night_is_handed_out_anew():
    stamp = new_stamp()
    with clock.at(clock.now() + timedelta(hours=13)):
        assert sent(stamp).non_field_errors() == [EXPIRED]
