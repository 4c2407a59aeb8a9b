"use strict";
/* 拟写答复: the outcome proposes its sentence and asks only for what it needs. Without script every field is there. */
(() => {
  const form = document.querySelector("[data-answer]");
  if (!form) return;
  const text = form.elements.text, radios = [...form.querySelectorAll("[name=outcome]")];
  const place = form.querySelector("[data-for=place]"), repeated = form.querySelector("[data-for=REPEATED]");
  const said = new Set(radios.map((one) => one.dataset.says));
  const show = (one) => {
    place.hidden = !(one && one.dataset.place) && !form.elements.place.value;
    const label = place.querySelector("label");
    if (one && one.dataset.place) label.firstChild.textContent = one.dataset.place;
    if (repeated) repeated.hidden = !(one && one.value === "REPEATED");
  };
  const chosen = () => radios.find((one) => one.checked);
  form.addEventListener("change", (event) => {
    if (event.target.name !== "outcome") return;
    if (!text.value.trim() || said.has(text.value.trim())) text.value = event.target.dataset.says;
    show(event.target);
  });
  show(chosen());
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
