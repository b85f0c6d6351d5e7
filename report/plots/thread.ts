/** Draws in a thread of its own: meanwhile the tables are made, and what drawing took of memory ends with the thread. */

import type { Spec, Theme } from "./chart.ts";
import type { Layout } from "./parts/layout.ts";

/** What is to be drawn. */
export type DrawingTask =
  | { readonly kind: "svg"; readonly spec: Spec; readonly theme: Theme }
  | { readonly kind: "page"; readonly spec: Spec; readonly layout: Layout }
  | { readonly kind: "png"; readonly svg: string; readonly scale: number };

type DrawingOf<Task extends DrawingTask> = Task extends { kind: "png" } ? Uint8Array : string;

/** What comes back: the drawing, or why there is none. */
export type DrawingReply = { readonly drawing: string | Uint8Array } | { readonly error: unknown };

interface Waiting {
  resolve(drawing: unknown): void;
  reject(reason: unknown): void;
}

/** Draws one task after another in a thread, which is there as long as there are any. */
export class DrawingThread implements Disposable {
  #worker: Worker | undefined;
  /** In the order of the replies. */
  #waiting: Waiting[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** Whether there is a thread now. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Resolves to the drawing, or rejects with what drawing threw. */
  draw<Task extends DrawingTask>(task: Task): Promise<DrawingOf<Task>> {
    const worker = this.#worker ??= this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<DrawingOf<Task>>();
    this.#waiting.push({ resolve: (drawing) => resolve(drawing as DrawingOf<Task>), reject });
    worker.postMessage(task);
    return promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./thread_main.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<DrawingReply>) => {
      const { resolve, reject } = this.#waiting.shift()!;
      if ("error" in data) reject(data.error);
      else resolve(data.drawing);
      // What waited for this drawing may ask for another.
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#waiting.length === 0 && this[Symbol.dispose]());
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = new Error(`The thread that draws ended: ${event.message}`);
      for (const { reject } of this.#waiting.splice(0)) reject(reason);
      this[Symbol.dispose]();
    };
    return worker;
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    clearTimeout(this.#pause);
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
