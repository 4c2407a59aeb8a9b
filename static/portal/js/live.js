"use strict";
/* What changes while people watch is asked for again every 15 seconds, not while the page is out of sight. */
(() => {
  const EVERY = 15000;

  const follow = (place) => {
    let known = null, timer = null;

    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(place.dataset.live, { cache: "no-cache", credentials: "same-origin" });
        if (!answer.ok) return;
        const tag = answer.headers.get("ETag"), html = await answer.text();
        if (tag === null ? html !== known : tag !== known) place.innerHTML = html;
        known = tag === null ? html : tag;
        if (answer.headers.get("X-Over") === "1") clearInterval(timer);
      } catch {
        /* The connection is gone for a moment: the next time will tell. */
      }
    };

    timer = setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", ask);
  };

  for (const place of document.querySelectorAll("[data-live]")) follow(place);
  for (const note of document.querySelectorAll("[data-live-note]")) note.textContent = "实录每 15 秒自动更新。";
})();
