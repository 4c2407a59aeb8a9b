"use strict";
/* Questions come and go with what was chosen before; pages one at a time. Without script everything is there at once,
   and the server drops what is not asked. */
(() => {
  const form = document.querySelector(".questionnaire");
  if (!form) return;
  const questions = [...form.querySelectorAll("[data-question]")];

  const chosen = (question) => new Set([...question.querySelectorAll("input:checked")].map((input) => input.value));

  const show = () => {
    const asked = new Map();
    for (const question of questions) {
      const wanted = question.dataset.shownIf;
      const before = asked.get(wanted);
      const is = !wanted || (before && question.dataset.shownOptions.trim().split(/\s+/).some((one) => before.has(one)));
      question.hidden = !is;
      if (is) asked.set(question.dataset.question, chosen(question));
    }
  };

  for (const hint of form.querySelectorAll("[data-condition]")) hint.hidden = true;
  form.addEventListener("change", show);
  show();

  /* pages */
  if (!("paged" in form.dataset)) return;
  const parts = [...form.querySelectorAll("[data-part]")];
  const back = form.querySelector("[data-back]"), next = form.querySelector("[data-next]"), send = form.querySelector("[type='submit']");
  if (!send) return;
  const wrong = parts.findIndex((part) => part.querySelector("[aria-invalid='true']"));
  let at = Math.max(wrong, 0);

  const turn = (to, focus) => {
    at = to;
    parts.forEach((part, place) => { part.hidden = place !== at; });
    back.hidden = at === 0;
    next.hidden = at === parts.length - 1;
    send.hidden = at !== parts.length - 1;
    if (!focus) return;
    parts[at].setAttribute("tabindex", "-1");
    parts[at].focus({ preventScroll: true });
    form.scrollIntoView({ block: "start" });
  };
  back.addEventListener("click", () => turn(at - 1, true));
  next.addEventListener("click", () => turn(at + 1, true));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && at < parts.length - 1) {
      event.preventDefault();
      turn(at + 1, true);
    }
  });
  turn(at, false);
})();
