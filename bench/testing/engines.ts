/** The engines of the wire client, for tests that run over each of them. */

import type { Need } from "../../checks/testing/needs.ts";
import type { Engine } from "../generator/wire/exchange.ts";

export const engines: readonly { readonly engine: Engine; readonly needs: readonly Need[] }[] = [
  { engine: "epoll", needs: ["Linux"] },
  { engine: "uring", needs: ["io_uring"] },
  { engine: "tcp", needs: [] },
];
