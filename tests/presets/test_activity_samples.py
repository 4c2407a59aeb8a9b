"""The sample consultations and interviews hang together: clauses that exist, speakers who are guests, steps in order."""

from interaction.rules.clauses import cut
from portal.presets.scenes import rows


def test_every_sample_opinion_is_on_a_clause_of_its_draft_and_every_decision_on_an_opinion():
    told = rows("jiangsu", "consultations.yaml", "consultations")
    assert [row["key"] for row in told] == ["nongmao", "pingan"]
    for row in told:
        headings = {piece.heading for piece in cut(row["draft"]) if piece.text}
        assert {said["clause"] for said in row["opinions"] if "clause" in said} <= headings
        numbers = set(range(1, len(row["opinions"]) + 1))
        merged = {number for one in row.get("merges", []) for number in one["others"]}
        decided = {one["number"] for one in row.get("decisions", [])}
        assert "feedback" not in row or decided | merged == numbers
        assert all(row["opens"] >= said["ago"] >= max(row["closes"], 0) for said in row["opinions"])


def test_in_a_sample_interview_guests_speak_and_accepted_questions_are_answered():
    told = rows("jiangsu", "interviews.yaml", "interviews")
    assert [row["day"] > 0 for row in told] == [True, False]
    for row in told:
        guests = {one["name"] for one in row["guests"]}
        accepted = {one["key"] for one in row["questions"] if one.get("accept")}
        said = row.get("entries", [])
        assert {one["by"] for one in said if "by" in one} <= guests
        assert {one["question"] for one in said if "question" in one} <= accepted
        assert [one["minute"] for one in said] == sorted(one["minute"] for one in said)
