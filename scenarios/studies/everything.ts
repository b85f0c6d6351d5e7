import type { StudyEntry } from "./types.ts";

/** Every server there is. */
export const everything: StudyEntry = {
  id: "everything",
  title: "Every server in the usual scenarios",
  about: [
    "All servers of all languages, in the usual scenarios, in as many rounds as it takes to show a difference among so many.",
    "It repeats no publication: there is no claim. It takes about an hour.",
  ],
  claims: [],
  run: { servers: ["all"], profile: "standard", rounds: 8 },
};
