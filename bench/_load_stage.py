"""What the load test stands on: an office, a poll and an exam that are open, and people who are signed in."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db.models import Count

from columns import operations as column_operations
from columns.models import Role
from interaction.enums.activities import ActivityKind, Participants
from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.models import Activity, Attempt, Ballot, VoterMark
from interaction.operations import activities, activity_moves, banks, exams, polls
from interaction.operations.activities import Frame
from interaction.operations.exams import Paper, RuleDraft
from interaction.operations.polls import Asked, Choosable
from interaction.rules.exam_questions import QuestionDraft
from portal import clock
from portal.enums import DepartmentKind, Power
from portal.models import Department, Site, User

BACKEND = "columns.backends.PowerBackend"


def prepare(people: int, questions: int) -> dict:
    """The plan for `bench._locustfile`."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    department = Department.objects.create(name="分局", code="fenju", kind=DepartmentKind.SUB_BUREAU)
    site = Site.objects.create(key="fenju", name="分局信息网", department=department)
    maker = _person("maker", "采集人", department, site, [Power.COLLECT, Power.PUBLISH])
    head = _person("head", "负责人", department, site, [Power.REVIEW])
    poll, exam = _poll(site, maker), _exam(site, maker, questions)
    for activity in (poll, exam):
        activity_moves.approve(activity_moves.report(activity, by=maker), by=head)
    question = Activity.objects.get(pk=poll.pk).poll.asked()[0]
    return {
        "poll": poll.pk, "ballot": {f"q{question.pk}": question.choosable[0].pk}, "exam": exam.pk,
        "sessions": {f"p{n}": sign_in(staff(n, department)) for n in range(people)},
    }  # fmt: skip


def check_votes(voters: int) -> list[str]:
    """What went wrong, in words."""
    marks, ballots = VoterMark.objects.count(), Ballot.objects.count()
    return [] if marks == ballots == voters else [f"{voters} 人投票，记下 {marks} 人、{ballots} 张选票"]


def check_answers(said: list, sitters: int) -> list[str]:
    faults = [] if len(said) == sitters else [f"{sitters} 人应考，{len(said)} 人答完"]
    twice = Attempt.objects.values("person").annotate(n=Count("pk")).filter(n__gt=1).count()
    faults += [f"{twice} 人有两份答卷"] if twice else []
    kept = {
        (item.attempt.person.staff_number, item.position): item.answer
        for attempt in Attempt.objects.select_related("person").prefetch_related("items")
        for item in attempt.items.all()
    }
    lost = sum(
        kept.get((name, int(place))) != [choice]
        for name, answers in said
        for place, choice in answers.items()
    )
    return faults + ([f"丢失 {lost} 个答案"] if lost else [])


def _person(number: str, name: str, department: Department, site: Site, powers: list[Power]) -> User:
    person = User.objects.create_user(number, name=name, department=department)
    role = Role.objects.create(key=number.upper(), name=name, powers=[str(power) for power in powers])
    column_operations.appoint(person, role, site, by=User.objects.system(), reason="测量")
    return person


def staff(number: int, department: Department) -> User:
    return User.objects.create(
        staff_number=f"p{number}",
        name=f"干部{number}",
        department=department,
        password="!",
        password_set_at=clock.now(),
    )


def sign_in(person: User) -> str:
    """A session as after the sign-in; its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def _frame(title: str, department: Department) -> Frame:
    now = clock.now()
    return Frame(
        title=title, department=department, participants=Participants.STAFF, opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
    )  # fmt: skip


def _poll(site: Site, by: User) -> Activity:
    activity = activities.create(ActivityKind.POLL, site, _frame("投票", site.department), by=by)
    options = [Choosable("甲"), Choosable("乙"), Choosable("丙")]
    polls.put_question(activity, Asked(text="选哪个？", most=1, options=options), by=by)
    polls.promise(activity, is_anonymous=True, counts_units=False, by=by)
    return Activity.objects.get(pk=activity.pk)


def _exam(site: Site, by: User, questions: int) -> Activity:
    bank = banks.make(site, "题库", by=by)
    single = ExamQuestionKind.SINGLE
    drafts = [
        QuestionDraft(
            kind=single, stem=f"第{n}题（　）。", topic="测量", difficulty=Difficulty.EASY, points=5,
            options=["甲", "乙", "丙"], key=[1],
        )
        for n in range(questions)
    ]  # fmt: skip
    banks.import_questions(bank, drafts, by=by)
    activity = activities.create(ActivityKind.EXAM, site, _frame("考试", site.department), by=by)
    paper = Paper(
        rules=[RuleDraft(bank=bank, kind=single, count=questions, points=5)], minutes=60, pass_mark=questions * 3,
        shuffles_options=False,
    )  # fmt: skip
    exams.save_setup(activity, paper, by=by)
    return Activity.objects.get(pk=activity.pk)
