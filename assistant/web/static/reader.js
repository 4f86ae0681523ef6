// The reader's page: show the quote, switch the original on and off, tell the page around it of Esc.
"use strict";

const beside = document.getElementById("beside");
const main = document.getElementById("text");
const wide = window.matchMedia("(min-width: 901px)"); // looked at late: a frame read ahead has no width yet

function scrollToQuote() {
  const quote = document.getElementById("quote");
  if (quote) quote.scrollIntoView({ block: "center" });
  else main.scrollTo(0, 0);
}

function showQuote() {
  document.getElementById("to-quote").hidden = !document.getElementById("quote");
  scrollToQuote();
  // the paragraphs above it are laid out only now, and may be longer than they counted
  requestAnimationFrame(() => requestAnimationFrame(scrollToQuote));
}

function tellParent(type) {
  if (window.parent !== window) window.parent.postMessage({ type }, window.location.origin);
}

function stored() {
  try { return localStorage.getItem("reader-beside"); } catch { return null; /* storage may be off in a frame */ }
}

function setBeside(on) {
  document.body.classList.toggle("beside", on);
  if (beside) beside.checked = on;
}

// where a quote differs from its original, the original stands beside it unless the reader chose otherwise
function chooseBeside() {
  if (beside) setBeside(stored() === null ? "beside" in main.dataset && wide.matches : stored() === "1");
}

beside?.addEventListener("change", () => {
  setBeside(beside.checked);
  try { localStorage.setItem("reader-beside", beside.checked ? "1" : "0"); } catch { /* as above */ }
  showQuote();
});

// ---- another quote of the same document: its paragraphs alone are fetched, those of the last put back

let quoted = []; // pairs of paragraphs: as shown, and without the quote

async function showOther(query) {
  const asked = new URLSearchParams(query);
  const { start, end } = main.dataset;
  if ((asked.get("start") || "0") === start && (asked.get("end") || "0") === end) return true;
  asked.set("part", "true");
  const response = await fetch(`reader?${asked}`);
  if (!response.ok) return false;
  const part = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("text");
  if (part?.dataset.version !== main.dataset.version) return false; // the document has changed meanwhile
  for (const [shown, plain] of quoted) shown.replaceWith(plain);
  quoted = [];
  // the first quote came with the page: its marks go, its words stay
  for (const mark of main.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  for (const block of [...part.children]) {
    const plain = main.querySelector(`[data-at="${block.dataset.at}"]`);
    plain.replaceWith(block);
    quoted.push([block, plain]);
  }
  delete main.dataset.beside;
  Object.assign(main.dataset, part.dataset);
  return true;
}

document.getElementById("to-quote")?.addEventListener("click", (event) => {
  event.preventDefault();
  showQuote();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tellParent("reader-close");
});

window.addEventListener("message", async (event) => {
  if (event.origin !== window.location.origin || event.data?.type !== "reader-show") return;
  const { query } = event.data;
  if (main.dataset.version) { // else there is no document to show anything in
    if (!(await showOther(query).catch(() => false))) return window.location.replace(`reader${query}`);
    chooseBeside();
    showQuote();
    main.focus({ preventScroll: true });
  }
  tellParent("reader-shown");
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

if (main?.dataset.version) {
  chooseBeside();
  showQuote();
  if (links.size) markSection();
  // read ahead in a frame that nobody sees yet, it must not take the focus from who is typing
  if (window.parent === window) main.focus({ preventScroll: true });
}
tellParent("reader-ready");
