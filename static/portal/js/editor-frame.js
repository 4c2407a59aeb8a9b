/* CKEditor 4 writes its frames with one script inside, which the page's policy lets run by this page's nonce alone. */
(function () {
  "use strict";

  if (!window.CKEDITOR) { return; }
  var nonce = document.currentScript.nonce;

  // The first of its kind and no other: it stands before any word of the text.
  function allow(html, opening) {
    return html.replace(opening, opening.replace("<script", '<script nonce="' + nonce + '"'));
  }

  var page = CKEDITOR.dom.document.prototype, write = page.write;
  page.write = function (html) { return write.call(this, allow(html, '<script id="cke_actscrpt"')); };

  // The frames in which dialogs choose a file.
  var element = CKEDITOR.dom.element.prototype, open = element.getFrameDocument;
  element.getFrameDocument = function () {
    var inner = open.call(this), frame = this;
    if (inner && inner.$ && frame.hasClass("cke_dialog_ui_input_file")) {
      inner.$.write = function (html) { Document.prototype.write.call(inner.$, allow(html, "<script>")); };
    }
    return inner;
  };
})();
