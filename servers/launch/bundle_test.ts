import { deepEqual, equal, match, ok } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { bundle } from "./bundle.ts";

/** A folder that goes when the test ends. */
function folder(): { path: string } & Disposable {
  const path = Deno.makeTempDirSync({ prefix: "wsmark-" });
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

function filesUnder(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesUnder(`${path}/${name}`) : [`${path}/${name}`]
  );
}

function pathOf(result: ReturnType<typeof bundle>): string {
  if ("missing" in result) throw new Error(result.missing);
  return result.path;
}

const ws = import.meta.resolve("../ws.ts");

Deno.test(needing("esbuild", {
  name: "bundle() makes one plain file of a server and its libraries",
  fn() {
    using place = folder();
    const path = pathOf(bundle(ws, {}, place.path));
    match(path, /\/servers\/ws\.mjs$/);
    const code = Deno.readTextFileSync(path);
    ok(!/^\s*import .* from "(?!node:)/m.test(code), "it imports only what comes with a runtime");
    ok(!code.includes("import.meta.main"), "it is a program whatever the runtime knows");
  },
}));

Deno.test(needing("esbuild", {
  name: "bundle() leaves out what the runtime has, next to the whole bundle",
  fn() {
    using place = folder();
    const path = pathOf(bundle(ws, { provided: ["ws"] }, place.path));
    match(Deno.readTextFileSync(path), /^import .* from "ws";$/m);
    ok(path !== pathOf(bundle(ws, {}, place.path)), "they have different places");
  },
}));

Deno.test(needing("esbuild", {
  name: "bundle() links native packages and what they need beside the bundle, for it alone",
  fn() {
    using place = folder();
    const module = import.meta.resolve("../javascript/websocket_node.ts");
    for (const _ of [1, 2]) {
      const path = pathOf(bundle(module, { native: ["bufferutil"] }, place.path));
      match(path, /\/servers\/javascript\/websocket_node\/main\.mjs$/);
      const modules = path.replace(/main\.mjs$/, "node_modules");
      deepEqual([...Deno.readDirSync(modules)].map(({ name }) => name).sort(), [
        "bufferutil",
        "node-gyp-build",
      ]);
      const { name } = JSON.parse(Deno.readTextFileSync(`${modules}/bufferutil/package.json`));
      equal(name, "bufferutil");
    }
  },
}));

Deno.test(needing("esbuild", {
  name: "bundle() leaves one file however often it is called",
  fn() {
    using place = folder();
    const paths = [1, 2, 3].map(() => pathOf(bundle(ws, {}, place.path)));
    deepEqual(filesUnder(place.path), [paths[0]]);
  },
}));

Deno.test(needing("esbuild", {
  name: "bundle() says in one line what cannot be bundled",
  fn() {
    using place = folder();
    const module = `${import.meta.resolve("../")}no_such_server.ts`;
    const result = bundle(module, {}, place.path);
    ok("missing" in result);
    match(result.missing, /^deno bundle, .*, failed: .*no_such_server\.ts.*$/);
    deepEqual(filesUnder(place.path), []);
  },
}));

Deno.test(needing("esbuild", {
  name: "bundle() says in one line that it cannot write",
  fn() {
    using place = folder();
    Deno.writeTextFileSync(`${place.path}/file`, "");
    const result = bundle(ws, {}, `${place.path}/file`);
    ok("missing" in result);
    match(result.missing, /^the bundle cannot be written: .+$/);
    equal(filesUnder(place.path).length, 1);
  },
}));
