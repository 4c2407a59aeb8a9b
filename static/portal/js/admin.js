/* Small manners of the admin: ask before what cannot be undone, send a form once, show a column's requirements. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var asker = event.target.closest("button[data-confirm]");
    if (asker && !window.confirm(asker.dataset.confirm)) { event.preventDefault(); }
    var lift = event.target.closest("[data-lift]");
    if (lift) {
      var row = lift.closest("li");
      if (row.previousElementSibling) { row.parentNode.insertBefore(row, row.previousElementSibling); }
      lift.focus();
    }
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) { return; }
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { event.preventDefault(); return; }
    if (form.method !== "post" || (event.submitter && "download" in event.submitter.dataset)) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener("DOMContentLoaded", function () {
    showColumnNotes();
    tieSourceToReprint();
  });

  /* 附件一: content and format note of the chosen column, beside the form. */
  function showColumnNotes() {
    var data = document.getElementById("column-notes"), select = document.getElementById("id_column");
    if (!data || !select) { return; }
    var notes = JSON.parse(data.textContent), panel = document.querySelector(".column-notes");
    function show() {
      var note = notes[select.value] || {};
      panel.querySelector("[data-note-hint]").hidden = !!(note.content || note.format);
      panel.querySelectorAll("[data-note]").forEach(function (place) {
        var text = note[place.dataset.note] || "";
        place.textContent = text;
        place.hidden = place.previousElementSibling.hidden = !text;
      });
    }
    select.addEventListener("change", show);
    show();
  }

  /* Before the theme's own listener, which writes the name into whatever text field stands near. */
  document.addEventListener("change", function (event) {
    if (!event.target.matches(".pick input[type=file]")) { return; }
    event.stopImmediatePropagation();
    var names = Array.prototype.map.call(event.target.files, function (file) { return file.name; });
    event.target.parentNode.querySelector("[data-picked]").textContent = names.join("、") || "未选择";
  }, true);

  function tieSourceToReprint() {
    var reprint = document.getElementById("id_is_reprint"), source = document.getElementById("id_source_name");
    if (!reprint || !source) { return; }
    function tie() { source.required = reprint.checked; }
    reprint.addEventListener("change", tie);
    tie();
  }
})();
