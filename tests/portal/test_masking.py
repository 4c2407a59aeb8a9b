"""What a public copy hides, and what it must leave alone."""

import pytest

from portal.masking import masked, short_name


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("请打 13812345678 找我", "请打 138******78 找我"),
        ("手机138 1234 5678。", "手机138********78。"),
        ("身份证11010519491231002X，", "身份证110*************2X，"),
        ("卡号 6222 0210 0100 1234 567 扣款", "卡号 ******************* 567 扣款"),
        ("邮箱 zhang.san@example.cn", "邮箱 ***"),
        ("座机0512-65123456", "座机***********56"),
        ("车牌苏E12345停在门口", "车牌苏E*****停在门口"),
    ],
)
def test_masked_hides_numbers(text, hidden):
    assert masked(text) == hidden


@pytest.mark.parametrize(
    "text", ["2026年9月30日在北桥路18号买了3件，共1280元", "文号〔2019〕19号", "订单20260930001", "第12315号"]
)
def test_masked_leaves_dates_money_and_addresses_alone(text):
    assert masked(text) == text


def test_masked_leaves_the_family_name_of_the_names_given():
    assert masked("张三丰和张三、欧阳修说", ["张三", "张三丰", "欧阳修", "李", ""]) == "张**和张**、欧阳**说"
    assert (short_name("张三"), short_name("欧阳修"), short_name("欧阳")) == ("张**", "欧阳**", "欧**")
