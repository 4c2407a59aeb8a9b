"use strict";
/* 答题: every answer is saved as it is given and kept in this browser until the server has it; the time left is
   reckoned from the server's clock, whatever the clock of this machine says. Without this script the buttons do. */
(() => {
  const paper = document.getElementById("paper");
  if (!paper || !window.fetch) return;

  const TYPING = 700, AGAIN = 3000, LOOK_EVERY = 60000, FLUSH_BEFORE = 3000, SOON = 5 * 60000;
  const field = paper.elements, attempt = field.attempt.value;
  const kept = (place) => `paper:${paper.dataset.person}:${paper.dataset.exam}:${attempt}:${place}`;
  const items = [...paper.querySelectorAll("[data-place]")];
  const left = document.getElementById("left"), told = document.getElementById("told");
  const waiting = new Map(), last = new Map();
  let isSending = false, isOver = false, timer = 0, typing = 0;

  /* --- the server's clock, by a counter that nobody can set ------------------------------------- */
  const opened = performance.getEntriesByType("navigation")[0];
  let zero = 0, ends = 0;
  const now = () => Math.round(zero + performance.now());
  const setClock = (server, rest, moment) => {
    zero = server - moment;
    ends = server + rest;
  };
  setClock(Number(paper.dataset.now), Number(paper.dataset.left), opened ? opened.responseStart : performance.now());

  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const rest = Math.max(ends - now(), 0), seconds = Math.ceil(rest / 1000);
    const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
    left.textContent = `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
    left.classList.toggle("late", rest < SOON);
    if (rest < FLUSH_BEFORE) flush();
    if (rest === 0) handIn();
  };

  /* --- what is answered ------------------------------------------------------------------------ */
  const inputs = (item) => [...item.querySelectorAll(`[name="q-${item.dataset.place}"]`)];
  const isChoice = (input) => input.type === "radio" || input.type === "checkbox";
  const answerOf = (item) => inputs(item).filter((one) => !isChoice(one) || one.checked).map((one) => one.value);
  const isAnswered = (item) => answerOf(item).some((value) => value.trim() !== "");
  const show = (item, answer) => {
    inputs(item).forEach((input, place) => {
      if (isChoice(input)) input.checked = answer.map(String).includes(input.value);
      else input.value = answer[place] || "";
    });
  };
  const count = () => {
    const done = items.filter(isAnswered);
    document.getElementById("done").textContent = done.length;
    for (const item of items) {
      const mark = document.getElementById(`card-${item.dataset.place}`);
      if (mark) mark.classList.toggle("done", isAnswered(item));
    }
    return items.length - done.length;
  };
  const tell = (words, tone = "") => {
    told.textContent = words;
    told.className = tone;
  };

  /* --- sent one after another; kept here until the server has it ---------------------------------- */
  const keep = (place, one) => {
    try {
      if (one) localStorage.setItem(kept(place), JSON.stringify(one));
      else localStorage.removeItem(kept(place));
    } catch { /* a full or closed store: the server still gets it */ }
  };
  const put = (item) => {
    const place = item.dataset.place, one = { answer: answerOf(item), sequence: now() };
    const words = JSON.stringify(one.answer);
    if (last.get(place) === words) return;
    last.set(place, words);
    waiting.set(place, one);
    keep(place, one);
    count();
    tell("正在保存……");
  };
  const body = (fields, answer = []) => {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", field.csrfmiddlewaretoken.value);
    form.append("attempt", attempt);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const value of answer) form.append("answer", value);
    return form;
  };
  const post = (form, more = {}) => fetch(paper.action, {
    method: "POST", body: form, credentials: "same-origin", redirect: "manual",
    headers: { Accept: "application/json" }, ...more,
  });

  const flush = () => {
    clearTimeout(timer);
    if (typing) { clearTimeout(typing.timer); put(typing.item); typing = 0; }
    send();
  };
  const send = async () => {
    if (isSending || isOver || waiting.size === 0) return;
    isSending = true;
    const [place, one] = waiting.entries().next().value;
    const item = items.find((other) => other.dataset.place === place);
    try {
      field[`seen-${place}`].value = one.sequence;
      const asked = performance.now();
      const answer = await post(body({ question: place, sequence: one.sequence }, one.answer));
      await take(answer, item, place, one, asked);
    } catch {
      tell("连不上服务器，答案留在本机，正在重试……", "late");
      timer = setTimeout(send, AGAIN);
      isSending = false;
      return;
    }
    isSending = false;
    if (waiting.size) send();
  };

  const take = async (answer, item, place, one, asked) => {
    if (answer.status >= 500 || answer.status === 429) throw new Error("again");
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const said = isJson ? await answer.json() : {};
    if (answer.status === 409) return leave(said);
    if (answer.status === 422) {
      waiting.delete(place);
      last.delete(place);
      keep(place, null);
      return wrong(item, said.message);
    }
    if (!answer.ok || !isJson) return stop(said);
    setClock(said.now, said.left, (asked + performance.now()) / 2);
    field[`seen-${place}`].value = said.sequence;
    wrong(item, "");
    if (waiting.get(place) === one) {
      waiting.delete(place);
      keep(place, null);
      if (!said.kept) {
        show(item, said.answer);
        last.set(place, JSON.stringify(answerOf(item)));
        count();
        return tell(`第 ${place} 题在别的窗口有更新的答案，已换成较新的`, "late");
      }
    }
    if (waiting.size === 0) tell(`已保存 ${clockTime()}`, "good");
  };
  const clockTime = () => {
    const moment = new Date(now());
    return `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
  };

  const wrong = (item, message) => {
    const place = item.querySelector(".error");
    place.textContent = message;
    place.hidden = !message;
    for (const input of inputs(item)) input.toggleAttribute("aria-invalid", Boolean(message));
    if (message) tell(`第 ${item.dataset.place} 题没有保存：${message}`, "late");
  };
  const stop = (said) => {
    isOver = true;
    tell(said.message || "登录有变化，请刷新本页接着答；没有存上的答案留在本机", "late");
    window.addEventListener("focus", () => location.reload(), { once: true });
  };
  const leave = (said) => {
    isOver = true;
    forget();
    location.assign(said.where);
  };
  const forget = () => items.forEach((item) => keep(item.dataset.place, null));
  const handIn = () => {
    if (isOver) return;
    isOver = true;
    paper.requestSubmit(document.getElementById("hand-in"));
  };

  /* --- how long is left, asked now and then: time may have been given ----------------------------- */
  const look = async () => {
    if (isOver || document.hidden) return;
    try {
      const asked = performance.now(), answer = await post(body({ look: "yes" }));
      if (answer.status === 409) return leave(await answer.json());
      if (answer.ok) {
        const said = await answer.json();
        setClock(said.now, said.left, (asked + performance.now()) / 2);
      }
    } catch { /* asked again in a minute */ }
  };

  /* --- events ----------------------------------------------------------------------------------- */
  const itemOf = (target) => target.closest && target.closest("[data-place]");
  paper.addEventListener("change", (event) => {
    const item = itemOf(event.target);
    if (!item) return;
    if (typing && typing.item === item) { clearTimeout(typing.timer); typing = 0; }
    put(item);
    send();
  });
  paper.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    if (!item || isChoice(event.target)) return;
    if (typing) clearTimeout(typing.timer);
    if (typing && typing.item !== item) put(typing.item);
    typing = { item, timer: setTimeout(() => { typing = 0; put(item); send(); }, TYPING) };
  });
  paper.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-clear]");
    if (!clear) return;
    const item = itemOf(clear);
    show(item, []);
    put(item);
    send();
  });
  paper.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.hasAttribute("formaction")) { /* 保存 */
      event.preventDefault();
      flush();
      if (waiting.size === 0 && !isOver) tell(`已保存 ${clockTime()}`, "good");
      return;
    }
    if (!isOver) { /* 交卷, not because time is over */
      const open = count();
      const words = open ? `还有 ${open} 题没有作答。交卷后不能再改，确定吗？` : "交卷后不能再改，确定吗？";
      if (!window.confirm(words)) return event.preventDefault();
    }
    isOver = true;
    waiting.clear();
    forget();
    setTimeout(() => { for (const other of paper.querySelectorAll("button")) other.disabled = true; });
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !isOver) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (isOver) return;
    if (typing) put(typing.item);
    for (const [place, one] of waiting) {
      post(body({ question: place, sequence: one.sequence }, one.answer), { keepalive: true }).catch(() => {});
    }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", look);

  /* --- what the server did not get last time ------------------------------------------------------ */
  for (const item of items) {
    const place = item.dataset.place;
    last.set(place, JSON.stringify(answerOf(item)));
    let one = null;
    try { one = JSON.parse(localStorage.getItem(kept(place))); } catch { /* nothing kept */ }
    if (!one || !Array.isArray(one.answer)) continue;
    if (one.sequence <= Number(field[`seen-${place}`].value)) { keep(place, null); continue; }
    show(item, one.answer);
    last.set(place, JSON.stringify(one.answer));
    waiting.set(place, one);
  }
  for (const button of paper.querySelectorAll("[data-clear]")) button.hidden = false;
  count();
  tick();
  setInterval(tick, 500);
  setInterval(look, LOOK_EVERY);
  send();
})();
