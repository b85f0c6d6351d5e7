/** The runtimes that tell of their garbage, heap and event loop: a new one is a file and a line here. */

import { go } from "./go.ts";
import { java } from "./java.ts";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";
import type { Runtime } from "./runtime.ts";

/** All of them. */
export const runtimes: readonly Runtime[] = [
  javascript,
  go,
  java,
  python,
];

/** Those of the list of servers without a garbage collector, by name. */
export const WITHOUT: Readonly<Record<string, string>> = { cpp: "C++", rust: "Rust", perl: "Perl" };
