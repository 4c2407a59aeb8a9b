"""The diagrams in the docs are those of the tables."""

from pathlib import Path

from django.core.management import call_command

DRAWN = Path(__file__).resolve().parents[2] / "docs" / "workflows.md"


def test_drawn_workflows_are_those_of_the_tables(capsys):
    call_command("workflows")
    assert DRAWN.read_text(encoding="utf-8") == capsys.readouterr().out
