#!/bin/sh
# Sets the project up, then becomes the server (main) or the command line (cli): nothing stays between it and its signals.
entry=$1
shift
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
first=$root/.runtime/node/bin/node
[ -x "$first" ] || first=node
if ! command -v "$first" >/dev/null 2>&1; then
  echo 'Terroir : installez Node 18 ou plus récent. / Install Node 18 or newer.' >&2
  exit 127
fi
node=$("$first" "$root/scripts/setup/ready.mjs" </dev/null) || exit 1
exec "$node" --enable-source-maps "$root/dist/$entry.js" "$@"
