"""A closed third quarter of 2026 with a few facts; today is 9 October."""

from datetime import UTC, datetime

import pytest

from assessment.enums.bulletins import BulletinKind
from assessment.operations import bulletins as operations
from assessment.operations import facts
from assessment.operations.bulletins import Words
from portal import clock

TODAY = datetime(2026, 10, 9, 2, tzinfo=UTC)
WORDS = Words(
    title="关于 2026 年第三季度信息发布和答复情况的通报", number="城东信通〔2026〕3号", masthead="城东分局信息网工作通报",
    addressed="各科室、工商所", opening="", closing="请各单位抓紧整改。", signed="城东分局", is_public=True,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _ninth_of_october():
    with clock.at(TODAY):
        yield


@pytest.fixture
def quarter(office, write):
    """Two items of 办公室 in September, one that repeats the first, one of 北桥工商所 in June."""
    bodies = {"甲": "<p>分局召开第四季度信息工作例会，部署年底前的重点工作。</p>" * 3,
              "乙": "<p>北桥所在辖区集贸市场开展计量器具专项检查，抽查电子秤三十余台。</p>" * 3}  # fmt: skip
    days = [("甲", datetime(2026, 9, 3, 2, tzinfo=UTC)), ("乙", datetime(2026, 9, 20, 2, tzinfo=UTC)),
            ("甲", datetime(2026, 9, 28, 2, tzinfo=UTC))]  # fmt: skip
    for number, (body, at) in enumerate(days):
        with clock.at(at):
            write(f"信息{number}", body=bodies[body], upto="publish")
    facts.gather_all()
    return office


@pytest.fixture
def draft(quarter):
    """`draft()` by 监察室: the bulletin of the third quarter; `words` saved over the usual ones."""

    def make(kind=BulletinKind.QUARTERLY, scheme=None, **words):
        bulletin = operations.draft(kind, scheme, datetime(2026, 9, 30).date(), by=quarter.chief_inspector)
        said = Words(**{**vars(WORDS), **words})
        return operations.save(bulletin, said, by=quarter.chief_inspector, version=bulletin.version)

    return make


@pytest.fixture
def issued(draft, quarter):
    def make(**words):
        bulletin = draft(**words)
        return operations.issue(bulletin, by=quarter.chief_inspector, version=bulletin.version)

    return make
