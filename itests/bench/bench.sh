#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Divan beside other peers, on this machine, in turn.   usage: itests/bench/bench.sh [options of peers/run.mjs]
# Needs a JDK 17, Node 20+ and npm. Prints one JSON line a figure: median of the runs, and every run.
# Divan runs three times: with the options docs/performance.md recommends for short runs; the same without syncing each commit; with the JVM's defaults.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
./mvnw -q -B -ntp package -DskipTests -pl itests/bench -am >&2
cd "$here/peers"
if [ ! -d node_modules ]; then
  npm install --no-audit --no-fund >&2
  npm rebuild >&2
fi
role="-cp '$here/target/classes:$here/target/lib/*' dev.divan.bench.Role"
common="-XX:+UseSerialGC -Xmx512m"
short="-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.05"
exec node run.mjs \
  --peer "divan=exec java $common $short $role" \
  --peer "divan-periodic=exec java $common $short -Ddivan.durability=PERIODIC $role" \
  --peer "divan-default-jit=exec java $common $role" "$@"
