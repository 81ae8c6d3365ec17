#!/usr/bin/env bash
# Measures when a page shows what matters (largest contentful paint) on Lighthouse's default phone: the
# library, and a screen of a lesson, of the demonstration. Fails above the budget. Needs npm and chromium.
set -euo pipefail

lighthouse=12.8.2 # the last line of versions that node 20 runs
budget=1200       # ms
pages=(/ /learn/speaking-at-work/1)

cd "$(dirname "$0")/../.."
tool=bin/lighthouse-$lighthouse
work=$(mktemp -d)
server=
end() {
	if [ -n "$server" ]; then
		kill "$server" && wait "$server" || true
	fi
	rm -rf "$work"
}
trap end EXIT

if [ ! -x "$tool/node_modules/.bin/lighthouse" ]; then
	npm install --prefix "$tool" --no-fund --no-audit --loglevel error "lighthouse@$lighthouse" >/dev/null
fi
go build -o "$work/tremplin" ./cmd/tremplin
"$work/tremplin" demo --data "$work/data" --addr 127.0.0.1:0 2>"$work/said" &
server=$!
base=
for _ in $(seq 600); do
	base=$(sed -n 's/^Tremplin: //p' "$work/said")
	[ -z "$base" ] || break
	read -rt 0.2 <> <(:) || true # waits without a process
done
[ -n "$base" ] || {
	cat "$work/said" >&2
	exit 1
}

failed=0
for page in "${pages[@]}"; do
	CHROME_PATH=${CHROME_PATH:-$(command -v chromium)} "$tool/node_modules/.bin/lighthouse" "$base$page" \
		--quiet --only-categories=performance --output=json --output-path="$work/report.json" \
		--chrome-flags="--headless --no-sandbox --disable-quic --disable-gpu --disable-dev-shm-usage"
	node - "$work/report.json" "$page" "$budget" <<'JS' || failed=1
const [report, page, budget] = process.argv.slice(2);
const { audits } = JSON.parse(require('fs').readFileSync(report));
const ms = (id) => Math.round(audits[id].numericValue);
const lcp = ms('largest-contentful-paint');
console.log(`${page}: LCP ${lcp} ms (FCP ${ms('first-contentful-paint')}, server ${ms('server-response-time')}, ` +
	`${Math.round(audits['total-byte-weight'].numericValue / 1000)} kB), budget ${budget}`);
process.exit(lcp > Number(budget) ? 1 : 0);
JS
done
exit $failed
