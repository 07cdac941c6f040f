// Cleans one text in the Pyodide of the site, so that its cache of compiled rules is there when a browser begins.
import { pathToFileURL } from "node:url";

const [site, app] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${site}/pyodide/pyodide.mjs`));
const python = await loadPyodide({
  indexURL: `${site}/pyodide/`, env: { HOME: "/app", XDG_CACHE_HOME: "/app/cache" },
});
python.FS.mount(python.FS.filesystems.NODEFS, { root: app }, "/app");
python.runPython("import os, sys; os.umask(0o022); sys.path.insert(0, '/app'); sys.dont_write_bytecode = True");
try {
  python.pyimport("main").clean("It wasnâ€™t wet.\n\nThe bridge at dawn. REUTERS/Ann Lee\n\nPost a comment\n");
} catch (error) {
  console.error(error.message); // without it, Node prints a megabyte of Pyodide
  process.exit(1);
}
process.exit(0); // Pyodide keeps the process alive
