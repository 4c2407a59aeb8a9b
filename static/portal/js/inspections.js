"use strict";
/* One item at a time: the button saves it and the item is exchanged; what is typed elsewhere stays where it is.
   What could not be sent stays too, and says so. Without script every button sends the page. */
(() => {
  const sheet = document.querySelector("[data-checking]");
  if (!sheet || !window.fetch) return;

  const count = () => {
    const done = sheet.querySelectorAll("[data-item]:not([data-result='PENDING'])").length;
    sheet.querySelector("[data-answered]").textContent = done;
  };

  const say = (item, words) => {
    item.querySelector(".not-saved")?.remove();
    const told = document.createElement("p");
    told.className = "refusal not-saved";
    told.setAttribute("role", "alert");
    told.textContent = words;
    item.querySelector("form").before(told);
  };

  const goOn = (item) => {
    const next = sheet.querySelector("[data-item][data-result='PENDING']");
    if (item.querySelector(".refusal, .error")) item.querySelector(".refusal, .error").scrollIntoView({ block: "center" });
    else if (next) next.scrollIntoView({ block: "start", behavior: "smooth" });
  };

  const send = async (item, form, button) => {
    const body = new FormData(form);
    body.set(button.name, button.value);
    item.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "item" } });
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-item]");
      if (answer.redirected || !fresh) throw new Error(String(answer.status));
      item.replaceWith(fresh);
      count();
      goOn(fresh);
    } catch {
      item.removeAttribute("aria-busy");
      say(item, "没有保存：网络不通或登录已过期。填写的内容还在这里，请稍后再按一次。");
    }
  };

  /* Before the desk's own listener, which would hold all buttons of the page. */
  document.addEventListener("submit", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (item.getAttribute("aria-busy")) return;
    send(item, event.target, event.submitter);
  }, true);
})();
