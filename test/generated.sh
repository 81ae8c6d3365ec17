#!/usr/bin/env bash
# Fails if a templ page and its generated Go differ, or if generated Go has lost its page. It generates
# into a temporary folder, so that a check changes nothing.
set -eu
cd "$(dirname "$0")/.."

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
find . -name '*.templ' -not -path './.*' -not -path '*/node_modules/*' -print0 | tar -cf - --null -T - | tar -xf - -C "$fresh"
go tool templ generate -path "$fresh" -log-level error

wrong=0
for f in $( (find . -name '*_templ.go' -not -path './.*'; cd "$fresh" && find . -name '*_templ.go') | sort -u); do
	if ! cmp -s "$f" "$fresh/$f"; then
		echo "${f#./}: not what its page generates: make generate" >&2
		wrong=1
	fi
done
exit $wrong
