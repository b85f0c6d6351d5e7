import type { StudyEntry } from "./types.ts";

/** Every server there is. */
export const everything: StudyEntry = {
  id: "everything",
  title: "Every server in the usual scenarios",
  about: [
    "All servers of all languages, in the usual scenarios.",
    "It repeats no publication: there is no claim. It takes more than an hour.",
  ],
  claims: [],
  run: { servers: ["all"], profile: "standard" },
};
