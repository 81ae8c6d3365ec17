#!/usr/bin/env bash
# Measures when a page shows what matters (largest contentful paint) on Lighthouse's default phone: the
# library, and a screen of a lesson, of the demonstration; on its default network, and where a village has
# 400 kbit/s and 400 ms. Then how soon a lesson that was taken along stands without network. Prints the median
# of some runs, and fails where it is above the budget. A busy machine makes it worse. Needs npm and chromium.
set -euo pipefail

lighthouse=12.8.2 # the last that node 20 runs
runs=3
pages=(/ /learn/speaking-at-work/1)

cd "$(dirname "$0")/../.."
tool=bin/lighthouse-$lighthouse
work=$(mktemp -d)
server=
end() {
	[ -z "$server" ] || { kill "$server" && wait "$server"; } || true
	rm -rf "$work"
}
trap end EXIT

[ -x "$tool/node_modules/.bin/lighthouse" ] ||
	npm install --prefix "$tool" --no-fund --no-audit --loglevel error "lighthouse@$lighthouse" >/dev/null
go build -o "$work/tremplin" ./cmd/tremplin

# The demonstration says where it serves; this end stays open, so that it can go on speaking.
mkfifo "$work/said"
exec 3<>"$work/said"
"$work/tremplin" demo --data "$work/data" --addr 127.0.0.1:0 2>&3 &
server=$!
base=
while [ -z "$base" ]; do
	read -rt 120 line <&3 || { echo "lcp: the demonstration does not start" >&2 && exit 1; }
	case $line in
	"Tremplin: "*) base=${line#Tremplin: } ;;
	tremplin:*) echo "$line" >&2 && exit 1 ;;
	esac
done

export CHROME_PATH=${CHROME_PATH:-$(command -v chromium || command -v chromium-headless-shell)}

# visit PAGE REPORT FLAGS… loads a page once, as a phone does that was never here.
visit() {
	"$tool/node_modules/.bin/lighthouse" "$base$1" "${@:3}" \
		--quiet --only-categories=performance --output=json --output-path="$2" \
		--chrome-flags="--headless --no-sandbox --disable-quic --disable-gpu --disable-dev-shm-usage" 2>"$work/log"
}

failed=0

# measure NETWORK BUDGET FLAGS… looks at each page; the budget is in ms.
measure() {
	for page in "${pages[@]}"; do
		rm -f "$work"/*.json
		for run in $(seq "$runs"); do
			visit "$page" "$work/$run.json" "${@:3}" || visit "$page" "$work/$run.json" "${@:3}" || { # a busy browser may lose a trace
				echo "lcp: $page could not be measured" >&2
				cat "$work/log" >&2
				exit 1
			}
		done
		node test/load/lcp.js "$1 $page" "$2" "$work"/*.json || failed=1
	done
}

measure "default" 1200
measure "400 kbit/s, 400 ms" 3500 --throttling.rttMs=400 --throttling.throughputKbps=400 --throttling.requestLatencyMs=400 --throttling.downloadThroughputKbps=400
NODE_PATH=$tool/node_modules node test/load/offline.js "$base" /learn/speaking-at-work 1000 || failed=1
exit $failed
