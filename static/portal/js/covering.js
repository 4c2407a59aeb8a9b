"use strict";
/* 区分处理: rectangles drawn on a page with mouse, pen or finger keep the table of numbers; words selected in a text
   join the list. Without script both are typed. */
(() => {
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
  const SVG = "http://www.w3.org/2000/svg", SIDES = ["left", "top", "width", "height"], LEAST = 0.4;

  const view = document.querySelector("[data-drawing]");
  if (view) {
    const svg = view.querySelector("svg"), body = document.querySelector(".numbers tbody");
    const values = (row) => SIDES.map((side) => row.querySelector(`[name=${side}]`));
    const rowOf = () => [...body.rows].find((row) => values(row).every((input) => !input.value)) || added();
    const added = () => {
      const row = body.lastElementChild.cloneNode(true);
      for (const input of values(row)) {
        input.value = "";
        input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, body.rows.length + 1));
      }
      body.append(row);
      return row;
    };
    const draw = () => {
      svg.replaceChildren();
      for (const row of body.rows) {
        const [x, y, width, height] = values(row).map((input) => Number.parseFloat(input.value));
        if (!(width > 0 && height > 0)) continue;
        const rect = document.createElementNS(SVG, "rect");
        for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value || 0);
        rect.addEventListener("click", () => { for (const input of values(row)) input.value = ""; draw(); });
        svg.append(rect);
      }
    };
    const place = (event) => {
      const box = svg.getBoundingClientRect();
      const within = (value) => Math.min(100, Math.max(0, value));
      return [within((event.clientX - box.left) / box.width * 100), within((event.clientY - box.top) / box.height * 100)];
    };
    let start = null, pen = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target !== svg) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      start = place(event);
      pen = document.createElementNS(SVG, "rect");
      svg.append(pen);
    });
    const between = (event) => {
      const end = place(event);
      return [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1])];
    };
    svg.addEventListener("pointermove", (event) => {
      if (!pen) return;
      between(event).forEach((value, at) => pen.setAttribute(["x", "y", "width", "height"][at], value));
    });
    svg.addEventListener("pointerup", (event) => {
      if (!pen) return;
      const [left, top, width, height] = between(event).map((value) => Math.round(value * 10) / 10);
      pen = null;
      if (width >= LEAST && height >= LEAST) {
        const fitted = [left, top, Math.min(width, 100 - left), Math.min(height, 100 - top)];
        values(rowOf()).forEach((input, at) => { input.value = Math.round(fitted[at] * 10) / 10; });
      }
      draw();
    });
    svg.addEventListener("pointercancel", () => { pen = null; draw(); });
    body.addEventListener("input", draw);
    draw();
  }

  const text = document.querySelector("[data-text]"), list = document.querySelector("textarea[name=marks]");
  if (text && list && !list.disabled) {
    text.addEventListener("mouseup", () => {
      const words = String(document.getSelection()).trim();
      if (!words) return;
      const known = list.value.split("\n").map((line) => line.trim());
      const wanted = words.split("\n").map((line) => line.trim()).filter((line) => line && !line.includes("■") && !known.includes(line));
      list.value = [...known.filter(Boolean), ...wanted].join("\n");
    });
  }
})();
