"""A fuzzing server with the cases of the Autobahn suite, of the package kosoku.

`python3 fuzzing_server.py CASE...`: numbers of cases, or patterns such as `6.*`. It prints its URL, and the verdicts
when a client has run all cases and asked for the reports; each as one line of JSON.
"""

import asyncio
import json
import sys

from kosoku import FailureError, run_fuzzingserver


async def main() -> None:
    async with run_fuzzingserver(sys.argv[1:], host="127.0.0.1", port=0) as server:
        print(json.dumps({"url": f"ws://127.0.0.1:{server.port}"}), flush=True)
        try:
            results = await server.get_result()
        except FailureError as failure:
            results = failure.results
    verdicts = [
        {"id": one.case_id, "behavior": one.behavior.value, "passed": one.passed}
        for one in results
    ]
    print(json.dumps(verdicts), flush=True)


asyncio.run(main())
