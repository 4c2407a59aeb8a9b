"""The desk's pages about texts, as leaders, writers and strangers meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.models import AuditEntry
from publishing import operations
from publishing.enums import RevisionState
from publishing.operations import Draft
from publishing.operations.drafts import version_token

pytestmark = pytest.mark.django_db
NEW_BODY = "<p>分局召开第四季度信息工作例会，通报前三季度情况。</p>"


@pytest.fixture
def sign_in(client):
    """`sign_in(person)` gives the client, signed in as that person."""

    def as_person(person):
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def rewrite(office):
    """`rewrite(article, body)` saves a new text by the collector and reports it."""

    def make(article, body=NEW_BODY, title="信息工作例会召开"):
        draft = Draft(column=office.news, title=title, body=body, author_name="李岚")
        revision = operations.save(article, draft, by=office.collector, token=version_token(article))
        return operations.report(revision, by=office.collector)

    return make


def screen(revision):
    return reverse("desk:review", args=[revision.pk])


def press(client, revision, verb, **typed):
    return client.post(reverse("desk:act", args=[revision.pk, verb]), typed)


def shown_step(revision):
    return revision.steps.get(state="CURRENT").pk


def state_of(revision):
    revision.refresh_from_db()
    return revision.state


# --- the queue -----------------------------------------------------------------------------------


def test_queue_shows_texts_to_review_with_the_time_left(sign_in, office, write):
    write("年终考核通知", upto="report")
    page = sign_in(office.head_person).get(reverse("desk:reviews")).content.decode()
    assert [word in page for word in ("年终考核通知", "待审核", "还剩 2 个工作日", "办公室 信息员")] == [
        True
    ] * 4


def test_queue_of_a_moderator_holds_cleared_texts_not_those_under_review(sign_in, office, write):
    write("还在审核", upto="report")
    write("可以发布", upto="approve")
    listing = sign_in(office.moderator).get(reverse("desk:reviews")).context["listing"]
    assert [(one.kind.label, one.todo.title) for one in listing] == [("待发布", "可以发布")]


def test_queue_puts_what_is_due_first_on_top(sign_in, office, write):
    with clock.at(clock.now() - timedelta(days=30)):
        late = write("早该审的", upto="report")
    write("刚送审的", upto="report")
    listing = sign_in(office.head_person).get(reverse("desk:reviews")).context["listing"]
    assert [one.todo.title for one in listing] == ["早该审的", "刚送审的"]
    assert listing[0].todo.urgency == "red"
    assert listing[0].todo.url == screen(late)


def test_queue_says_so_when_it_is_empty(sign_in, office):
    page = sign_in(office.head_person).get(reverse("desk:reviews"))
    assert "现在没有等您审核的稿件" in page.content.decode()


def test_queue_of_an_unknown_kind_is_not_found(sign_in, office):
    assert sign_in(office.head_person).get(reverse("desk:reviews"), {"kind": "other"}).status_code == 404


def test_queue_costs_sixteen_queries_at_most_however_many_rows(
    sign_in, office, write, django_assert_max_num_queries
):
    """One asks whether the sign-in still holds, one for whom the leader acts today, one whether what is kept in memory
    still holds. Sites, departments, links and offices are read here, and kept between requests in use."""
    client = sign_in(office.head_person)
    write(upto="report")
    client.get(reverse("desk:reviews"))
    with django_assert_max_num_queries(16) as one_row:
        client.get(reverse("desk:reviews"))
    for number in range(29):
        write(f"第{number}件", upto="report")
    with django_assert_max_num_queries(16) as thirty_rows:
        listing = client.get(reverse("desk:reviews")).context["listing"]
    assert len(thirty_rows) == len(one_row)
    assert (len(listing), listing.paginator.count) == (20, 30)


# --- the item screen -------------------------------------------------------------------------------


def test_screen_of_a_new_text_says_first_publication_and_offers_both_decisions(sign_in, office, write):
    revision = write(upto="report")
    page = sign_in(office.head_person).get(screen(revision))
    assert set(page.context["moves"]) == {"approve", "return_"}
    assert [word in page.content.decode() for word in ("首次发布", "同意", "退回", "没有发现问题")] == [
        True
    ] * 4


def test_screen_shows_what_changed_against_the_live_page(sign_in, office, write, rewrite):
    article = write(upto="publish").article
    revision = rewrite(article, title="信息工作例会部署年底工作")
    changes = sign_in(office.head_person).get(screen(revision)).context["changes"]
    assert [(one.label, one.old, one.new) for one in changes.fields] == [
        ("标题", "信息工作例会召开", "信息工作例会部署年底工作")
    ]
    assert "<ins>" in changes.body


def test_screen_lists_findings_with_their_clause(sign_in, office, write):
    picture = "/files/00000000-0000-4000-8000-000000000001/a.jpg"
    revision = write(body=f'<p>例会。</p><p><img src="{picture}" alt=""></p>', upto="report")
    page = sign_in(office.head_person).get(screen(revision))
    assert [(level.label, [one.message for one in group]) for level, group in page.context["issues"]] == [
        ("请留意", ["有 1 张图片没有文字说明"])
    ]
    assert "GB/T 37668" in page.content.decode()


def test_screen_keeps_every_round_of_the_route(sign_in, office, write, rewrite):
    revision = write(upto="report")
    step = revision.steps.get(state="CURRENT")
    operations.return_(step, by=office.head_person, note="请核对数字")
    rewrite(revision.article)
    page = sign_in(office.head_person).get(screen(revision))
    assert [number for number, _ in page.context["rounds"]] == [1, 2]
    assert "请核对数字" in page.content.decode()


def test_screen_gives_the_writer_the_reason_and_the_way_to_mend(sign_in, office, write):
    revision = write(upto="report")
    operations.return_(revision.steps.get(state="CURRENT"), by=office.head_person, note="请核对数字")
    page = sign_in(office.collector).get(screen(revision))
    assert page.context["returned"].note == "请核对数字"
    assert reverse("admin:publishing_article_change", args=[revision.article_id]) in page.content.decode()


def test_screen_without_buttons_for_those_who_may_only_look(sign_in, office, write):
    revision = write(upto="report")
    page = sign_in(office.inspector).get(screen(revision))
    assert (page.status_code, page.context["moves"]) == (200, {})
    assert 'id="decision"' not in page.content.decode()


@pytest.mark.parametrize("name", ["article", "preview", "history", "compare"])
def test_pages_about_a_text_are_not_found_by_strangers(sign_in, office, write, name):
    revision = write(upto="publish")
    address = reverse(f"desk:{name}", args=[revision.article_id])
    assert sign_in(office.staff).get(address).status_code == 404
    assert sign_in(office.collector).get(address).status_code == 200


def test_screen_and_its_buttons_are_not_found_by_strangers(sign_in, office, write):
    revision = write(upto="report")
    client = sign_in(office.staff)
    assert client.get(screen(revision)).status_code == 404
    assert press(client, revision, "approve", step=shown_step(revision)).status_code == 404
    assert state_of(revision) == RevisionState.IN_REVIEW


@pytest.mark.parametrize("name", ["reviews", "home", "notices"])
def test_desk_asks_visitors_to_sign_in(client, office, name):
    address = reverse(f"desk:{name}")
    assert client.get(address).headers["Location"] == f"/login/?next={address}"


# --- decisions -----------------------------------------------------------------------------------


def test_approving_leads_to_the_next_text_of_the_queue(sign_in, office, write):
    first, second = write("第一件", upto="report"), write("第二件", upto="report")
    answer = press(sign_in(office.head_person), first, "approve", step=shown_step(first), note="可以")
    assert answer.headers["Location"] == screen(second)
    assert state_of(first) == RevisionState.APPROVED
    assert first.steps.get().note == "可以"


def test_approving_the_last_text_leads_back_to_the_queue(sign_in, office, write):
    revision = write(upto="report")
    answer = press(sign_in(office.head_person), revision, "approve", step=shown_step(revision))
    assert answer.headers["Location"] == reverse("desk:reviews")


def test_returning_without_a_reason_is_refused_at_the_field(sign_in, office, write):
    revision = write(upto="report")
    answer = press(sign_in(office.head_person), revision, "return_", step=shown_step(revision), note="  ")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"note": ["请写明退回的理由"]}
    assert state_of(revision) == RevisionState.IN_REVIEW


def test_an_opinion_that_is_too_long_is_refused_and_kept(sign_in, office, write):
    revision = write(upto="report")
    long = "长" * 501
    answer = press(sign_in(office.head_person), revision, "return_", step=shown_step(revision), note=long)
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_a_second_click_is_told_kindly_that_it_came_late(sign_in, office, write):
    revision = write(upto="report")
    client, step = sign_in(office.head_person), shown_step(revision)
    press(client, revision, "approve", step=step)
    answer = press(client, revision, "approve", step=step, note="同意发布")
    assert answer.status_code == 409
    assert "同意发布" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="approve").count() == 1


def test_a_text_that_went_back_and_came_again_is_not_approved_unseen(sign_in, office, write, rewrite):
    revision = write(upto="report")
    seen = shown_step(revision)
    operations.recall(revision, by=office.collector)
    rewrite(revision.article)
    answer = press(sign_in(office.head_person), revision, "approve", step=seen)
    assert (answer.status_code, state_of(revision)) == (409, RevisionState.IN_REVIEW)


def test_nobody_approves_their_own_text_by_address(sign_in, office, write):
    revision = write(upto="report")
    answer = press(sign_in(office.collector), revision, "approve", step=shown_step(revision))
    assert (answer.status_code, state_of(revision)) == (403, RevisionState.IN_REVIEW)


def test_publishing_takes_the_version_that_was_shown(sign_in, office, write):
    revision = write(upto="approve")
    client = sign_in(office.moderator)
    late = press(client, revision, "publish", version=revision.version + 1)
    assert (late.status_code, state_of(revision)) == (409, RevisionState.APPROVED)
    press(client, revision, "publish", version=revision.version)
    assert state_of(revision) == RevisionState.PUBLISHED


def test_scheduling_and_taking_it_back(sign_in, office, write):
    revision = write(upto="approve")
    client = sign_in(office.moderator)
    tomorrow = clock.local(clock.now() + timedelta(days=1))
    press(client, revision, "schedule", scheduled_at=f"{tomorrow:%Y-%m-%dT%H:%M}", version=revision.version)
    assert state_of(revision) == RevisionState.SCHEDULED
    answer = press(client, revision, "unschedule")
    assert (answer.headers["Location"], state_of(revision)) == (screen(revision), RevisionState.APPROVED)


@pytest.mark.parametrize("typed", ["", "明天", "2001-01-01T08:00"])
def test_a_wrong_time_is_refused_at_the_field_and_kept(sign_in, office, write, typed):
    revision = write(upto="approve")
    answer = press(sign_in(office.moderator), revision, "schedule", scheduled_at=typed)
    assert answer.status_code == 422
    assert list(answer.context["schedule_form"].errors) == ["scheduled_at"]
    assert f'value="{typed}"' in answer.content.decode()


def test_withdrawing_asks_for_a_reason_and_takes_the_page_away(sign_in, office, write):
    revision = write(upto="publish")
    client = sign_in(office.moderator)
    assert press(client, revision, "withdraw", note="").status_code == 422
    answer = press(client, revision, "withdraw", note="数字有误")
    assert answer.headers["Location"] == reverse("desk:article", args=[revision.article_id])
    assert state_of(revision) == RevisionState.WITHDRAWN


def test_an_opinion_outlives_an_expired_session(client, office, write):
    revision = write(upto="report")
    answer = press(client, revision, "return_", step=shown_step(revision), note="请补充来源")
    assert answer.headers["Location"] == f"/login/?next={screen(revision)}"
    typed = {"username": "head", "password": "test-Portal-2026"}
    page = client.post(answer.headers["Location"], typed, follow=True)
    assert page.context["form"]["note"].value() == "请补充来源"
    assert client.get(screen(revision)).context["form"]["note"].value() == ""


def test_an_act_opened_as_an_address_leads_to_the_screen(sign_in, office, write):
    revision = write(upto="report")
    answer = sign_in(office.head_person).get(reverse("desk:act", args=[revision.pk, "approve"]))
    assert answer.headers["Location"] == screen(revision)


@pytest.mark.parametrize("verb", ["clear", "supersede", "nonsense"])
def test_moves_of_the_system_are_no_addresses(sign_in, office, write, verb):
    assert press(sign_in(office.head_person), write(upto="report"), verb).status_code == 404


# --- how a text came about ---------------------------------------------------------------------------


def test_article_tells_who_did_what_in_order(sign_in, office, write):
    revision = write(upto="publish")
    page = sign_in(office.inspector).get(reverse("desk:article", args=[revision.article_id]))
    assert [(entry.label, str(entry.actor)) for entry in page.context["entries"]] == [
        ("采集", "信息员"), ("提交审核", "信息员"), ("同意", "科室负责人"), ("审核通过", "科室负责人"), ("发布", "版主"),
    ]  # fmt: skip


def test_article_offers_its_writer_the_next_steps(sign_in, office, write):
    revision = write(upto="report")
    page = sign_in(office.collector).get(reverse("desk:article", args=[revision.article_id]))
    assert [move.verb for move in page.context["at_hand"]] == ["recall"]
    assert (page.context["may_edit"], page.context["may_withdraw"]) == (False, False)


def test_preview_shows_the_open_text_while_readers_keep_the_live_one(sign_in, office, write, rewrite):
    article = write(upto="publish").article
    rewrite(article)
    page = sign_in(office.collector).get(reverse("desk:preview", args=[article.pk])).content.decode()
    assert ("通报前三季度情况" in page, "预览" in page) == (True, True)


def test_history_shows_each_save_against_the_one_before(sign_in, office, write, rewrite):
    article = write(upto="publish").article
    rewrite(article)
    page = sign_in(office.collector).get(reverse("desk:history", args=[article.pk]))
    assert [(one.number, one.version) for one in page.context["listing"]] == [(2, 1), (1, 1)]
    assert "前三季度" in page.context["changes"].body


def test_compare_takes_revisions_of_this_article_only(sign_in, office, write, rewrite):
    article = write(upto="publish").article
    rewrite(article)
    client, address = sign_in(office.collector), reverse("desk:compare", args=[article.pk])
    page = client.get(address, {"a": "1", "b": "2"})
    assert (page.context["old"].number, page.context["new"].number) == (1, 2)
    assert [client.get(address, {"a": wrong}).status_code for wrong in ("9", "x", "-1")] == [404] * 3
