// Cleans in a thread of its own, so that the page answers while Python loads and works.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const started = start();
started.then(
  () => postMessage({ ready: true, status: "Ready." }),
  (error) => postMessage({ ready: false, status: `Python cannot start: ${error}` }),
);

async function start() {
  const [python, archive] = await Promise.all([
    loadPyodide({ env: { HOME: "/app", XDG_CACHE_HOME: "/app/cache" } }),
    fetch("app.zip").then((answer) => answer.arrayBuffer()),
  ]);
  python.runPython("import os; os.umask(0o022)"); // cleanwire reads no cache that others could write
  python.unpackArchive(archive, "zip", { extractDir: "/app" });
  python.runPython("import sys; sys.path.insert(0, '/app')");
  const { clean } = python.pyimport("main");
  clean("");
  return clean;
}

onmessage = async ({ data }) => {
  try {
    const found = (await started)(data);
    const [text, page, edits] = found.toJs();
    found.destroy();
    postMessage({ ready: true, status: `${edits} ${edits === 1 ? "edit" : "edits"}.`, text, page });
  } catch (error) {
    postMessage({ ready: true, status: `This text cannot be cleaned: ${error}` });
  }
};
