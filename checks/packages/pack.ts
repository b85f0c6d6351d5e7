/**
 * `deno task pack`: makes the npm package, `dist/wsmark-VERSION.tgz`, as `npm publish` would take it. It publishes nothing.
 */

import { print } from "../../cli/output/terminal.ts";
import { VERSION } from "../../bench/version.ts";
import { copyProgram, digestOfFolder, megabytes, runToEnd } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);

/** The oldest Deno that wsmark runs under. */
const DENO = "^2.9.0";

/**
 * Makes the npm package.
 *
 * @param out folder that it goes into
 * @returns its path
 */
export async function pack(out: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    await copyProgram(`${folder}/program`);
    await Deno.mkdir(`${folder}/bin`);
    await Deno.copyFile(new URL("npm/wsmark.js", import.meta.url), `${folder}/bin/wsmark.js`);
    for (const name of ["README.md", "LICENSE"]) {
      await Deno.rename(`${folder}/program/${name}`, `${folder}/${name}`);
    }
    await Deno.remove(`${folder}/program/CHANGELOG.md`);
    const manifest = {
      name: "wsmark",
      version: VERSION,
      description: "Compares WebSocket servers, and checks every reply",
      keywords: ["websocket", "benchmark", "latency", "load", "conformance"],
      license: "MIT",
      bin: { wsmark: "bin/wsmark.js" },
      files: ["bin", "program"],
      engines: { node: ">=18" },
      dependencies: { deno: DENO },
      // Names the copy in the user's cache.
      digest: await digestOfFolder(`${folder}/program`),
    };
    await Deno.writeTextFile(
      `${folder}/package.json`,
      `${JSON.stringify(manifest, undefined, 2)}\n`,
    );
    await Deno.mkdir(out, { recursive: true });
    const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
    await runToEnd([npm, "pack", "--silent", "--pack-destination", out], folder);
    return `${out}/wsmark-${VERSION}.tgz`;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const path = await pack(decodeURIComponent(new URL("dist", ROOT).pathname));
  print(
    `${path}: ${megabytes(path)}; try it in another folder: npx ./wsmark-${VERSION}.tgz --help`,
  );
}
