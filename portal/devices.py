"""What a browser says about itself, in words people recognise their own device by: 电脑 · Chrome."""

UNKNOWN = "未知设备"

KINDS = (
    ("iPad", "平板"), ("iPhone", "手机"), ("Android", "手机"), ("Mobile", "手机"),
    ("Windows", "电脑"), ("Macintosh", "电脑"), ("Linux", "电脑"), ("X11", "电脑"),
)  # fmt: skip
BROWSERS = (  # those that also call themselves Chrome or Safari come first
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("QQBrowser", "QQ浏览器"),
    ("UCBrowser", "UC浏览器"), ("HuaweiBrowser", "华为浏览器"), ("MiuiBrowser", "小米浏览器"),
    ("360SE", "360浏览器"), ("QihooBrowser", "360浏览器"), ("MetaSr", "搜狗浏览器"), ("OPR", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"), ("Trident", "IE"), ("MSIE", "IE"),
)  # fmt: skip


def words(agent: str) -> str:
    """A short name for a User-Agent header, e.g. 手机 · 微信; nothing of the header itself is repeated."""
    kind = _first(KINDS, agent)
    browser = _first(BROWSERS, agent)
    return " · ".join(part for part in (kind, browser) if part) or UNKNOWN


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for mark, word in table if mark in agent), "")
