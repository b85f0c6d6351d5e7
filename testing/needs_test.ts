import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { type Lack, type Need, withLack } from "./needs.ts";

const test: Deno.TestDefinition = { name: "works", fn() {} };
const bun: Lack = { missing: "no bun on the PATH: npm install --global bun" };

Deno.test("withLack() leaves a test alone that lacks nothing", () => {
  equal(withLack(undefined, false, test), test);
  equal(withLack(undefined, true, test), test);
});

Deno.test("withLack() skips a test, and its name says for want of what", () => {
  deepEqual(withLack(bun, false, test), {
    ...test,
    name: "works (skipped: no bun on the PATH: npm install --global bun)",
    ignore: true,
  });
});

Deno.test("withLack() makes a test fail with the reason where all must be checked", async () => {
  const { name, ignore, fn } = withLack(bun, true, test);
  deepEqual([name, ignore], ["works", undefined]);
  await rejects(async () => await fn({} as Deno.TestContext), {
    message: "CI is set, and there is no bun on the PATH: npm install --global bun",
  });
});

Deno.test("withLack() skips everywhere what nothing can mend", () => {
  const lack: Lack = { missing: "no Linux, as this is darwin", isForGood: true };
  equal(withLack(lack, true, test).ignore, true);
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
