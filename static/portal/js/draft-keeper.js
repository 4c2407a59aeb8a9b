/* What is being written is kept in this browser every few seconds, so that neither a crash nor an expired sign-in
   loses it. Keys: "draft:<person>:<article>", for a new text "draft:<person>:new:<creation key>". */
(function () {
  "use strict";

  var EVERY = 3000, MOST_BYTES = 7000000;
  var SKIPPED = ["csrfmiddlewaretoken", "token", "key", "cover", "attachments", "remove_cover", "remove_attachment"];
  var page = document.querySelector(".editor");
  var form = document.getElementById("article-form");
  if (!page || !form) { return; }

  var prefix = "draft:" + page.dataset.user + ":";
  var isNew = page.dataset.draft === "new";
  var key = prefix + (isNew ? "new:" + form.elements.key.value : page.dataset.draft);
  var isLeaving = false;

  dropSaved();
  whenEditorIsReady(function () {
    offerKept();
    window.setInterval(keep, EVERY);
    window.addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", keep);
  });
  form.addEventListener("submit", guard);
  window.addEventListener("beforeunload", function (event) {
    if (!isLeaving && isChanged()) { event.preventDefault(); }
  });

  /* --- what is typed ----------------------------------------------------------------------- */
  function editor() {
    return window.CKEDITOR && window.CKEDITOR.instances.id_body;
  }

  function whenEditorIsReady(then) {
    var tries = 0;
    (function wait() {
      var one = editor();
      if (one && one.status === "ready") { return then(); }
      if (++tries > 100) { return then(); }
      window.setTimeout(wait, 100);
    })();
  }

  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && field.type !== "file" && field.type !== "submit" && SKIPPED.indexOf(field.name) < 0;
    });
  }

  function typed() {
    var values = {};
    fields().forEach(function (field) {
      values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    });
    if (editor()) { values.body = editor().getData(); }
    return values;
  }

  /* Against what the server sent: whatever is typed before the editor is ready counts too. */
  function isChanged() {
    if (form.hasAttribute("data-refused")) { return true; }
    return fields().some(differs) || !!editor() && editor().checkDirty();
  }

  function differs(field) {
    if (field.name === "body") { return false; }
    if (field.type === "checkbox") { return field.checked !== field.defaultChecked; }
    if (field.type !== "select-one") { return field.value !== field.defaultValue; }
    var chosen = field.querySelector("option[selected]") || field.options[0];
    return field.value !== chosen.value;
  }

  function fill(values) {
    fields().forEach(function (field) {
      if (!(field.name in values)) { return; }
      if (field.type === "checkbox") { field.checked = values[field.name]; } else { field.value = values[field.name]; }
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (editor()) { editor().setData(values.body || ""); }
  }

  /* --- keeping ----------------------------------------------------------------------------- */
  function keep() {
    if (isLeaving || !isChanged()) { return; }
    var copy = { at: Date.now(), values: typed(), token: form.elements.token.value };
    try {
      window.localStorage.setItem(key, JSON.stringify(copy));
      say("已在本机暂存 " + clock(Date.now()));
    } catch (full) {
      say("浏览器空间不足，未能暂存，请及时保存");
    }
  }

  function say(words) {
    var place = form.querySelector("[data-kept]");
    if (place) { place.textContent = words; }
  }

  function clock(at) {
    return new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  /* The server names what it has saved; that copy has done its duty. */
  function dropSaved() {
    var saved = page.dataset.saved;
    if (!saved) { return; }
    window.localStorage.removeItem(prefix + saved);
    window.localStorage.removeItem(prefix + "new:" + saved);
    var address = new URL(window.location);
    address.searchParams.delete("saved");
    window.history.replaceState(null, "", address);
  }

  /* --- offering ---------------------------------------------------------------------------- */
  function keptCopy() {
    if (window.localStorage.getItem(key)) { return key; }
    if (!isNew) { return null; }
    return Object.keys(window.localStorage)
      .filter(function (name) { return name.indexOf(prefix + "new:") === 0; })
      .sort(function (a, b) { return read(b).at - read(a).at; })[0] || null;
  }

  function read(name) {
    try { return JSON.parse(window.localStorage.getItem(name)) || { at: 0 }; } catch (broken) { return { at: 0 }; }
  }

  function offerKept() {
    var name = keptCopy(), kept = name && read(name);
    if (!kept || !kept.values) { return; }
    if (JSON.stringify(kept.values) === JSON.stringify(typed())) { window.localStorage.removeItem(name); return; }
    if (form.hasAttribute("data-refused")) { return; }  // the form already holds what was typed last
    var note = document.createElement("p");
    note.className = "note note-gold";
    note.setAttribute("role", "status");
    note.textContent = "发现未保存的内容（" + clock(kept.at) + "）";
    if (!isNew && kept.token !== form.elements.token.value) { note.textContent += "，此后稿件又被保存过，恢复后请核对"; }
    note.appendChild(button("恢复", function () {
      fill(kept.values);
      if (isNew) { form.elements.key.value = name.slice((prefix + "new:").length); key = name; }
      note.remove();
    }));
    note.appendChild(button("放弃", function () { window.localStorage.removeItem(name); note.remove(); }));
    form.insertBefore(note, form.firstChild);
  }

  function button(words, act) {
    var one = document.createElement("button");
    one.type = "button";
    one.className = "btn";
    one.textContent = words;
    one.addEventListener("click", act);
    return one;
  }

  /* --- before sending: still signed in? ---------------------------------------------------- */
  function guard(event) {
    if (isLeaving) { return; }
    if (editor()) { editor().updateElement(); }
    event.preventDefault();
    event.stopImmediatePropagation();
    keep();
    if (new Blob([form.elements.body.value]).size > MOST_BYTES) {
      return tell("正文太长，服务器收不下。请分篇发布，或改为附件。您写的内容已暂存在本机。", event.submitter);
    }
    ask(event.submitter);
  }

  function ask(submitter) {
    window.fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return Promise.all([answer, answer.text()]); })
      .then(function (pair) { judge(pair[0], pair[1], submitter); })
      .catch(function () { tell("现在连不上服务器。您写的内容已暂存在本机，请稍后再试。", submitter); });
  }

  function judge(answer, text, submitter) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var there = fresh.querySelector(".editor");
    if (new URL(answer.url).pathname === page.dataset.signIn) {
      return tell("登录已过期。您写的内容还在，请在新窗口登录后回到这里继续。", submitter, page.dataset.signIn);
    }
    if (new URL(answer.url).pathname === page.dataset.password) {
      return tell("密码须先修改。您写的内容还在，请在新窗口改好密码后回到这里继续。", submitter, page.dataset.password, "修改密码");
    }
    if (there && there.dataset.user !== page.dataset.user) {
      return tell("现在登录的是另一个人，请用写稿人的工号重新登录。", submitter, page.dataset.signIn);
    }
    var token = fresh.querySelector("[name=csrfmiddlewaretoken]");
    if (token) { useToken(token.value); }
    send(submitter);
  }

  function useToken(value) {
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = value; });
    if (editor()) { editor().config.fileTools_requestHeaders = { "X-CSRFToken": value }; }
  }

  function send(submitter) {
    isLeaving = true;
    form.requestSubmit ? form.requestSubmit(submitter) : form.submit();
    window.setTimeout(function () { isLeaving = false; }, 8000);
  }

  function tell(words, submitter, address, act) {
    var box = document.createElement("dialog"), text = document.createElement("p"), row = document.createElement("p");
    box.className = "asking";
    text.textContent = words;
    row.className = "buttons";
    if (address) {
      var link = document.createElement("a");
      link.href = address; link.target = "_blank"; link.className = "btn btn-main"; link.textContent = act || "登录";
      row.appendChild(link);
    }
    row.appendChild(button("再试一次", function () { box.remove(); ask(submitter); }));
    row.appendChild(button("先不提交", function () { box.remove(); }));
    box.append(text, row);
    document.body.appendChild(box);
    box.showModal();
  }
})();
