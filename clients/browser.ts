/** How the browser describes itself; the benchmark itself starts and drives it. */

import manifest from "playwright-core/package.json" with { type: "json" };
import { findChromium } from "./chromium.ts";
import type { ClientInfo } from "./types.ts";

/** How long it may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** @throws {Error} if there is no Chromium, or it does not answer */
export async function describe(): Promise<ClientInfo> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  const { stdout } = await new Deno.Command(found.path, {
    args: ["--version"],
    signal: AbortSignal.timeout(PATIENCE_MS),
    stdin: "null",
    stderr: "null",
  }).output();
  const [, product] = /^(\S.*? \d+(?:\.\d+)+)/.exec(new TextDecoder().decode(stdout)) ?? [];
  if (product === undefined) throw new Error(`${found.path} --version names no version`);
  return {
    id: "browser",
    title: "Browser",
    library: `${product}, playwright-core ${manifest.version}`,
    notes: [
      "All times are taken in the page, whose clock goes in steps of 5 µs.",
      "The traffic runs in the page's main thread, as an application's does; no debugger is attached to the page.",
      "Its CPU time is that of all of Chromium's processes together and of the process that starts them, which may be more than one CPU; it is read some milliseconds outside both ends of the window, while the page stands still.",
      "Its connections to a server are opened one after another with a pause of 10 ms, as Chromium does, before the traffic starts.",
      "Compression is offered, because a page cannot turn it off; TCP_NODELAY is set by Chromium.",
      "Over TLS it trusts the servers' certificate only by its key, and names, dates and issuer are not checked.",
    ],
  };
}
