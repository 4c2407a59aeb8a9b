"""The editor offers what the house style keeps, and nothing else (django-ckeditor, CKEditor 4)."""

from django.templatetags.static import static
from django.utils.functional import lazy

_UPLOAD_URL = "/editor/upload/?responseType=json"
_asset = lazy(static, str)  # settings are read before static files can be
_KEEPS = (
    "p h2 h3 h4{text-align}(sign,center,no-indent); strong em u s sub sup blockquote ul li br hr;"
    " table(table); caption thead tbody tr; td th[colspan,rowspan]{text-align}(sign,center);"
    " ol[start]; a[!href]; figure figcaption; img[!src,alt,data-widget]"
)  # data-widget marks a picture on its way to the server; the server keeps none
_TOOLBAR = [
    ["Undo", "Redo"],
    ["Format"],
    ["Bold", "Italic", "Underline", "Strike", "Subscript", "Superscript", "RemoveFormat"],
    ["NumberedList", "BulletedList", "Blockquote"],
    ["JustifyCenter", "JustifyRight"],
    ["Link", "Unlink"],
    ["Image", "Table", "HorizontalRule", "SpecialChar"],
    ["PasteText", "PasteFromWord", "Find", "Maximize"],
]
_REMOVED = """
    about copyformatting div elementspath exportpdf flash forms iframe language newpage
    preview print save scayt smiley wsc
"""

EDITOR_CONFIGS = {
    "default": {
        "versionCheck": False,
        "language": "zh-cn",
        "width": "100%",
        "height": 420,
        "toolbar": _TOOLBAR,
        "format_tags": "p;h2;h3;h4",
        "allowedContent": _KEEPS,
        "justifyClasses": ["left", "center", "sign", "left"],  # left is what a text is without a class
        "customConfig": _asset("portal/js/ckeditor-config.js"),
        "contentsCss": [_asset("portal/css/article.css")],
        "bodyClass": "article-body",
        "extraPlugins": "uploadimage",
        "clipboard_handleImages": False,  # uploadimage takes pasted pictures
        "removePlugins": ",".join(_REMOVED.split()),
        "removeDialogTabs": "image:advanced;image:Link;link:advanced;link:target;table:advanced",
        "uploadUrl": _UPLOAD_URL,
        "filebrowserUploadUrl": _UPLOAD_URL,
        "filebrowserUploadMethod": "xhr",
        "filebrowserBrowseUrl": "",
        "autoParagraph": True,
        "entities": False,
        "disableNativeSpellChecker": False,
        "defaultLanguage": "zh-cn",
        "image_previewText": "文字在图片旁边这样排列。",
        "linkDefaultProtocol": "http://",
    }
}
