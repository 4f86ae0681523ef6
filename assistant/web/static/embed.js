// On the portal's page: <script src=".../web/embed.js" data-title="政策问答" data-region="广东省"></script>
// Puts the chat where the script stands and lets it grow; without messages it keeps its first height.
"use strict";
(() => {
  const script = document.currentScript;
  const given = script.dataset;
  const address = new URL("../embed", script.src);
  for (const name of ["title", "theme", "store", "region", "document", "kind", "since", "until", "token"]) {
    if (given[name]) address.searchParams.set(name, given[name]);
  }
  const lowest = Number(given.minHeight) || 420;
  const highest = Number(given.maxHeight) || 760;
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = given.title || "政策助手";
  frame.style.cssText = `width:100%;border:0;height:${Number(given.height) || 600}px`;
  frame.allow = "clipboard-write";
  script.after(frame);
  window.addEventListener("message", (event) => {
    if (event.origin !== address.origin || event.source !== frame.contentWindow) return;
    if (event.data?.type !== "policy-assistant-height" || !Number.isFinite(event.data.height)) return;
    frame.style.height = `${Math.min(Math.max(event.data.height, lowest), highest)}px`;
  });
})();
