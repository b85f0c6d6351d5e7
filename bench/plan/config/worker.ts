/** Runs a configuration that is a module, in a worker: it may throw, wait or loop for ever. */

import { catchUncaught } from "../../process/uncaught.ts";

/** The outcome of a module. */
export interface ConfigAnswer {
  /** Its default export as JSON; left out if it has none. */
  readonly json?: string | undefined;
  /** Why it could not be read. */
  readonly reason?: string;
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<string>) => void;
  postMessage(answer: ConfigAnswer): void;
};

catchUncaught((reason) => scope.postMessage({ reason }));
scope.onmessage = async ({ data: url }) => scope.postMessage(await read(url));

async function read(url: string): Promise<ConfigAnswer> {
  try {
    const module: { readonly default?: unknown } = await import(url);
    return { json: JSON.stringify(module.default, plain) };
  } catch (error) {
    return { reason: firstLine(error) };
  }
}

/** Lets what JSON can say pass: it would leave the rest out without a word. */
function plain(key: string, value: unknown): unknown {
  const isPlain = typeof value === "number"
    ? Number.isFinite(value)
    : !["bigint", "function", "symbol"].includes(typeof value);
  if (isPlain) return value;
  const shown = typeof value === "number" ? String(value) : `a ${typeof value}`;
  throw new TypeError(`${key || "the whole"} must be what JSON can say: received ${shown}`);
}

function firstLine(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).split("\n")[0]!;
  } catch {
    return "it threw what has no text";
  }
}
