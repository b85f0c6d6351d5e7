"""The cases of the Autobahn suite on a server, by the package kosoku.

`python3 fuzzing_client.py URL CASE...`: it prints the verdicts as one line of JSON.
"""

import asyncio
import json
import os
import sys

from kosoku import FailureError, run_fuzzingclient


async def main() -> None:
    url, *cases = sys.argv[1:]
    try:
        results = await run_fuzzingclient(url, cases)
    except FailureError as failure:
        results = failure.results
    verdicts = [
        {
            "id": one.case_id,
            "behavior": one.behavior.value,
            "passed": one.passed,
        }
        for one in results
    ]
    print(json.dumps(verdicts), flush=True)
    # The package may abort the interpreter as that ends, when all is done.
    os._exit(0)


asyncio.run(main())
