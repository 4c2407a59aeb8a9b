"""What people say to the office, one of every kind: a letter with its answer under review, and all that hangs on it."""

import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace

from columns import operations as column_operations
from columns.enums import ColumnKind
from columns.models import Column, Responsibility, ReviewRoute, Role
from interaction.enums.activities import ActivityKind
from interaction.enums.letters import LetterKind, Outcome
from interaction.models import Letterbox, Matter, PublicLetter
from interaction.operations import (
    answers,
    banks,
    comments,
    contributions,
    escalations,
    exams,
    instructions,
    interview_entries,
    interview_questions,
    opinions,
    questions,
    writing,
)
from portal import clock
from portal.enums import Power
from portal.models import User
from publishing.models import Article
from tests.interaction.activity_kit import make, take
from tests.interaction.consultations.conftest import make as consultation
from tests.interaction.exams.conftest import fill, paper
from tests.interaction.interviews.conftest import make as interview
from tests.interaction.poll_kit import poll
from tests.interaction.poll_kit import questions as questions_of
from tests.interaction.survey_kit import asked
from tests.interaction.survey_kit import survey as a_survey

NEVER = 10**9
"""The number of nothing."""


@dataclass
class Dialogue:
    """`numbers`: the id that an address asks for, by how it begins; `places`: what else stands in addresses,
    `parts`: in those that begin so.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)

    def number(self, route: str) -> int | None:
        found = [part for part in self.numbers if route.startswith(part)]
        return self.numbers[max(found, key=len)] if found else None

    def filling(self, route: str) -> dict[str, str]:
        own = [filling for part, filling in self.parts.items() if route.startswith(part)]
        return self.places | {name: text for filling in own for name, text in filling.items()}


def build(office: SimpleNamespace, live: Article) -> Dialogue:
    """`live`: a text that readers see."""
    dialogue = Dialogue()
    _letter(office, dialogue)
    _user_items(office, live, dialogue)
    _activities(office, dialogue)
    _consultation_and_interview(office, dialogue)
    _exam(office, dialogue)
    return dialogue


def answerer(office: SimpleNamespace) -> User:
    """Somebody of the office's section who answers; none of the tables' roles does."""
    role, _ = Role.objects.get_or_create(
        key="CLERK", defaults={"name": "答复人员", "powers": [str(Power.ANSWER)]}
    )
    person = User.objects.create_user("clerk", name="承办人", department=office.section)
    column_operations.appoint(person, role, office.main, by=office.system, reason="测试")
    return person


def _letter(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """Written by a stranger, put before head and chief, asked about, answered by the clerk; its answer waits."""
    clerk = answerer(office)
    box = Letterbox.objects.create(
        site=office.main, key="juzhang", name="局长信箱", receiver=office.section, office=office.section,
        writer_picks=True, takes_files=True, route=ReviewRoute.objects.get(key="head"), clause="测试",
    )  # fmt: skip
    matter = Matter.objects.create(
        letterbox=box, key="tousu", name="投诉", kind=LetterKind.COMPLAINT, answer_days=10, clause="测试"
    )
    draft = writing.Draft(
        letterbox=box, matter=matter, title="来信标题", body="来信正文mark-letter-", department=office.section,
        writer_name="来信人mark-letter-", phone="13800000000", agrees_to_publish=True,
    )  # fmt: skip
    letter = writing.write(draft, nonce="0" * 32).letter
    asked = instructions.ask(letter, office.signer, question="可否先行赔付", by=clerk)
    put = escalations.escalate(letter, office.main, office.section, reason="涉及多人", by=clerk)
    answer = answers.finish(letter, text="答复mark-letter-", outcome=Outcome.SOLVED, version=0, by=clerk)
    other = writing.write(draft, nonce="1" * 32).letter
    shown = PublicLetter.objects.create(
        letter=other,
        site=office.main,
        title="选登",
        body="文",
        answer="答",
        is_public=True,
        published_at=clock.now(),
    )
    dialogue.numbers |= {
        "mailbox/public/": shown.pk, "desk/letters/": letter.pk, "desk/letterboxes/": box.pk,
        "desk/answers/": answer.pk, "desk/instructions/": asked.pk, "desk/escalations/": put.pk,
        "admin/interaction/letterbox/": box.pk,
    }  # fmt: skip
    dialogue.places |= {"slug:code": letter.code, "slug:key": "juzhang"}


def _user_items(office: SimpleNamespace, live: Article, dialogue: Dialogue) -> None:
    """Of a reader whom no role of the tables stands for: a comment and a contribution that wait, a question too."""
    reader = User.objects.create_user("reader", name="读者", department=office.section)
    live.column.takes_comments = live.column.takes_contributions = True
    live.column.save()
    column = Column.objects.create(
        site=office.main, name="法制园地", slug="fazhiyuandi", kind=ColumnKind.QUESTIONS, route=office.head
    )
    Responsibility.objects.create(column=column, department=office.section, answers=True)
    comment = comments.post(live, "评论mark-said-", by=reader, key=uuid.uuid4())
    text = contributions.Text(column=live.column, title="投稿标题", body="<p>投稿mark-said-</p>")
    sent = contributions.submit(text, by=reader, key=uuid.uuid4())
    question = questions.ask(
        column, office.section, title="提问标题", body="提问mark-said-", by=reader, key=uuid.uuid4()
    )
    dialogue.numbers |= {
        "a/<int:pk>/comments/": live.pk, "desk/comments/": comment.pk, "contributions/": sent.pk,
        "desk/contributions/": sent.pk, "questions/": question.pk, "desk/questions/": question.pk,
    }  # fmt: skip


def _activities(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """A poll and a survey that are open, and one of each that waits for review."""
    waits, asks = poll(office, upto="report"), a_survey(office, upto="report")
    dialogue.numbers |= {
        "polls/": poll(office).pk, "surveys/": a_survey(office).pk, "desk/activities/": waits.pk,
        "desk/activities/<int:pk>/survey/": asks.pk,
    }  # fmt: skip
    section = str(asks.survey.sections.first().pk)
    dialogue.places |= {"int:section": section, "slug:way": "up", "uuid:answer": str(uuid.uuid4())}
    dialogue.parts |= {
        "desk/activities/new/": {"slug:slug": "poll"},
        "desk/activities/<int:pk>/poll/": {"int:number": str(questions_of(waits)[0].pk)},
        "desk/activities/<int:pk>/survey/": {"int:number": str(asked(asks)[0].pk)},
        "desk/activities/<int:pk>/survey/sections/": {"int:number": section},
    }


def _consultation_and_interview(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """Open to everybody, with an opinion and a question that nobody has looked at, and one line on record."""
    asked, talk = consultation(office), interview(office)
    clause = asked.consultation.clauses.exclude(text="").first()
    opinion = opinions.send(
        asked, opinions.Draft(text="意见mark-said-", clause=clause), nonce="2" * 32
    ).opinion
    question = interview_questions.ask(talk, "问题mark-said-", nonce="3" * 32, asker_name="", by=None)
    line = interview_entries.enter(
        talk, interview_entries.Line(text="开场", guest=None), nonce="4" * 32, by=office.collector
    )
    here = "desk/activities/<int:pk>/"
    dialogue.numbers |= {
        "consultations/": asked.pk, "<slug:segment>/": asked.pk, "interviews/": talk.pk,
        **dict.fromkeys((f"{here}consultation/", f"{here}opinions/", f"{here}feedback/"), asked.pk),
        **dict.fromkeys((f"{here}guests/", f"{here}media/", f"{here}interview/", f"{here}questions/"), talk.pk),
    }  # fmt: skip
    dialogue.places |= {"slug:segment": "consultations", "uuid:file": str(uuid.uuid4())}
    dialogue.parts |= {
        f"{here}opinions/": {"int:opinion": str(opinion.pk)},
        f"{here}interview/": {"int:entry": str(line.pk)},
        f"{here}questions/": {"int:question": str(question.pk)},
    }


def _exam(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """An exam of one question that is open, its bank kept by the collector; nobody has sat it."""
    bank = banks.make(office.main, "题库", by=office.collector, note="")
    fill(bank, office.collector, SINGLE=1)
    exam = make(office, ActivityKind.EXAM, title="考试")
    exams.save_setup(exam, paper(bank, {"SINGLE": (1, 5)}, {}), by=office.collector)
    exam = take(exam, office, "approve")
    dialogue.numbers |= {"exams/": exam.pk, "desk/exams/": exam.pk, "desk/banks/": bank.pk}
    question = str(bank.questions.first().pk)
    dialogue.places |= {"int:item": str(NEVER)}
    dialogue.parts |= {"desk/banks/": {"int:question": question, "slug:kind": "single"}}
