/** A client at a prompt: each line is sent, each reply is shown with its latency, and the end writes a workbook. */

import { onStopSignal } from "../../cli/stop.ts";
import { print, printError } from "../../cli/output/terminal.ts";
import type { Client } from "../types.ts";
import { MOST_BYTES } from "../../measure/model/limits.ts";
import type { Session, SessionStart } from "../../measure/model/session.ts";
import { readText } from "../../bench/folder/read_text.ts";
import { catchUncaught } from "../../bench/process/uncaught.ts";
import { masked } from "../../measure/text/secrets.ts";
import { UsageError } from "../../bench/usage.ts";
import { converse } from "./converse.ts";
import { reasonOf } from "./files.ts";
import { createJournal, type Journal, readJournal } from "./journal.ts";
import { exampleFor, helpFor, type Options, readOptions } from "./options.ts";
import { placesFor, saveWorkbook, showsAllOf } from "./save.ts";
import { summaryOf } from "./summary.ts";

type Wanted<What extends Options["what"]> = Extract<Options, { readonly what: What }>;

/** What a shell shows for a program that a signal ended; not for Ctrl-C, which is the usual way to end this one. */
const EXIT_CODES: Partial<Record<Deno.Signal, number>> = { SIGHUP: 129, SIGTERM: 143 };

/** Talks to the server until `exit`, the end of the input or Ctrl-C; resolves to the exit code. */
export async function main(client: Client, args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(client, args, new Date());
    if (options.what === "help") {
      print(helpFor(client));
      return 0;
    }
    return options.what === "talk" ? await talk(client, options) : await recover(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printError(`error: ${error.message}. As in: ${exampleFor(client)}`);
    return 2;
  }
}

async function talk(client: Client, { url, workbook }: Wanted<"talk">): Promise<number> {
  const start: SessionStart = {
    client: client.title,
    library: client.library,
    url: masked(url),
    startedAt: new Date().toISOString(),
    machine: workbook === undefined
      ? []
      : (await import("../../bench/machine/machine.ts")).describeMachine(),
  };
  const originMs = performance.now();
  const now = (): number => performance.now() - originMs;
  let complain = printError;
  const journal = workbook === undefined ? undefined : createJournal(
    start,
    placesFor(workbook.replace(/xlsx$/i, "jsonl")),
    (text) => complain(text),
  );
  const talk = converse(client, url, now, journal);
  ({ console: { complain } } = talk);
  let [hasEnded, isTold] = [false, false];
  let signalled: number | undefined;
  using _ = onStopSignal((signal) => {
    signalled ??= EXIT_CODES[signal];
    if (isTold) Deno.exit(signalled);
    if (hasEnded) complain("The workbook is being written; Ctrl-C again leaves it");
    isTold = hasEnded;
    talk.interrupt();
  });
  let hasFailed = false;
  // A library that cannot cope with a server's packets throws in its own callbacks.
  using _caught = catchUncaught((reason) => {
    hasFailed = true;
    complain(`The client failed: ${reason}`);
    talk.interrupt();
  });
  const ended = await talk.ended;
  const code = hasFailed ? 1 : ended;
  hasEnded = true;
  const session = talk.recorder.session(start, now());
  const { show, onTerminal } = talk.console;
  if (talk.recorder.isEmpty) {
    if (session.connection.some(({ what }) => what === "opened")) {
      show("Nothing was sent or received: there is no workbook to write.");
    }
    return signalled ?? code;
  }
  show(summaryOf(session));
  if (workbook === undefined) return signalled ?? code;
  if (onTerminal) complain("Writing the workbook …");
  const isSaved = await save(session, { workbook, journal, show, complain });
  return signalled ?? (isSaved ? code : 1);
}

/** Where a session goes, and where that is reported. */
interface Saving {
  readonly workbook: string;
  readonly journal?: Journal | undefined;
  readonly show: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Writes the workbook and prints its path; resolves to whether it is where it should be. */
async function save(
  session: Session,
  { workbook, journal, show, complain }: Saving,
): Promise<boolean> {
  const { path, asAsked } = await saveWorkbook(session, workbook, complain);
  if (path === undefined) {
    if (journal?.path !== undefined) {
      complain(`Every message of this session is in the journal ${journal.path}`);
      return false;
    }
    complain("Nothing could be written; these are the messages:");
    show(JSON.stringify(session.exchanges));
    return false;
  }
  if (await showsAllOf(session)) journal?.remove();
  else if (journal?.path !== undefined) {
    complain(`The workbook does not show all of it; the journal does: ${journal.path}`);
  }
  show(path);
  return asAsked;
}

async function recover({ journal, workbook }: Wanted<"recover">): Promise<number> {
  let session: Session;
  try {
    session = readJournal(readText(journal, MOST_BYTES));
  } catch (error) {
    throw new UsageError(`Cannot recover from "${journal}": ${reasonOf(error)}`);
  }
  print(summaryOf(session));
  return await save(session, { workbook, show: print, complain: printError }) ? 0 : 1;
}
