import assert from "node:assert/strict";
import { parse as splitCommand } from "shell-quote";
import { parseAllDocuments } from "yaml";
import type { Command } from "../cli/command.ts";
import { checkNames } from "../cli/options/names.ts";
import { COMMON } from "../cli/options/option.ts";
import { command as agentCommand } from "../cli/commands/agent.ts";
import { command as agentsCommand } from "../cli/commands/agents.ts";
import { command as natsCommand } from "../cli/commands/nats.ts";
import { command as runCommand } from "../cli/commands/run.ts";
import { command as serveCommand } from "../cli/commands/serve.ts";

const guide = Deno.readTextFileSync(new URL("distributed.md", import.meta.url));
const manifest = Deno.readTextFileSync(new URL("kubernetes/agents.yaml", import.meta.url));

const COMMANDS: Readonly<Record<string, Command>> = {
  agent: agentCommand,
  agents: agentsCommand,
  bench: runCommand,
  nats: natsCommand,
  serve: serveCommand,
};

/** The commands of `deno task` in the blocks of the guide, a line each. */
const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
  block.replaceAll("\\\n", " ").split("\n").flatMap((line) =>
    [...line.matchAll(/deno task (.*?)(?: >|$)/g)].map(([, command = ""]) => command)
  )
);

Deno.test("distributed.md has a block for each command", () => {
  const names = new Set(lines.map((line) => line.split(" ")[0]));
  assert.deepEqual([...names].sort(), Object.keys(COMMANDS));
});

for (const line of lines) {
  Deno.test(`distributed.md: deno task ${line}`, () => {
    const [name = "", ...words] = splitCommand(line).map(String);
    checkNames(words, [...COMMANDS[name]!.options, ...COMMON]);
  });
}

type Fields = { readonly [name: string]: Field };
type Field = string | number | boolean | Fields | readonly Field[];

const documents = parseAllDocuments(manifest).map((document) => {
  assert.deepEqual(document.errors, []);
  return document.toJS() as Fields;
});

/** What is at a path of fields; undefined if nothing is. */
function at(from: Field | undefined, ...path: readonly (string | number)[]): Field | undefined {
  return path.reduce<Field | undefined>(
    (found, name) => (found as Fields | undefined)?.[name],
    from,
  );
}

/** Where the template of the pods of a kind is, and the fields that it must have beside it. */
const PODS: Readonly<Record<string, readonly [path: readonly string[], needs: readonly string[]]>> =
  {
    Deployment: [["spec", "template"], ["spec.selector.matchLabels"]],
    Job: [["spec", "template"], ["spec.template.spec.restartPolicy"]],
    Pod: [[], []],
  };

const VERSIONS: Readonly<Record<string, string>> = {
  Namespace: "v1",
  Secret: "v1",
  Service: "v1",
  Pod: "v1",
  Deployment: "apps/v1",
  Job: "batch/v1",
};

for (const object of documents) {
  const kind = String(object["kind"]);
  const name = String(at(object, "metadata", "name"));
  Deno.test(`agents.yaml: ${kind} ${name} has the fields that its kind must have`, () => {
    assert.equal(object["apiVersion"], VERSIONS[kind]);
    assert.match(name, /^[a-z][a-z\d-]{0,62}$/);
    if (kind !== "Namespace") assert.equal(at(object, "metadata", "namespace"), "wsmark");
    const pods = PODS[kind];
    if (pods === undefined) return;
    for (const path of pods[1]) assert.ok(at(object, ...path.split(".")), path);
    const template = at(object, ...pods[0]);
    const containers = at(template, "spec", "containers") as readonly Fields[];
    assert.equal(containers.length, 1);
    for (const container of containers) {
      for (const field of ["name", "image"]) assert.equal(typeof container[field], "string", field);
      assert.ok(at(container, "resources", "requests", "cpu"));
      for (const word of [container["command"], container["args"]].flat()) {
        assert.ok(word === undefined || typeof word === "string", `${word}`);
      }
    }
  });
}

/** The only object of a kind. */
function only(kind: string): Fields {
  const found = documents.filter((object) => object["kind"] === kind);
  assert.equal(found.length, 1, kind);
  return found[0]!;
}

Deno.test("agents.yaml: what is named is there", () => {
  const secret = only("Secret");
  const secrets = Object.keys(secret["stringData"] as Fields);
  const used = [...manifest.matchAll(/secretKeyRef:\s+name: (\S+)\s+key: (\S+)/g)];
  assert.equal(used.length, 2);
  for (const [, name, key] of used) {
    assert.equal(name, at(secret, "metadata", "name"));
    assert.ok(secrets.includes(key!), key!);
  }
  for (
    const [kind, path] of [["Service", ["spec", "selector"]], [
      "Deployment",
      ["spec", "selector", "matchLabels"],
    ]] as const
  ) {
    const labels = at(only("Deployment"), "spec", "template", "metadata", "labels");
    assert.deepEqual(at(only(kind), ...path), labels, kind);
  }
  const spread = at(only("Job"), "spec", "template", "spec", "topologySpreadConstraints", 0);
  assert.deepEqual(
    at(spread, "labelSelector", "matchLabels"),
    at(only("Job"), "spec", "template", "metadata", "labels"),
  );
});

Deno.test("agents.yaml: the command of an agent has options that there are", () => {
  const container = at(only("Job"), "spec", "template", "spec", "containers", 0);
  const [task, name, ...words] = at(container, "args") as readonly string[];
  assert.deepEqual([task, name], ["task", "agent"]);
  checkNames(words, agentCommand.options);
  const [, service, port] = /nats:\/\/([\w-]+):(\d+)/.exec(words.join(" "))!;
  assert.equal(service, at(only("Service"), "metadata", "name"));
  assert.equal(Number(port), at(only("Service"), "spec", "ports", 0, "port"));
});
