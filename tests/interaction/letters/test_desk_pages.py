"""The pages of those who handle letters: what each may see and press, what is on record, what lists cost."""

import pytest
from django.urls import reverse

from interaction.enums.letters import LetterState, Outcome
from interaction.models import Escalation, Letter, LetterboxLook
from interaction.operations import answers, letters
from portal import clock, limits
from portal.models import AuditEntry
from tests.interaction.letters.conftest import moment

EXTENDED = {"days": 5, "clause": "第二十二条", "reason": "须检测", "document": "法审〔2026〕1号"}
PRIVATE = ("张三", "13812345678", "过期食品")


def page(client, person, address):
    client.force_login(person)
    return client.get(address)


@pytest.mark.parametrize(
    ("who", "status", "reads"),
    [
        ("lawyer", 200, True), ("clerk", 200, True), ("inspector", 200, False), ("auditor", 200, False),
        ("registrar", 404, False), ("granter", 404, False), ("security", 404, False), ("collector", 404, False),
        ("staff", 404, False), ("law_head", 404, False),
    ],
)  # fmt: skip
def test_only_those_who_handle_a_letter_read_it_and_each_reading_is_on_record(
    client, post, send, who, status, reads
):
    letter = send().letter
    response = page(client, getattr(post, who), letter.get_absolute_url())

    said = response.content.decode()
    assert response.status_code == status
    assert [word in said for word in PRIVATE] == [reads] * 3
    assert AuditEntry.objects.filter(verb="look", actor=getattr(post, who)).exists() == reads


def test_an_approver_reads_it_while_the_answer_waits_and_no_longer_than_needed(client, post, send):
    letter = send().letter
    answer = answers.finish(letter, text="已退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer)
    address = reverse("desk:answer", args=[answer.pk])

    assert page(client, post.law_head, address).status_code == 200
    assert page(client, post.head_person, address).status_code == 404  # 法制科 has a reviewer of its own
    answers.approve(answer.steps.get(), by=post.law_head)
    assert page(client, post.law_head, address).status_code == 200  # their own decision stays in sight


def test_buttons_are_those_the_person_may_press(client, post, send):
    address = send().letter.get_absolute_url()

    handler = page(client, post.lawyer, address).content.decode()
    office = page(client, post.clerk, address).content.decode()
    inspector = page(client, post.inspector, address).content.decode()
    assert [f"/{verb}/" in handler for verb in ("refer", "finish", "extend", "decline")] == [
        True,
        True,
        False,
        True,
    ]
    assert [f"/{verb}/" in office for verb in ("refer", "finish", "extend", "decline")] == [
        True,
        False,
        True,
        True,
    ]
    assert not any(f"/{verb}/" in inspector for verb in ("refer", "finish", "extend", "decline", "escalate"))


def press(client, person, letter, verb, **typed):
    client.force_login(person)
    return client.post(reverse("desk:letter_act", args=[letter.pk, verb]), typed)


def test_a_refused_button_says_why_at_the_place_and_keeps_what_was_typed(client, post, send):
    letter = send().letter
    response = press(client, post.lawyer, letter, "refer", department=post.registry.pk, note="")
    said = response.content.decode()
    assert response.status_code == 422
    assert "请填写转办理由" in said
    assert f'<option value="{post.registry.pk}" selected>' in said

    response = press(client, post.lawyer, letter, "finish", text="写了一半", outcome="", version=0)
    assert response.status_code == 422
    assert "写了一半" in response.content.decode()


def test_a_button_without_the_right_is_refused_and_recorded(client, post, send):
    letter = send().letter
    response = press(client, post.clerk, letter, "finish", text="越权答复", outcome="SOLVED", version=0)

    assert response.status_code == 403
    assert AuditEntry.objects.get(verb="refused").actor == post.clerk
    assert (
        press(client, post.granter, letter, "refer", department=post.registry.pk, note="x").status_code == 404
    )


@pytest.mark.parametrize("verb", ["nothing", "send_answer", "return_answer"])
def test_there_is_no_other_button(client, post, send, verb):
    assert press(client, post.lawyer, send().letter, verb).status_code == 404


def test_a_letter_goes_its_whole_way_by_the_buttons(client, post, send):
    letter = send("2026-10-08 10:00").letter
    with clock.at(moment("2026-10-09 09:00")):
        ways = [
            press(client, post.lawyer, letter, "refer", department=post.registry.pk, note="归注册科"),
            press(client, post.registrar, letter, "dispute", note="不归我科"),
            press(client, post.clerk, letter, "adjudicate", department=post.law.pk, note="归法制科"),
            press(client, post.lawyer, letter, "instruct", leader=post.signer.pk, question="可否先行赔付"),
            press(client, post.lawyer, letter, "escalate", reason="涉及多人"),
            press(client, post.clerk, letter, "extend", **EXTENDED),
            press(client, post.clerk, letter, "pause", clause="第二十二条", reason="等待检测", document=""),
            press(client, post.clerk, letter, "resume"),
            press(client, post.lawyer, letter, "reclassify", matter=post.enquiry.pk, note="实为咨询"),
            press(client, post.lawyer, letter, "save", text="草稿", outcome="", version=0),
            press(client, post.lawyer, letter, "finish", text="已退货。", outcome="SOLVED", version=1),
        ]  # fmt: skip
        assert [one.status_code for one in ways] == [302] * len(ways)
        answer = letter.answers.get()
        client.force_login(post.law_head)
        step = {"step": answer.steps.get().pk}
        assert client.post(reverse("desk:answer_act", args=[answer.pk, "return_"]), step).status_code == 422
        assert client.post(reverse("desk:answer_act", args=[answer.pk, "approve"]), step).status_code == 302
        assert press(client, post.lawyer, letter, "close", note="").status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.outcome) == (LetterState.CLOSED, Outcome.SOLVED)


def test_extension_and_pause_move_the_due_date_with_clause_person_and_paper(client, post, send):
    letter = send("2026-10-12 10:00").letter
    with clock.at(moment("2026-10-13 09:00")):
        press(
            client,
            post.clerk,
            letter,
            "extend",
            days=5,
            clause="第二十二条",
            reason="须检测",
            document="法审〔2026〕1号",
        )
    limit = limits.open_limits_for(letter).get()
    assert f"{clock.local(limit.due_at):%m-%d}" == "11-02"
    said = page(client, post.lawyer, letter.get_absolute_url()).content.decode()
    assert "延长 5 个工作日：须检测（第二十二条，法审〔2026〕1号）" in said
    assert press(client, post.lawyer, letter, "extend", days=5, clause="x", reason="x").status_code == 403
    assert press(client, post.clerk, letter, "extend", days=-1, clause="x", reason="x").status_code == 422


def test_a_major_matter_is_before_head_and_chief_until_one_closes_it(client, post, send):
    letter = send().letter
    press(client, post.lawyer, letter, "escalate", reason="可能群体上访")
    found = Escalation.objects.get()
    address = found.get_absolute_url()

    for person in (post.law_head, post.chief):
        assert "过期食品" in page(client, person, address).content.decode()
        assert "重大问题" in page(client, person, reverse("desk:home")).content.decode()
    assert page(client, post.registrar, address).status_code == 404
    assert "过期食品" not in page(client, post.inspector, address).content.decode()
    assert press(client, post.lawyer, letter, "escalate", reason="再报").status_code == 409

    client.force_login(post.chief)
    assert client.post(address, {"conclusion": ""}).status_code == 422
    assert client.post(address, {"conclusion": "已约谈超市"}).status_code == 302
    client.force_login(post.law_head)
    assert client.post(address, {"conclusion": "重复"}).status_code == 409


def test_an_instruction_is_answered_by_the_one_who_was_asked(client, post, send):
    letter = send().letter
    press(client, post.lawyer, letter, "instruct", leader=post.signer.pk, question="可否先行赔付")
    asked = letter.instructions.get()
    address = reverse("desk:instruction", args=[asked.pk])

    assert [one.working_days for one in limits.open_limits_for(asked)] == [5]
    assert "可否先行赔付" in page(client, post.signer, address).content.decode()
    client.force_login(post.lawyer)
    assert client.post(address, {"answer": "代答"}).status_code == 403
    client.force_login(post.signer)
    assert client.post(address, {"answer": "同意"}).status_code == 302
    assert not limits.open_limits_for(asked).exists()


def test_opening_a_letterbox_is_looking_at_it_once_a_day(client, post):
    address = reverse("desk:letterbox", args=[post.centre_box.pk])
    with clock.at(moment("2026-10-12 08:40")):
        assert "已登记在您名下" in page(client, post.clerk, address).content.decode()
        assert "已登记在您名下" not in page(client, post.clerk, address).content.decode()
        assert page(client, post.inspector, address).status_code == 200  # looks on, and is no 专人
        assert page(client, post.lawyer, address).status_code == 404
    look = LetterboxLook.objects.get()
    assert (look.by, str(look.day)) == (post.clerk, "2026-10-12")


def test_the_register_shows_days_nobody_looked(client, post):
    with clock.at(moment("2026-10-14 09:00")):
        said = page(client, post.inspector, reverse("desk:letterboxes")).content.decode()
        assert client.get(reverse("desk:letterboxes") + "?month=2026-13").status_code == 200
    assert "漏看 5 天" in said  # 8, 9, 10 (a make-up day), 12 and 13 October; the 14th is still running


def test_the_board_shows_the_centre_everything_and_a_department_its_own(client, post, send):
    send(title="甲信")
    send(title="乙信", department=post.registry, nonce="1" * 32)
    board = reverse("desk:letters")

    def titles(person, query=""):
        said = page(client, person, board + query).content.decode()
        return [title for title in ("甲信", "乙信") if title in said]

    assert titles(post.clerk) == titles(post.inspector) == ["甲信", "乙信"]
    assert titles(post.lawyer) == ["甲信"]
    assert titles(post.clerk, f"?department={post.registry.pk}") == ["乙信"]
    assert titles(post.clerk, "?q=乙") == ["乙信"]
    assert titles(post.clerk, "?state=ANSWERED") == []
    assert titles(post.clerk, "?state=nonsense&box=x&before=-1&q=%00") == ["甲信", "乙信"]
    for person in (post.granter, post.staff, post.collector):
        assert page(client, person, board).status_code == 404


def test_the_board_goes_back_page_by_page(client, post, send):
    for number in range(31):
        send(title=f"来信{number:02}号", nonce=f"{number:032x}")
    first = page(client, post.clerk, reverse("desk:letters"))
    before = first.context["listing"].before
    second = client.get(f"{reverse('desk:letters')}?before={before}")

    assert len(first.context["listing"].rows) == 30
    assert [row.letter.title for row in second.context["listing"].rows] == ["来信00号"]


@pytest.mark.parametrize("name", ["letters", "letter_figures", "letterboxes", "home"])
def test_lists_cost_the_same_for_one_and_thirty(client, post, send, name, django_assert_max_num_queries):
    for number in range(30):
        send(title=f"来信{number}", nonce=f"{number:032x}", department=(post.law, post.registry)[number % 2])
    client.force_login(post.clerk if name != "home" else post.lawyer)
    client.get(reverse(f"desk:{name}"))
    with django_assert_max_num_queries(24):
        assert client.get(reverse(f"desk:{name}")).status_code == 200


def test_the_figures_count_by_age_and_by_time(client, post, send):
    send("2026-10-12 10:00")
    letter = send("2026-09-01 10:00", nonce="1" * 32).letter
    send("2026-09-02 10:00", nonce="2" * 32, department=post.registry)
    with clock.at(moment("2026-09-04 10:00")):
        answer = answers.finish(letter, text="已退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer)
        answers.approve(answer.steps.get(), by=post.law_head)
    with clock.at(moment("2026-10-13 10:00")):
        context = page(client, post.inspector, reverse("desk:letter_figures")).context
    rows = {str(row.department): (row.numbers, row.late) for row in context["rows"]}
    assert rows == {"法制科": ([1, 0, 0, 0], 0), "注册科": ([0, 0, 0, 1], 1)}
    assert [(str(one.department), one.answered, one.on_time) for one in context["records"]] == [
        ("法制科", 1, 1)
    ]


def test_earlier_answers_to_like_letters_are_offered(client, post, send):
    first = send(title="营业执照遗失怎样补领").letter
    answer = answers.finish(
        first, text="网上申请补领即可。", outcome=Outcome.EXPLAINED, version=0, by=post.lawyer
    )
    answers.approve(answer.steps.get(), by=post.law_head)
    second = send(title="营业执照丢了怎么补领", nonce="1" * 32).letter

    assert "网上申请补领即可。" in page(client, post.lawyer, second.get_absolute_url()).content.decode()


def test_a_letter_in_nobody_s_hands_is_still_the_centre_s(client, post, send):
    letter = send().letter
    post.lawyer.is_active = False
    post.lawyer.save()

    letter = letters.refer(letter, post.registry, by=post.clerk, note="法制科暂无人承办")
    assert Letter.objects.get().department == post.registry


def test_the_centre_counts_every_channel(client, post, send, django_assert_max_num_queries):
    send()
    with clock.at(moment("2026-09-30 12:00")):
        context = page(client, post.clerk, reverse("desk:centre")).context
    rows = [(one.channel.label, one.today, one.waiting, one.late) for one in context["standings"]]
    assert rows == [("来信", 1, 1, 0), ("提问", 0, 0, 0), ("评论", 0, 0, 0), ("投稿", 0, 0, 0)]
    assert page(client, post.staff, reverse("desk:centre")).status_code == 404
    client.force_login(post.clerk)
    with django_assert_max_num_queries(24):
        client.get(reverse("desk:centre"))
