"use strict";
/* A table typed row by row: another empty row at a click. Without script some empty rows are always there. */
(() => {
  for (const rows of document.querySelectorAll("[data-rows]")) {
    const body = rows.querySelector("tbody");
    const total = rows.querySelector("[name$='-TOTAL_FORMS']"), most = Number(rows.querySelector("[name$='-MAX_NUM_FORMS']").value);
    const button = rows.querySelector("[data-add-row]");
    rows.querySelector("[data-without-script]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => {
      const number = Number(total.value);
      if (number >= most) return;
      const row = body.lastElementChild.cloneNode(true);
      for (const error of row.querySelectorAll(".error")) error.remove();
      for (const input of row.querySelectorAll("input")) {
        input.name = input.name.replace(/-\d+-/, `-${number}-`);
        input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, number + 1));
        input.removeAttribute("aria-invalid");
        input.value = "";
      }
      body.append(row);
      total.value = number + 1;
      row.querySelector("input").focus();
    });
  }
})();
