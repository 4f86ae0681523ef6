// Runs before the page starts: the address's theme is the one that Gradio reads.
"use strict";
(() => {
  const address = new URL(location.href);
  const theme = address.searchParams.get("theme");
  if (!["light", "dark"].includes(theme) || address.searchParams.has("__theme")) return;
  address.searchParams.set("__theme", theme);
  history.replaceState(history.state, "", address);
})();
