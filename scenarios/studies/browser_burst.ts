import type { StudyEntry } from "./types.ts";

/** Ten thousand messages at once, as a page sends them. */
export const browserBurst: StudyEntry = {
  id: "browser-burst",
  title: "Ten thousand messages at once, none lost",
  about: [
    "A page sent 10,000 messages “Hello Server N” in a loop; the server answered each with its text and “ - ” and a random number.",
    "The run here does so from a page in headless Chromium, and checks that each message has its one reply, in order and unchanged.",
    "A browser takes longer for a message than these servers do: the times are the browser's.",
  ],
  claims: [{
    kind: "intact",
    text: "Of 10,000 messages sent at once none is lost.",
    scenario: "burst",
    remark:
      "Each burst is on one connection; no round differs from another but in the random numbers.",
  }],
  run: {
    servers: ["native", "ws", "socketio"],
    scenarios: [{ id: "burst", cases: [{ messages: 10_000 }] }],
    clients: ["browser"],
    profile: "standard",
  },
};
