"""FastAPI on uvicorn. On its own: `python3 servers/python/fastapi_server.py --port 8765`"""

from behaviours import greeting
from standalone import installed, release, standalone

with installed(
    debian="python3-fastapi python3-uvicorn python3-websockets",
    pip="fastapi uvicorn websockets",
):
    from fastapi import FastAPI, Response, WebSocket
    from on_uvicorn import UVICORN_NOTES, serve_on_uvicorn
    from starlette_behaviours import ONLY_WEBSOCKETS, WEBSOCKETS, ask_for_upgrade

app = FastAPI(openapi_url=None)
for path, behaviour in WEBSOCKETS.items():
    app.add_api_websocket_route(path, behaviour)
for path in ONLY_WEBSOCKETS:
    app.add_route(path, ask_for_upgrade)


@app.get("/")
async def greet():
    return Response(greeting("fastapi"), media_type="text/plain")


def serve(listener, ready, transport):
    # Older versions answer 403, whatever the application says.
    answers_404 = hasattr(WebSocket, "send_denial_response")
    serve_on_uvicorn(app, listener, ready, transport, answers_404)


if __name__ == "__main__":
    standalone(
        "fastapi",
        f"{release('fastapi')} on {release('uvicorn')} ({release('websockets')})",
        [
            *UVICORN_NOTES,
            "No idle timeout, no pings.",
            "A connection whose client does not read its replies is not read any further.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
    )
