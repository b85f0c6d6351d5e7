import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { fetchSources } from "./fetch_sources.ts";
import { presentSources, sourcesOf } from "./sources.ts";

const FILES: Readonly<Record<string, string>> = {
  "/servers/go/go.mod": "module wsmark\n",
  "/servers/go/gws/main.go": "package main\n",
  "/servers/ws.ts": "export {};\n",
  "/servers/document.json": "{}\n",
};

const sha256 = (text: string): string =>
  `sha256-${createHash("sha256").update(text).digest("hex")}`;

/** Serves a package as JSR does, and calls a function with its URL and a folder that is removed afterwards. */
async function inPackage(
  use: (root: string, folder: string) => Promise<void> | void,
  served: Readonly<Record<string, string>> = FILES,
): Promise<void> {
  const manifest = Object.fromEntries(
    Object.entries(FILES).map(([path, text]) => [path, { checksum: sha256(text) }]),
  );
  const root = "/@wsmark/wsmark/0.1.0";
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === `${root}_meta.json`) return Response.json({ manifest });
    const text = served[pathname.slice(root.length)];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  });
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    await use(`http://127.0.0.1:${server.addr.port}${root}/`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("fetchSources() fetches the files of a folder, and the document beside it", () =>
  inPackage(async (root, folder) => {
    await fetchSources(root, "servers/go", `${folder}/a/go`);
    equal(await Deno.readTextFile(`${folder}/a/go/gws/main.go`), "package main\n");
    equal([...Deno.readDirSync(`${folder}/a/go`)].length, 2);
    // As when another process was faster.
    await fetchSources(root, "servers/go", `${folder}/a/go`);
    const beside = [...Deno.readDirSync(`${folder}/a`)].map(({ name }) => name);
    deepEqual(beside.sort(), ["document.json", "go"]);
  }));

Deno.test("fetchSources() keeps nothing of what is missing or not what the manifest says", async () => {
  for (
    const [served, reason] of [
      [{}, /answered 404/],
      [{ ...FILES, "/servers/go/go.mod": "module other\n" }, /is not what .* manifest says/],
    ] as const
  ) {
    await inPackage(async (root, folder) => {
      await rejects(fetchSources(root, "servers/go", `${folder}/go`), reason);
      await rejects(Deno.stat(`${folder}/go`), Deno.errors.NotFound);
    }, served);
  }
});

Deno.test("fetchSources() rejects a folder that the package does not have", () =>
  inPackage(async (root, folder) => {
    await rejects(fetchSources(root, "servers/none", `${folder}/a`), /no files in servers\/none/);
  }));

Deno.test("sourcesOf() gives the folder of a clone", () => {
  const sources = sourcesOf("python");
  ok("path" in sources && Deno.statSync(`${sources.path}/servers.ts`).isFile);
  equal(presentSources("python"), sources.path);
});

Deno.test("sourcesOf() says in one line why files cannot be fetched", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const root = `http://127.0.0.1:${listener.addr.port}/a/`;
  listener.close();
  try {
    equal(presentSources("go", root, folder), undefined);
    const sources = sourcesOf("go", root, folder);
    match(
      "missing" in sources ? sources.missing : "",
      /^the files of servers\/go cannot be fetched: http:[^\n]+ cannot be reached: [^\n]+$/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
