"""Rich text: what a writer pastes, what a reader gets, and what nobody may smuggle in."""

import re
from uuid import UUID

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.richtext import (
    EDITOR_CONFIGS,
    RichTextTooLong,
    clean,
    clean_with_report,
    is_empty,
    picture_ids,
    pictures_without_alt,
    plain_text,
    summary,
)

ID = "11111111-2222-4333-8444-555555555555"
PICTURE = f"/files/{ID}/hui.jpg"

# --- the house style --------------------------------------------------------------------------------

HOUSE_STYLE = {
    "bare text becomes a paragraph": ("通知如下", "<p>通知如下</p>"),
    "an unclosed paragraph ends where the next begins": ("<p>一<p>二", "<p>一</p><p>二</p>"),
    "a div with words is a paragraph": ("<div>一<div>二</div>三</div>", "<p>一</p><p>二</p><p>三</p>"),
    "bold and italic have one name": ("<b>一</b><i>二</i>", "<p><strong>一</strong><em>二</em></p>"),
    "neighbours with the same mark are one": (
        "<b>一</b><span style='font-weight:bold'>二</span>",
        "<p><strong>一二</strong></p>",
    ),
    "a bold that is not bold is plain": ("<b style='font-weight:normal'>一</b>", "<p>一</p>"),
    "headings have three levels": (
        "<h1>一</h1><h3>二</h3><h6>三</h6>",
        "<h2>一</h2><h3>二</h3><h4>三</h4>",
    ),
    "a heading is heavy already": ("<h2><b>总则</b></h2>", "<h2>总则</h2>"),
    "fonts, sizes and colours go": (
        "<p style='color:red'><font size=5><span style='font-family:黑体'>一</span></font></p>",
        "<p>一</p>",
    ),
    "word's leftovers go": (
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        "<p class=MsoNormal style='text-indent:32pt'>一<o:p></o:p></p>",
        "<p>一</p>",
    ),
    "a signature stands right": ("<p style='text-align: right'>办公室</p>", '<p class="sign">办公室</p>'),
    "centred is a class": ("<p align=center>一</p>", '<p class="center">一</p>'),
    "alignment comes down from a container": (
        "<div style='text-align:center'><p>一</p><p align=left>二</p></div>",
        '<p class="center">一</p><p>二</p>',
    ),
    "only house classes stay": ("<p class='no-indent evil'>一</p>", '<p class="no-indent">一</p>'),
    "indents typed as spaces go": ("<p>　　一</p><p>&nbsp;&nbsp;二</p>", "<p>一</p><p>二</p>"),
    "empty paragraphs go": ("<p>一</p><p>&nbsp;</p><p><br></p><p>　</p>", "<p>一</p>"),
    "a blank or indented line begins a paragraph": (
        "<p>一<br>　　二<br><br>三<br>四</p>",
        "<p>一</p><p>二</p><p>三<br>四</p>",
    ),
    "source line breaks do not space chinese": ("<p>基层\n信息 web\npage</p>", "<p>基层信息 web page</p>"),
    "a two-character name keeps its gap": ("<p>王　伟</p>", "<p>王　伟</p>"),
    "a blank to fill in keeps its width": (
        "<p>姓名：<u>&nbsp;&nbsp;&nbsp;</u>同志</p>",
        "<p>姓名：<u>&nbsp;&nbsp;&nbsp;</u>同志</p>",
    ),
    "preformatted lines stay lines": ("<pre>一\n二</pre>", "<p>一<br>二</p>"),
    "invisible and direction-changing characters go": ("<p>一\u200b二\u202e三&#8238;</p>", "<p>一二三</p>"),
    "lists stay": (
        "<ul><li>一<li>二<ul><li>三</ul></ul>",
        "<ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>",
    ),
    "a list put straight into a list belongs to its item": (
        "<ul><li>一</li><ul><li>二</li></ul></ul>",
        "<ul><li>一<ul><li>二</li></ul></li></ul>",
    ),
    "a list goes on counting": ("<ol start=3><li>三</li></ol>", '<ol start="3"><li>三</li></ol>'),
    "a quotation holds paragraphs": ("<blockquote>一</blockquote>", "<blockquote><p>一</p></blockquote>"),
    "a table has one look": (
        "<table border=1 width=600><tr><td width=3 bgcolor=red>一<td colspan=2 align=right><p>二</table>",
        '<table class="table"><tbody><tr><td>一</td><td colspan="2" class="sign">二</td></tr></tbody>'
        "</table>",
    ),
    "caption and head of a table stay": (
        "<table><caption>表</caption><thead><tr><th><b>栏目</b></th></tr></thead><tr><td>一</td></tr></table>",
        '<table class="table"><caption>表</caption><thead><tr><th>栏目</th></tr></thead>'
        "<tbody><tr><td>一</td></tr></tbody></table>",
    ),
    "words lost in a table stand before it": (
        "<table>迷路<tr><td>一</td></tr></table>",
        '<p>迷路</p><table class="table"><tbody><tr><td>一</td></tr></tbody></table>',
    ),
    "an empty table goes": ("<table><tr><td>&nbsp;</td></tr></table>", ""),
    "a picture alone in its paragraph is a figure": (
        f"<p><img src='{PICTURE}' alt='会 场' width=900 style='float:left'></p>",
        f'<figure><img src="{PICTURE}" alt="会 场"></figure>',
    ),
    "a picture among words stays among them": (
        f"<p>见<img src='{PICTURE}' alt='章'>处</p>",
        f'<p>见<img src="{PICTURE}" alt="章">处</p>',
    ),
    "a picture on a line of its own is a figure": (
        f"<p>前<br><img src='{PICTURE}' alt='章'><br>后</p>",
        f'<p>前</p><figure><img src="{PICTURE}" alt="章"></figure><p>后</p>',
    ),
    "a caption stays with its picture": (
        f"<figure class='image'><img src='{PICTURE}'><figcaption>会场</figcaption></figure>",
        f'<figure><img src="{PICTURE}" alt=""><figcaption>会场</figcaption></figure>',
    ),
    "a picture's address is the same on every site": (
        f"<img src='/s/nanhu/files/{ID.upper()}/hui.jpg?v=1#x' alt=章>",
        f'<figure><img src="{PICTURE}" alt="章"></figure>',
    ),
    "a link out of the portal tells nobody where from": (
        "<a href='HTTP://www.gov.cn/a b' target=_blank onclick=x()>一</a>",
        '<p><a href="http://www.gov.cn/a%20b" rel="noopener">一</a></p>',
    ),
    "a link inside the portal is plain": ("<a href='/lanmu/'>一</a>", '<p><a href="/lanmu/">一</a></p>'),
    "mail stays": ("<a href='mailto:ban@fenju.cn'>一</a>", '<p><a href="mailto:ban@fenju.cn">一</a></p>'),
    "a bare web address is completed": (
        "<a href='www.gov.cn'>一</a>",
        '<p><a href="http://www.gov.cn" rel="noopener">一</a></p>',
    ),
    "a link to a place in the page leads nowhere": ("<a href='#_Toc1' name=a>一</a>", "<p>一</p>"),
    "text after the end of the page is not lost": ("<p>一</p></body></html><p>二", "<p>一</p><p>二</p>"),
    "angle brackets in words stay words": (
        "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>",
        "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>",
    ),
}


@pytest.mark.parametrize(("pasted", "kept"), HOUSE_STYLE.values(), ids=HOUSE_STYLE.keys())
def test_clean_sets_the_house_style(pasted, kept):
    assert clean(pasted) == kept
    assert clean(kept) == kept


# --- the report -------------------------------------------------------------------------------------


def test_report_tells_what_was_dropped_and_what_to_do():
    text, messages = clean_with_report(
        "<p>正文</p><img src='http://e.cn/1.png'><img src='//e.cn/2.png'><img src='data:image/png;base64,AA'>"
        "<a href='javascript:x()'>点</a><video src=a></video><iframe src=b></iframe><script>c</script>"
    )
    assert text == "<p>正文</p><p>点</p>"
    assert messages == [
        "外站图片 2 张未保留：请先下载再上传",
        "无法识别地址的图片 1 张未保留：请另存为文件后用“图像”按钮上传",
        "不安全或无效的链接 1 处已去掉，文字保留",
        "视频、音频、动画 1 处未保留：请改为附件或链接",
        "脚本、表单、嵌入网页等 2 处已去掉",
    ]


def test_report_is_empty_for_a_text_in_house_style():
    assert clean_with_report("<h2>总则</h2><p>第一条</p>") == ("<h2>总则</h2><p>第一条</p>", [])


def test_markup_nested_beyond_reason_keeps_its_words():
    text, messages = clean_with_report("<div>" * 5000 + "<p>甲&amp;<b>乙</b></p>" + "</div>" * 5000 + "丙")
    assert (text, messages) == ("<p>甲&amp;乙</p><p>丙</p>", ["版式嵌套层次过深，只保留了文字"])


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<ul><li>", "<blockquote>", "<ul><li><table><td>", "<u><p>"]
)
@pytest.mark.parametrize("times", [5, 19, 20, 21, 40, 70, 90, 300])
def test_a_text_nested_to_any_depth_is_cleaned_once_and_for_all(piece, times):
    cleaned = clean("<p>正文</p>" + piece * times + "甲")
    assert_house_markup(cleaned)
    assert plain_text(cleaned) == "正文\n甲"
    assert clean(cleaned) == cleaned


def test_a_text_too_long_is_refused_with_its_length():
    with pytest.raises(
        RichTextTooLong, match=r"^正文共 107 个字符（含格式），超过上限 100 个：请分篇发布，或改为附件$"
    ):
        clean("<p>" + "长" * 100, max_chars=100)


def test_wordy_markup_does_not_count_against_a_short_text():
    assert clean("<p style='font-family:宋体'>短</p>", max_chars=10) == "<p>短</p>"


# --- nothing gets through ---------------------------------------------------------------------------

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//e.cn/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<scr\x00ipt>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<script>alert(1)//",
    "</script><script>alert(1)</script>",
    "<script/xss src=x></script>",
    "<img src=x onerror=alert(1)>",
    f"<img src={PICTURE} onload=alert(1)>",
    f'<img src="{PICTURE}" alt="&quot; onerror=&quot;alert(1)">',
    f"<img src='{PICTURE}\" onerror=\"alert(1)'>",
    "<img/src/onerror=alert(1)//",
    "<img src=javascript:alert(1)>",
    '<img src="jav&#x09;ascript:alert(1)">',
    "<img src=data:image/svg+xml,%3Csvg%20onload=alert(1)%3E>",
    "<img srcset='x 1x' onerror=alert(1) lowsrc=javascript:x dynsrc=javascript:x>",
    '<img """><script>alert(1)</script>">',
    f"<img src='/files/{ID}/../../admin/logout'>",
    "<image src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
    '<title><img title="</title><img src=x onerror=alert(1)>"></title>',
    '<xmp><p title="</xmp><svg/onload=alert(1)>"></xmp>',
    '<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>',
    "<template><script>alert(1)</script></template>",
    "<select><iframe src=javascript:alert(1)></select>",
    "<plaintext><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=JaVaScRiPt:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a href='\u200bjavascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='http:javascript:alert(1)'>x</a>",
    "<a href='\"><script>alert(1)</script>'>x</a>",
    "<a href=x onmouseover=alert(1) style='position:fixed;inset:0'>x</a>",
    '<p style="width:expression(alert(1))">x</p>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="behavior:url(x.htc);-moz-binding:url(x.xml#x)">x</p>',
    "<p style='exp/**/ression:x;@import \"//e.cn/x.css\"'>x</p>",
    "<style>@import'//e.cn/x.css';</style>",
    "<link rel=stylesheet href=//e.cn/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)><embed src=javascript:alert(1)></object>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit autofocus onfocus=alert(1)></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x</table>",
    "<body onload=alert(1)>x",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)>",
    "<div id=x name=y contenteditable autofocus onfocus=alert(1) tabindex=1>x</div>",
    "<x onclick=alert(1) style=color:red>x</x>",
    "<p/onclick=alert(1)>x",
    "<b onclick\x0c=alert(1)>x</b>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?><?php echo 1 ?>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "¼script¾alert(1)¼/script¾",
    "<p>\ud800<script>alert(1)</script></p>",
]

_ADDRESS = r'(?:https?://[^"<>\s]+|mailto:[^"<>\s]+|(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^"<>\s]+)'
_HOUSE_TAG = re.compile(
    r"</?(?:p|h[234]|strong|em|u|s|sub|sup|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|figure|figcaption)>"
    r"|<(?:br|hr)>|</a>"
    r'|<(?:p|h[234]|td|th)(?: (?:colspan|rowspan)="\d+")* class="(?:sign|center|no-indent| )+">'
    r'|<t[dh](?: (?:colspan|rowspan)="\d+")+>|<table class="table">|<ol start="\d+">'
    rf'|<a href="{_ADDRESS}"(?: rel="noopener")?>'
    rf'|<img src="/files/[0-9a-f-]{{36}}/[^"<>\s/]+" alt="[^"<]*">'
)


def assert_house_markup(html: str) -> None:
    """Every `<` belongs to a tag the house writes, and a strict sanitiser finds nothing to take away."""
    assert "<" not in _HOUSE_TAG.sub("", html)
    assert nh3.clean(html, attributes=STRICT, allowed_classes=CLASSES, link_rel=None) == html


SPANS = frozenset({"colspan", "rowspan"})
STRICT = {"a": {"href", "rel"}, "img": {"src", "alt"}, "ol": {"start"}, "td": SPANS, "th": SPANS}
CLASSES = {"table": {"table"}} | dict.fromkeys(
    ("p", "h2", "h3", "h4", "td", "th"), frozenset({"sign", "center", "no-indent"})
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_only_house_markup(attack):
    cleaned = clean(attack)
    assert_house_markup(cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_does_not_swallow_the_text_before_it(attack):
    assert clean(f"<p>正文</p>{attack}").startswith("<p>正文</p>")


_TAGS = """
    p div span b strong i em u a img h1 h2 h5 ul ol li table thead tbody tfoot tr td th caption blockquote
    figure figcaption br hr pre font center section script style svg math iframe template noscript title
    textarea
    form button select option object xmp plaintext o:p foreignObject mglyph annotation-xml sub sup s dl dt
"""
_ATTRIBUTES = (
    "href=javascript:alert(1)",
    "href='java&#10;script:x'",
    "href=http://e.cn/",
    "href='/s/a/files/x y'",
    f"src={PICTURE}",
    "src=x",
    "onerror=alert(1)",
    "onclick='x'",
    "style='text-align:right;x:expression(1)'",
    "style='font-weight:bold;text-decoration:underline'",
    'style="font-style:italic',
    "class='sign center no-indent evil'",
    "align=center",
    "colspan=3",
    "rowspan=99999999",
    "start=7",
    "alt='\"><script>'",
    "alt=章",
    "title='</noscript><img src=x onerror=y>'",
)
_TEXTS = (
    "甲",
    "乙丙 ",
    "\n",
    "　　",
    "&nbsp;",
    "\xa0",
    "a b",
    "&lt;script&gt;",
    "&amp;",
    "&#0;",
    "&#x202e;",
    "\x00",
    "<",
    ">",
    '"',
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?x",
    "\u200b",
    "&colon;",
    "🧑‍💼",
    "\ud800",
)


@st.composite
def nasty_html(draw) -> str:
    """Tags, attributes, entities and broken pieces in any order."""
    opening = st.builds(
        lambda tag, attributes, end: f"<{tag} {' '.join(attributes)}{end}",
        st.sampled_from(_TAGS.split()),
        st.lists(st.sampled_from(_ATTRIBUTES), max_size=3),
        st.sampled_from([">", ">", ">", "/>", "", " >"]),
    )
    closing = st.sampled_from(_TAGS.split()).map("</{}>".format)
    pieces = st.one_of(opening, opening, closing, st.sampled_from(_TEXTS), st.text(max_size=4))
    return "".join(draw(st.lists(pieces, max_size=25)))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nasty_html())
def test_generated_html_is_cleaned_to_house_markup_once_and_for_all(html):
    cleaned = clean(html)
    assert_house_markup(cleaned)
    assert clean(cleaned) == cleaned


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_words_escaped_come_through_as_words(words):
    assert_house_markup(clean(words.replace("&", "&amp;").replace("<", "&lt;")))


# --- reading ----------------------------------------------------------------------------------------


def test_plain_text_has_one_line_per_paragraph_item_and_row():
    html = clean(
        "<h2>总则</h2><p>第一条&nbsp;依据 &lt;办法&gt;<br>制定</p><ul><li>甲</li><li>乙</li></ul>"
        "<table><tr><td>栏目</td><td>时限</td></tr></table>"
    )
    assert plain_text(html) == "总则\n第一条 依据 <办法>\n制定\n甲\n乙\n栏目 时限"


def test_summary_is_cut_at_its_length_with_an_ellipsis():
    assert summary("<p>一二三四五</p>", length=5) == "一二三四五"
    assert summary("<p>一二三四五六</p>", length=5) == "一二三四…"
    assert summary("<p>一二三，四五六</p>", length=5) == "一二三…"


def test_summary_never_splits_a_character():
    assert summary("<p>甲👨‍👩‍👧乙丙</p>", length=4) == "甲…"


def test_picture_ids_lists_each_picture_once_in_order():
    other = "99999999-2222-4333-8444-555555555555"
    html = clean(f"<img src='/files/{other}/b.png'><p>x<img src={PICTURE}>y<img src={PICTURE}></p>")
    assert picture_ids(html) == [UUID(other), UUID(ID)]


def test_pictures_without_alt_are_counted():
    assert (
        pictures_without_alt(
            clean(f"<img src={PICTURE}><img src={PICTURE} alt=' '><img src={PICTURE} alt=章>")
        )
        == 2
    )


@pytest.mark.parametrize(
    ("html", "empty"),
    [("", True), ("<p> &nbsp;</p>", True), ("<p>一</p>", False), (f'<img src="{PICTURE}">', False)],
)
def test_is_empty_means_no_word_and_no_picture(html, empty):
    assert is_empty(html) is empty


# --- the editor -------------------------------------------------------------------------------------


def test_editor_speaks_chinese_and_offers_no_source_view():
    config = EDITOR_CONFIGS["default"]
    buttons = {button for group in config["toolbar"] for button in group}
    assert config["language"] == "zh-cn"
    assert buttons & {"Source", "TextColor", "BGColor", "Font", "FontSize", "Iframe", "Flash"} == set()


def test_editor_uploads_where_the_portal_checks_the_file():
    config = EDITOR_CONFIGS["default"]
    assert config["uploadUrl"] == config["filebrowserUploadUrl"] == "/editor/upload/?responseType=json"
