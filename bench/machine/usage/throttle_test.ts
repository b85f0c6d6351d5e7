import assert from "node:assert/strict";
import { type System, thisSystem } from "../system.ts";
import { fakeSystem } from "../testing.ts";
import {
  createThrottleProbe,
  parseThrottling,
  type ThrottleSample,
  throttlingBetween,
} from "./throttle.ts";

/** A folder with files in the places of `/proc` and `/sys`. */
async function inRoot(
  files: { readonly [path: string]: string },
  test: (system: System, write: (path: string, text: string) => void) => void,
): Promise<void> {
  const root = await Deno.makeTempDir();
  const write = (path: string, text: string): void => {
    Deno.mkdirSync(`${root}${path.replace(/\/[^/]*$/, "")}`, { recursive: true });
    Deno.writeTextFileSync(root + path, text);
  };
  try {
    for (const [path, text] of Object.entries(files)) write(path, text);
    const read = (path: string): string | null => thisSystem.read(root + path);
    test({ ...fakeSystem({}), read }, write);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const V2 = {
  "/proc/self/mountinfo": "29 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n",
  "/proc/self/cgroup": "0::/box/app\n",
  "/sys/fs/cgroup/cpu.stat": "usage_usec 9\nuser_usec 5\nsystem_usec 4\n",
  "/sys/fs/cgroup/box/cpu.max": "50000 100000\n",
  "/sys/fs/cgroup/box/cpu.stat": "usage_usec 9\nnr_throttled 3\nthrottled_usec 40000\n",
  "/sys/fs/cgroup/box/app/cpu.max": "max 100000\n",
  "/sys/fs/cgroup/box/app/cpu.stat": "usage_usec 9\nnr_throttled 0\nthrottled_usec 0\n",
};

Deno.test("createThrottleProbe() reads cpu.max and cpu.stat of version 2, of each group above", () =>
  inRoot(V2, (system, write) => {
    const probe = createThrottleProbe("self", system);
    const earlier = probe.sample();
    assert.deepEqual(earlier, {
      "/sys/fs/cgroup/box/app": { cpus: null, times: 0, throttledNs: 0 },
      "/sys/fs/cgroup/box": { cpus: 0.5, times: 3, throttledNs: 40e6 },
    });
    assert.equal(throttlingBetween(earlier, probe.sample()), null);
    write("/sys/fs/cgroup/box/cpu.stat", "nr_throttled 13\nthrottled_usec 520000\n");
    assert.deepEqual(throttlingBetween(earlier, probe.sample()), {
      cpus: 0.5,
      times: 10,
      throttledMs: 480,
    });
  }));

const V1 = {
  "/proc/self/mountinfo":
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n",
  "/proc/77/cgroup": "4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n",
  "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us": "150000\n",
  "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us": "100000\n",
  "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.stat":
    "nr_periods 100\nnr_throttled 3\nthrottled_time 40000000\n",
};

Deno.test("createThrottleProbe() reads cpu.cfs_quota_us and cpu.stat of version 1, of another process", () =>
  inRoot(V1, (system, write) => {
    const probe = createThrottleProbe(77, system);
    const earlier = probe.sample();
    write(
      "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.stat",
      "nr_periods 110\nnr_throttled 5\nthrottled_time 90000000\n",
    );
    assert.deepEqual(throttlingBetween(earlier, probe.sample()), {
      cpus: 1.5,
      times: 2,
      throttledMs: 50,
    });
  }));

Deno.test("createThrottleProbe() says why there is nothing to read", () => {
  const mountinfo = { "/proc/self/mountinfo": V2["/proc/self/mountinfo"] };
  const reasons: readonly [System, string][] = [
    [fakeSystem({}), "no control group file system is mounted"],
    [fakeSystem({}, { platform: "darwin" }), "only Linux has such quotas"],
    [
      fakeSystem({ ...mountinfo, "/proc/77/cgroup": "0::/../other\n" }),
      "its control group is not visible from here",
    ],
    [
      fakeSystem({}, {
        read() {
          throw new Deno.errors.NotCapable("no");
        },
      }),
      "wsmark was not allowed to read it: it needs --allow-all",
    ],
  ];
  for (const [system, absent] of reasons) {
    const sample = createThrottleProbe(77, system).sample();
    assert.deepEqual(sample, { absent });
    assert.equal(throttlingBetween(sample, sample), null);
  }
});

Deno.test("throttlingBetween() takes the group that was held back longest, and no count that went back", () => {
  const sample = (times: number, throttledNs: number): ThrottleSample => ({
    a: { cpus: 1, times, throttledNs },
    b: { cpus: 2, times, throttledNs: 2 * throttledNs },
  });
  assert.deepEqual(throttlingBetween(sample(1, 1e6), sample(2, 3e6)), {
    cpus: 2,
    times: 1,
    throttledMs: 4,
  });
  assert.equal(throttlingBetween(sample(2, 3e6), sample(1, 1e6)), null);
});

Deno.test("parseThrottling() is null if a group has no such lines", () => {
  assert.equal(parseThrottling("usage_usec 7\n"), null);
  assert.equal(parseThrottling(""), null);
});
