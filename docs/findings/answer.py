"""Takes one connection of a client, accepts its WebSocket, sends it bytes, and prints what comes.

python3 answer.py PORT HEX [FIELD …]: a field takes the place of the usual one of its name, as "Connection: upgrade";
"Sec-WebSocket-Accept:-" leaves one out.
"""

import base64
import hashlib
import socket
import sys

port, sent, *fields = sys.argv[1:]
listener = socket.create_server(("127.0.0.1", int(port)))
connection, _ = listener.accept()
request = connection.recv(65536).decode()
[key] = [
    line.split(":")[1].strip()
    for line in request.split("\r\n")
    if line.lower().startswith("sec-websocket-key:")
]
digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
usual = [
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Accept: " + base64.b64encode(digest).decode(),
]
named = [field.split(":")[0] for field in fields]
kept = [field for field in usual if field.split(":")[0] not in named]
own = [field for field in fields if not field.endswith(":-")]
head = "\r\n".join(["HTTP/1.1 101 Switching Protocols", *kept, *own, "", ""])
connection.sendall(head.encode() + bytes.fromhex(sent))
connection.settimeout(2)
try:
    while data := connection.recv(65536):
        print(data.hex(" "))
    print("ended")
except TimeoutError:
    print("still open")
except ConnectionError as error:
    print(error)
