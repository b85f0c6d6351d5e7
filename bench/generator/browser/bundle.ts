/** The page of the browser: its document, and its program as one script. */

import { configFlags } from "../../../servers/launch/deno_run.ts";

/** What the page has in place of the modules of Node: there, both are hardly ever called. */
export const NODE_SCRIPT = `
export const Buffer = {
  compare(a, b) {
    for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at] - b[at];
    return a.length - b.length;
  },
};
export const setImmediate = (go) => setTimeout(go);
`;

/** The document. It also reports what goes wrong outside of the program's own care. */
export const DOCUMENT = `<!doctype html>
<meta charset="utf-8">
<title>wsmark</title>
<link rel="icon" href="data:,">
<script type="importmap">
{ "imports": { "node:buffer": "/node.js", "node:timers": "/node.js" } }
</script>
<script>
  const tell = (reason) => fetch("/failed", { method: "POST", body: String(reason) });
  if (!("dispose" in Symbol)) tell("The browser is too old: it must be Chromium 134 or newer");
  addEventListener("error", ({ message }) => tell(message ?? "A script could not be loaded"), true);
  addEventListener("unhandledrejection", ({ reason }) => tell(reason?.message ?? reason));
</script>
<script type="module" src="/page.js"></script>
`;

/** Bundles the page's program, in 0.1 to 0.4 s: with esbuild, which Deno fetches from npm the first time. */
export async function bundlePage(): Promise<string> {
  const page = new URL("./page.ts", import.meta.url);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", ...configFlags(page.href), "--platform", "browser", page.href],
    // Deno looks for the imports' names in the folder that it works in.
    ...(page.protocol === "file:" && { cwd: new URL("../../../", import.meta.url) }),
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  const [first = ""] = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(`The browser's page could not be bundled (deno bundle): ${first}`);
}
