/**
 * A client at a prompt: each line is sent, each reply is shown with its latency.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Client, Message } from "./types.ts";

/** How long the end waits for replies that are still due. */
const patienceMs = 5000;

/**
 * Talks to the server at the URL of the command line until `exit`, the end of the input or Ctrl-C, and ends the process:
 * with exit code 0, with 1 where the connection or a reply failed to come, with 2 for wrong usage.
 *
 * @param client the client to talk with
 */
export async function repl(client: Client): Promise<never> {
  const command = `deno run -A clients/${client.id}.ts ws://localhost:8765/echo`;
  const [url, ...rest] = Deno.args;
  if (Deno.args.includes("--help")) {
    print(`Sends each line to a server with ${client.library} and shows the reply: ${command}`);
    print("Ends with `exit`, the end of the input, or Ctrl-C.");
    Deno.exit(0);
  }
  if (!url || rest.length > 0 || !/^wss?:[^#]+$/.test(URL.parse(url)?.href ?? "")) {
    const what = url
      ? `'${Deno.args.join(" ")}' is not a WebSocket URL`
      : "There is no URL to connect to";
    complain(`${what}; give one, as in: ${command}`);
    Deno.exit(2);
  }
  Deno.exit(await talk(client, url));
}

/** One conversation; resolves with the exit code. */
function talk(client: Client, url: string): Promise<number> {
  const { promise: exitCode, resolve } = Promise.withResolvers<number>();
  const onTerminal = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  const sentAt: number[] = [];
  const latenciesMs: number[] = [];
  let sent = 0;
  let received = 0;
  let phase: "connecting" | "open" | "ending" = "connecting";
  let prompt = (): void => {};

  const connection = client.connect(url, {
    opened() {
      phase = "open";
      if (onTerminal) {
        print(`Connected to ${url} with ${client.library}; \`exit\` or Ctrl-C ends it.`);
      }
      listen();
    },
    received(message) {
      received++;
      const start = sentAt.shift();
      // On /broadcast there are messages that nobody here has sent.
      const latencyMs = start === undefined ? undefined : performance.now() - start;
      if (latencyMs !== undefined) latenciesMs.push(latencyMs);
      clearPrompt();
      print(
        latencyMs === undefined ? show(message) : `${show(message)}  (${latencyMs.toFixed(3)} ms)`,
      );
      if (phase === "open") prompt();
      else if (sentAt.length === 0) connection.close();
    },
    closed(code, reason) {
      clearPrompt();
      if (phase === "connecting") {
        complain(`Cannot connect to ${url}: ${reason || `closed with code ${code}`}`);
      } else {
        if (phase === "open") {
          complain(`Lost the connection to ${url}: ${reason || `closed with code ${code}`}`);
        }
        print(summary(sent, received, latenciesMs));
      }
      resolve(phase === "ending" && sentAt.length === 0 ? 0 : 1);
    },
  });

  function clearPrompt(): void {
    if (onTerminal) write(1, "\r\x1b[K");
  }

  /** Reads lines and sends them. */
  function listen(): void {
    const lines = createInterface({
      input: process.stdin,
      ...onTerminal && { output: process.stdout, prompt: "> " },
    });
    if (onTerminal) prompt = () => lines.prompt(true);
    lines.on("line", (line) => {
      if (line === "exit") return lines.close();
      if (phase !== "open") return;
      sent++;
      sentAt.push(performance.now());
      connection.send(line);
      prompt();
    });
    lines.on("SIGINT", interrupt);
    lines.on("close", finish);
    prompt();
  }

  /** Ends as soon as the replies that are due have come. */
  function finish(): void {
    if (phase !== "open") return;
    phase = "ending";
    if (sentAt.length === 0) return connection.close();
    setTimeout(() => {
      complain(`${sentAt.length} replies did not come within ${patienceMs / 1000} s`);
      connection.close();
    }, patienceMs);
  }

  /** Ends now; the second time even without the server's answer to the close. */
  function interrupt(): void {
    if (phase === "ending") return resolve(130);
    phase = "ending";
    sentAt.length = 0;
    connection.close();
  }
  process.on("SIGINT", interrupt);

  return exitCode;
}

function show(message: Message): string {
  return typeof message === "string" ? message : `<${message.length} bytes>`;
}

function summary(sent: number, received: number, latenciesMs: number[]): string {
  const median = latenciesMs.sort((a, b) => a - b)[latenciesMs.length >> 1];
  const latency = median === undefined ? "" : `, median latency ${median.toFixed(3)} ms`;
  return `sent ${sent}, received ${received}${latency}`;
}

function print(text: string): void {
  write(1, text + "\n");
}

function complain(text: string): void {
  write(2, text + "\n");
}

/** Writes at once and in full: what is buffered would be lost as the process ends. */
function write(fd: number, text: string): void {
  try {
    writeFileSync(fd, text);
  } catch {
    // The reader has gone, as with `| head`; there is nobody left to talk to.
    Deno.exit(0);
  }
}
