/* The reader's own tools: text size, remembered in this browser, and printing. Without script they stay hidden. */
(function () {
  "use strict";

  var KEY = "portal-text-size";
  var text = document.querySelector("article.text");
  var tools = text && text.querySelector(".tools");
  if (!tools) { return; }

  function show(size) {
    text.dataset.size = size;
    tools.querySelectorAll("[data-size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    });
  }

  function remembered() {
    try { return localStorage.getItem(KEY); } catch (refused) { return null; }
  }

  function remember(size) {
    try { localStorage.setItem(KEY, size); } catch (refused) { /* private windows keep nothing */ }
  }

  tools.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.hasAttribute("data-print")) { window.print(); return; }
    show(button.dataset.size);
    remember(button.dataset.size);
  });

  show(remembered() || text.dataset.size);
  tools.hidden = false;
})();
