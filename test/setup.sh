#!/usr/bin/env bash
# Installs what the tests need from Debian, if it is missing: a PostgreSQL server, a browser, fonts for
# every script, and what reads PDF files and films. Says nothing if all is there.
set -eu

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v ffprobe >/dev/null || missing+=(ffmpeg)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
compgen -G '/usr/share/fonts/truetype/noto/NotoSansArabic*' >/dev/null || missing+=(fonts-noto-core)
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
	echo "setup: install ${missing[*]} (Debian's names) and try again" >&2
	exit 1
fi
as=()
[ "$(id -u)" -eq 0 ] || as=(sudo)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "setup: installing ${missing[*]}" >&2
if ! {
	"${as[@]}" apt-get update -q &&
		"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
} >"$log" 2>&1; then
	tail -n 30 "$log" >&2
	exit 1
fi
