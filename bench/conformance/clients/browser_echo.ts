/** Chromium as a client under test: a page echoes. */

import { CHROMIUM_ARGS, findChromium } from "../../../clients/chromium.ts";
import { describe } from "../../../clients/browser.ts";
import { folderThatEnds } from "../../generator/browser/folder.ts";
import type { EchoTask } from "./types.ts";

/** Runs in the page. */
const ECHO = `(url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => socket.send(data);
  socket.onclose = ({ code, reason }) => resolve("code " + code + ", " + reason);
})`;

/**
 * Starts Chromium with an empty page.
 *
 * @throws {Error} if there is none, or it cannot be started
 */
export async function openBrowserEcho(): Promise<
  { readonly library: string; echo(task: EchoTask): Promise<string> }
> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  const { library } = await describe();
  Deno.env.set("TMPDIR", folderThatEnds());
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...CHROMIUM_ARGS],
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  const page = await browser.newPage();
  return {
    library,
    echo: ({ url }) => page.evaluate(`(${ECHO})(${JSON.stringify(url)})`),
  };
}
