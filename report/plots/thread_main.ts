/** The thread that draws: see `thread.ts`. It replies in the order of the tasks, as drawings are made in turn. */

import { renderForPage, renderPng, renderSvg } from "./render.ts";
import type { DrawingReply, DrawingTask } from "./thread.ts";

/** What a thread has and Deno's types of a program do not know. */
interface ThreadScope {
  onmessage: (event: MessageEvent<DrawingTask>) => void;
  postMessage(reply: DrawingReply): void;
}

const scope = globalThis as unknown as ThreadScope;

async function draw(task: DrawingTask): Promise<string | Uint8Array> {
  switch (task.kind) {
    case "svg":
      return await renderSvg(task, task.theme);
    case "page":
      return await renderForPage(task.spec, task.layout);
    case "png":
      return await renderPng(task.svg, task.scale);
  }
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ drawing: await draw(data) });
  } catch (error) {
    scope.postMessage({ error });
  }
};
