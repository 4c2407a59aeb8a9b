"use strict";
/* While a question is typed, those already answered that read like it are shown below. Without script there is a search. */
(() => {
  const form = document.querySelector("[data-similar]");
  if (!form) return;
  const title = form.elements.title, place = form.querySelector("[data-similar-here]");
  const WAIT = 500, LEAST = 4;
  let timer = 0, asked = "";

  const ask = async () => {
    const words = title.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < LEAST) { place.hidden = true; return; }
    const answer = await fetch(`${form.dataset.similar}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer || !answer.ok || words !== asked) return;
    place.innerHTML = await answer.text();
    place.hidden = !place.textContent.trim();
  };

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  document.querySelector(".seek.before").hidden = true;
  ask();
})();
