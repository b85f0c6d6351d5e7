import { doesNotThrow, throws } from "node:assert/strict";
import { inFolder } from "../testing/folder.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import { checkPrepared } from "./preparation.ts";

const check = (own: Omit<ForeignServer, "name">, folders?: readonly string[]): void =>
  checkPrepared(foreignServer({ name: "mine", ...own }), folders);
const refuses = (command: string, message: RegExp, folders?: readonly string[]): void =>
  throws(() => check({ command }, folders), { name: "UsageError", message });

Deno.test({
  name: "checkPrepared() looks for the program of a command",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder((folder) => {
      Deno.writeTextFileSync(`${folder}/serve`, "#!/bin/sh\n", { mode: 0o755 });
      Deno.writeTextFileSync(`${folder}/server.js`, "", { mode: 0o644 });
      doesNotThrow(() => check({ command: [Deno.execPath(), "{port}"] }));
      doesNotThrow(() => check({ command: "sh server {port}" }));
      doesNotThrow(() => check({ command: "serve {port}" }, [`${folder}/no`, folder]));
      refuses("serve {port}", /^The program "serve" in the command of mine is in no folder/, []);
      refuses(`${folder}/nothing {port}`, /nothing" in the command of mine is not there: /);
      refuses(`${folder}/server.js {port}`, /may not be run: name what runs it before it, or /);
      refuses(folder, /is not there/);
    }),
});

Deno.test("checkPrepared() looks for variables of the environment and files", () => {
  const url = "wss://localhost:1/";
  doesNotThrow(() => check({ url, headers: { "X-Path": "{env.HOME}" } }));
  throws(() => check({ url, headers: { "X-A": "{env.WSMARK_NOTHING}" } }), {
    message:
      "The header X-A of mine has {env.WSMARK_NOTHING}, and the environment has no variable WSMARK_NOTHING: set it",
  });
  throws(() => check({ url, tls: { ca: "/nowhere.pem" } }), {
    message: /^The file \/nowhere\.pem of --ca for mine cannot be read: /,
  });
});
