import type { CompletedTrial } from "../../measure/model/result.ts";
import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { below, histogramOf, ms, near, percentileMs } from "./words.ts";

const STOP_MS = 300;
const RATE = 1000;
/** When the client is stopped: after its warm-up, well inside the window. */
const AT_MS = 800;
const WINDOW_MS = 1500;
const EXPECTED = (RATE * WINDOW_MS) / 1000;
/** What the system may take to stop it and to let it go on. */
const TOLERANCE_MS = 60;

/** A client that stands still itself: it must notice, and must not hold it against the server. */
export const stoppedClient: Check = {
  id: "stopped-client",
  title: `The client's own faults are found: it is stopped for ${STOP_MS} ms`,
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const stopped = await stoppedTrial(trial);
    const warned = stopped.warnings.find(({ kind }) => kind === "late sends");
    yield {
      what: "a warning of late sends",
      expected: "given",
      measured: warned === undefined ? "not given" : "given",
      holds: warned !== undefined,
    };
    const longestMs = histogramOf(stopped, "pacingError").max / 1e6;
    yield near("longest pacing error", longestMs, STOP_MS, TOLERANCE_MS);
    const serviceMs = percentileMs(stopped, "serviceTime", 50);
    const responseMs = histogramOf(stopped, "responseTime").max / 1e6;
    yield {
      what: "longest response time, from the intended send",
      expected: `at least the pacing error, ${ms(longestMs)}`,
      measured: ms(responseMs),
      holds: responseMs >= longestMs * 0.999,
    };
    yield below("service time p50, from the actual send", serviceMs, "without it", STOP_MS / 10);
    const { offered, sent, answered } = stopped.arrivals!;
    yield {
      what: "messages offered, sent, answered",
      expected: `${EXPECTED - 15} to ${EXPECTED + 15} each, all the same`,
      measured: `${offered}, ${sent}, ${answered}`,
      holds: [offered, sent, answered].every((one) =>
        one === offered && Math.abs(one - EXPECTED) <= 15
      ),
      isExcusable: answered < offered && answered <= sent && sent <= offered,
    };
  },
};

/** Runs a trial whose client stands still for a while. */
async function stoppedTrial(trial: Bench["trial"]): Promise<CompletedTrial> {
  const timers: ReturnType<typeof setTimeout>[] = [];
  try {
    return await trial({
      server: knownServer("echo", "echo", {}),
      parameters: { connections: 4, size: 64, arrivals: "constant", rate: RATE },
      durationMs: WINDOW_MS,
      started(pid) {
        timers.push(
          setTimeout(() => Deno.kill(pid, "SIGSTOP"), AT_MS),
          setTimeout(() => Deno.kill(pid, "SIGCONT"), AT_MS + STOP_MS),
        );
      },
    });
  } finally {
    // A failed trial has no process left to be stopped.
    for (const timer of timers) clearTimeout(timer);
  }
}
