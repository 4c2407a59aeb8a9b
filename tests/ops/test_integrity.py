"""`check_integrity`: silent where all is well, exact about what is not, and it changes nothing."""

import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from guardian.models import UserObjectPermission

from disclosure.models import RequestYear
from interaction.models import VoterMark
from portal import clock, limits, uploads
from portal.models import AuditEntry, Limit, StoredFile
from portal.uploads import stray_files
from portal.uploads.strays import sweep_stray_files
from publishing.enums import ArticleState
from publishing.models import Article
from tests.interaction.poll_kit import poll


def checked(*names: str) -> tuple[int, dict[str, list[str]]]:
    """Exit code, and what was said of each check that found something."""
    told = StringIO()
    try:
        call_command("check_integrity", *names, format="json", stdout=told)
        code = 0
    except SystemExit as ended:
        code = ended.code
    checks = json.loads(told.getvalue())["checks"]
    return code, {one["name"]: [f["said"] for f in one["findings"]] for one in checks if one["findings"]}


def upload(office, name: str = "表.txt") -> StoredFile:
    return uploads.accept(SimpleUploadedFile(name, "内容".encode()), owner=office.collector)


def test_a_house_in_order_is_sound(office, write):
    write(upto="publish")
    upload(office)
    assert checked() == (0, {})


def test_it_tells_people_the_same_in_words(office):
    told = StringIO()
    call_command("check_integrity", "audit_chain", stdout=told)
    assert told.getvalue() == "审计链完好：无误\n"


def test_a_check_that_is_not_there_is_named(office):
    with pytest.raises(CommandError, match="没有名为 nothing 的核对"):
        call_command("check_integrity", "nothing")


def test_a_changed_entry_of_the_trail_is_found(office, write):
    write(upto="publish")
    AuditEntry.objects.filter(pk=AuditEntry.objects.last().pk).update(note="改过")
    assert checked("audit_chain") == (1, {"audit_chain": ["内容与校验值不符，记录被改动"]})


def test_a_state_that_no_act_led_to_is_found(office, write):
    revision = write(upto="report")
    type(revision).objects.filter(pk=revision.pk).update(state="DRAFT")
    code, found = checked("states")
    assert (code, found["states"]) == (1, ["最后的办理是“提交审核”，状态却是“DRAFT”"])
    type(revision).objects.filter(pk=revision.pk).update(state="ODD")
    assert checked("states")[1]["states"] == ["状态“ODD”不在办理流程之中"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "文件不在了或打不开"),
        (lambda path: path.write_bytes(b"half"), "应有 6 字节，实有 4 字节"),
        (lambda path: path.write_bytes(b"abcdef"), "内容与校验值不符"),
    ],
)
def test_a_lost_half_written_or_changed_file_is_found(office, harm, said):
    harm(Path(upload(office).file.path))
    assert checked("files") == (1, {"files": [f"表.txt：{said}"]})


def test_a_file_without_a_row_is_swept_away_after_a_day_and_found_when_it_was_not(office):
    stored = upload(office)
    stray = Path(stored.file.path).with_name("11111111-1111-4111-8111-111111111111.txt")
    stray.write_bytes(b"half")
    assert sweep_stray_files() == 0
    for days, found in ((0, 0), (3, 1)):
        with clock.at(clock.now() + timedelta(days=days)):
            assert len(checked("stray_files")[1].get("stray_files", [])) == found
    with clock.at(clock.now() + timedelta(days=3)):
        assert sweep_stray_files() == 1
        assert list(stray_files(before=clock.now())) == []
    assert Path(stored.file.path).exists()
    assert os.listdir(stray.parent) == [Path(stored.file.path).name]


def test_a_due_date_that_was_not_reckoned_is_found(office, write):
    article = write(upto="publish").article
    limit = limits.start(article, label="测试", working_days=5, owner=office.collector, clause="测试")
    assert checked("limits") == (0, {})
    Limit.objects.filter(pk=limit.pk).update(due_at=limit.due_at + timedelta(days=1))
    assert checked("limits")[0] == 1


def test_a_live_text_without_its_revision_is_found(office, write):
    article = write(upto="publish").article
    Article.objects.filter(pk=article.pk).update(title="另一个标题")
    assert checked("live_articles")[1] == {"live_articles": ["线上的标题与发布的修订不一致"]}
    Article.objects.filter(pk=article.pk).update(state=ArticleState.NEW)
    assert checked("new_articles")[1] == {"new_articles": ["未发布，却已有发布的修订"]}


def test_a_voter_without_a_ballot_is_found(office):
    VoterMark.objects.create(activity=poll(office), voter=office.staff)
    assert checked("ballots")[1] == {"ballots": ["1 人投过票，却有 0 张选票"]}


def test_a_number_that_was_counted_and_never_given_is_found(office):
    RequestYear.objects.create(site=office.main, year=2026, last=3)
    assert checked("request_numbers")[1] == {"request_numbers": ["2026 年计数到 3 号，登记簿到 0 号"]}


def test_a_power_that_no_grant_gives_is_found(office):
    UserObjectPermission.objects.filter(user=office.moderator).first().delete()
    assert checked("grants")[0] == 1


def test_checking_writes_nothing(office, write):
    write(upto="publish")

    def refuse(execute, sql, *more):
        assert sql.split()[0] in ("SELECT", "SAVEPOINT", "RELEASE", "DECLARE", "PRAGMA"), sql
        return execute(sql, *more)

    with connection.execute_wrapper(refuse):
        assert checked() == (0, {})
