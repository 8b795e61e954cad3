#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Divan beside other peers, on this machine, in turn.   usage: itests/bench/bench.sh [options of peers/run.mjs]
# Needs a JDK 17, Node 20+ and npm. Prints one JSON line a figure: median of the runs, and every run.
# JAVA_OPTIONS are given to Divan's processes; see docs/performance.md for those we measure with.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
./mvnw -q -B -ntp package -DskipTests -pl itests/bench -am >&2
cd "$here/peers"
if [ ! -d node_modules ]; then
  npm install --no-audit --no-fund >&2
  npm rebuild >&2
fi
exec node run.mjs --peer "divan=exec java ${JAVA_OPTIONS:--XX:+UseSerialGC -Xmx512m} -cp '$here/target/classes:$here/target/lib/*' dev.divan.bench.Role" "$@"
