#!/bin/sh
# Installs the Debian packages listed in debian-packages.txt, or in another list beside it, that are
# missing; says what it does, and does nothing when all are there.
#   install-packages.sh [LIST]
set -eu
list=$(dirname "$0")/${1:-debian-packages.txt}
missing=
for package in $(sed 's/#.*//' "$list"); do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "panelpack needs these Debian packages, and there is no apt-get here:$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "run as root, or install these packages yourself: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "installing missing packages with ${as_root:+sudo }apt-get:$missing"
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
