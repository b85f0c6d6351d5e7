import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { type Lack, lacking, type Need } from "./needs.ts";

const test: Deno.TestDefinition = { name: "works", fn() {} };
const bun: Lack = { missing: "no bun on the PATH: npm install --global bun" };

Deno.test("lacking() leaves a test that lacks nothing as it is", () => {
  equal(lacking(undefined, test, false), test);
  equal(lacking(undefined, test, true), test);
});

Deno.test("lacking() skips a test, and its name says what is missing", () => {
  deepEqual(lacking(bun, test, false), {
    ...test,
    name: "works (skipped: no bun on the PATH: npm install --global bun)",
    ignore: true,
  });
});

Deno.test("lacking() makes a test fail with the reason if all must be checked", async () => {
  const { name, ignore, fn } = lacking(bun, test, true);
  deepEqual([name, ignore], ["works", undefined]);
  await rejects(async () => await fn({} as Deno.TestContext), {
    message: "CI is set, and there is no bun on the PATH: npm install --global bun",
  });
});

Deno.test("lacking() skips everywhere what nothing can provide", () => {
  const lack: Lack = { missing: "no Linux, as this is darwin", isForGood: true };
  equal(lacking(lack, test, true).ignore, true);
});

/** What a process with other variables lacks of something. */
async function lackElsewhere(need: Need, env: Record<string, string>): Promise<Lack | undefined> {
  const code = `
    import { lackOf } from ${JSON.stringify(import.meta.resolve("./needs.ts"))};
    console.log(JSON.stringify({ lack: lackOf(["${need}"]) }));`;
  const args = ["eval", code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, env }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).lack;
}

Deno.test("lackOf() finds what is missing on a PATH without programs", async () => {
  for (const need of ["Chromium", "grep", "ps", "setsid", "taskset"] as const) {
    const { missing = "", isForGood } = await lackElsewhere(need, { PATH: "/nowhere" }) ?? {};
    match(missing, new RegExp(`^no ${need} on the PATH: \\S.*$`));
    equal(isForGood, undefined);
  }
});

Deno.test("lackOf() finds that esbuild can not be fetched", async () => {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("none here", { status: 404 }),
  );
  try {
    const lack = await lackElsewhere("esbuild", {
      DENO_DIR: folder,
      NPM_CONFIG_REGISTRY: `http://127.0.0.1:${server.addr.port}/`,
    });
    match(lack?.missing ?? "", /^no esbuild: deno bundle, which npm must provide once, failed: /);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
