import { deepEqual, equal, match } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";

/** What the script uses, of the coreutils and grep. */
const USED = ["env", "grep", "id", "mktemp", "rm", "sort", "tail"];

/** What a program does to note how it was called. */
const NOTES = 'echo "$(basename "$0") $*" >>"$NOTES"';

/** Programs that may be there already. */
const HERE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["chromium", "ps", "setsid", "taskset", "lscpu", "ip", "zsh", "fish", "bun"].map((
      name,
    ) => [name, ""]),
  ),
  node: "echo v20.0.0",
};

/** Programs in place of those of Debian. */
const FAKES: Readonly<Record<string, string>> = {
  sudo: 'exec "$@"',
  // It knows no package called chromium, and installs nothing if one is not known.
  "apt-get": `${NOTES}
case "$*" in *install*chromium*) echo "Reading"; echo "E: Unable to locate package chromium" >&2; exit 100;; esac`,
  "apt-cache": "printf 'libboost1.%s\\n' 81-dev 9-dev 100-dev 100-all-dev",
  "dpkg-query": '[ -z "$HAS" ] || echo "install ok installed"',
  npm:
    `case "$*" in root*) echo /nowhere;; *) ${NOTES}; echo '#!/bin/sh' >"$BIN/bun"; chmod +x "$BIN/bun";; esac`,
};

/** Runs the script with these programs on the PATH in addition to what it uses. */
async function setup(
  programs: Readonly<Record<string, string>>,
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string; notes: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bin`);
    for (const [name, script] of Object.entries(programs)) {
      await Deno.writeTextFile(`${folder}/bin/${name}`, `#!/bin/sh\nPATH=$REST\n${script}\n`, {
        mode: 0o755,
      });
    }
    for (const name of USED) {
      const path = (Deno.env.get("PATH") ?? "").split(":").map((one) => `${one}/${name}`)
        .find((one) => isFile(one));
      await Deno.symlink(path!, `${folder}/bin/${name}`);
    }
    const script = new URL("debian.sh", import.meta.url).pathname;
    const { code, stdout, stderr } = await new Deno.Command("/bin/sh", {
      args: [script],
      clearEnv: true,
      env: {
        PATH: `${folder}/bin`,
        REST: Deno.env.get("PATH") ?? "",
        BIN: `${folder}/bin`,
        NOTES: `${folder}/notes`,
        HAS: "",
        ...env,
      },
    }).output();
    const text = new TextDecoder();
    const notes = await Deno.readTextFile(`${folder}/notes`).catch(() => "");
    return {
      code,
      stdout: text.decode(stdout),
      stderr: text.decode(stderr),
      notes: notes.split("\n").filter((line) => line !== ""),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

const INSTALL = "apt-get install -y --no-install-recommends";

Deno.test(needing(["Unix", "grep"], {
  name: "debian.sh installs nothing if everything is there",
  async fn() {
    deepEqual(await setup({ ...FAKES, ...HERE }, { HAS: "yes" }), {
      code: 0,
      stdout: "Everything is there.\n",
      stderr: "",
      notes: [],
    });
  },
}));

Deno.test(needing(["Unix", "grep"], {
  name: "debian.sh installs what is missing, at once",
  async fn() {
    const { taskset: _, ...here } = HERE;
    // Deno answers in place of a Node that is missing.
    const programs = { ...FAKES, ...here, node: "echo deno 2.9.6" };
    const { code, notes } = await setup(programs, { HAS: "yes" });
    equal(code, 0);
    deepEqual(notes, ["apt-get update -qq", `${INSTALL} util-linux nodejs`]);
  },
}));

Deno.test(needing(["Unix", "grep"], {
  name: "debian.sh says in a line what cannot be installed, and goes on",
  async fn() {
    const { code, stdout, stderr, notes } = await setup(FAKES);
    equal(code, 1);
    equal(stderr, "chromium could not be installed: E: Unable to locate package chromium\n");
    match(
      stdout,
      /^Installing chromium procps util-linux zsh fish iproute2 nodejs python3-tornado .*\nInstalling bun\n$/,
    );
    for (const name of ["procps", "util-linux", "python3-eventlet", "g++", "libboost1.100-dev"]) {
      equal(notes.filter((note) => note === `${INSTALL} ${name}`).length, 1, name);
    }
    equal(notes.at(-1), "npm install --global --no-audit --no-fund bun");
  },
}));

Deno.test(needing(["Unix", "grep"], {
  name: "debian.sh says what to install if there is no apt-get",
  async fn() {
    const { code, stderr } = await setup({});
    equal(code, 2);
    match(stderr, /^There is no apt-get here, .*Chromium, .*bun, .*deno task setup python\n$/);
  },
}));
