#!/bin/sh
# Installs what is missing of the programs that servers, the browser client and the tests need, on Debian and its
# relatives. What cannot be installed is told of in a line, and the rest goes on.
set -u

python_packages="python3-tornado python3-websockets python3-fastapi python3-uvicorn python3-aiohttp python3-flask-socketio python3-eventlet python3-venv"
# What the servers in C++ are built with; and Boost, of which Debian has several versions.
cpp_packages="g++ make libssl-dev zlib1g-dev libwebsocketpp-dev libwebsockets-dev"
boost=""
# Of the servers in Ruby and Perl.
script_packages="ruby thin ruby-faye-websocket perl libmojolicious-perl libio-socket-ssl-perl libev-perl"
# Real servers of the protocols, for the tests.
broker_packages=""
[ "${1:-}" = protocols ] && broker_packages="mosquitto nats-server rabbitmq-server ruby-actioncable puma"

if ! command -v apt-get >/dev/null; then
  echo "There is no apt-get here, so install with your own package manager: Chromium, Node 18 or later with npm, procps, util-linux, grep, Python 3.11 or later with pip, for the servers in C++ also g++, make and the headers of OpenSSL, zlib, Boost, WebSocket++ and libwebsockets; then npm install --global bun, and deno task setup python" >&2
  exit 2
fi

failed=0
root=""
[ "$(id -u)" -eq 0 ] || root=sudo

cannot() {
  echo "$1 could not be installed: $2" >&2
  failed=1
}

has() { command -v "$1" >/dev/null 2>&1; }

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

apt() { $root env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null >"$log" 2>&1; }

# What went wrong, in a line.
reason() {
  line=$(grep -m 1 -E '^(E: |npm (ERR!|error) )|not found|denied' "$log" || tail -n 1 "$log")
  echo "${line:-nothing was said}"
}

packages=""
need() { packages="$packages $1"; }

has chromium || has chromium-browser || has google-chrome || need chromium
has ps || need procps
{ has setsid && has taskset && has lscpu; } || need util-linux
has zsh || need zsh
has fish || need fish
has grep || need grep
has ip || need iproute2
# Deno answers in the place of a Node that is not there.
case $(node --version 2>/dev/null) in v*) ;; *) need nodejs ;; esac
has npm || need npm
for package in $python_packages $cpp_packages $script_packages $broker_packages; do
  [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || need "$package"
done
case $(dpkg-query -W -f '${Status}, ' 'libboost1.[0-9][0-9]-dev' 2>/dev/null) in
*"install ok installed"*) ;;
*) boost=" libboost-dev" ;;
esac

# The newest Boost that is known: the package without a number may be years older.
newest_boost() {
  newest=$(apt-cache pkgnames libboost1. 2>/dev/null | grep -E '^libboost1\.[0-9]+-dev$' | sort -V | tail -n 1)
  echo "${newest:-libboost-dev}"
}

if [ -n "$packages$boost" ]; then
  echo "Installing$packages$boost"
  apt update -qq || echo "apt-get update failed, the packages that are known are tried: $(reason)" >&2
  [ -z "$boost" ] || packages="$packages $(newest_boost)"
  # shellcheck disable=SC2086 -- each is a word
  if ! apt install -y --no-install-recommends $packages; then
    # One that is not there keeps all others away.
    for package in $packages; do
      apt install -y --no-install-recommends "$package" || cannot "$package" "$(reason)"
    done
  fi
fi

if ! has bun; then
  echo "Installing bun"
  if ! has npm; then
    cannot bun "there is no npm"
  else
    modules=$(npm root --global)
    as=$root
    [ -w "$modules" ] && as=""
    # Where npm runs no install scripts, the program is not in its place yet.
    if ! $as npm install --global --no-audit --no-fund bun </dev/null >"$log" 2>&1; then
      cannot bun "$(reason)"
    elif ! bun --version >/dev/null 2>&1 &&
      ! (cd "$modules/bun" && $as node install.js && bun --version) >"$log" 2>&1; then
      cannot bun "$(reason)"
    fi
  fi
fi

[ "$failed" -eq 0 ] && echo "Everything is there."
exit "$failed"
