// Bringing documents, for those who may: a field above the list, its progress, and how every file ended.
"use strict";
(() => {
  const chinese = (navigator.language || "zh").toLowerCase().startsWith("zh");
  const say = (zh, en) => (chinese ? zh : en);
  const STATUS = {
    indexed: say("已收入", "added"), unchanged: say("未变", "unchanged"),
    skipped: say("未收入", "skipped"), failed: say("失败", "failed"),
  };

  function element(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }

  function send(files, megabytes, report) {
    const total = [...files].reduce((sum, file) => sum + file.size, 0);
    if (total > megabytes * 2 ** 20) {
      report(say(`超过 ${megabytes} MB 的上限，请分批上传。`, `More than ${megabytes} MB; bring fewer at once.`));
      return;
    }
    const form = new FormData();
    for (const file of files) form.append("files", file);
    const request = new XMLHttpRequest();
    const store = document.querySelector("#store input")?.value || ""; // there where stores can be chosen
    request.open("POST", `api/documents?${new URLSearchParams({ store })}`);
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.round((100 * event.loaded) / event.total);
      report(percent < 100 ? say(`正在上传 ${percent}%`, `Uploading ${percent}%`)
        : say("正在整理和建立索引……", "Repairing and indexing…"));
    });
    request.addEventListener("error", () => report(say("上传没有完成，请再试。", "The upload failed; try again.")));
    request.addEventListener("load", () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* no JSON: told below */ }
      if (Array.isArray(answer)) report("", answer);
      else report(answer?.error || say(`上传没有完成（${request.status}）。`, `The upload failed (${request.status}).`));
    });
    request.send(form);
  }

  function build(place, megabytes) {
    const box = element("section", { id: "bring" });
    const label = element("label", { textContent: say("上传文件 ", "Bring documents ") });
    const field = element("input", { type: "file", multiple: true });
    const told = element("p", { className: "told" });
    told.setAttribute("role", "status");
    const list = element("ul");
    label.append(field);
    box.append(label, told, list);
    field.addEventListener("change", () => {
      if (!field.files.length) return;
      list.replaceChildren();
      send(field.files, megabytes, (message, results = []) => {
        told.textContent = message;
        for (const each of results) {
          const more = each.status === "failed" || each.status === "skipped" ? each.reason
            : say(`${each.passages} 个段落，修复 ${each.repairs} 处`, `${each.passages} passages, ${each.repairs} repairs`);
          list.append(element("li", {
            className: each.status, textContent: `${each.name}：${STATUS[each.status] || each.status}。${more}`,
          }));
        }
        if (results.length) {
          field.value = "";
          told.textContent = say("完成，已列入下面的目录。", "Done; the list below has them.");
          refreshList();
        }
      });
    });
    place.before(box);
  }

  // the list as it is now: what finding nothing in particular shows
  function refreshList() {
    const find = document.querySelector("#find :is(input, textarea)");
    find.value = "";
    find.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => find.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true })));
  }

  async function offer() {
    const answer = await (await fetch("api/uploads")).json();
    if (!answer.allowed) return;
    const place = document.querySelector("#catalogue");
    if (place) build(place, answer.megabytes);
  }
  offer();
})();
