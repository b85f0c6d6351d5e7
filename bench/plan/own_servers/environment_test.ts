import { equal, throws } from "node:assert/strict";
import { variablesIn, withEnvironment } from "./environment.ts";

Deno.test("withEnvironment() fills what the environment says, and leaves what is written twice", () => {
  const text = "{env.PATH} %7Benv.PATH%7D {{env.PATH}} %7B%7Benv.PATH%7D%7D";
  const filled = withEnvironment(text, "The URL", () => "filled");
  equal(filled, "filled filled {{env.PATH}} %7B%7Benv.PATH%7D%7D");
  equal(variablesIn(text).length, 2);
  throws(() => withEnvironment("{env.WSMARK_NOTHING}", "The URL of mine"), {
    name: "UsageError",
    message:
      "The URL of mine has {env.WSMARK_NOTHING}, and the environment has no variable WSMARK_NOTHING: set it",
  });
});
