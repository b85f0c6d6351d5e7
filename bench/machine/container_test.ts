import assert from "node:assert/strict";
import { containerFacts, findHierarchy, parseCpuLimit, parseMemoryLimit } from "./container.ts";
import { fakeSystem } from "./testing.ts";

const V2 = "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
const V1 = `31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
`;
const V1_GROUPS = "8:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n";

/** Values of the facts about these files, in addition to `/proc/self`. */
function valuesOf(
  membership: string,
  mountinfo: string,
  files: { readonly [path: string]: string } = {},
): { [name: string]: unknown } {
  const self = { "/proc/self/cgroup": membership, "/proc/self/mountinfo": mountinfo };
  const facts = containerFacts(fakeSystem({ ...self, ...files }));
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]));
}

Deno.test("findHierarchy() goes up from the own group to the mount under version 2", () => {
  assert.deepEqual(findHierarchy("cpu", "0::/user.slice/a.scope\n", V2), {
    version: 2,
    folders: [
      "/sys/fs/cgroup/user.slice/a.scope",
      "/sys/fs/cgroup/user.slice",
      "/sys/fs/cgroup",
    ],
  });
});

Deno.test("findHierarchy() finds each controller's own mount under version 1", () => {
  assert.deepEqual(findHierarchy("cpu", V1_GROUPS, V1), {
    version: 1,
    folders: [
      "/sys/fs/cgroup/cpu,cpuacct/docker/abc",
      "/sys/fs/cgroup/cpu,cpuacct/docker",
      "/sys/fs/cgroup/cpu,cpuacct",
    ],
  });
  assert.deepEqual(findHierarchy("memory", V1_GROUPS, V1), {
    version: 1,
    folders: ["/sys/fs/cgroup/memory"],
  });
});

Deno.test("findHierarchy() stays at the mount if the group is outside of it", () => {
  const folders = ["/sys/fs/cgroup"];
  assert.deepEqual(findHierarchy("cpu", "0::/../other\n", V2)?.folders, folders);
  const narrowed = V2.replace(" / /sys", " /pod /sys");
  assert.deepEqual(findHierarchy("cpu", "0::/podium\n", narrowed)?.folders, folders);
});

Deno.test("findHierarchy() is null if nothing is mounted", () => {
  assert.equal(findHierarchy("cpu", "0::/\n", ""), null);
  assert.equal(findHierarchy("cpu", "", V2), null);
});

Deno.test("parseCpuLimit() divides the quota by the period", () => {
  assert.equal(parseCpuLimit("150000 100000\n"), 1.5);
  assert.equal(parseCpuLimit("max 100000\n"), Infinity);
  assert.equal(parseCpuLimit("-1 100000"), Infinity);
});

Deno.test("parseMemoryLimit() knows both ways of saying that there is none", () => {
  assert.equal(parseMemoryLimit("536870912\n"), 536_870_912);
  assert.equal(parseMemoryLimit("max\n"), Infinity);
  assert.equal(parseMemoryLimit("9223372036854771712\n"), Infinity);
});

Deno.test("containerFacts() gives the tightest limit of all groups above", () => {
  assert.deepEqual(
    valuesOf("0::/kubepods/pod1\n", V2, {
      "/sys/fs/cgroup/kubepods/pod1/cpu.max": "max 100000\n",
      "/sys/fs/cgroup/kubepods/cpu.max": "250000 100000\n",
      "/sys/fs/cgroup/kubepods/pod1/memory.max": "1073741824\n",
      "/sys/fs/cgroup/kubepods/memory.max": "2147483648\n",
    }),
    {
      "Container": "Kubernetes, by its control group",
      "CPU quota": 2.5,
      "Memory limit": 1_073_741_824,
    },
  );
});

Deno.test("containerFacts() reads version 1", () => {
  assert.deepEqual(
    valuesOf(V1_GROUPS, V1, {
      "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us": "50000\n",
      "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    }),
    { "Container": "Docker, by its control group", "CPU quota": 0.5, "Memory limit": "none" },
  );
});

Deno.test("containerFacts() says none without a limit, and why if it cannot know", () => {
  assert.deepEqual(valuesOf("0::/\n", V2), {
    "Container": "none recognised",
    "CPU quota": "none",
    "Memory limit": "none",
  });
  assert.deepEqual(valuesOf("0::/\n", "")["CPU quota"], {
    absent: "no control group file system is mounted",
  });
});

Deno.test("containerFacts() recognises containers by the files that their makers leave", () => {
  const container = (path: string, text: string): unknown =>
    valuesOf("0::/\n", V2, { [path]: text })["Container"];
  assert.equal(container("/.dockerenv", ""), "Docker, by the file /.dockerenv");
  assert.equal(container("/run/.containerenv", ""), "Podman, by the file /run/.containerenv");
  assert.equal(
    container("/run/systemd/container", "systemd-nspawn\n"),
    "systemd-nspawn, by the file /run/systemd/container",
  );
  assert.equal(valuesOf("0::/lxc.payload.a\n", V2)["Container"], "LXC, by its control group");
});

Deno.test("containerFacts() has none off Linux", () => {
  assert.deepEqual(containerFacts(fakeSystem({}, { platform: "darwin" })), []);
});
