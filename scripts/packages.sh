# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
# Sourced by the scripts beside it: which Debian packages each needs, and how to get them.

# docs/dependencies.md says what each is for.
KG_BUILD_PACKAGES="gcc libc6-dev cmake ninja-build pkg-config gettext
    libigraph-dev libxml2-dev libraptor2-dev libcjson-dev libsqlite3-dev libarchive-dev
    libuchardet-dev libopencc-dev libutf8proc-dev libxxhash-dev"
KG_TEST_PACKAGES="$KG_BUILD_PACKAGES libcmocka-dev g++ clang llvm git python3 sqlite3 raptor2-utils
    libxml2-utils mandoc zip zsh procps python3-rdflib python3-networkx"
KG_LINT_PACKAGES="clang clang-format clang-tidy cppcheck shellcheck dpkg-dev file git python3"

# Those of the named packages that are not installed.
kg_missing() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || echo "$package"
    done
}

kg_apt() {
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null
    elif command -v sudo >/dev/null; then
        sudo DEBIAN_FRONTEND=noninteractive apt-get -q "$@"
    else
        echo "These packages are missing and only root can install them; as root, run:" >&2
        echo "  apt-get $*" >&2
        return 1
    fi
}

# A mirror may fail for a moment: try three times.
kg_apt_retry() {
    for pause in 5 20 0; do
        kg_apt "$@" && return 0
        echo "apt-get $1 failed; trying again" >&2
        sleep "$pause"
    done
    return 1
}

# Install what is missing of the named packages; silent when nothing is.
kg_install() {
    missing=$(kg_missing "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "This script knows Debian's apt-get; please install the like of:" >&2
        echo "$missing" >&2
        return 1
    fi
    # Word splitting is meant: one argument for each package.
    # shellcheck disable=SC2086
    echo "Installing:" $missing
    kg_apt_retry update
    # shellcheck disable=SC2086
    kg_apt_retry install -y --no-install-recommends $missing
}
