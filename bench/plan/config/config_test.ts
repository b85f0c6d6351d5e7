import assert from "node:assert/strict";
import { loadConfig } from "./config.ts";
import { checkConfig } from "./schema.ts";
import { inFolder } from "../../testing/folder.ts";

Deno.test("checkConfig() takes everything that a configuration may have", () => {
  const config = {
    servers: ["native", { name: "mine", url: "ws://localhost:9000", pid: 7, path: "/chat" }, {
      name: "other",
      command: ["node", "server.js", "{port}"],
      protocol: "socket.io",
    }],
    scenarios: ["latency", {
      id: "throughput",
      cases: [{ connections: 2, inFlight: 3, size: 64 }],
    }],
    clients: ["auto"],
    profile: "quick",
    rounds: 3,
    durationMs: 500,
    warmupMs: 100,
    seed: 7,
    overrides: { size: 128 },
    engine: "tcp",
    generators: 2,
    baseline: "native",
    samples: 10,
    pin: false,
    assert: ["latency.p99 < 5ms"],
    out: "results/mine",
    reports: ["json"],
  };
  assert.deepEqual(checkConfig(config, "c"), config);
  assert.deepEqual(checkConfig({}, "c"), {});
});

const wrong: readonly [what: unknown, message: string][] = [
  [[], "c: the whole must be of type object: received []"],
  [{ rounds: "3" }, 'c: rounds must be of type number: received "3"'],
  [{ generators: "many" }, 'c: generators must be a number or auto: received "many"'],
  [{ cpus: "0-1" }, 'c: cpus must be of type object: received "0-1"'],
  [{ cpus: { client: "0" } }, 'c: cpus: unknown key "client". Known: server, generator'],
  [{ servers: "native" }, 'c: servers must be of type array: received "native"'],
  [{ servers: ["native", 5] }, "c: servers[1] must be a name, or an object: received 5"],
  [{ servers: [{ url: "x" }] }, "c: servers[0].name must be of type string: received undefined"],
  [
    { servers: ["ws", { name: "a", ulr: "x" }] },
    'c: servers[1]: unknown key "ulr", did you mean "url"? Known: name, url, command, protocol, protocolOptions and 9 more',
  ],
  [
    { scenarios: [{ id: "latency", cases: [{ size: "big" }] }] },
    'c: scenarios[0].cases[0].size must be of type number: received "big"',
  ],
  [
    { scenarios: [{ id: "latency", case: [], cases: [] }] },
    'c: scenarios[0]: unknown key "case", did you mean "cases"? Known: id, cases',
  ],
  [
    { overrides: { arrivals: "random" } },
    'c: overrides.arrivals must be one of constant|poisson: received "random"',
  ],
];

for (const [value, message] of wrong) {
  Deno.test(`checkConfig() refuses ${JSON.stringify(value)}`, () => {
    assert.throws(() => checkConfig(value, "c"), { name: "UsageError", message });
  });
}

Deno.test("checkConfig() names the known keys of the whole", () => {
  assert.throws(() => checkConfig({ serevrs: [] }, "c"), {
    message: /^c: unknown key "serevrs", did you mean "servers"\? Known: servers, scenarios, /,
  });
});

Deno.test("loadConfig() reads a module and JSON", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.ts`, "export default { rounds: 2 satisfies number };");
    assert.deepEqual(await loadConfig(`${folder}/a.ts`), { rounds: 2 });
    await Deno.writeTextFile(`${folder}/a.json`, '{ "rounds": 4 }');
    assert.deepEqual(await loadConfig(`${folder}/a.json`), { rounds: 4 });
  });
});

Deno.test("loadConfig() says in one line what is wrong with the file", async () => {
  await inFolder(async (folder) => {
    for (
      const [name, content, message] of [
        ["a.ts", "export const config = {};", /has no default export: write export default /],
        ["b.ts", "export default {", /^Cannot read the configuration ".*b\.ts": .+$/],
        ["c.ts", "throw new Error('first\\nsecond')", /c\.ts": first$/],
        ["d.json", "{", /d\.json": .*JSON.*$/],
        [
          "d.json",
          '{ // servers\n "servers": [] }',
          /d\.json": .*JSON.*; JSON has no comments and no comma at the end, a module \(wsmark\.config\.ts\) may/,
        ],
        ["d.json", '{ "servers": [], }', /JSON has no comments and no comma at the end/],
        ["d.yaml", "servers: []", /d\.yaml": its name must end with \.json, or with \.ts or \.js/],
        ["e.ts", undefined, /e\.ts": No such file or directory/],
        ["e.json", undefined, /e\.json": No such file or directory/],
      ] as const
    ) {
      const path = `${folder}/${name}`;
      if (content !== undefined) await Deno.writeTextFile(path, content);
      await assert.rejects(loadConfig(path), { name: "UsageError", message });
    }
  });
});

for (
  const [code, message] of [
    ["export default { rounds: 1n };", /rounds must be what JSON can say: received a bigint$/],
    ["export default { rounds: NaN };", /rounds must be what JSON can say: received NaN$/],
    ["export default () => 1;", /the whole must be what JSON can say: received a function$/],
    [
      'export default { servers: [Symbol("x")] };',
      /0 must be what JSON can say: received a symbol/,
    ],
    ['export default { get rounds() { throw new Error("no\\nmore") } };', /: no$/],
    ["export default new Proxy({}, { get() { throw null; } });", /: null$/],
    ["export default new Proxy({}, { ownKeys() { throw { toString: 1 }; } });", /it threw what/],
    ["const a = {}; a.a = a; export default a;", /: Converting circular structure to JSON$/],
    ["setTimeout(() => { throw new Error('late') }); await new Promise(() => {});", /Error: late$/],
    ["export const rounds = 1;", /has no default export: write /],
  ] as const
) {
  Deno.test(`loadConfig() refuses ${code} in one line`, () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/c.ts`, code);
      await assert.rejects(loadConfig(`${folder}/c.ts`), { name: "UsageError", message });
    }));
}

for (
  const code of [
    "await new Promise(() => {}); export default {};",
    "await new Promise(() => setInterval(() => {}, 1000)); export default {};",
    "for (;;);",
    "export default { get rounds() { for (;;); } };",
  ]
) {
  Deno.test(`loadConfig() gives up on ${code}`, () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/c.ts`, code);
      await assert.rejects(loadConfig(`${folder}/c.ts`, 500), {
        name: "UsageError",
        message: /^Cannot read the configuration ".*c\.ts": it did not end in 0\.5 s$/,
      });
    }));
}

Deno.test("loadConfig() reads no folder, no device and nothing that is too large", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/c.ts`);
    await assert.rejects(loadConfig(`${folder}/c.ts`), { message: /c\.ts is a folder$/ });
    await Deno.writeTextFile(`${folder}/large.ts`, " ".repeat(5_000_000));
    await assert.rejects(loadConfig(`${folder}/large.ts`), {
      message: /is too large: it has 5 MB/,
    });
    if (Deno.build.os === "windows") return;
    for (const device of ["/dev/zero", "/dev/null"]) {
      await assert.rejects(loadConfig(device), {
        message: `Cannot read the configuration "${device}": ${device} is no file`,
      });
    }
  }));
