/** How far a run of the conformance suite is: a line on a terminal, and one for each server or client that is done. */

import type { TargetFollower } from "../../bench/conformance/clients/run.ts";
import { counted } from "../../report/summary/text.ts";
import { printOver, printStatus, terminalWidth } from "./terminal.ts";

interface State {
  readonly title: string;
  /** How many cases it has. */
  readonly total: number;
  ended: number;
  failed: number;
}

/** The line for what is being tried: `native 12/442 · ws 3/442, 1 failed`. */
export function statusLine(running: Iterable<State>, width: number): string {
  const line = [...running].map(({ title, total, ended, failed }) =>
    `${title} ${ended}/${total}${failed === 0 ? "" : `, ${failed} failed`}`
  ).join(" · ");
  return line.length < width ? line : `${line.slice(0, Math.max(0, width - 2))}…`;
}

/** Shows on stderr how far it is. */
export function conformanceProgress(): Required<TargetFollower> & { stop(): void } {
  const running = new Map<object, State>();
  const show = (): void => printStatus(statusLine(running.values(), terminalWidth()));
  return {
    started(server, total) {
      running.set(server, { title: server.title, total, ended: 0, failed: 0 });
      show();
    },
    ended(server, { verdict }) {
      const state = running.get(server)!;
      state.ended++;
      if (verdict === "failed") state.failed++;
      show();
    },
    done(server, { results, durationMs }) {
      const { title, failed } = running.get(server)!;
      running.delete(server);
      printOver(
        `${title}: ${counted(results.length, "case")} in ${
          Math.round(durationMs / 1000)
        } s, ${failed} failed`,
      );
      show();
    },
    stop: () => printStatus(""),
  };
}
