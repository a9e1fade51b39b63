# Read by the scripts of this folder: how they speak. Each step is one short line with the seconds since the start.
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
: "${KOKEMUS_STARTED:=$(date +%s)}"
export KOKEMUS_STARTED

# The pinned Node and npm come first wherever they have been fetched; npm leaves nothing outside of build/.
export PATH="$root/build/fetch/node/bin:$PATH"
export npm_config_cache="$root/build/fetch/npm-cache" npm_config_update_notifier=false

say() {
    printf '[%4d s] %s\n' "$(($(date +%s) - KOKEMUS_STARTED))" "$*"
}

# Says what is wrong and what to do, and ends.
fail() {
    {
        printf '\n%s\n' "$1"
        shift
        local line
        for line in "$@"; do printf '  %s\n' "$line"; done
    } >&2
    exit 1
}

# quietly LOG COMMAND...: keeps the output in build/logs/LOG and shows its end only when the command fails.
quietly() {
    local log=build/logs/$1 status=0
    shift
    mkdir -p build/logs
    "$@" >"$log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log" >&2
        echo "(the whole output: $log)" >&2
    fi
    return "$status"
}

# Changes when any of the given files or folders changes (names and contents).
fingerprint() {
    find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/test-results/*' \
        -not -path '*/e2e/*' -not -path '*/test/*' -not -name '*.test.*' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# done_already NAME PRINT: whether the step was finished with the same input; finish_step writes it down.
done_already() {
    [ -f "build/stamps/$1" ] && [ "$(cat "build/stamps/$1")" = "$2" ]
}

finish_step() {
    mkdir -p build/stamps
    printf '%s' "$2" >"build/stamps/$1"
}
