"""The sample services play by the real operations: whole guides, pre-reviews at every stage, masked results."""

from datetime import timedelta

from disclosure.enums.prereviews import PreReviewState
from disclosure.enums.services import ItemState
from disclosure.models import GuideMaterial, PreReview, ResultNotice, ServiceItem
from disclosure.queries import prereviews, services
from portal import clock, limits
from portal.models import Site
from portal.presets import services as samples
from portal.presets.story import hire

LONG_AGO = timedelta(days=100)


def test_the_sample_services_are_played_once(jiangsu):
    with clock.at(clock.now() - LONG_AGO):
        hire("jiangsu")
    samples.play("jiangsu")
    samples.play("jiangsu")
    main, sub = Site.objects.get(key="fenju"), Site.objects.get(key="beiqiao")
    assert (services.shown(main).count(), services.shown(sub).count()) == (5, 1)
    assert ServiceItem.objects.get(state=ItemState.DRAFT).name == "股权出质登记"
    assert [lacking for _, lacking in services.lacking(main, 100)] == [[]] * 5
    assert GuideMaterial.objects.exclude(blank_form=None).exclude(sample=None).count() >= 6


def test_the_sample_pre_reviews_are_passed_returned_waiting_and_overdue(jiangsu):
    with clock.at(clock.now() - LONG_AGO):
        hire("jiangsu")
    samples.play("jiangsu")
    states = sorted(PreReview.objects.values_list("state", flat=True))
    assert states == [PreReviewState.PASSED, PreReviewState.RETURNED, *[PreReviewState.SUBMITTED] * 2]
    late = PreReview.objects.get(item__name="营业执照遗失补领")
    assert limits.urgency(prereviews.clock_of(late)) == "red"
    shown = " ".join(ResultNotice.objects.values_list("applicant", flat=True))
    for hidden in ("小满", "处暑", "白露", "霜降", "谷雨", "芒种", "大暑"):
        assert hidden not in shown
