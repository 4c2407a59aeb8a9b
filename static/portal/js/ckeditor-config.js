/* The editor's part that only a browser knows: the CSRF token, the words of the format list, our own address. */
(function () {
  "use strict";

  var FORMATS = { tag_p: "正文", tag_h2: "标题", tag_h3: "小标题", tag_h4: "三级标题" };

  function nameFormats(editor) {
    for (var tag in FORMATS) { editor.lang.format[tag] = FORMATS[tag]; }
  }

  // Pictures copied from a page of this portal carry full addresses; headings come in six levels, we have three.
  function prepare(event) {
    var data = event.data;
    if (data.type !== "html" || !data.dataValue) { return; }
    data.dataValue = data.dataValue
      .split('src="' + window.location.origin + "/").join('src="/')
      .replace(/<(\/?)h1\b/gi, "<$1h2")
      .replace(/<(\/?)h[56]\b/gi, "<$1h4");
  }

  CKEDITOR.editorConfig = function (config) {
    var editor = this, token = document.querySelector("[name=csrfmiddlewaretoken]");
    config.fileTools_requestHeaders = { "X-CSRFToken": token ? token.value : "" };
    editor.on("pluginsLoaded", function () { nameFormats(editor); });
    editor.on("paste", prepare);
  };

  // New tables start with a heading row and no fixed sizes: the house style sets them.
  CKEDITOR.on("dialogDefinition", function (opened) {
    if (opened.data.name !== "table") { return; }
    var info = opened.data.definition.getContents("info");
    info.get("selHeaders")["default"] = "row";
    ["txtWidth", "txtHeight", "txtBorder", "txtCellSpace", "txtCellPad", "cmbAlign"].forEach(function (name) {
      if (info.get(name)) { info.get(name)["default"] = ""; }
    });
  });
})();
