import assert from "node:assert/strict";
import exceljs, { type Workbook } from "exceljs";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { servers } from "../../servers/mod.ts";
import {
  readAll,
  type ServerProcess,
  startProcess,
  within,
} from "../../servers/testing/process.ts";
import { readLatencies } from "../../report/workbook/read_latencies.ts";
import { type Output, type Place, run, start } from "./testing.ts";

const NATIVE = servers.find(({ id }) => id === "native")!;

async function read(path: string): Promise<Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load((await Deno.readFile(path)).buffer);
  return workbook;
}

/** Values of the messages, each column by the first word of its heading. */
async function messagesIn(path: string): Promise<Record<string, unknown>[]> {
  const sheet = (await read(path)).getWorksheet("Messages")!;
  const [view] = sheet.views;
  const header = (view as { ySplit: number }).ySplit;
  const rows: Record<string, unknown>[] = [];
  for (let row = header + 1; row <= sheet.rowCount; row++) {
    const values: Record<string, unknown> = {};
    sheet.getRow(header).eachCell(({ value }, column) => {
      values[String(value)] = sheet.getRow(row).getCell(column).value;
    });
    rows.push(values);
  }
  return rows;
}

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1)!;

Deno.test("main() writes a workbook of piped lines and prints its path last", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    const lines = ["one", "=1+1", "@SUM(A1)", "+1", "-1", "<b>&amp;\x07"];
    const args = [`${server.origin}/echo`];
    const { code, stdout, stderr } = await run("ws", args, lines.join("\n"), { cwd });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const path = lastLine(stdout);
    assert.match(path, /^results\/session-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-ws\.xlsx$/);
    assert.deepEqual(namesIn(`${cwd}/results`), [path.slice("results/".length)]);
    const messages = await messagesIn(`${cwd}/${path}`);
    const shown = [...lines.slice(0, -1), "<b>&amp;␇"];
    assert.deepEqual(messages.map(({ Message }) => Message), shown);
    assert.deepEqual(messages.map(({ Reply }) => Reply), shown);
    assert.deepEqual(messages.map(({ Number }) => Number), [1, 2, 3, 4, 5, 6]);
    assert.ok(messages.every((row) => Number(row["Latency (ms)"]) > 0));
    const bytes = await Deno.readFile(`${cwd}/${path}`);
    const { series } = await readLatencies(bytes, "latency");
    assert.deepEqual(series.map(({ values }) => values.length), [6]);
  }));

Deno.test("main() stops at the line exit", async () => {
  await using server = await startProcess(NATIVE);
  const args = [`${server.origin}/echo`, "--no-workbook"];
  const { code, stdout } = await run("websocket", args, "one\nexit\ntwo\n");
  assert.equal(code, 0);
  assert.match(stdout, /^ *\S+ ms {2}one\nsent 1, received 1, median latency \S+ ms\n$/);
});

Deno.test("main() writes nothing if nothing was said", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    const output = await run("websocket", [`${server.origin}/echo`], "", { cwd });
    const stdout = "Nothing was sent or received: there is no workbook to write.\n";
    assert.deepEqual(output, { code: 0, stdout, stderr: "" });
    assert.deepEqual(namesIn(cwd), []);
  }));

Deno.test("main() sends more lines than may be in flight, in their order", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
    const args = [`${server.origin}/echo`, "--out", "a folder/many.xlsx"];
    const { code, stdout } = await run("ws", args, lines.join("\r\n") + "\r\n", { cwd });
    assert.equal(code, 0);
    const replies = stdout.trimEnd().split("\n").slice(0, -2);
    assert.deepEqual(replies.map((reply) => reply.replace(/^ *\S+ ms {2}/, "")), lines);
    assert.equal(lastLine(stdout), "a folder/many.xlsx");
    const messages = await messagesIn(`${cwd}/a folder/many.xlsx`);
    assert.deepEqual(messages.map(({ Reply }) => Reply), lines);
  }));

/** Starts a client, has one line answered, lets something happen, and returns what came after that line. */
async function interrupted(
  what: (client: Deno.ChildProcess, server: ServerProcess) => void,
  args: readonly string[],
  place: Place = {},
): Promise<Output> {
  await using server = await startProcess(NATIVE);
  const child = start("websocket", [`${server.origin}/echo`, ...args], place);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("one\n"));
  const { promise: reply, resolve } = Promise.withResolvers<string>();
  const output = Promise.all([child.status, readAll(child.stdout, resolve), child.stderr.text()]);
  assert.match(await within("a reply", reply), /ms {2}one$/m);
  what(child, server);
  const [{ code }, stdout, stderr] = await within("the end of the client", output);
  await writer.close().catch(() => {});
  return { code, stdout, stderr };
}

const OUT = ["--out", "out.xlsx"];

for (const [signal, expected] of [["SIGINT", 0], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  Deno.test(`main() writes the workbook on ${signal}`, () =>
    inFolder(async (cwd) => {
      const { code, stdout, stderr } = await interrupted(
        (client) => client.kill(signal),
        OUT,
        { cwd },
      );
      assert.deepEqual({ code, stderr }, { code: expected, stderr: "" });
      assert.match(stdout, /^sent 1, received 1, median latency \S+ ms\nout\.xlsx\n$/);
      assert.deepEqual(namesIn(cwd), ["out.xlsx"]);
      assert.deepEqual((await messagesIn(`${cwd}/out.xlsx`)).map(({ Reply }) => Reply), ["one"]);
    }));
}

Deno.test("main() says that the connection is lost, and writes what came until then", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await interrupted(
      (_, server) => server.kill("SIGKILL"),
      OUT,
      { cwd },
    );
    assert.equal(code, 1);
    assert.match(stdout, /^sent 1, received 1, median latency \S+ ms\nout\.xlsx\n$/);
    assert.match(stderr, /^Lost the connection to ws:.*\n$/);
    const summary = (await read(`${cwd}/out.xlsx`)).getWorksheet("Summary")!;
    const texts = summary.getColumn(1).values.map(String);
    assert.ok(texts.includes("lost"), texts.join());
  }));

Deno.test("main() leaves a journal when it is killed, from which the workbook is made", () =>
  inFolder(async (cwd) => {
    await interrupted((client) => client.kill("SIGKILL"), OUT, { cwd });
    assert.deepEqual(namesIn(cwd), ["out.jsonl"]);
    const args = ["--recover", "out.jsonl", ...OUT];
    const { code, stdout, stderr } = await run("websocket", args, "", { cwd });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.equal(lastLine(stdout), "out.xlsx");
    assert.deepEqual((await messagesIn(`${cwd}/out.xlsx`)).map(({ Reply }) => Reply), ["one"]);
    assert.deepEqual(namesIn(cwd), ["out.jsonl", "out.xlsx"]);
  }));

Deno.test("main() writes into the folder for temporary files if it cannot write", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    Deno.mkdirSync(`${cwd}/temporary`);
    // A file is not a folder, not even for root.
    Deno.writeTextFileSync(`${cwd}/blocked`, "");
    const env = { TMPDIR: `${cwd}/temporary`, TEMP: `${cwd}/temporary` };
    const args = [`${server.origin}/echo`, "--out", "blocked/out.xlsx"];
    const { code, stdout, stderr } = await run("websocket", args, "one\n", { cwd, env });
    assert.equal(code, 1);
    assert.match(stderr, /^Cannot write blocked\/out\.xlsx: \S/m);
    assert.match(lastLine(stdout), /temporary\/out\.xlsx$/);
    assert.deepEqual(namesIn(`${cwd}/temporary`), ["out.xlsx"]);
  }));

Deno.test("main() prints the messages if nothing at all can be written", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    Deno.writeTextFileSync(`${cwd}/blocked`, "");
    const env = { TMPDIR: `${cwd}/blocked`, TEMP: `${cwd}/blocked` };
    const args = [`${server.origin}/echo`, "--out", "blocked/out.xlsx"];
    const { code, stdout } = await run("websocket", args, "one\n", { cwd, env });
    assert.equal(code, 1);
    assert.equal(JSON.parse(lastLine(stdout))[0].reply.content.text, "one");
  }));

Deno.test("main() says in one line that replies did not come", () =>
  inFolder(async (cwd) => {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onmessage = () => {};
      return response;
    });
    const args = [`ws://127.0.0.1:${server.addr.port}/`, ...OUT];
    const { code, stdout, stderr } = await run("ws", args, "one\n", { cwd });
    await server.shutdown();
    assert.deepEqual([code, stderr], [1, "1 reply did not come within 5 s\n"]);
    assert.equal(stdout, "sent 1, received 0, 1 without a reply\nout.xlsx\n");
    const [message] = await messagesIn(`${cwd}/out.xlsx`);
    assert.equal(message!.Remark, "no reply");
  }));

Deno.test("main() shows how it is used with --help", async () => {
  const { code, stdout, stderr } = await run("websocket", ["--help"]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.match(stdout, /deno run -A clients\/websocket\.ts ws:\/\//);
  for (const option of ["--out", "--no-workbook", "--recover"]) assert.ok(stdout.includes(option));
});

Deno.test("main() shows and writes no password and no token of its URL", () =>
  inFolder(async (cwd) => {
    await using server = await startProcess(NATIVE);
    const origin = server.origin.replace("://", "://user:unmistakable@");
    const args = [`${origin}/echo?token=unmistakable`, "--out", "a.xlsx"];
    const { code, stdout, stderr } = await run("ws", args, "one", { cwd });
    assert.equal(code, 0, stderr);
    const sheets = (await read(`${cwd}/a.xlsx`)).worksheets
      .map((sheet) => JSON.stringify(sheet.getSheetValues())).join("");
    assert.ok(sheets.includes("user:***@") && sheets.includes("token=***"));
    assert.ok(!(stdout + stderr + sheets).includes("unmistakable"));
    const refused = await run("ws", ["ws://user:unmistakable@127.0.0.1:1/?token=unmistakable"]);
    assert.match(
      refused.stderr,
      /^Cannot connect to ws:\/\/user:\*\*\*@127\.0\.0\.1:1\/\?token=\*\*\*: /,
    );
    assert.ok(!(refused.stdout + refused.stderr).includes("unmistakable"));
  }));
