import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { completedCommands } from "./commands.ts";
import { shells } from "./mod.ts";

/** Command lines up to the key, and what completes their last word. */
const ROWS: readonly (readonly [typed: string, completed: string])[] = [
  ["wsmark doct", "doctor"],
  ["wsmark doctor --js", "--json"],
  ["wsmark --basel", "--baseline"],
  ["wsmark run --profile thor", "thorough"],
  ["wsmark --servers native,tornad", "native,tornado"],
  ["wsmark serve --servers tornad", "tornado"],
  ["wsmark list roundt", "roundtrip"],
  ["wsmark completion fi", "fish"],
  ["wsmark report fold", "folder"],
  ["wsmark plot boo", "book.xlsx"],
  ["wsmark plot folder/a", "folder/a b.xlsx"],
];

/** What each gives when there is no more than one way on; words as the shell has split them, and the place of the last. */
const BASH = `source ./script
complete -p wsmark >/dev/null || exit 1
while IFS= read -r line; do
  read -ra COMP_WORDS <<<"$line"
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _wsmark
  printf '%s\\n' "\${COMPREPLY[*]}"
done`;

const FISH = `source ./script
while read line
  set -l found (complete -C $line | string replace -r '\\t.*' '')
  echo "$found"
end`;

/** Types into a shell of its own on a pseudo terminal; what is completed there is what it is given. */
const ZSH = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source ./script; wsmark() { print -r -- "GOT[$argv[-1]]" }; print REA''DY'
zpty -r -m shell answer '*READY*'
while IFS= read -r line; do
  zpty -w -n shell "$line"$'\\t\\n'
  zpty -r -m shell answer '*GOT\\[*\\]*'
  print -r -- "\${\${answer##*GOT\\[}%%\\]*}"
done
zpty -d shell`;

const STARTS = {
  bash: ["--norc", "-c", BASH],
  zsh: ["-f", "-c", ZSH],
  fish: ["--no-config", "-c", FISH],
} as const;

for (const shell of ["bash", "zsh", "fish"] as const) {
  Deno.test(needing(shell, {
    name: `${shell} completes commands, options, names and paths`,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await Deno.mkdir(`${folder}/folder`);
        await Deno.writeTextFile(`${folder}/book.xlsx`, "");
        await Deno.writeTextFile(`${folder}/folder/a b.xlsx`, "");
        await Deno.writeTextFile(`${folder}/script`, shells[shell]!(await completedCommands()));
        const child = new Deno.Command(shell, {
          args: [...STARTS[shell]],
          cwd: folder,
          env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, TERM: "dumb" },
          stdin: "piped",
          stdout: "piped",
        }).spawn();
        const typed = ROWS.map(([line]) => `${line}\n`).join("");
        await new Blob([typed]).stream().pipeTo(child.stdin);
        const said = new TextDecoder().decode((await child.output()).stdout);
        assert.deepEqual(
          said.trim().split("\n").map((line) => line.trim().replace(/\/$/, "")),
          ROWS.map(([, completed]) => completed),
        );
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  }));
}

Deno.test("completedCommands() gives an option that several commands have the same kind of value", async () => {
  const kinds = new Map<string, string>();
  for (const { options } of await completedCommands()) {
    for (const { name, value } of options) {
      // --out of plot is a file, of which the folder is completed, as others write folders.
      if (value === undefined || name === "out") continue;
      assert.equal(kinds.get(name) ?? value.kind, value.kind, name);
      kinds.set(name, value.kind);
    }
  }
});

Deno.test("scripts quote what help says", () => {
  const help = "It's `what` $HOME: \\ is";
  const commands = [{
    name: "run",
    title: help,
    options: [{ name: "servers", help }],
    argument: { kind: "free" },
  }] as const;
  assert.ok(shells.zsh!(commands).includes("'--servers:It'\\''s `what` $HOME: \\ is'"));
  assert.ok(shells.fish!(commands).includes("'It\\'s `what` $HOME: \\\\ is'"));
});
