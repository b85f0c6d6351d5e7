/**
 * What is asked of a fuzzing server of the Autobahn suite, and what it says of a client: it sends what a case is made
 * of, and looks at what comes back.
 */

import { UsageError } from "../../bench/usage.ts";
import { client as wire } from "../../clients/wire.ts";
import { type Echo, echo } from "../../bench/conformance/clients/wire_echo.ts";

/** What the suite says of a client in a case. */
export interface Verdict {
  /** Number of the case, as `6.4.1`. */
  readonly id: string;
  /** `OK`, or what else it is. */
  readonly behavior: string;
  /** Whether the close was right, too; absent if the suite does not say so. */
  readonly passed?: boolean;
}

/** A fuzzing server, for one client to run all its cases. */
export interface Suite extends AsyncDisposable {
  /** Its URL, without a path. */
  readonly origin: string;
  /** What it says of the cases that were run, once all were. */
  verdicts(agent: string, count: number): Promise<readonly Verdict[]>;
}

/** Runs all cases of a suite on the wire client. */
export function runSuite(suite: Suite, by: Echo): Promise<readonly Verdict[]> {
  return runSuiteBy(suite, `wsmark-${by}`, (url) => echo(by, url));
}

/**
 * Runs all cases of a suite on a client.
 *
 * @param agent name of the client
 * @param echo sends back what comes on a connection to a URL, until it has ended
 */
export async function runSuiteBy(
  suite: Suite,
  agent: string,
  echo: (url: string) => Promise<unknown>,
): Promise<readonly Verdict[]> {
  const count = Number(await ask(`${suite.origin}/getCaseCount`));
  for (let number = 1; number <= count; number++) {
    await echo(`${suite.origin}/runCase?case=${number}&agent=${agent}`);
  }
  return await suite.verdicts(agent, count);
}

/**
 * Asks the server on a connection of its own; resolves to what it says before it closes, which may be nothing.
 *
 * @throws {UsageError} if it cannot be reached
 */
function ask(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let answer = "";
  let isOpen = false;
  wire.connect(url, {
    opened: () => isOpen = true,
    received: (message) => answer += message,
    closed: (_code, reason) =>
      isOpen
        ? resolve(answer)
        : reject(new UsageError(`No fuzzing server answers at ${url}: ${reason}`)),
  });
  return promise;
}

/** A suite that runs already, and says of each case how it went: the original one does. */
export function suiteAt(url: string): Suite {
  const origin = url.replace(/\/+$/, "");
  return {
    origin,
    async verdicts(agent, count) {
      const found: Verdict[] = [];
      for (let number = 1; number <= count; number++) {
        const which = `case=${number}&agent=${agent}`;
        const { id } = JSON.parse(await ask(`${origin}/getCaseInfo?${which}`));
        const { behavior } = JSON.parse(await ask(`${origin}/getCaseStatus?${which}`));
        found.push({ id, behavior });
      }
      await ask(`${origin}/updateReports?agent=${agent}`);
      return found;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The Python that has the package kosoku. */
export function pythonOfSuite(): string {
  return Deno.env.get("WSMARK_AUTOBAHN_PYTHON") ?? Deno.env.get("WSMARK_PYTHON") ?? "python3";
}

/**
 * Starts a suite of the Python package kosoku, for one client.
 *
 * @param cases numbers of cases or patterns
 * @throws {UsageError} if there is no such package
 */
export async function startSuite(cases: readonly string[]): Promise<Suite> {
  const python = pythonOfSuite();
  const script = new URL("fuzzing_server.py", import.meta.url).pathname;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(python, {
      args: [script, ...cases],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  } catch (error) {
    throw cannotStart(python, (error as Error).message);
  }
  const lines = linesOf(child.stdout);
  const first = await lines.next();
  if (first.done) {
    const { code } = await child.status;
    throw cannotStart(python, `it ended with ${code}`);
  }
  const { url } = JSON.parse(first.value);
  return {
    origin: url,
    async verdicts(agent) {
      await ask(`${url}/updateReports?agent=${agent}`);
      const { value } = await lines.next();
      return JSON.parse(value!);
    },
    async [Symbol.asyncDispose]() {
      await lines.return(undefined);
      try {
        child.kill();
      } catch {
        // It has ended.
      }
      await child.status;
    },
  };
}

function cannotStart(python: string, why: string): UsageError {
  return new UsageError(
    `The suite cannot be started by ${python} (${why}): run 'python3 -m pip install kosoku', name the Python that has ` +
      "it in WSMARK_AUTOBAHN_PYTHON, or give the URL of a fuzzing server of the Autobahn suite by --url",
  );
}

async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, undefined, undefined> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  return undefined;
}
