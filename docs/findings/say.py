"""Asks a server on this machine for a WebSocket, sends it bytes, and prints what comes.

python3 say.py PORT HEX [FIELD …]: a field takes the place of the usual one of its name, as "Sec-WebSocket-Version: 12";
"Connection:-" leaves one out, and what ends with HTTP/… is the first line.
"""

import socket
import sys

port, sent, *fields = sys.argv[1:]
line = "GET / HTTP/1.1"
if fields and "HTTP/" in fields[0]:
    line = fields.pop(0)
usual = [
    "Host: localhost",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
]
named = [field.split(":")[0] for field in fields]
kept = [field for field in usual if field.split(":")[0] not in named]
own = [field for field in fields if not field.endswith(":-")]
connection = socket.create_connection(("127.0.0.1", int(port)))
connection.settimeout(2)
connection.sendall("\r\n".join([line, *kept, *own, "", ""]).encode())
try:
    print(connection.recv(65536).decode("latin1").strip())
    connection.sendall(bytes.fromhex(sent))
    while data := connection.recv(65536):
        print(data.hex(" "))
    print("ended")
except TimeoutError:
    print("still open")
except ConnectionError as error:
    print(error)
