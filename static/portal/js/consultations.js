"use strict";
/* A form that came back has the focus at what is to be mended; each form acts once. The server checks both again. */
(() => {
  const wrong = document.querySelector(".opinion-form .wrong :is(input, textarea)") || document.querySelector(".opinion-form .not-sent");
  if (wrong) {
    wrong.closest("form").scrollIntoView({ block: "center" });
    if (wrong.focus) wrong.focus({ preventScroll: true });
  }
  for (const details of document.querySelectorAll("details.say")) {
    details.addEventListener("toggle", () => {
      if (details.open) details.querySelector("textarea").focus({ preventScroll: true });
    });
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy")) event.preventDefault();
    else form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form")) form.removeAttribute("aria-busy");
  });
})();
