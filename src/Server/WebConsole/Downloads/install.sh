#!/bin/sh
# Installs the command line `gatehouse` from this server, and upgrades it when it is run again:
#
#   curl -fsSL @server@/install.sh | sh
#
# It downloads one program, compares it with the SHA-256 below, tries it, and puts it into ~/.local/bin, or into
# $GATEHOUSE_BIN. It changes nothing else, and nothing at all when something is wrong.
set -eu

server='@server@'

# A line for each program of this server: the system it is for, its file, its SHA-256.
programs='@programs@'

fail() {
    printf 'install.sh: %s\n' "$@" >&2
    exit 1
}

# The system as .NET names it, such as linux-x64.
this_system() {
    case $(uname -s) in
        Linux) if getconf GNU_LIBC_VERSION >/dev/null 2>&1; then system=linux; else system=linux-musl; fi ;;
        Darwin) system=osx ;;
        *) system=$(uname -s) ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) printf '%s-x64' "$system" ;;
        aarch64 | arm64) printf '%s-arm64' "$system" ;;
        *) printf '%s-%s' "$system" "$(uname -m)" ;;
    esac
}

download() {
    if command -v curl >/dev/null; then
        curl -fsSL --output "$2" "$1"
    elif command -v wget >/dev/null; then
        wget -q -O "$2" "$1"
    else
        fail 'This needs curl or wget.'
    fi
}

sum_of() {
    if command -v sha256sum >/dev/null; then
        sha256sum <"$1" | cut -c 1-64
    elif command -v shasum >/dev/null; then
        shasum -a 256 <"$1" | cut -c 1-64
    elif command -v openssl >/dev/null; then
        openssl dgst -sha256 -r <"$1" | cut -c 1-64
    else
        fail 'This needs sha256sum, shasum or openssl, to compare what was downloaded.'
    fi
}

# Everything happens in here: a script that was cut off on its way does nothing.
main() {
    system=$(this_system)
    bin=${GATEHOUSE_BIN:-${HOME:?}/.local/bin}
    found=$(printf '%s\n' "$programs" | grep "^$system ") \
        || fail "This server has no program for $system." "What it has is on $server/docs/cli"
    sum=${found##* } file=${found#* }
    file=${file% *}

    mkdir -p "$bin"
    fresh=$(mktemp "$bin/.gatehouse.XXXXXX")
    trap 'rm -f "$fresh"' EXIT
    trap 'exit 130' HUP INT TERM
    printf 'Downloading %s from %s\n' "$file" "$server"
    download "$server/cli/$file" "$fresh" || fail 'The download failed. Nothing was installed.'
    [ "$(sum_of "$fresh")" = "$sum" ] \
        || fail 'What came is not what this server announced (its SHA-256 differs). Nothing was installed.'
    chmod 755 "$fresh"
    version=$("$fresh" version) || fail 'The program does not run on this machine. Nothing was installed.'
    mv -f "$fresh" "$bin/gatehouse"

    printf 'gatehouse %s is installed: %s\n' "$version" "$bin/gatehouse"
    case :$PATH: in
        *":$bin:"*) ;;
        *) printf "Its folder is not on your PATH yet. This line puts it there:\n  export PATH=\"%s:\$PATH\"\n" "$bin" ;;
    esac
    printf 'Next, without an account:  gatehouse signup --host %s\n' "$server"
    printf 'Next, with one:            gatehouse login --host %s\n' "$server"
}

main
