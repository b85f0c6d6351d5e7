import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { startServer } from "../../bench/process/server_process.ts";
import { commandOf, startProcess, within } from "../../servers/testing/process.ts";
import { stallAfter } from "./server.ts";
import { knownServer, type Truth } from "./servers.ts";

type Data = string | Uint8Array;

/** A client that only collects. */
interface Client {
  readonly replies: Data[];
  send(...messages: Data[]): void;
  /** Resolves when there are so many replies, or more. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

async function connect(url: string): Promise<Client> {
  const socket = new WebSocket(`${url}echo`);
  socket.binaryType = "arraybuffer";
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  socket.onopen = () => resolve();
  socket.onerror = () => reject(new Error("No connection"));
  await within("the connection", opened);

  const replies: Data[] = [];
  let heard = (): void => {};
  socket.onmessage = ({ data }) => {
    replies.push(typeof data === "string" ? data : new Uint8Array(data));
    heard();
  };
  return {
    replies,
    send: (...messages) => messages.forEach((message) => socket.send(message as string)),
    async received(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      heard = () => replies.length >= count && resolve();
      heard();
      await within(`${count} replies`, promise);
    },
    async close() {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      socket.onclose = () => resolve();
      socket.close();
      await within("the end of the connection", closed);
    },
  };
}

/** Runs a function with clients of a server of known truth. */
async function withClients(
  truth: Truth,
  count: number,
  use: (...clients: Client[]) => Promise<void>,
): Promise<void> {
  const server = await startServer(knownServer("known", "Known", truth));
  try {
    const clients = await Promise.all(
      Array.from({ length: count }, () => connect(server.ready.url)),
    );
    await use(...clients);
    await Promise.all(clients.map((client) => client.close()));
  } finally {
    await server.stop();
  }
  equal(await server.ended, "exit code 0");
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

Deno.test("a known server without options echoes text and bytes", async () => {
  const messages = ["", "hello", "größe 😀", new Uint8Array(), new Uint8Array([0, 255]), "end"];
  await withClients({}, 1, async (client) => {
    client.send(...messages);
    await client.received(messages.length);
    deepEqual(client.replies, messages);
  });
});

Deno.test("a known server answers other requests than for a WebSocket as other servers do", async () => {
  const server = await startServer(knownServer("known", "Known", {}));
  const statusOf = async (path: string): Promise<number> => {
    const response = await fetch(server.ready.url.replace("ws:", "http:") + path);
    await response.body?.cancel();
    return response.status;
  };
  equal(await statusOf(""), 200);
  equal(await statusOf("echo"), 426);
  equal(await statusOf("tag"), 404);
  await server.stop();
});

/** What comes back for messages 1 to 101, every 10th with a fault; the last one shows that no more comes. */
const faults: Record<string, { truth: Truth; replies: (message: number) => string[] }> = {
  drop: { truth: { drop: 10 }, replies: (n) => n % 10 === 0 ? [] : [`${n} z`] },
  duplicate: {
    truth: { duplicate: 10 },
    replies: (n) => n % 10 === 0 ? [`${n} z`, `${n} z`] : [`${n} z`],
  },
  reorder: {
    truth: { reorder: 10 },
    replies: (n) =>
      n % 10 === 0 ? [] : n % 10 === 1 && n > 1 ? [`${n} z`, `${n - 1} z`] : [`${n} z`],
  },
  corrupt: { truth: { corrupt: 10 }, replies: (n) => [n % 10 === 0 ? `${n} {` : `${n} z`] },
  "drop, duplicate and corrupt": {
    truth: { drop: 30, duplicate: 20, corrupt: 10 },
    replies: (n) => {
      const reply = n % 10 === 0 ? `${n} {` : `${n} z`;
      return n % 30 === 0 ? [] : n % 20 === 0 ? [reply, reply] : [reply];
    },
  },
  "reorder, duplicate, with a delay": {
    truth: { reorder: 10, duplicate: 5, delayMs: 1.5 },
    replies: (n) => {
      const replies = n % 5 === 0 ? [`${n} z`, `${n} z`] : [`${n} z`];
      if (n % 10 === 0) return [];
      return n % 10 === 1 && n > 1 ? [...replies, `${n - 1} z`, `${n - 1} z`] : replies;
    },
  },
};

for (const [fault, { truth, replies }] of Object.entries(faults)) {
  Deno.test(`a known server's ${fault}: at exactly the K-th messages of each connection`, async () => {
    const messages = numbers(101).map((number) => `${number} z`);
    const expected = numbers(101).flatMap(replies);
    await withClients(truth, 2, async (first, second) => {
      // In steps of unequal length: no connection's count may depend on the other's.
      first.send(...messages.slice(0, 33));
      second.send(...messages.slice(0, 58));
      first.send(...messages.slice(33));
      second.send(...messages.slice(58));
      await Promise.all([first.received(expected.length), second.received(expected.length)]);
      deepEqual(first.replies, expected);
      deepEqual(second.replies, expected);
    });
  });
}

Deno.test("a known server's corrupt: as long as before, in one place, valid text", async () => {
  const texts = [
    "a",
    '{"data":"x"}',
    "größe",
    "ÿ",
    "\u{7ff}",
    "\u{800}",
    "\u{d7ff}",
    "\u{ffff}",
    "😀",
  ];
  const bytes = [new Uint8Array([7]), new Uint8Array([1, 2, 255])];
  const messages = [...texts, ...bytes];
  const lengthOf = (data: Data): number =>
    typeof data === "string" ? new TextEncoder().encode(data).length : data.length;
  const unitsOf = (data: Data): number[] =>
    typeof data === "string" ? data.split("").map((unit) => unit.charCodeAt(0)) : [...data];

  await withClients({ corrupt: 1 }, 1, async (client) => {
    client.send(...messages, "");
    await client.received(messages.length + 1);
    equal(client.replies.pop(), "", "there is nothing to change");
    for (const [index, message] of messages.entries()) {
      const reply = client.replies[index]!;
      equal(typeof reply, typeof message);
      equal(lengthOf(reply), lengthOf(message), `the reply to ${message}`);
      const units = unitsOf(reply);
      const changed = unitsOf(message).filter((unit, place) => unit !== units[place]);
      equal(changed.length, 1, `the reply to ${message}`);
      ok(typeof reply !== "string" || reply.isWellFormed());
    }
  });
});

Deno.test("a known server's reorder: a reply goes out though no message follows", async () => {
  await withClients({ reorder: 3 }, 1, async (client) => {
    for (const sent of numbers(7)) {
      client.send(`${sent}`);
      await client.received(sent);
    }
    deepEqual(client.replies, numbers(7).map(String));
  });
});

Deno.test("a known server's delay: no reply is earlier, and all stay in order", async () => {
  const delayMs = 7.5;
  await withClients({ delayMs }, 2, async (...clients) => {
    for (const client of clients) {
      for (const sent of numbers(10)) {
        const start = performance.now();
        client.send(`${sent}`);
        await client.received(sent);
        ok(performance.now() - start >= delayMs);
      }
      client.send(...numbers(100).map((number) => `${number + 10}`));
      await client.received(110);
      deepEqual(client.replies, numbers(110).map(String));
    }
  });
});

Deno.test("a known server's work: comes before each reply", async () => {
  await withClients({ workUs: 20_000.5 }, 1, async (client) => {
    const start = performance.now();
    client.send("1", "2", "3", "4");
    await client.received(4);
    // Half of it: a compiler that was busy elsewhere may have made the steps faster since they were timed.
    ok(performance.now() - start >= 4 * 20 / 2);
  });
});

Deno.test("a known server's standstill: no reply for as long, again and again", async () => {
  const [stallMs, everyMs] = [40, 100];
  await withClients({ stallMs, everyMs }, 1, async (client) => {
    let [gaps, sent] = [0, 0];
    let before = performance.now();
    while (gaps < 3) {
      const start = performance.now();
      client.send("");
      await client.received(++sent);
      // The reply before had left the server when the standstill began, so its message was sent earlier still.
      if (performance.now() - before >= stallMs) gaps++;
      before = start;
    }
  });
});

Deno.test("stallAfter() keeps to the periods since the process's start", () => {
  const rows: [period: number, now: number, next: number, what: string][] = [
    [3, 350, 4, "the standstill is over before the next period"],
    [3, 400, 4, "it is over as the next period begins"],
    [3, 420, 4, "it ran into the next period: that one's begins late"],
    [3, 730, 7, "the process was suspended: periods 4 to 6 have none"],
  ];
  for (const [period, now, next, what] of rows) equal(stallAfter(period, now, 100), next, what);
  equal(stallAfter(3, 3 * 0.1, 0.1), 4, "rounding repeats none");
});

Deno.test("a known server states its truth in the ready line", async () => {
  const truth: Truth = {
    ...{ delayMs: 0.25, stallMs: 5, everyMs: 1000, workUs: 3 },
    ...{ drop: 2, duplicate: 3, reorder: 4, corrupt: 5 },
  };
  const entry = knownServer("late", "Late", truth);
  deepEqual([entry.id, entry.title, entry.protocol], ["late", "Late", "websocket"]);
  const server = await startServer(entry);
  equal(server.ready.library, `Deno.serve ${Deno.version.deno}`);
  deepEqual(server.ready.notes, [
    "Sends each reply 0.25 ms after its message arrived.",
    "Stands still for 5 ms in every 1000 ms.",
    "Gives no reply to one message in 2 of each connection.",
    "Replies twice to one message in 3.",
    "Replies to one message in 4 after the next one.",
    "Changes the reply to one message in 5.",
    "Works for 3 µs before each reply.",
  ]);
  await server.stop();
  equal(await server.ended, "exit code 0");
});

Deno.test("a known server ends with its stdin, standstills or not", async () => {
  await using server = await startProcess(
    knownServer("known", "Known", { stallMs: 20, everyMs: 25 }),
  );
  await server.closeStdin();
  deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
});

const refused: Record<string, RegExp> = {
  "--drop 0": /as --drop must be a whole number from 1 to 1000000000: received 0\n$/,
  "--corrupt 2.5": /as --corrupt must be a whole number from 1 .*: received 2\.5\n$/,
  "--reorder=1": /as --reorder must be a whole number from 2 .*: received 1\n$/,
  "--delay-ms -1": /as --delay-ms must be a number from 0 .*: received -1\n$/,
  "--work-us much": /as --work-us must be a number from 0 .*: received much\n$/,
  "--stall-ms 5": /--stall-ms needs an --every-ms that is longer: received 5 and none\n$/,
  "--stall-ms 5 --every-ms 5": /--stall-ms needs an --every-ms that is longer: received 5 and 5\n$/,
  "--duplicate": /^--duplicate needs a value; give one, or leave the option out\n$/,
  "--late 5": /^Unknown option '--late'; give --port, --hostname, --tls, --deflate or --help\n$/,
};

Deno.test("a known server refuses wrong arguments in one line", async () => {
  const [program = "", ...args] = commandOf(knownServer("known", "Known", {}));
  const run = (line: string): Promise<Deno.CommandOutput> =>
    new Deno.Command(program, { args: [...args, ...line.split(" ")], stdin: "null" }).output();
  const text = new TextDecoder();
  await Promise.all(
    Object.entries(refused).map(async ([line, says]) => {
      const { code, stdout, stderr } = await within("the end", run(line));
      deepEqual({ code, stdout: text.decode(stdout) }, { code: 2, stdout: "" }, line);
      match(text.decode(stderr), says);
      equal(text.decode(stderr).split("\n").length, 2, line);
    }),
  );
  const { code, stdout } = await within("the end", run("--help"));
  equal(code, 0);
  match(text.decode(stdout), /\n {2}--delay-ms T {3}mill.*\n(.*\n)+ {2}--help {9}this text\n/);
});

Deno.test("knownServer() throws on a truth that no server can have", () => {
  throws(() => knownServer("known", "Known", { drop: 0 }), RangeError);
  throws(() => knownServer("known", "Known", { delayMs: NaN }), RangeError);
  throws(() => knownServer("known", "Known", { everyMs: 5 }), RangeError);
});
