import type { StudyEntry } from "./types.ts";

/** The servers in TypeScript, on every runtime that they run on. */
export const denoField: StudyEntry = {
  id: "deno-field",
  title: "The servers in TypeScript on Deno, Node.js and Bun",
  about: [
    "The libraries that speak WebSocket or Socket.IO on Deno, Node.js and Bun, each on every runtime that it is made for, in the usual scenarios.",
    "It repeats no publication: there is no claim.",
    "One short round gives an overview in some minutes and shows no difference; with --rounds 8 or more it can.",
  ],
  claims: [],
  run: {
    servers: [
      "native",
      "hono",
      "ws",
      "faye",
      "socketio",
      "ws-node",
      "socketio-node",
      "faye-node",
      "ws-bun",
      "socketio-bun",
      "bun",
    ],
    profile: "quick",
  },
};
