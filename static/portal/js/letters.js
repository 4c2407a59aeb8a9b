// Printing a receipt; taking over an earlier answer; asking before what cannot be taken back.
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-print], [data-take]");
  if (!target) return;
  if ("print" in target.dataset) window.print();
  else {
    const text = document.getElementById("finish-text");
    const said = document.getElementById(target.dataset.take).textContent.trim();
    text.value = text.value.trim() ? `${text.value.trim()}\n\n${said}` : said;
    text.focus();
  }
});
