/** The shells that can complete wsmark's command lines. A shell is one file, and a line here. */

import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import type { Shell } from "./types.ts";
import { zsh } from "./zsh.ts";

export const shells: Readonly<Record<string, Shell>> = { bash, zsh, fish };
