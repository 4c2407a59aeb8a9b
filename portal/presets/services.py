"""`--demo`: sample service items with their forms, pre-reviews at every stage, results; all by the real operations."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from disclosure.enums.prereviews import ApplicantType, Verdict
from disclosure.enums.result_notices import Handled
from disclosure.importing.services import text_of
from disclosure.models import PreReview, ServiceItem
from disclosure.operations import applying, prereviews, result_notices, service_texts, services
from disclosure.operations.service_texts import Text
from portal import clock
from portal.documents import Paper, Table, word
from portal.models import Department, Site, User
from portal.presets import source
from portal.presets.moments import moment

Row = Mapping[str, Any]
DAYS_IN_FORCE = 40
RESULTS = {one.label: one for one in Handled}


def play(preset: str) -> None:
    """Once, in an office that has no item yet."""
    path = source.folder(preset) / "demo" / "services.yaml"
    if not path.exists() or ServiceItem.objects.exists():
        return
    told = source.read_file(path, "services.yaml")
    stage = Stage(told)
    with transaction.atomic():
        for place, row in enumerate(told["services"]):
            stage.offer(row, place)
        for row in sorted(told["pre_reviews"], key=lambda row: -row["ago"]):
            stage.apply(row)
        for row in told["results"]:
            stage.enter(row)


class Stage:
    """What the scenes share, looked up once."""

    def __init__(self, told: Row) -> None:
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.departments = {one.name: one for one in Department.objects.all()}
        self.sites = {site.key: site for site in Site.objects.all()}
        self.told, self.clerk = told, self.people[told["clerk"]]

    def offer(self, row: Row, place: int) -> None:
        """Written and approved; those of `drafts` wait for approval."""
        writer = self.people[self.told["writer"]]
        with clock.at(moment(DAYS_IN_FORCE, hour=9, minute=3 * place)):
            guide = service_texts.create(self.sites[row["site"]], self._text(row), by=writer)
            services.submit(guide, by=writer)
        if row["key"] not in self.told["drafts"]:
            with clock.at(moment(DAYS_IN_FORCE - 1, hour=10, minute=3 * place)):
                services.approve(guide, by=self.people[self.told["publishers"][row["site"]]])

    def apply(self, row: Row) -> None:
        item = ServiceItem.objects.select_related("guide").get(name=row["item"])
        draft = applying.Draft(
            item=item, kind=row.get("kind", ApplicantType.PERSON), name=row["name"], phone=row["phone"],
            agent=row.get("agent", ""), email=row.get("email", ""), words=row.get("words", ""),
            files={one.pk: [_scan(one.name)] for one in item.guide.materials.all() if one.is_required},
        )  # fmt: skip
        nonce = f"{PreReview.objects.count() + 1:032x}"
        with clock.at(moment(row["ago"], hour=9, minute=30)):
            found = applying.apply(draft, nonce=nonce).pre_review
        for step in row["steps"]:
            with clock.at(moment(step["ago"], hour=15, minute=10)):
                self._take(found, step)

    def enter(self, row: Row) -> None:
        with clock.at(moment(row["ago"], hour=16)):
            entry = result_notices.Entry(
                item=ServiceItem.objects.select_related("site", "department").get(name=row["item"]),
                number=row["number"], name=row["name"], is_person=row.get("is_person", True),
                result=RESULTS[row["result"]], decided_on=clock.today(), remark=row.get("remark", ""),
            )  # fmt: skip
            notice = result_notices.enter(entry, by=self.clerk)
        if row.get("upto") != "enter":
            self._publish(notice, row["ago"])

    def _take(self, found: PreReview, step: Row) -> None:
        found = PreReview.objects.select_related("item__site", "guide", "site", "department").get(pk=found.pk)
        if step["do"] == "return_":
            rows = found.materials.select_related("material")
            faults = {one.pk: step["faults"][str(one)] for one in rows if str(one) in step["faults"]}
            prereviews.return_(found, faults, by=self.clerk)
        elif step["do"] == "correct":
            faulty = found.materials.filter(verdict=Verdict.FAULTY).select_related("material")
            applying.correct(found, {one.material_id: [_scan(f"{one}（补正）")] for one in faulty})
        elif step["do"] == "pass_":
            prereviews.pass_(found, bring=prereviews.usual_words(found), by=self.clerk)
        else:
            said = {"number": step["number"], "result": RESULTS[step["result"]], "decided_on": clock.today()}
            entry = result_notices.entry_of(found, **said)
            self._publish(result_notices.enter_from(found, entry, by=self.clerk), step["ago"])

    def _publish(self, notice, ago: int) -> None:
        publisher = self.people[self.told["publishers"][notice.site.key]]
        with clock.at(moment(ago, hour=17)):
            result_notices.publish(notice, by=publisher)

    def _text(self, row: Row) -> Text:
        """Read as a table's line is, with a form to fill in and a filled one where the sample has them."""
        fields = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
        text = text_of(fields, self.departments)
        forms = row.get("forms", {})
        for one in text.parts["materials"]:
            if one["name"] in forms:
                one["blank_form"] = _form(one["name"], forms[one["name"]], "")
                one["sample"] = _form(one["name"], forms[one["name"]], "（样表）")
        return text


def _form(name: str, lines: list[list[str]], mark: str) -> SimpleUploadedFile:
    rows = [[label, filled if mark else ""] for label, filled in lines]
    paper = Paper(masthead="", title=f"{name}{mark}", parts=(Table("", ["项目", "填写"], rows, [2, 5]),))
    return SimpleUploadedFile(f"{name}{mark}.docx", word(paper))


def _scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.txt", f"{name}（样例材料，代替扫描件）".encode())
