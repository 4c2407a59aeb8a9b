"""Which site an address belongs to: by host name, by path, else the main one (慈溪第十一条)."""

import pytest

from portal import operations
from portal.workflow import Refused


@pytest.mark.parametrize("path", ["/s/beiqiao/", "/s/beiqiao/c/yaowenbaodao/", "/s/beiqiao/login/"])
def test_sub_site_answers_under_its_path(office, client, path):
    assert "北桥工商所" in client.get(path).content.decode()


def test_path_without_the_last_slash_leads_to_it(office, client):
    answer = client.get("/s/beiqiao")
    assert (answer.status_code, answer["Location"]) == (302, "/s/beiqiao/")


@pytest.mark.parametrize("path", ["/s/nowhere/", "/s/nowhere"])
def test_unknown_site_is_not_found(office, client, path):
    assert client.get(path).status_code == 404


def test_sub_site_answers_on_its_own_host_name_and_links_to_it(office, client):
    office.sub.host_name = "beiqiao.portal.example"
    office.sub.save()
    page = client.get("/", headers={"host": "beiqiao.portal.example"}).content.decode()
    assert "北桥工商所首页" in page
    assert office.sub_news.get_absolute_url() == "//beiqiao.portal.example/c/yaowenbaodao/"


def test_sub_site_with_a_host_needs_one_on_the_main_site(office):
    office.sub.host_name = "beiqiao.portal.example"
    with pytest.raises(Refused) as refusal:
        operations.save_site(office.sub, by=office.granter)
    assert refusal.value.field == "host_name"


def test_without_any_site_the_page_says_what_to_do(db, client):
    answer = client.get("/")
    assert answer.status_code == 404
    assert "load_preset" in answer.content.decode()
