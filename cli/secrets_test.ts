/** A run against a server that wants a password, a token or both: it writes and prints neither. */

import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import JSZip from "jszip";
import { inFolder } from "../bench/testing/folder.ts";
import { guardedServer } from "../bench/testing/guarded_server.ts";
import { type CommandEnd, wsmark, wsmarkWith } from "./testing.ts";

const USER = "user";
const PASSWORD = "unmistakable p@ss/wörd";
const TOKEN = "unmistakable+t0ken";
const BASIC = Buffer.from(`${USER}:${PASSWORD}`).toString("base64");

/** The secrets in every form in which they could be found. */
const FORMS = [PASSWORD, TOKEN].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  encodeURI(secret),
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  JSON.stringify(secret).slice(1, -1),
]).concat(BASIC.replace(/=+$/, ""), "unmistakable");

/** An echo that wants both; it repeats them when it refuses. */
function serve(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { searchParams } = new URL(request.url);
    const isAllowed = request.headers.get("authorization") === `Basic ${BASIC}` &&
      searchParams.get("token") === TOKEN;
    if (!isAllowed) {
      return new Response(null, {
        status: 302,
        headers: {
          Location: `/login?was=${encodeURIComponent(searchParams.get("token") ?? "")}`,
          "WWW-Authenticate": "Basic realm=x",
        },
      });
    }
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
}

function checkText(text: string, where: string): void {
  for (const form of FORMS) assert.ok(!text.includes(form), `${form} is in ${where}`);
}

async function checkFolder(folder: string): Promise<number> {
  let files = 0;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      files += await checkFolder(path);
      continue;
    }
    files++;
    const bytes = Deno.readFileSync(path);
    checkText(Buffer.from(bytes).toString("latin1") + Buffer.from(bytes).toString(), path);
    if (!name.endsWith(".xlsx")) continue;
    for (const entry of (await JSZip.loadAsync(bytes)).file(/\.(xml|rels)$/)) {
      checkText(await entry.async("text"), `${path}, ${entry.name}`);
    }
  }
  return files;
}

function checkOutput({ stdout, stderr }: CommandEnd): void {
  checkText(stdout, "stdout");
  checkText(stderr, "stderr");
}

const SHORT = ["--scenarios", "latency", "--rounds", "2", "--duration", "0.1", "--warmup", "0"]
  .concat("--no-ceiling");

for (const [client, reports] of [["wire", "all"], ["websocket", "csv"], ["ws", "csv"]] as const) {
  Deno.test(`no secret of a URL is in what a run by ${client} writes or prints, or in resume`, () =>
    inFolder(async (parent) => {
      await using server = serve();
      const user = `${USER}:${encodeURIComponent(PASSWORD)}`;
      const query = `token=${encodeURIComponent(TOKEN)}&a=b`;
      const url = `ws://${user}@127.0.0.1:${server.addr.port}/chat?${query}`;
      const folder = `${parent}/run`;
      const run = await wsmark(
        ...[...SHORT, "--no-config", "--url", `m=${url}`, "--client", client],
        ...["--reports", reports, "--out", folder],
      );
      assert.equal(run.code, 0, run.stderr);
      checkOutput(run);
      assert.ok(await checkFolder(folder) > 5, "all reports are there");
      const trials = Deno.readTextFileSync(`${folder}/trials.jsonl`);
      assert.ok(trials.includes('"completed"') && !trials.includes('"failed"'), trials);
      const results = Deno.readTextFileSync(`${folder}/results.json`);
      const shown = `ws://${USER}:***@127.0.0.1:${server.addr.port}/`;
      assert.ok(results.includes(`It ran already, at ${shown}`));
      assert.ok(results.includes(`--url 'm=${shown}chat?token=***&a=b'`));

      Deno.writeTextFileSync(`${folder}/trials.jsonl`, trials.split("\n")[0] + "\n");
      const unasked = await wsmark("resume", folder);
      assert.deepEqual([unasked.code, unasked.stdout], [2, ""]);
      assert.match(unasked.stderr, /^error: The plan has no secrets, and m needs them: [^\n]*\n$/);
      const resumed = await wsmark("resume", folder, "--url", `m=${url}`, "--reports", "csv");
      assert.equal(resumed.code, 0, resumed.stderr);
      checkOutput(resumed);
      await checkFolder(folder);
    }));
}

Deno.test("no secret is in what a refused or failed run prints and writes", () =>
  inFolder(async (parent) => {
    await using server = serve();
    const at = `127.0.0.1:${server.addr.port}`;
    const secret = encodeURIComponent(PASSWORD);
    for (
      const args of [
        ["--url", `m=ws://${USER}:${secret}@${at}/?token=${encodeURIComponent(TOKEN)}x`],
        ["--url", `m=ws://${USER}:${secret}@127.0.0.1:1/`],
        ["--url", `m=ws://${USER}:${PASSWORD}@${at}/`],
        ["--url", `ws://${USER}:${secret}@${at}/`],
        ["--urll", `m=ws://${USER}:${secret}@${at}/`],
        [`ws://${USER}:${secret}@${at}/`],
        ["--command", `m=node nothere.js --token ${TOKEN}`],
        ["--command", `m=env TOKEN=${TOKEN} node -e 'throw new Error(process.env.TOKEN)'`],
      ]
    ) {
      const outcome = await wsmark(
        ...[...SHORT, "--no-config", ...args, "--out", `${parent}/run`],
      );
      assert.equal(outcome.code, 2, outcome.stderr);
      assert.match(outcome.stderr, /^error: [^\n]*\n$/);
      checkOutput(outcome);
    }
    assert.deepEqual([...Deno.readDirSync(parent)], []);
  }));

Deno.test("no secret of a configuration or a command is in what a run writes or prints", () =>
  inFolder(async (parent) => {
    await using server = serve();
    const echo = `${parent}/echo.ts`;
    Deno.writeTextFileSync(
      echo,
      `Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.args[0]) }, (request) => {
        const { socket, response } = Deno.upgradeWebSocket(request);
        socket.onmessage = ({ data }) => socket.send(data);
        return response;
      });`,
    );
    const url = `ws://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.addr.port}`;
    const command = [Deno.execPath(), "run", "-A", echo, "{port}", "--token", TOKEN];
    const config = {
      servers: [
        { name: "there", url, path: `/?token=${encodeURIComponent(TOKEN)}` },
        { name: "started", command, path: `/?secret=${encodeURIComponent(TOKEN)}` },
      ],
    };
    Deno.writeTextFileSync(`${parent}/c.json`, JSON.stringify(config));
    const folder = `${parent}/run`;
    const given = [...SHORT, "--config", `${parent}/c.json`, "--reports", "md", "--out", folder];
    checkOutput(await wsmark(...given, "--dry-run"));
    const run = await wsmark(...given);
    assert.equal(run.code, 0, run.stderr);
    checkOutput(run);
    await checkFolder(folder);
  }));

/** What a secret is given by, each with another one. */
const SECRETS = {
  user: "unmistakable-us3r",
  authorization: "unmistakable-auth0rization",
  cookie: "unmistakable-c00kie",
  query: "unmistakable-qu3ry",
  environment: "unmistakable-env1ronment",
};
const VARIABLE = "WSMARK_TEST_SECRET";
const VARIABLES = { [VARIABLE]: SECRETS.environment };

/** An echo that lets in only those who know all secrets of a path; it repeats whatever it is asked for when it refuses. */
function guarded(closesAfter = Infinity): ReturnType<typeof guardedServer> {
  return guardedServer({
    refuses({ url = "", headers }) {
      const { authorization, cookie } = headers;
      const query = new URL(url, "ws://x/").searchParams;
      const isAllowed = url.startsWith("/by-user")
        ? authorization === `Basic ${btoa(`${USER}:${SECRETS.user}`)}` &&
          cookie === `sid=${SECRETS.cookie}` && query.get("token") === SECRETS.query
        : authorization === `Bearer ${SECRETS.authorization}` &&
          headers["x-of-the-environment"] === SECRETS.environment;
      if (isAllowed) return undefined;
      const said = `${url} ${authorization} ${cookie} ${headers["x-of-the-environment"]}`;
      return {
        status: `302 ${said}`,
        fields: [`Location: ${url}&was=${encodeURIComponent(said)}`],
      };
    },
    closes: closesAfter,
    reason: ({ headers, url = "" }) =>
      `${url} ${headers.authorization} ${headers.cookie ?? headers["x-of-the-environment"]}`,
  });
}

/** The options of a server for each way, with all secrets, or with wrong ones. */
function ways(port: number, wrong = ""): string[] {
  const { user, authorization, cookie, query } = SECRETS;
  const at = `127.0.0.1:${port}`;
  return [
    ...["--url", `u=ws://${USER}:${user}@${at}/by-user?token=${query}${wrong}`],
    ...["--header", `u=Cookie: sid=${cookie}`],
    ...["--url", `h=ws://${at}/by-header`],
    ...["--header", `h=Authorization: Bearer ${authorization}${wrong}`],
    ...["--header", `h=X-Of-The-Environment: {env.${VARIABLE}}`],
  ];
}

Deno.test("a secret that is given in any of five ways is in nothing that a run writes or prints, nor a resumed one", () =>
  inFolder(async (parent) => {
    await using server = await guarded();
    const folder = `${parent}/run`;
    const run = await wsmarkWith(
      VARIABLES,
      [...SHORT, "--no-config", ...ways(server.port), "--reports", "all", "--out", folder],
    );
    assert.equal(run.code, 0, run.stderr);
    checkOutput(run);
    assert.ok(await checkFolder(folder) > 5, "all reports are there");
    const trials = Deno.readTextFileSync(`${folder}/trials.jsonl`);
    assert.ok(trials.includes('"completed"') && !trials.includes('"failed"'), trials);
    const { run: { servers } } = JSON.parse(Deno.readTextFileSync(`${folder}/plan.json`));
    assert.deepEqual(servers.map(({ headers }: { headers: unknown }) => headers), [
      { Cookie: ["***"] },
      { Authorization: ["***"], "X-Of-The-Environment": [`{env.${VARIABLE}}`] },
    ]);

    Deno.writeTextFileSync(`${folder}/trials.jsonl`, trials.split("\n")[0] + "\n");
    const [, url, , cookie, , , , authorization] = ways(server.port);
    const again = ["--url", url!, "--header", cookie!, "--header", authorization!];
    for (
      const [given, missing] of [
        [[], /^error: The plan has no secrets, and u needs them: add --url [^\n]*\n$/],
        [again.slice(0, 2), /and u needs them: add --header 'u=Cookie: \*\*\*'\n$/],
        [again.slice(0, 4), /and h needs them: add --header 'h=Authorization: \*\*\*'\n$/],
      ] as const
    ) {
      const unasked = await wsmarkWith(VARIABLES, ["resume", folder, ...given]);
      assert.equal(unasked.code, 2, unasked.stderr);
      assert.match(unasked.stderr, missing);
      checkOutput(unasked);
    }
    const unset = await wsmark("resume", folder, ...again);
    assert.equal(unset.code, 2, unset.stderr);
    assert.match(unset.stderr, /the environment has no variable WSMARK_TEST_SECRET: set it\n$/);
    const resumed = await wsmarkWith(VARIABLES, ["resume", folder, ...again, "--reports", "csv"]);
    assert.equal(resumed.code, 0, resumed.stderr);
    checkOutput(resumed);
    await checkFolder(folder);
  }));

Deno.test("a server that repeats secrets when it refuses or closes brings them into nothing", () =>
  inFolder(async (parent) => {
    // Four connections are made before the trials.
    await using server = await guarded(5);
    const options = [...SHORT, "--no-config", "--reports", "md,json"];
    const refused = await wsmarkWith(VARIABLES, [
      ...options,
      ...ways(server.port, "x"),
      "--out",
      `${parent}/a`,
    ]);
    assert.equal(refused.code, 2, refused.stderr);
    assert.match(refused.stderr, /^error: [^\n]*The server answered 302[^\n]*\n$/);
    checkOutput(refused);
    const failed = await wsmarkWith(VARIABLES, [
      ...options,
      ...ways(server.port),
      "--out",
      `${parent}/b`,
    ]);
    assert.equal(failed.code, 1, failed.stderr);
    checkOutput(failed);
    await checkFolder(`${parent}/b`);
    const trials = Deno.readTextFileSync(`${parent}/b/trials.jsonl`);
    assert.match(trials, /"failed".*\*\*\*/);
  }));
