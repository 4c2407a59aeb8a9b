"""What each of many people does at once: vote in a hurry, or sit an exam and save every quarter of a minute.

Run by `bench._load`, which hands over `LOAD_PLAN`: a JSON file with one session cookie a person and what to open.
Everybody's last answers are written to `LOAD_SAID`, so that none can be lost unnoticed.
"""

import itertools
import json
import os
import random
import re
from pathlib import Path

import gevent
from locust import HttpUser, constant, task

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
SAID = Path(os.environ["LOAD_SAID"])
SAVE_EVERY, SAVES, IMPATIENT = 15, 6, 0.2
people, done = itertools.cycle(PLAN["sessions"].items()), itertools.count(1)


class Person(HttpUser):
    abstract = True

    def on_start(self) -> None:
        self.name, session = next(people)
        self.client.cookies.set("sessionid", session)

    def leave(self) -> None:
        """Whoever is done stays quiet, so that nobody comes in their place; the last one ends the run."""
        if next(done) == self.environment.parsed_options.num_users:
            self.environment.runner.quit()
        gevent.sleep(3600)

    def token(self) -> str:
        return self.client.cookies.get("csrftoken", "")


class Voter(Person):
    """Opens the page and presses 投票; every fifth is impatient and presses it twice."""

    wait_time = constant(0)

    @task
    def vote(self) -> None:
        gevent.sleep(random.random())  # locust sends a second's people all at once
        address = f"/polls/{PLAN['poll']}/"
        self.client.get(address, name="投票页")
        data = {**PLAN["ballot"], "csrfmiddlewaretoken": self.token()}
        for _ in range(1 + (random.random() < IMPATIENT)):
            with self.client.post(
                f"{address}vote/", data=data, allow_redirects=False, name="投票", catch_response=True
            ) as answer:
                answer.success() if answer.status_code == 302 else answer.failure(f"{answer.status_code}")
        self.leave()


class Sitter(Person):
    """Starts the exam, answers one question every quarter of a minute, and hands in."""

    wait_time = constant(0)

    @task
    def sit(self) -> None:
        gevent.sleep(random.random())
        start = f"/exams/{PLAN['exam']}/"
        self.client.get(start, name="考试说明")
        page = self.client.post(f"{start}sit/", data={"csrfmiddlewaretoken": self.token()}, name="开始答题")
        attempt = re.search(r'name="attempt" value="(\d+)"', page.text)[1]
        places, said = sorted({int(one) for one in re.findall(r'name="q-(\d+)"', page.text)}), {}
        gevent.sleep(random.uniform(0, SAVE_EVERY))
        for turn in range(1, SAVES + 1):
            place, choice = random.choice(places), random.randint(0, 2)
            data = {
                "attempt": attempt, "question": place, "answer": choice, "sequence": turn,
                "csrfmiddlewaretoken": self.token(),
            }  # fmt: skip
            with self.client.post(f"{start}save/", data=data, name="保存", catch_response=True) as answer:
                if answer.status_code == 200:
                    said[place] = choice
                else:
                    answer.failure(f"{answer.status_code}")
            gevent.sleep(SAVE_EVERY)
        with SAID.open("a") as file:
            file.write(json.dumps([self.name, said]) + "\n")
        self.leave()
