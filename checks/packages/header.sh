#!/bin/sh
# wsmark @VERSION@ for @TARGET@ as one file: Deno, the sources and their packages follow this script, which unpacks them
# into the user's cache at the first start.
set -eu
case ${XDG_CACHE_HOME:-} in
  /*) cache=$XDG_CACHE_HOME ;;
  *) cache=${HOME:?wsmark needs a folder for its cache: set HOME or XDG_CACHE_HOME}/.cache ;;
esac
at=$cache/wsmark/executable/@VERSION@-@DIGEST@
if [ ! -d "$at" ]; then
  new=$at.$$
  trap 'rm -rf "$new"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  mkdir -p "$new"
  # Not in a pipeline from tail alone: sh would not see that it fails.
  tail -n +@LINES@ "$0" | gzip -dc | tar -xf - -C "$new" && [ -x "$new/deno" ] ||
    { echo "error: wsmark cannot be unpacked into $new: is the disk full, or the file cut?" >&2; exit 1; }
  [ -d "$at" ] || mv "$new" "$at"
  rm -rf "$new"
  trap - EXIT INT TERM HUP
fi
# Deno looks for packages in its own cache: those that are not there yet are laid into it.
case $(uname) in
  Darwin) deno_dir=${DENO_DIR:-$HOME/Library/Caches/deno} ;;
  *) deno_dir=${DENO_DIR:-$cache/deno} ;;
esac
if [ ! -e "$deno_dir/.wsmark-@DIGEST@" ]; then
  mkdir -p "$deno_dir"
  # Links where they can be; some versions of cp fail if they leave out what is there.
  cp -Rln "$at/deno_dir/." "$deno_dir" 2>/dev/null || cp -Rn "$at/deno_dir/." "$deno_dir" 2>/dev/null || :
  : >"$deno_dir/.wsmark-@DIGEST@"
fi
WSMARK_PROGRAM=$0 DENO_NO_UPDATE_CHECK=1 exec "$at/deno" run --quiet --allow-all "$at/program/cli/wsmark.ts" "$@"
