import type { ForeignServer } from "../bench/plan/run_options.ts";
import assert from "node:assert/strict";
import { foreignServer, nameOf } from "../bench/plan/own_servers/custom_server.ts";
import { readArguments } from "./arguments.ts";
import { type Ask, withSecrets } from "./given_secrets.ts";
import { secretOptions } from "./options/own_server_options.ts";

const OPEN = "native";

/** What a plan has of a server, and what comes back when its secrets are given. */
async function given(server: ForeignServer, args: readonly string[], ask?: Ask) {
  const planned = nameOf(foreignServer(server)) as ForeignServer;
  const { servers = [] } = await withSecrets(
    { servers: [OPEN, planned] },
    [foreignServer(planned)],
    readArguments(args, secretOptions),
    ask,
  );
  assert.equal(servers[0], OPEN);
  return foreignServer(servers[1] as ForeignServer).launch;
}

const whole = async (...args: Parameters<typeof given>): Promise<unknown> => {
  const launch = await given(...args);
  return launch.by === "contract" ? undefined : launch.whole?.();
};

const AT_URL = { name: "m", url: "ws://us%20er:p%40ss@x:1/a?token=abc&b=c" };
const STARTED = {
  name: "m",
  command: ["env", "TOKEN=a b", "node", "--secret", "c"],
  path: "/?key=d",
};
const REACHED = { url: "ws://us%20er:p%40ss@x:1/", path: "/a?token=abc&b=c" };

Deno.test("withSecrets() takes a URL or a command that is given again", async () => {
  assert.deepEqual(await whole(AT_URL, ["--url", `m=${AT_URL.url}`]), REACHED);
  const { path: _, ...alone } = STARTED;
  assert.deepEqual(await whole(alone, ["--command", "m=env TOKEN='a b' node --secret c"]), {
    command: STARTED.command,
  });
});

Deno.test("withSecrets() takes a URL without the path that was given separately", async () => {
  const server = { name: "m", url: "ws://u:p4ss@x:1", path: "/a" };
  assert.deepEqual(await whole(server, ["--url", "m=ws://u:p4ss@x:1"]), {
    url: "ws://u:p4ss@x:1/",
    path: "/a",
  });
});

Deno.test("withSecrets() asks for each secret by its name", async () => {
  const asked: string[] = [];
  const answering = (...answers: string[]): Ask => (question) => {
    asked.push(question);
    return Promise.resolve(answers.shift());
  };
  assert.deepEqual(await whole(AT_URL, [], answering("p@ss", "abc")), REACHED);
  assert.deepEqual(await whole(STARTED, [], answering("a b", "c", "d")), {
    command: STARTED.command,
    path: STARTED.path,
  });
  assert.deepEqual(
    asked.map((question) => question.replace(" (it is not shown): ", "")),
    ["m: password", "m: token", "m: TOKEN", "m: --secret", "m: key"],
  );
  await assert.rejects(
    whole(AT_URL, [], answering("p@ss")),
    /^UsageError: The plan has no secrets/,
  );
});

for (
  const [args, message] of [
    [
      [],
      "The plan has no secrets, and m needs them: add --url " +
      "'m=ws://us%20er:***@x:1/a?token=***&b=c' with each in the place of ***",
    ],
    [
      ["--url", "n=ws://x"],
      '--url is for a server whose secrets the plan has masked, and "n" is ' +
      "not one; there are m",
    ],
    [
      ["--command", "m=x"],
      "--command is for a server whose secrets the plan has masked, and " +
      '"m" is not one; there are none',
    ],
    [
      ["--url", "m=ws://us%20er:s3cret@y:1/a?token=s3cret&b=c"],
      "--url of m must be as before " +
      'but for its secrets: received "ws://us%20er:***@y:1/a?token=***&b=c" instead of ' +
      '"ws://us%20er:***@x:1/a?token=***&b=c"',
    ],
    [
      ["--url", "m=ws://us%20er:***@x:1/a?token=***&b=c"],
      "--url of m must have the secrets in " +
      'the place of ***: received "ws://us%20er:***@x:1/a?token=***&b=c"',
    ],
  ] as const
) {
  Deno.test(`withSecrets() refuses ${args.join(" ") || "that nothing is given"}`, async () => {
    await assert.rejects(given(AT_URL, args), { name: "UsageError", message });
  });
}

Deno.test("withSecrets() asks for nothing if nothing is masked", async () => {
  assert.deepEqual(await given({ name: "m", url: "ws://x:1/a" }, []), {
    by: "url",
    url: "ws://x:1/",
  });
});

const WITH_HEADERS: ForeignServer = {
  name: "m",
  url: "ws://x:1/",
  headers: { Cookie: "sid=42", "X-A": "1", Authorization: "Bearer t" },
};

/** The headers of a planned server when its secrets are given. */
async function headersGiven(args: readonly string[], ask?: Ask) {
  const planned = nameOf(foreignServer(WITH_HEADERS)) as ForeignServer;
  const { servers: [server] = [] } = await withSecrets(
    { servers: [planned] },
    [foreignServer(planned)],
    readArguments(args, secretOptions),
    ask,
  );
  const { headers, whole } = foreignServer(server as ForeignServer).handshake!;
  return whole?.() ?? headers;
}

Deno.test("withSecrets() takes headers that are given again, and asks for the others", async () => {
  const headers = [["Cookie", "sid=42"], ["X-A", "1"], ["Authorization", "Bearer t"]];
  const given = ["--header", "m=Cookie: sid=42", "--header", "m=Authorization: Bearer t"];
  assert.deepEqual(await headersGiven(given), headers);
  const asked: string[] = [];
  const ask: Ask = (question) => {
    asked.push(question);
    return Promise.resolve("Bearer t");
  };
  assert.deepEqual(await headersGiven(given.slice(0, 2), ask), headers);
  assert.deepEqual(asked, ["m: Authorization (it is not shown): "]);
});

for (
  const [args, message] of [
    [[], "The plan has no secrets, and m needs them: add --header 'm=Cookie: ***'"],
    [
      ["--header", "m=X-A: 1"],
      "The plan has not masked the header X-A of m: leave it out; masked are Cookie, Authorization",
    ],
    [
      ["--header", "n=Cookie: a"],
      '--header is for a server whose secrets the plan has masked, and "n" is not one; there are m',
    ],
    [
      ["--header", "Cookie: a"],
      "--header needs NAME='FIELD: VALUE', with the name of a server: received one without it",
    ],
  ] as const
) {
  Deno.test(`withSecrets() refuses ${args.join(" ") || "that no header is given"}`, async () => {
    await assert.rejects(headersGiven(args), { name: "UsageError", message });
  });
}
