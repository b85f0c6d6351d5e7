#!/bin/sh
# Installs what the Python servers need, on Debian and its relatives.
set -eu
packages="python3-tornado python3-websockets python3-fastapi python3-uvicorn python3-aiohttp python3-flask-socketio python3-eventlet"
if ! command -v apt-get >/dev/null; then
  echo "There is no apt-get here: python3 -m pip install tornado websockets fastapi uvicorn aiohttp flask-socketio eventlet" >&2
  exit 2
fi
root=""
[ "$(id -u)" -eq 0 ] || root=sudo
$root apt-get update -qq
# shellcheck disable=SC2086 -- each is a word
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
