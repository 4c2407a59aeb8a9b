"use strict";
/* What every page shows of the day it is read on: the date at the top, 新 beside what came out in the last days. Pages
   may lie about as files: nothing that changes by itself stands in them. */
(() => {
  const NEW_DAYS = 2, DAY = 86400000, ZONE = "Asia/Shanghai";
  const numbers = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "numeric", day: "numeric" });
  const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, weekday: "long" });

  const dayOf = (moment) => {
    const found = Object.fromEntries(numbers.formatToParts(moment).map((part) => [part.type, part.value]));
    return { year: +found.year, month: +found.month, day: +found.day };
  };
  const count = ({ year, month, day }) => Date.UTC(year, month - 1, day) / DAY;

  const now = new Date(), today = dayOf(now);
  for (const place of document.querySelectorAll("[data-today]")) {
    place.textContent = `${today.year}年${today.month}月${today.day}日 ${weekday.format(now)}`;
  }
  for (const time of document.querySelectorAll("time[data-fresh]")) {
    if (count(today) - count(dayOf(new Date(time.dateTime))) > NEW_DAYS) continue;
    const mark = document.createElement("i");
    mark.className = "fresh";
    mark.textContent = "新";
    [...time.parentElement.querySelectorAll("a")].pop().after(mark);
  }
})();
