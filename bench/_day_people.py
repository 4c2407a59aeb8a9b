"""What people of an office do all day: two hundred look at their desk and mend their texts, two thousand read.

Run by `bench._day`, which hands over `LOAD_PLAN`: a JSON file with session cookie, draft and address of each person, and
the pages that readers open.
"""

import itertools
import json
import os
import random
from pathlib import Path

from locust import HttpUser, between, task
from locust.contrib.fasthttp import FastHttpUser
from lxml.html import document_fromstring

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
staff = itertools.cycle(PLAN["staff"])


class Editor(HttpUser):
    """Reads a page of the desk, then the next; now and then opens the own text, changes it and saves it."""

    fixed_count = len(PLAN["staff"])
    wait_time = between(10, 30)

    def on_start(self) -> None:
        session, self.text, address = next(staff)
        self.client.cookies.set("sessionid", session)
        self.client.headers["X-Forwarded-For"] = address  # said by the gateway that the portal believes

    @task(3)
    def desk(self) -> None:
        self.client.get("/desk/", name="工作台")

    @task(2)
    def texts(self) -> None:
        self.client.get("/admin/publishing/article/", name="稿件列表")

    @task(1)
    def notices(self) -> None:
        self.client.get("/desk/notices/", name="消息")

    @task(3)
    def mend(self) -> None:
        address = f"/admin/publishing/article/{self.text}/change/"
        page = self.client.get(address, name="打开稿件")
        form = next(one for one in document_fromstring(page.text).forms if "body" in one.fields)
        data = dict(form.form_values()) | {
            "title": f"本周工作情况（第 {random.randint(1, 999)} 稿）",
            "_save": "1",
        }
        headers = {"Referer": f"{self.host}{address}"}
        with self.client.post(
            address, data=data, headers=headers, allow_redirects=False, name="保存稿件", catch_response=True
        ) as answer:
            answer.success() if answer.status_code == 302 else answer.failure(f"{answer.status_code}")


class Reader(FastHttpUser):
    """Opens one page after the other."""

    wait_time = between(5, 15)

    @task
    def read(self) -> None:
        self.client.get(random.choice(PLAN["pages"]), name="公开页面")
