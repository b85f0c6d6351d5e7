/** What an idle connection costs the generator, measured in separate processes. */

import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { reference } from "../../servers/mod.ts";
import { startServer } from "../process/server_process.ts";
import { SMALL } from "./process.ts";

/** What the process itself costs is in both. */
const CONNECTIONS = [1000, 5000] as const;
/** What is found is 1.6 and 7.5 KiB; the heap grows by steps. A buffer for each would be more. */
const MOST_BYTES = { epoll: 3 * 1024, tcp: 10 * 1024 } as const;

for (const engine of ["epoll", "tcp"] as const) {
  Deno.test(needing("Linux", { // epoll and the reference server are Linux's own
    name: `an idle connection costs the generator at most ${
      MOST_BYTES[engine]
    } bytes over ${engine}`,
    async fn() {
      const server = await startServer(reference);
      const program = import.meta.resolve("../testing/memory.ts");
      const usedBy = async (connections: number): Promise<number> => {
        const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: [
            ...["run", "--quiet", "--allow-all", `--v8-flags=${SMALL}`, program],
            ...[server.ready.url, engine, String(connections)],
          ],
        }).output();
        assert.ok(success, new TextDecoder().decode(stderr));
        return Number(new TextDecoder().decode(stdout));
      };
      try {
        const [few, many] = CONNECTIONS;
        const each = (await usedBy(many) - await usedBy(few)) / (many - few);
        assert.ok(each < MOST_BYTES[engine], `${each} bytes for each of ${many}`);
      } finally {
        await server.stop();
      }
    },
  }));
}
