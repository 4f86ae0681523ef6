// The reader's page: show the quote, switch the original on and off, tell the page around it of Esc.
"use strict";

const quote = document.getElementById("quote");
const beside = document.getElementById("beside");
const main = document.getElementById("text");

function showQuote() {
  if (quote) quote.scrollIntoView({ block: "center" });
}

function tellParent(type) {
  if (window.parent !== window) window.parent.postMessage({ type }, window.location.origin);
}

function setBeside(on) {
  document.body.classList.toggle("beside", on);
  try { localStorage.setItem("reader-beside", on ? "1" : "0"); } catch { /* storage may be off in a frame */ }
  showQuote();
}

if (beside) {
  let chosen = null;
  try { chosen = localStorage.getItem("reader-beside"); } catch { /* storage may be off in a frame */ }
  const wide = window.matchMedia("(min-width: 901px)").matches;
  const on = chosen === null ? document.body.classList.contains("beside") && wide : chosen === "1";
  document.body.classList.toggle("beside", on);
  beside.checked = on;
  beside.addEventListener("change", () => setBeside(beside.checked));
}

document.getElementById("to-quote")?.addEventListener("click", (event) => {
  event.preventDefault();
  showQuote();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tellParent("reader-close");
});

window.addEventListener("message", (event) => {
  if (event.origin !== window.location.origin || event.data?.type !== "reader-show") return;
  showQuote();
  tellParent("reader-ready");
});

// mark in the outline the section that is being read
const links = new Map();
for (const link of document.querySelectorAll("nav a")) links.set(link.hash.slice(1), link);
function markSection() {
  let current = null;
  for (const [id, link] of links) {
    link.classList.remove("current");
    const heading = document.getElementById(id);
    if (heading && heading.getBoundingClientRect().top < window.innerHeight * 0.55) current = link;
  }
  if (!current) return;
  current.classList.add("current");
  current.scrollIntoView({ block: "nearest" });
}
let waiting = false;
main?.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; markSection(); });
}, { passive: true });

showQuote();
if (links.size) markSection();
main?.focus({ preventScroll: true });
tellParent("reader-ready");
