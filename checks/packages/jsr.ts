/** A registry on this machine that takes what `deno publish` sends, and serves it as JSR does. It keeps nothing. */

import { print } from "../../cli/output/terminal.ts";
import { createHash } from "node:crypto";
import { runToEnd } from "./files.ts";

/** A registry. */
export interface Registry extends AsyncDisposable {
  /** For the variable `JSR_URL`. */
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

const PACKAGE = "/@wsmark/wsmark";
const STD_CLI = "/@std/cli";

const ROOT = new URL("../../", import.meta.url);

/** Publishes wsmark to a registry of its own. */
export async function publishHere(): Promise<Registry> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  const asked: string[] = [];
  let version = "";
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      const [, uploaded] = /^\/api\/scopes\/wsmark\/packages\/wsmark\/versions\/([\d.]+)$/
        .exec(pathname) ?? [];
      if (uploaded !== undefined && request.method === "POST") {
        version = uploaded;
        await Deno.writeFile(`${folder}/package.tgz`, await request.bytes());
      } else if (uploaded !== undefined) {
        return Response.json({ code: "notFound", message: "not yet" }, { status: 404 });
      }
      if (pathname.startsWith("/api/")) return Response.json({ id: "1", status: "success" });
      return await served(pathname, `${folder}/files`, version);
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  stack.defer(() => server.shutdown());
  await runToEnd(
    [
      ...["env", `JSR_URL=${url}`, Deno.execPath(), "publish", "--quiet", "--no-check"],
      ...["--allow-dirty", "--no-provenance", "--token", "none"],
    ] as [string, ...string[]],
    decodeURIComponent(ROOT.pathname),
  );
  await Deno.mkdir(`${folder}/files`);
  await runToEnd(["tar", "-xzf", "package.tgz", "-C", "files"], folder);
  const all = stack.move();
  return { url, asked, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Answers as https://jsr.io/docs/api says. */
async function served(path: string, folder: string, version: string): Promise<Response> {
  const root = `${PACKAGE}/${version}`;
  if (path === `${PACKAGE}/meta.json`) {
    return Response.json({ scope: "wsmark", name: "wsmark", versions: { [version]: {} } });
  }
  if (path === `${root}_meta.json`) {
    const { exports } = JSON.parse(await Deno.readTextFile(`${folder}/deno.json`));
    return Response.json({ exports, manifest: await manifestOf(folder) });
  }
  if (path.startsWith(`${root}/`)) return await file(`${folder}/${path.slice(root.length + 1)}`);
  return await servedParser(path);
}

/** The stand-in for @std/cli, as JSR would have it: with the names of packages written out. */
async function servedParser(path: string): Promise<Response> {
  const folder = new URL("compat/std-cli/", ROOT);
  const { version, exports, imports } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", folder)),
  );
  const source = (await Deno.readTextFile(new URL("parse_args.ts", folder)))
    .replaceAll(
      /from "([^"]+)"/g,
      (text, name) => imports[name] ? `from "${imports[name]}"` : text,
    );
  if (path === `${STD_CLI}/meta.json`) {
    return Response.json({ scope: "std", name: "cli", versions: { [version]: {} } });
  }
  if (path === `${STD_CLI}/${version}_meta.json`) {
    const bytes = new TextEncoder().encode(source);
    return Response.json({ exports, manifest: { "/parse_args.ts": entryOf(bytes) } });
  }
  if (path !== `${STD_CLI}/${version}/parse_args.ts`) return new Response("", { status: 404 });
  return new Response(source, { headers: { "content-type": "text/typescript" } });
}

/** What a manifest says of a file. */
interface ManifestEntry {
  readonly size: number;
  readonly checksum: string;
}

function entryOf(bytes: Uint8Array): ManifestEntry {
  const checksum = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
  return { size: bytes.length, checksum };
}

async function file(path: string): Promise<Response> {
  const bytes = await Deno.readFile(path).catch(() => undefined);
  if (bytes === undefined) return new Response("", { status: 404 });
  const type = path.endsWith(".json") ? "application/json" : "text/typescript";
  return new Response(bytes, { headers: { "content-type": type } });
}

async function manifestOf(folder: string, below = ""): Promise<Record<string, ManifestEntry>> {
  const manifest: Record<string, ManifestEntry> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}${below}`)) {
    const path = `${below}/${name}`;
    if (isDirectory) Object.assign(manifest, await manifestOf(folder, path));
    else manifest[path] = entryOf(await Deno.readFile(`${folder}${path}`));
  }
  return manifest;
}

if (import.meta.main) {
  const { url } = await publishHere();
  print(`JSR_URL=${url} deno run -A jsr:@wsmark/wsmark`);
  await new Promise(() => {});
}
