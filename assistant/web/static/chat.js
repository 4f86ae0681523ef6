// The page around the chat: markers and cards open the reader, the list sorts, a lost server is told.
"use strict";

(() => {
  // its frame, the document loaded into it, whether that can be spoken to, and the place it is to show
  const reader = { dialog: null, frame: null, document: "", ready: false, wanted: "", missed: "" };

  function theme() {
    return document.body.classList.contains("dark") ? "dark" : "light";
  }

  function chinese() {
    return (navigator.language || "zh").toLowerCase().startsWith("zh");
  }

  // ---- the address: theme, title, a question, and the compact form in a frame --------------------

  const options = new URLSearchParams(location.search);
  const embedded = /\/embed\/?$/.test(location.pathname);
  document.documentElement.classList.toggle("embedded", embedded);

  function whenThere(selector, act) {
    const found = document.querySelector(selector);
    if (found) return act(found);
    const observer = new MutationObserver(() => {
      const element = document.querySelector(selector);
      if (!element) return;
      observer.disconnect();
      act(element);
    });
    observer.observe(document.documentElement, { childList: true, subtree: true });
  }

  if (["light", "dark"].includes(options.get("theme"))) {
    // after Gradio, which has by then set the system's theme
    whenThere(".gradio-container", () => {
      document.body.classList.toggle("dark", options.get("theme") === "dark");
    });
  }
  if (embedded && options.get("title")) {
    document.documentElement.classList.add("titled");
    whenThere("#name p", (name) => { name.textContent = options.get("title"); });
  }
  function write(question) {
    const box = document.querySelector("#question textarea");
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // fields that nobody sees: what a link asks for, for the server to act on
  function signal(name, value) {
    const field = document.querySelector(`#${name} textarea, #${name} input`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // a link into the chat from this very page: its limits and its draft, the conversation stays
  function limitTo(query) {
    const asked = new URLSearchParams(query);
    asked.set("at", Date.now()); // the same limits again are a change, too
    signal("limit-to", asked.toString());
    document.querySelector("#tabs button[role=tab]")?.click();
    if (asked.get("draft")) write(asked.get("draft"));
    document.querySelector("#question textarea").focus();
  }

  // what a page of this tab was asked when its server went, or what the address asks
  const PENDING = "policy-pending";
  function takePending() {
    try {
      const kept = sessionStorage.getItem(PENDING);
      sessionStorage.removeItem(PENDING);
      return JSON.parse(kept);
    } catch { return null; /* storage may be off in a frame */ }
  }
  const opened = takePending() || { draft: options.get("draft"), question: options.get("question") };

  if (opened.draft) {
    whenThere("#conversation button.example, #conversation .welcome", () => write(opened.draft));
  }
  if (opened.question) {
    // the examples come with the page's first event: from then on a question is answered
    whenThere("#conversation button.example, #conversation .welcome", () => {
      write(opened.question);
      setTimeout(() => document.querySelector("#question .submit-button")?.click(), 50);
    });
  }

  // ---- the conversation: a new question goes to the top, so that its answer is read from its beginning

  whenThere("#conversation .bubble-wrap", () => {
    let asked = 0;
    let held = false; // the reader has scrolled since: the page keeps still
    const log = () => document.querySelector("#conversation .bubble-wrap");
    for (const kind of ["wheel", "touchmove", "keydown"]) {
      document.addEventListener(kind, (event) => { if (event.target.closest?.("#conversation")) held = true; }, { passive: true });
    }
    const follow = () => {
      const rows = log()?.querySelectorAll(".user-row") || [];
      if (rows.length !== asked) {
        asked = rows.length;
        held = false;
        document.querySelector("#comment")?.classList.add("past"); // it was about an answer before this one
      }
      if (!asked) return;
      const row = rows[asked - 1];
      const words = row.querySelector(".message-content");
      if (words && words.scrollHeight > words.clientHeight) words.tabIndex = 0; // scrolled by keyboard, too
      if (held) return;
      log().scrollTop += row.getBoundingClientRect().top - log().getBoundingClientRect().top - 8;
    };
    let planned = false;
    new MutationObserver(() => {
      if (planned) return;
      planned = true;
      requestAnimationFrame(() => { planned = false; follow(); });
    }).observe(document.querySelector("#conversation"), { childList: true, subtree: true });
  });

  // Esc leaves a question that is being edited as it was
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches?.("#conversation .message textarea")) return;
    const buttons = event.target.closest(".message-row").nextElementSibling?.querySelectorAll("button");
    buttons?.[buttons.length - 1]?.click();
  });

  // ---- the frame: tell the portal how high the chat would like to be ------------------------------

  function parentOrigin() {
    if (location.ancestorOrigins?.length) return location.ancestorOrigins[0];
    try { return new URL(document.referrer).origin; } catch { return ""; }
  }

  if (embedded && window.parent !== window && parentOrigin()) {
    let told = 0;
    const tell = () => {
      const log = document.querySelector("#conversation .bubble-wrap");
      const shell = document.querySelector("#conversation");
      if (!log || !shell) return;
      const content = log.firstElementChild ? log.firstElementChild.scrollHeight : 0;
      const height = Math.ceil(window.innerHeight - shell.clientHeight + content);
      if (Math.abs(height - told) < 4) return;
      told = height;
      window.parent.postMessage({ type: "policy-assistant-height", height }, parentOrigin());
    };
    let planned = false;
    new MutationObserver(() => {
      if (planned) return;
      planned = true;
      requestAnimationFrame(() => { planned = false; tell(); });
    }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    window.addEventListener("resize", tell);
  }

  // ---- what Gradio leaves out for a screen reader ------------------------------------------------

  document.documentElement.lang = chinese() ? "zh-CN" : "en";
  // its list of examples has buttons for children, which no list may have
  whenThere("#conversation .examples", (list) => list.setAttribute("role", "group"));
  // it reads a message's source code aloud, and gives its buttons no name
  const NAMES = chinese()
    ? { user: "问题", bot: "回答", submit: "发送", stop: "停止", any: "不限", log: "对话", down: "到末尾" }
    : { user: "Question", bot: "Answer", submit: "Send", stop: "Stop", any: "Any", log: "Conversation", down: "To the end" };
  function nameAll() {
    for (const message of document.querySelectorAll("#conversation [data-testid=user], #conversation [data-testid=bot]")) {
      const name = NAMES[message.dataset.testid];
      if (message.getAttribute("aria-label") !== name) message.setAttribute("aria-label", name);
    }
    const log = document.querySelector("#conversation .bubble-wrap");
    if (log && log.getAttribute("aria-label") !== NAMES.log) log.setAttribute("aria-label", NAMES.log);
    const edited = document.querySelector("#conversation .message textarea");
    if (edited && !edited.hasAttribute("aria-label")) edited.setAttribute("aria-label", NAMES.user);
    const down = document.querySelector("#conversation .scroll-down-button-container button");
    if (down && down.title !== NAMES.down) {
      down.title = NAMES.down;
      down.setAttribute("aria-label", NAMES.down);
    }
    for (const button of document.querySelectorAll("#question .submit-button, #question .stop-button")) {
      const name = button.classList.contains("stop-button") ? NAMES.stop : NAMES.submit;
      if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
    }
    for (const field of document.querySelectorAll("#filters input:not([placeholder])")) field.placeholder = NAMES.any;
  }
  new MutationObserver(nameAll).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"],
  });

  // ---- a lost server ----------------------------------------------------------------------------

  const POLL = 4000; // milliseconds between two looks at the server
  let lost = false;
  let started = null; // which start of the server the page belongs to

  let typed = ""; // the last question written: Gradio empties the box before the server has it
  document.addEventListener("input", (event) => {
    if (event.target.matches("#question textarea")) typed = event.target.value.trim() || typed;
  });

  // A restarted server knows nothing of an answer under way: what was asked is kept over the page's end,
  // whoever loads it anew, for Gradio does that, too, as soon as it finds the server again.
  function keepPending() {
    const messages = document.querySelectorAll("#conversation [data-testid=user], #conversation [data-testid=bot]");
    const last = messages[messages.length - 1];
    const asked = [...messages].some((message) => message.innerText.trim() === typed);
    const question = last?.dataset.testid === "user" ? last.innerText.trim() : "";
    const draft = document.querySelector("#question textarea")?.value.trim() || (asked ? "" : typed);
    if (!question && !draft) return false;
    try {
      sessionStorage.setItem(PENDING, JSON.stringify(question ? { question } : { draft }));
    } catch { return false; /* as above */ }
    return true;
  }

  function banner(message) {
    let bar = document.getElementById("lost");
    if (!message) return bar?.remove();
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "lost";
      bar.setAttribute("role", "status");
      document.body.append(bar);
    }
    bar.textContent = message;
  }

  async function look() {
    let alive = false;
    let now = started;
    try {
      const response = await fetch("readyz", { cache: "no-store" });
      alive = response.ok;
      if (alive) now = response.headers.get("x-started");
    } catch { /* no answer: it is gone */ }
    if (!alive && !lost) {
      banner(chinese() ? "与服务的连接断开了，正在重连……" : "The connection to the server is lost; reconnecting…");
    }
    if (!alive) keepPending();
    if (alive && lost) {
      if (now !== started && keepPending()) return location.reload();
      takePending();
      banner(chinese() ? "连接已恢复，请重新提问。" : "Connected again; please ask once more.");
      setTimeout(() => banner(""), 6000);
    }
    lost = !alive;
    started = now;
    setTimeout(look, lost ? POLL / 4 : POLL);
  }
  look();

  // ---- a queue: who waits is told so, and who finds no room in it keeps the question ---------------

  const WAIT = 800; // milliseconds after which a question that nothing is seen of is said to wait
  const ask = window.fetch;
  let waiting = 0;

  // with every turn that comes or goes; Gradio counts seconds in a hidden corner meanwhile
  function whenAnswered(act) {
    const rows = () => document.querySelectorAll("#conversation .message-row").length;
    const before = rows();
    const observer = new MutationObserver(() => {
      if (rows() === before) return;
      observer.disconnect();
      act();
    });
    observer.observe(document.querySelector("#conversation"), { childList: true, subtree: true });
  }

  window.fetch = async (...request) => {
    const response = await ask(...request);
    if (!String(request[0]?.url || request[0]).includes("/queue/join")) return response;
    clearTimeout(waiting);
    // Gradio's own message is English, and lies over the conversation
    document.documentElement.classList.toggle("busy", response.status === 503);
    if (response.status === 503) {
      banner(chinese() ? "提问的人太多，队列已满。问题还在输入框里，请稍后再发送。"
        : "Too many are asking, and the queue is full. Your question is still in the box; send it again later.");
      setTimeout(() => banner(""), 8000);
    } else if (response.ok) {
      const told = chinese() ? "提问的人较多，正在排队……" : "Many are asking; yours waits its turn…";
      waiting = setTimeout(() => banner(told), WAIT);
      whenAnswered(() => {
        clearTimeout(waiting);
        if (document.getElementById("lost")?.textContent === told) banner("");
      });
    }
    return response;
  };

  // ---- bringing documents, where it is offered; the reader's files ahead of the first click --------

  const ours = new URL(document.currentScript.src);
  (window.requestIdleCallback || setTimeout)(() => {
    for (const file of ["reader.css", "reader.js"]) fetch(new URL(file + ours.search, ours));
  });
  if (document.currentScript.dataset.uploads && !embedded) {
    whenThere("#catalogue", () => {
      const script = document.createElement("script");
      script.src = new URL("upload.js" + ours.search, ours);
      document.head.append(script);
    });
  }

  // ---- the reader -------------------------------------------------------------------------------

  function buildReader() {
    const dialog = document.createElement("dialog");
    dialog.id = "reader";
    dialog.setAttribute("aria-label", chinese() ? "文件阅读" : "Document reader");
    const bar = document.createElement("div");
    bar.className = "reader-bar";
    const tab = document.createElement("a");
    tab.target = "_blank";
    tab.rel = "noopener";
    tab.className = "reader-tab";
    tab.textContent = "↗";
    tab.title = chinese() ? "在新标签页打开" : "Open in a new tab";
    tab.setAttribute("aria-label", tab.title);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "reader-close";
    close.textContent = "✕";
    close.title = chinese() ? "关闭（Esc）" : "Close (Esc)";
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", () => dialog.close());
    bar.append(tab, close);
    const frame = document.createElement("iframe");
    frame.title = chinese() ? "文件全文" : "The document";
    frame.addEventListener("load", () => setTimeout(askAgain, 1000, frame.src));
    dialog.append(bar, frame);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // a click beside the reader
    });
    document.body.append(dialog);
    Object.assign(reader, { dialog, frame, tab });
  }

  // built before it is asked for, so that the first click waits for the document alone
  (window.requestIdleCallback || setTimeout)(() => { if (!reader.dialog) buildReader(); });

  function readerAddress(link) {
    const address = new URL(link.getAttribute("href"), document.baseURI);
    address.searchParams.set("theme", theme());
    address.hash = ""; // the reader scrolls by itself
    return address.origin === location.origin ? address : null;
  }

  // loads a document only where it is not there already: other places of it are shown by its own page
  function load(address) {
    const query = new URLSearchParams(address.search);
    for (const name of ["start", "end"]) query.delete(name);
    if (reader.document === query.toString()) return;
    Object.assign(reader, { document: query.toString(), ready: false });
    reader.frame.src = address.href;
  }

  // a page that has come says so at once; what has not come is asked for once more, and again by each click
  function askAgain(address) {
    if (reader.ready || !address || reader.frame.src !== address) return;
    reader.document = "";
    if (reader.missed === address) return;
    reader.missed = address;
    load(new URL(address));
  }

  function showWanted() {
    reader.frame.contentWindow.postMessage({ type: "reader-show", query: reader.wanted }, location.origin);
  }

  function shown() {
    if (!reader.dialog.classList.contains("waiting")) return;
    reader.dialog.classList.remove("waiting");
    reader.frame.focus();
  }

  function prepare(link) {
    const address = link && readerAddress(link);
    if (address && reader.dialog && !reader.dialog.open) load(address);
  }

  // the first document that an answer cites, as soon as nothing else is to be done
  whenThere("#evidence", (evidence) => {
    let planned = false;
    new MutationObserver(() => {
      if (planned) return;
      planned = true;
      (window.requestIdleCallback || setTimeout)(() => {
        planned = false;
        prepare(evidence.querySelector(".card:not(.related) a.open"));
      });
    }).observe(evidence, { childList: true, subtree: true });
  });

  // who points at a citation is about to open it: by the click its document is there
  function prepareReader(event) {
    const pointed = event.target.closest?.("a[href^='#cite-'], .card");
    const card = pointed?.matches(".card") ? pointed : document.getElementById(pointed?.hash.slice(1));
    prepare(card?.querySelector("a.open"));
  }
  document.addEventListener("pointerover", prepareReader);
  document.addEventListener("focusin", prepareReader);

  function openReader(link) {
    const address = readerAddress(link);
    if (!address) return;
    if (!reader.dialog) buildReader();
    reader.tab.href = address.href;
    reader.wanted = address.search;
    reader.dialog.classList.add("waiting"); // the place shown before is not to flash up
    setTimeout(shown, 1500); // whatever it is that came instead: it is to be seen
    if (!reader.dialog.open) reader.dialog.showModal();
    load(address);
    if (reader.ready) showWanted();
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || !reader.frame || event.source !== reader.frame.contentWindow) return;
    if (event.data?.type === "reader-close") reader.dialog.close();
    if (event.data?.type === "reader-ready") {
      reader.ready = true;
      if (reader.dialog.open) showWanted();
    }
    if (event.data?.type === "reader-shown") shown();
  });

  // ---- markers and cards ------------------------------------------------------------------------

  function openCard(card) {
    for (const other of document.querySelectorAll(".card.current")) other.classList.remove("current");
    card.classList.add("current");
    card.closest("details")?.setAttribute("open", "");
    // on a phone the cards lie below the conversation, which must not move away under the reader
    if (window.matchMedia("(min-width: 901px)").matches) card.scrollIntoView({ block: "nearest" });
    const link = card.querySelector("a.open");
    if (link) openReader(link);
  }

  function confirmCopy(link, copying) {
    const before = link.dataset.label ||= link.textContent; // a second click finds what the first one wrote
    copying.then(
      () => { link.textContent = chinese() ? "已复制" : "Copied"; },
      () => { link.textContent = chinese() ? "浏览器不允许复制" : "The browser forbids copying"; },
    ).finally(() => setTimeout(() => { link.textContent = before; }, 1500));
  }

  // a file that was made on request is fetched as soon as its link appears
  new MutationObserver(() => {
    const link = document.querySelector("#taken a.take-now:not(.taken)");
    if (!link) return;
    link.classList.add("taken");
    link.removeAttribute("target");
    link.setAttribute("download", "");
    link.click();
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    const href = link?.getAttribute("href") || "";
    if (href.startsWith("#cite-")) {
      event.preventDefault();
      const card = document.getElementById(href.slice(1));
      if (card) openCard(card);
    } else if (href === "#copy") {
      event.preventDefault();
      const source = link.closest(".answer").querySelector(".source").textContent;
      confirmCopy(link, navigator.clipboard.writeText(source));
    } else if (href === "#evidence" || href === "#talk") {
      event.preventDefault();
      document.documentElement.classList.toggle("with-evidence", href === "#evidence");
      document.querySelector(href === "#evidence" ? "#aside" : "#talk").scrollIntoView();
    } else if (href.startsWith("#rate-")) {
      event.preventDefault();
      document.querySelector("#comment")?.classList.remove("past");
      signal("rate", href.slice("#rate-".length));
    } else if (href === "#all") {
      event.preventDefault();
      limitTo("");
    } else if (link?.closest(".coverage") && href.startsWith("?")) {
      event.preventDefault();
      limitTo(href);
    } else if (link?.closest(".tools") && href.startsWith("?")) {
      event.preventDefault();
      confirmCopy(link, navigator.clipboard.writeText(new URL(href, location.href).href));
    } else if (href.startsWith("#sort-")) {
      event.preventDefault();
      sortTable(link);
    } else if (link?.classList.contains("open") && href.startsWith("reader?")) {
      event.preventDefault();
      const card = link.closest(".card");
      if (card) openCard(card);
      else openReader(link);
    } else if (!link && !event.target.closest("summary") && !String(getSelection())) {
      const card = event.target.closest(".card");
      if (card) openCard(card);
    }
  }, true);

  // ---- the document list ------------------------------------------------------------------------

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#find")) return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll("#catalogue tbody tr")) {
      const content = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => content.includes(word));
    }
  });

  function sortTable(link) {
    const head = link.closest("th");
    const table = link.closest("table");
    const column = [...head.parentNode.children].indexOf(head);
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const cell of head.parentNode.children) cell.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const collator = new Intl.Collator("zh-CN", { numeric: true });
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => collator.compare(a.cells[column].textContent, b.cells[column].textContent));
    if (descending) rows.reverse();
    table.tBodies[0].append(...rows);
  }
})();
