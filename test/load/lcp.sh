#!/usr/bin/env bash
# Measures when a page shows what matters (largest contentful paint) on Lighthouse's default phone: the
# library, and a screen of a lesson, of the demonstration. Prints the median of some runs, and fails where
# it is above the budget. A busy machine makes it worse. Needs npm and chromium.
set -euo pipefail

lighthouse=12.8.2 # the last that node 20 runs
budget=1200       # ms
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

# visit PAGE REPORT loads a page once, as a phone does that was never here.
visit() {
	CHROME_PATH=${CHROME_PATH:-$(command -v chromium)} "$tool/node_modules/.bin/lighthouse" "$base$1" \
		--quiet --only-categories=performance --output=json --output-path="$2" \
		--chrome-flags="--headless --no-sandbox --disable-quic --disable-gpu --disable-dev-shm-usage" 2>"$work/log"
}

failed=0
for page in "${pages[@]}"; do
	rm -f "$work"/*.json
	for run in $(seq "$runs"); do
		visit "$page" "$work/$run.json" || visit "$page" "$work/$run.json" || { # a busy browser may lose a trace
			echo "lcp: $page could not be measured" >&2
			cat "$work/log" >&2
			exit 1
		}
	done
	node test/load/lcp.js "$page" "$budget" "$work"/*.json || failed=1
done
exit $failed
