"""`publish_pages` makes all pages; `--verify` proves that they are what would be rendered now."""

import json

import pytest
from django.core.management import CommandError, call_command

from publishing.models import Article


def told(capsys, *arguments: str) -> dict:
    capsys.readouterr()
    try:
        call_command("publish_pages", *arguments, "--format", "json")
    finally:
        said = json.loads(capsys.readouterr().out)
        told.last = said
    return said


@pytest.fixture
def published(office, write, press, capsys):
    article = write("原来的标题", upto="publish").article
    assert told(capsys, "--all")["waiting"] == 0
    return article


def test_verify_finds_nothing_after_publishing(published, capsys):
    said = told(capsys, "--verify")
    assert said["checked"] == said["equal"] > 10
    assert (said["holds"], said["different"], said["missing"], said["foreign"], said["pending"]) == (
        True,
        [],
        [],
        [],
        0,
    )


def test_verify_finds_a_page_that_says_something_else_than_the_database(published, capsys):
    Article.objects.update(title="改过的标题")
    with pytest.raises(CommandError):
        told(capsys, "--verify")
    assert f"fenju/a/{published.pk}/" in told.last["different"]


def test_verify_finds_a_missing_page_and_one_too_many(published, press, capsys):
    press.file("c/yaowenbaodao/").unlink()
    press.file("c/more/").write_text("多出的页面")
    with pytest.raises(CommandError):
        told(capsys, "--verify")
    assert told.last["missing"] == ["fenju/c/yaowenbaodao/"]
    assert told.last["foreign"] == ["sites/fenju/c/more.html：不属于门户的文件"]
