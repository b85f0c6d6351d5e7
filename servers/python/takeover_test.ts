import { equal } from "node:assert/strict";
import { runPython, testPython } from "../testing/python.ts";

testPython(
  "without_takeover() adds what an offer does not say yet, and leaves the rest",
  async () => {
    const offers = [
      "permessage-deflate; server_max_window_bits=10;client_no_context_takeover",
      "x-webkit-deflate-frame",
      "Permessage-Deflate",
    ];
    const { stdout } = await runPython(
      "import takeover; print(takeover.without_takeover(sys.argv[1]))",
      offers.join(","),
    );
    equal(
      stdout,
      "permessage-deflate; server_max_window_bits=10; client_no_context_takeover; server_no_context_takeover, " +
        "x-webkit-deflate-frame, " +
        "Permessage-Deflate; server_no_context_takeover; client_no_context_takeover\n",
    );
  },
);
