"""The jiangsu preset says what its regulation says, and refers only to things that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PRESET = Path(__file__).parents[2] / "presets" / "jiangsu"

# 附件一《江苏工商基层信息网栏目说明》, in the order of the table.
ANNEX_ONE = [
    (
        "单位概况",
        ["单位介绍", "领导成员", "辖区简介", "机构设置", "职能分工", "人员构成", "历年荣誉"],
    ),
    ("工作动态", ["要闻报道", "工作简报"]),
    ("业务交流", ["注册窗口", "监管前沿", "执法在线", "法制园地"]),
    ("队伍建设", ["教育培训", "廉政之声", "党建工作", "先进典型", "文明创建"]),
    ("内部管理", ["规章制度", "计划总结", "考勤考绩", "安全管理"]),
    ("局务公开", ["事权公开", "人事公开", "财务公开", "热点公开", "党务公开"]),
]

# 实施意见三（二）, second paragraph: (column, department, collects, answers).
DIVISION_OF_WORK = [
    ("单位概况", "办公室", True, False),
    ("工作动态", "办公室", True, False),
    ("队伍建设", "办公室", True, False),
    ("内部管理", "办公室", True, False),
    ("局务公开", "办公室", True, False),
    ("廉政之声", "监察室", True, False),
    ("教育培训", "法制科", True, False),
    ("法制园地", "法制科", False, True),
    ("注册窗口", "注册科", True, False),
    ("监管前沿", "监管一科", True, False),
    ("监管前沿", "监管二科", True, False),
    ("监管前沿", "消保科", True, False),
    ("执法在线", "经检大队", True, False),
]

POWERS = {
    "collect", "review", "sign", "publish", "answer", "inspect", "grant", "manage", "consent", "system", "security",
    "audit",
}  # fmt: skip


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((PRESET / name).read_text(encoding="utf-8"))


def columns() -> list[dict[str, Any]]:
    """Every column of the template, parents before their children."""
    return [c for main in load("columns.yaml")["template"] for c in (main, *main["children"])]


def keys(name: str, section: str) -> set[str]:
    return {entry["key"] for entry in load(name)[section]}


def column_keys() -> set[str]:
    return {column["key"] for column in columns()}


def documents() -> list[Path]:
    return sorted((PRESET / "demo" / "documents").glob("*.html"))


def parse_document(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def entries_with_clause(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in entries_with_clause(item)]
    if isinstance(node, dict):
        below = [found for item in node.values() for found in entries_with_clause(item)]
        return [node, *below] if "clause" in node else below
    return []


def test_columns_are_those_of_annex_one_in_its_order() -> None:
    main_columns = load("columns.yaml")["template"][:6]
    assert [(m["name"], [c["name"] for c in m["children"]]) for m in main_columns] == ANNEX_ONE


def test_every_subcolumn_carries_its_content_and_format_note() -> None:
    bare = [c["key"] for c in columns() if not c.get("children") and not (c["content"] and c["format"])]
    assert bare == []


def test_merged_cells_of_the_table_apply_to_the_rows_below() -> None:
    notes = {c["name"]: (c["content"], c["format"]) for c in columns()}
    assert notes["工作简报"] == ("各类督查通报、工作简报等", "文字及照片")
    assert notes["党务公开"] == ("根据省局局务公开相关要求进行发布", "文字及图片")


def test_the_only_extension_is_the_notice_block() -> None:
    extensions = load("columns.yaml")["template"][6:]
    assert [(c["name"], c["placement"], c["children"]) for c in extensions] == [("公告通知", "NOTICES", [])]


def test_four_columns_are_single_pages() -> None:
    pages = [c["name"] for c in columns() if c["kind"] == "PAGE"]
    assert pages == ["单位介绍", "辖区简介", "机构设置", "职能分工"]


def test_internal_management_is_the_only_column_for_staff() -> None:
    readers = {c["name"]: c["readers"] for c in columns() if "readers" in c}
    assert [name for name, who in readers.items() if who == "STAFF"] == ["内部管理"]
    assert set(readers.values()) == {"STAFF", "EVERYONE"}


def test_column_keys_are_unique_pinyin() -> None:
    found = [column["key"] for column in columns()]
    assert len(found) == len(set(found))
    assert [key for key in found if not re.fullmatch(r"[a-z]+", key)] == []


def test_departments_and_sites_hang_on_existing_parents() -> None:
    departments, sites = load("departments.yaml")["departments"], load("sites.yaml")["sites"]
    known = {d["key"] for d in departments}
    assert {d["parent"] for d in departments} - known == {None}
    assert {s["department"] for s in sites} <= known
    assert {s["parent"] for s in sites} == {None, "fenju"}
    assert load("columns.yaml")["instances"] == [s["key"] for s in sites]


def responsibilities(site: str | None = None) -> list[dict[str, Any]]:
    """The rows, with every duty that is not written as False."""
    silent = dict.fromkeys(("collects", "reviews", "publishes", "answers"), False)
    rows = [silent | row for row in load("responsibilities.yaml")["responsibilities"]]
    return [row for row in rows if site in (None, row["site"])]


def test_division_of_work_at_the_bureau_is_that_of_the_opinion() -> None:
    column_names = {c["key"]: c["name"] for c in columns()}
    department_names = {d["key"]: d["name"] for d in load("departments.yaml")["departments"]}
    rows = [r for r in responsibilities() if r["clause"].startswith("实施意见三（二）")]
    assert {r["site"] for r in rows} == {"fenju"}
    assert [
        (column_names[r["column"]], department_names[r["department"]], r["collects"], r["answers"])
        for r in rows
    ] == DIVISION_OF_WORK


def test_every_row_of_the_division_is_for_something() -> None:
    duties = ("collects", "reviews", "publishes", "answers")
    assert [r for r in responsibilities() if not any(r[duty] for duty in duties)] == []


def test_the_heads_of_the_collecting_departments_review() -> None:
    """办法第十六条: 版主采集信息--科处室负责人或基层分局长审核--版主发布信息。"""
    assert [r for r in responsibilities() if r["reviews"] != r["collects"]] == []
    assert [r for r in responsibilities() if r["reviews"] and "第十六条" not in r["clause"]] == []


def test_the_chief_moderator_publishes_every_main_column_of_the_main_site() -> None:
    """办法第八条: 县级局人教科指定一名总版主。"""
    mains = [c["key"] for c in load("columns.yaml")["template"]]
    publishing = [(r["column"], r["department"]) for r in responsibilities("fenju") if r["publishes"]]
    assert publishing == [(key, "renjiaoke") for key in mains]


@pytest.mark.parametrize("office", ["beiqiao", "nanhu", "xiyuan"])
def test_each_office_collects_reviews_and_publishes_on_its_own_site(office: str) -> None:
    held = {(r["collects"], r["reviews"], r["publishes"]) for r in responsibilities(office)}
    assert held == {(True, True, True)}
    assert [r["column"] for r in responsibilities(office) if r["answers"]] == ["yewujiaoliu"]


def test_each_office_keeps_every_column_of_its_own_site() -> None:
    mains = [c["key"] for c in load("columns.yaml")["template"]]
    rows = load("responsibilities.yaml")["responsibilities"]
    for office in ("beiqiao", "nanhu", "xiyuan"):
        own = [(r["column"], r["department"]) for r in rows if r["site"] == office]
        assert own == [(key, office) for key in mains]


def test_routes_of_columns_exist_and_one_is_the_default() -> None:
    routes = load("routes.yaml")["routes"]
    assert [r["key"] for r in routes if r["default"]] == ["head"]
    assert {c["route"] for c in columns() if c.get("route")} == {r["key"] for r in routes}


def test_route_steps_ask_for_known_powers_within_a_limit() -> None:
    steps = {r["key"]: [(s["label"], s["power"]) for s in r["steps"]] for r in load("routes.yaml")["routes"]}
    assert steps == {
        "direct": [],
        "head": [("负责人审核", "review")],
        "disclosure": [("负责人审核", "review"), ("局长签发", "sign")],
    }
    days = [s["working_days"] for r in load("routes.yaml")["routes"] for s in r["steps"]]
    assert [d for d in days if d < 1] == []


def test_disclosure_columns_are_signed_before_they_are_published() -> None:
    main = next(c for c in load("columns.yaml")["template"] if c["name"] == "局务公开")
    assert [c["route"] for c in main["children"]] == ["disclosure"] * 5


def test_cadences_are_those_of_article_fifteen() -> None:
    names = {c["key"]: c["name"] for c in columns()}
    found = [
        (names[c["column"]], c["rule"], c["count"], c["period"], c["days"])
        for c in load("cadences.yaml")["cadences"]
    ]
    assert found == [
        ("工作动态", "AT_LEAST", 1, "WEEK", None),
        ("业务交流", "AT_LEAST", 1, "WEEK", None),
        ("队伍建设", "AT_LEAST", 1, "WEEK", None),
        ("内部管理", "AT_LEAST", 1, "WEEK", None),
        ("单位概况", "ON_CHANGE", None, None, None),
        ("局务公开", "ON_CHANGE", None, None, None),
        ("规章制度", "WITHIN_DAYS", None, None, 3),
    ]


def test_roles_are_bundles_of_known_powers() -> None:
    powers = {power for role in load("roles.yaml")["roles"] for power in role["powers"]}
    assert powers == POWERS


def test_sample_people_are_the_twelve_of_the_contract_a_security_administrator_and_who_answers() -> None:
    people = load("demo/people.yaml")["people"]
    assert [p["staff_number"] for p in people] == [
        *("zongbanzhu", "banzhu", "xinxiyuan", "fuzeren", "suozhang", "fenguan"),
        *("juzhang", "wangguan", "bangongshi", "jiancha", "chengban", "dengji", "anquan", "shenji", "ganbu"),
    ]
    assert len({p["name"] for p in people}) == 15


def test_no_sample_person_holds_two_of_the_three_administrators() -> None:
    bundles = {role["key"]: set(role["powers"]) for role in load("roles.yaml")["roles"]}
    for person in load("demo/people.yaml")["people"]:
        held = set().union(*(bundles[grant["role"]] for grant in person["appointments"]))
        assert len(held & {"system", "security", "audit"}) <= 1, person["name"]
        assert "audit" not in held or held == {"audit"}


def test_sample_appointments_refer_to_known_roles_sites_and_columns() -> None:
    roles, sites = keys("roles.yaml", "roles"), keys("sites.yaml", "sites")
    departments = keys("departments.yaml", "departments")
    for person in load("demo/people.yaml")["people"]:
        assert person["department"] in departments
        for appointment in person["appointments"]:
            assert appointment["role"] in roles
            assert appointment["sites"] == "*" or set(appointment["sites"]) <= sites
            assert set(appointment.get("columns", [])) <= column_keys()


@pytest.mark.parametrize("site", ["fenju", "beiqiao", "nanhu", "xiyuan"])
def test_every_site_has_people_for_each_step_of_the_way(site: str) -> None:
    bundles = {role["key"]: set(role["powers"]) for role in load("roles.yaml")["roles"]}
    held: set[str] = set()
    for person in load("demo/people.yaml")["people"]:
        for appointment in person["appointments"]:
            if "columns" not in appointment and (appointment["sites"] == "*" or site in appointment["sites"]):
                held |= bundles[appointment["role"]]
    assert held == POWERS


def test_every_clause_is_named() -> None:
    files = sorted(PRESET.glob("*.yaml"))
    nameless = [e for path in files for e in entries_with_clause(load(path.name)) if not e["clause"]]
    assert nameless == []


def test_every_article_of_the_regulation_is_accounted_for() -> None:
    clauses = load("preset.yaml")["clauses"]
    assert len([c for c in clauses if re.fullmatch(r"办法第[一二三四五六七八九十]+条", c["clause"])]) == 26
    assert [c["clause"] for c in clauses[:3]] == ["实施意见一", "实施意见二", "实施意见三"]
    assert {c["by"] for c in clauses} == {"software", "people"}
    assert [c["clause"] for c in clauses if not c["how"]] == []


def test_documents_belong_to_known_columns_departments_and_people() -> None:
    people = {p["staff_number"] for p in load("demo/people.yaml")["people"]}
    fronts = [parse_document(path)[0] for path in documents()]
    assert len(fronts) == 14
    assert {f["column"] for f in fronts} <= column_keys()
    assert {f["site"] for f in fronts} <= keys("sites.yaml", "sites")
    assert {f["department"] for f in fronts} <= keys("departments.yaml", "departments")
    assert {f["collector"] for f in fronts} <= people


def test_reprinted_documents_name_author_and_source() -> None:
    """办法第十二条：对转载作品要注明作者和出处。"""
    fronts = [parse_document(path)[0] for path in documents()]
    assert [f["title"] for f in fronts if f["reprint"] and not (f["author"] and f["source"])] == []


def test_the_measures_keep_all_their_articles() -> None:
    _, body = parse_document(PRESET / "demo" / "documents" / "003-pingtai-guanli-banfa.html")
    assert len(re.findall(r"<p><strong>第[一二三四五六七八九十]+条</strong>", body)) == 26


def test_the_table_of_annex_one_lists_every_subcolumn() -> None:
    _, body = parse_document(PRESET / "demo" / "documents" / "002-lanmu-shuoming.html")
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", body)
    assert len(re.findall(r"<tr><td", body)) == sum(len(names) for _, names in ANNEX_ONE)
    assert [name for _, names in ANNEX_ONE for name in names if name not in cells] == []


def test_pictures_are_small_and_listed() -> None:
    folder = PRESET / "demo" / "pictures"
    listed = re.findall(r"^\| `([a-z-]+\.jpg)`", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(p.name for p in folder.glob("*.jpg")) == sorted(listed)
    assert [p.name for p in folder.glob("*.jpg") if p.stat().st_size > 120 * 1024] == []
