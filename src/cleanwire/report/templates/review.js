"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const tools = byId("tools");
  if (!tools) return;
  const rules = [...document.querySelectorAll("details[data-rule]")];
  const filter = byId("filter"), risky = byId("risky"), skips = byId("skips");
  for (const part of document.querySelectorAll("#tools, #list, .skip")) part.hidden = false;

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
    const ticked = [...document.querySelectorAll("input[name=skip]:checked")];
    skips.value = ticked.map((box) => `--skip ${box.value}`).join(" ");
  });

  byId("copy").addEventListener("click", async () => {
    skips.select();
    try {
      await navigator.clipboard.writeText(skips.value);
      byId("copied").textContent = "copied";
    } catch {
      byId("copied").textContent = document.execCommand("copy") ? "copied" : "select the text and copy it";
    }
  });

  show();
})();
