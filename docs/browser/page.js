const byId = (id) => document.getElementById(id);
const source = byId("source"), button = byId("clean"), status = byId("status");
const worker = new Worker("worker.js", { type: "module" });
button.disabled = true;

const clean = () => {
  if (button.disabled) return;
  button.disabled = true;
  status.textContent = "Cleaning …";
  worker.postMessage(source.value);
};
button.addEventListener("click", clean);
source.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) clean();
});

worker.addEventListener("message", ({ data }) => {
  button.disabled = !data.ready;
  status.textContent = data.status;
  if (data.page === undefined) return;
  byId("text").value = data.text;
  byId("report").srcdoc = data.page;
  byId("result").hidden = false;
});
worker.addEventListener("error", (event) => {
  status.textContent = `The page cannot work here: ${event.message || "its files cannot be loaded"}. Serve the folder over HTTP, and use a browser with WebAssembly.`;
});

byId("copy").addEventListener("click", async () => {
  byId("text").select();
  try {
    await navigator.clipboard.writeText(byId("text").value);
    status.textContent = "Copied.";
  } catch {
    status.textContent = document.execCommand("copy") ? "Copied." : "Select the text and copy it.";
  }
});
