import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { fromSpeedscope } from "../../../measure/explain/profile/speedscope.ts";
import { profileOf } from "../../../measure/explain/profile/profile.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import { profileObserver } from "./mod.ts";
import { perfWay } from "./perf.ts";
import type { Way } from "./way.ts";

const server: ServerEntry = {
  id: "x",
  title: "X",
  protocol: "websocket",
  launch: { by: "command", command: ["x"] },
};
const window = { replies: 1, windowMs: 1 };

function way(id: string, missing?: string): Way {
  const profile = profileOf(id, [{ frames: [{ name: "f", kind: "library" }], us: 1 }]);
  return {
    id,
    missing: () => missing,
    prepare: () => ({ variables: { BY: id } }),
    attach: () => Promise.resolve({ read: () => Promise.resolve(profile) }),
  };
}

Deno.test("profileObserver() takes the first way that works, and prepares for that one alone", async () => {
  const observer = profileObserver([way("a", "no a"), way("b"), way("c")], "");
  assert.deepEqual(observer.prepare!(server, "").variables, { BY: "b" });
  const watch = await observer.attach({ server, pid: 1, folder: "" });
  const { totals, profile } = await watch.read(window);
  assert.equal(totals["cpu.library"], 100);
  assert.equal(fromSpeedscope(profile as string).by, "b");
});

Deno.test("profileObserver() says why there is none, and which names there are", async () => {
  for (
    const [only, reason] of [["", "no a; no b"], ["b", "no b"], [
      "z",
      'WSMARK_PROFILER names no profiler: one of a, b, received "z"',
    ]] as const
  ) {
    const observer = profileObserver([way("a", "no a"), way("b", "no b")], only);
    const watch = await observer.attach({ server, pid: 1, folder: "" });
    const { totals, profile } = await watch.read(window);
    assert.deepEqual(profile, { absent: reason });
    assert.deepEqual(totals["cpu.kernel"], { absent: reason });
  }
});

Deno.test(needing(["Linux"], {
  name: "perfWay() sees what a process of this machine does, or says why not",
  async fn() {
    const folder = await Deno.makeTempDir();
    const child = new Deno.Command("sh", { args: ["-c", "while :; do :; done"] }).spawn();
    try {
      const observer = profileObserver([perfWay()], "");
      const watch = await observer.attach({ server, pid: child.pid, folder });
      watch.windowStarts?.();
      // As long as it takes a busy machine to give the shell some CPU time.
      await new Promise((resolve) => setTimeout(resolve, 500));
      watch.windowEnds?.();
      await watch.detach?.();
      const { profile } = await watch.read(window);
      if (typeof profile === "string") assert.ok(fromSpeedscope(profile).stacks.length > 0);
      else assert.match(profile!.absent, /perf|sampled/);
    } finally {
      child.kill("SIGKILL");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    }
  },
}));

Deno.test("perfWay() says that there is no perf", () => {
  assert.match(perfWay("no-such-perf").missing(server)!, /there is no perf|of Linux only/);
});
