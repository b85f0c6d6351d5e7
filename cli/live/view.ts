/** The live view of a run: a page in the browser that follows it. */

import type { RunPlan } from "../../bench/plan/options.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import type { RunEvent } from "../../bench/run/run.ts";
import { newsFor, type Seen } from "./news.ts";
import { renderLivePage } from "./page.ts";
import { startLiveServer } from "./server.ts";
import { after, beginning, type LiveEvent } from "./state.ts";

/** A live view that is open. */
export interface LiveView extends AsyncDisposable {
  /** Where its page is. */
  readonly url: string;
  /** To be told of what happens in the run. */
  happened(event: RunEvent): void;
  /** To be told of the pulse of the running trial. */
  pulse(pulse: Pulse): void;
}

/**
 * Opens a live view. Leaving its scope ends it; its pages then show the last state.
 *
 * @param folder where the results of the run go
 */
export async function openLiveView(plan: RunPlan, folder: string): Promise<LiveView> {
  let state = beginning(plan, folder, performance.now());
  const server = startLiveServer<Seen>({
    ...await renderLivePage(),
    hasNews: (seen) => seen?.version !== state.version || seen.points !== state.pointsSoFar,
    news: (seen) => ({
      text: JSON.stringify(newsFor(state, seen)),
      seen: { version: state.version, points: state.pointsSoFar },
      isLast: state.status !== "running",
    }),
  });

  function change(event: LiveEvent): void {
    state = after(state, event, performance.now());
    server.changed();
  }

  return {
    url: server.url,
    happened: change,
    pulse: (pulse) => change({ kind: "pulse", pulse }),
    async [Symbol.asyncDispose]() {
      // Nothing is left to tell where the run has ended well.
      if (state.status === "running") change({ kind: "gone" });
      await server.close();
    },
  };
}
