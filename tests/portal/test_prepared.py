"""Statements written once find what the same queries find written anew, at every moment and for everybody."""

from datetime import timedelta

import pytest

from columns.models import Delegation, Tenure
from columns.rules import powers
from portal import clock, todos, triggers
from portal.kept import under
from portal.models import Structure, User
from portal.prepared import Lasting, Prepared
from publishing import todos as texts


def test_prepared_powers_are_those_of_the_query_for_everybody_at_every_moment(office):
    Delegation.objects.create(
        principal=office.moderator, acting=office.staff, starts_on=clock.today(), ends_on=clock.today(),
        reason="出差", named_by=office.chief, named_at=clock.now(),
    )  # fmt: skip
    for moment in (clock.now(), clock.now() + timedelta(days=2), clock.now() - timedelta(days=4000)):
        with clock.at(moment):
            for person in User.objects.all():
                asked = sorted(powers._held(person.pk), key=str)
                assert sorted(powers._HELD.rows(person.pk), key=str) == asked
    with clock.at(clock.now() + timedelta(days=2)):
        assert powers._HELD.rows(office.staff.pk) == []
    assert powers._HELD.rows(office.staff.pk) != []


def test_what_is_reckoned_from_the_moment_cannot_be_prepared(db):
    late = Prepared(lambda: Tenure.objects.filter(starts_at__lt=clock.now() - timedelta(days=1)))
    with pytest.raises(ValueError, match="reckoned"):
        late.rows()


def test_a_lasting_statement_asks_about_the_moment_at_which_it_is_asked(office):
    now = clock.now()
    with clock.at(now - timedelta(hours=1)):
        begun = Lasting(lambda: Tenure.objects.filter(starts_at__lte=clock.now()).values("pk"))
    late = Tenure.objects.first()
    Tenure.objects.filter(pk=late.pk).update(starts_at=now - timedelta(minutes=30))
    with clock.at(now - timedelta(minutes=31)):
        assert {"pk": late.pk} not in begun.rows()
    with clock.at(now):
        assert {"pk": late.pk} in begun.rows()
        assert len(begun.rows()) == Tenure.objects.filter(starts_at__lte=now).count()


def test_kept_counts_are_those_of_the_moment(write, office, settings):
    """New work, work that is done, and a grant that ended show at once."""
    settings.KEEPS_BETWEEN_REQUESTS = True

    def waiting(person: User) -> int:
        with under(*_tokens()):
            return todos.counts(User.objects.get(pk=person.pk))[texts.QUEUE[0]]

    assert waiting(office.head_person) == 0
    write("待审", upto="report")
    assert waiting(office.head_person) == 1
    write("再一篇待审", upto="report")
    assert waiting(office.head_person) == 2
    Tenure.objects.filter(appointment__user=office.head_person).update(ends_at=clock.now())
    assert waiting(office.head_person) == 0


def _tokens() -> tuple[str, str]:
    found = dict(Structure.objects.values_list("pk", "token"))
    return found[triggers.STRUCTURE], found[triggers.LEDGER]
