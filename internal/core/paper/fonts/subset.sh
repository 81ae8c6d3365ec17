#!/bin/sh
# Makes the embedded fonts again from Debian 12's fonts-noto-core (20201225-1); needs Debian's package fonttools (4.38.0).
set -eu
cd "$(dirname "$0")"
from=${1:-/usr/share/fonts/truetype/noto}
latin='U+0020-007E,U+00A0-024F,U+0259,U+02B9-02BC,U+02BE,U+02BF,U+02C6-02CB,U+02D8-02DD,U+0300-0336,U+0370-03FF'
latin="$latin,U+0400-052F,U+1E00-1EFF,U+2000-2064,U+2066-206F,U+20A0-20BF,U+2116,U+2122,U+2126,U+2190-2193,U+2212,U+2215"
latin="$latin,U+2260,U+2264,U+2265,U+25CC,U+FB00-FB04,U+FFFD"
arabic='U+0020-0022,U+0025,U+0028-003B,U+003D,U+005B,U+005D,U+00A0,U+00AB,U+00BB,U+0600-06FF,U+0750-077F,U+08A0-08FF'
arabic="$arabic,U+2000-2064,U+2066-206F,U+20A0,U+25CC,U+FB50-FBB1,U+FBD3-FBFF,U+FC5E-FC62,U+FD3E,U+FD3F,U+FDF0-FDFD,U+FE70-FEFC"
for weight in Regular Bold; do
	for font in NotoSans NotoSansArabic; do
		[ "$font" = NotoSans ] && ranges=$latin || ranges=$arabic
		pyftsubset "$from/$font-$weight.ttf" --unicodes="$ranges" --no-hinting --notdef-outline --no-recalc-timestamp \
			--name-IDs='0,1,2,3,4,5,6,7,13,14' --output-file="$font-$weight.ttf"
	done
done
