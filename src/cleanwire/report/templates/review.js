"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const tools = byId("tools");
  if (!tools) return;
  const rules = [...document.querySelectorAll("details[data-rule]")];
  const filter = byId("filter"), risky = byId("risky");
  for (const part of document.querySelectorAll("#tools, #list, #setting, .skip")) part.hidden = false;

  const show = () => {
    const words = filter.value.trim().toLowerCase();
    let number = 0;
    for (const rule of rules) {
      const fits = rule.dataset.rule.toLowerCase().includes(words) && (!risky.checked || "risk" in rule.dataset);
      rule.hidden = !fits;
      number += fits;
    }
    byId("shown").textContent = `${number} of ${rules.length} rules`;
  };
  filter.addEventListener("input", show);
  risky.addEventListener("change", show);

  document.addEventListener("change", (event) => {
    if (event.target.name !== "skip") return;
    const ticked = [...document.querySelectorAll("input[name=skip]:checked")].map((box) => box.value);
    byId("skips").value = ticked.length ? `--skip ${ticked.join(",")}` : "";
    byId("lines").value = ticked.length ? `skip = ${JSON.stringify(ticked)}` : "";
  });

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const text = byId(button.dataset.copy), told = button.nextElementSibling;
    button.addEventListener("click", async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
        told.textContent = "copied";
      } catch {
        told.textContent = document.execCommand("copy") ? "copied" : "select the text and copy it";
      }
    });
  }

  show();
})();
