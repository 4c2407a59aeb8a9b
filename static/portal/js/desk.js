"use strict";
/* Buttons act once, and a return without a reason is asked about before it is sent. The server checks both again. */
(() => {
  const release = (form) => {
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  };

  const lacksNote = (form, button) => {
    const note = form.elements.note;
    if (!button || !button.hasAttribute("data-needs-note") || note.value.trim()) return false;
    const error = document.getElementById("note-error");
    error.textContent = `请写明${button.textContent.trim()}的理由`;
    error.hidden = false;
    note.setAttribute("aria-invalid", "true");
    note.setAttribute("aria-describedby", "note-error");
    note.scrollIntoView({ block: "center" });
    note.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy") || lacksNote(form, button)) {
      event.preventDefault();
      return;
    }
    const question = button && button.dataset.ask;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    setTimeout(() => {
      for (const other of document.querySelectorAll("main form button")) other.disabled = true;
    });
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "id_note") return;
    event.target.removeAttribute("aria-invalid");
    document.getElementById("note-error").hidden = true;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* A group of the rail that somebody opened stays open on the next page. */
  const groups = [...document.querySelectorAll(".desk-rail details")];
  const kept = new Set(JSON.parse(localStorage.getItem("rail") || "[]"));
  for (const group of groups) {
    const name = group.firstElementChild.textContent;
    if (kept.has(name) && window.innerWidth > 1000) group.open = true;
    group.addEventListener("toggle", () => {
      if (group.open) kept.add(name);
      else kept.delete(name);
      localStorage.setItem("rail", JSON.stringify([...kept]));
    });
  }

  /* Coming back by the browser's back button finds the page as it was left: its buttons work again. */
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

  /* After a refusal the first field to mend has the focus, unless the page has a place of its own to begin. */
  const refused = document.querySelector("main [aria-invalid='true']");
  if (refused && !document.querySelector("[autofocus]")) refused.focus();

  /* What is under way is looked at again after some seconds. */
  const waiting = document.querySelector("[data-look-again]");
  if (waiting) setTimeout(() => location.reload(), 1000 * waiting.dataset.lookAgain);
})();
