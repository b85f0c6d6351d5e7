import { equal, ok } from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { groupProblem, GroupText } from "./groups.ts";

const settings = { options: {}, run: "r1", groupOf: (connection: number) => connection % 100 };
const decoder = new TextDecoder();

Deno.test("GroupText has one length for all groups, and one text for all connections of a group", () => {
  const topic = new GroupText("größe/{group}/x", settings);
  equal(decoder.decode(topic.of(7)), "größe/r1000007/x");
  equal(decoder.decode(topic.of(12)), "größe/r1000012/x");
  equal(decoder.decode(topic.of(112)), "größe/r1000012/x");
  equal(decoder.decode(topic.of(0)), "größe/r1000000/x");
  equal(topic.length, bytesOf("größe/r1000000/x").length);
  const source = bytesOf("-größe/r1000012/x-");
  ok(topic.fills(source, 1, source.length - 1, 12));
  ok(!topic.fills(source, 1, source.length - 1, 13) && !topic.fills(source, 1, source.length, 12));
});

Deno.test("GroupText without a place for the group is the same for all", () => {
  const topic = new GroupText("chat", settings);
  equal(decoder.decode(topic.of(7)), "chat");
});

Deno.test("groupProblem() wants one group and no control characters", () => {
  equal(groupProblem("a/{group}"), undefined);
  equal(groupProblem(""), "must not be empty");
  equal(groupProblem("{group}{group}"), "must have {group} only once");
  equal(groupProblem("a\nb"), "must have no control characters");
  equal(groupProblem("a/{grp}"), "has {grp}, and only {group} and {env.NAME} are filled in");
  equal(
    groupProblem("{connection}"),
    "has {connection}, and only {group} and {env.NAME} are filled in",
  );
});
