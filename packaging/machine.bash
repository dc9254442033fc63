# shellcheck shell=bash
# What packaging/demo and tests/run ask of a machine: packages, Rust, a build folder, a virtual display, and lines
# that say how far a long step has come. Sourced, never run; `root` is the checkout.
root=${root:?}

# Bevy opens these at run time; nothing of them is needed to compile.
# shellcheck disable=SC2034  # read by the scripts that source this file
packages_to_draw=(libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6 libwayland-client0)
# shellcheck disable=SC2034
packages_to_play_films=(gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-base-apps
  gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav)
# shellcheck disable=SC2034
packages_to_browse=(chromium chromium-driver)
# shellcheck disable=SC2034
packages_to_build=(ca-certificates gcc libc6-dev)

rust_wanted=1.95

say() { printf '%s\n' "$*"; }
detail() { printf '      %s\n' "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# minutes_seconds SECONDS -> 3:07
minutes_seconds() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# Children end with the script, whatever ends it: each start is noted here with its process id.
children=()
scratch=
end_children() {
  local status=$? child
  trap - EXIT
  for child in "${children[@]}"; do kill "$child" 2>/dev/null; done
  for child in "${children[@]}"; do wait "$child" 2>/dev/null; done
  [[ -z $scratch ]] || rm -rf "$scratch"
  exit "$status"
}
prepare_ending() {
  scratch=$(mktemp -d)
  trap end_children EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# watched TOTAL COMMAND...: runs a long command and says every 15 seconds how far it is. With a TOTAL above 0 the
# lines on which cargo names a crate are counted against it. On a terminal cargo draws its own bar.
watched() {
  local total=$1 log child began=$SECONDS next=15 crates=0 status=0
  shift
  if [[ -t 1 && -t 2 && $total -gt 0 ]]; then
    "$@"
    return
  fi
  log=$(mktemp -p "$scratch")
  "$@" >"$log" 2>&1 &
  child=$!
  children+=("$child")
  while kill -0 "$child" 2>/dev/null; do
    sleep 1
    ((SECONDS - began < next)) && continue
    next=$((SECONDS - began + 15))
    if ((total > 0)); then
      crates=$(grep -cE '^ *(Compiling|Checking) ' "$log")
      detail "$(minutes_seconds $((SECONDS - began))), $crates of at most $total crates"
    else
      detail "$(minutes_seconds $((SECONDS - began))), still at it"
    fi
  done
  wait "$child" || status=$?
  unset 'children[-1]'
  if ((status != 0)); then
    grep -vE '^ *(Compiling|Checking|Downloaded|Downloading|Updating) ' "$log" | tail -n 200 >&2
  fi
  return "$status"
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

install_packages() {
  local apt=(apt-get -y -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3)
  as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" update &&
    as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends "$@"
}

# want_packages NAME...: installs those that are missing, and says which.
want_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    detail "not Debian or Ubuntu: please see to it that these are there: $*"
    return 0
  fi
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | head -n 1) == installed ]] ||
      missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    detail "all $# are there"
    return 0
  fi
  if [[ $(id -u) -ne 0 ]] && ! command -v sudo >/dev/null; then
    fail "packages are missing and there is no sudo; as root: apt-get install ${missing[*]}"
  fi
  if [[ $(id -u) -ne 0 && -t 0 ]]; then sudo -v || return 1; fi
  detail "installing ${#missing[@]} of $#: ${missing[*]}"
  watched 0 install_packages "${missing[@]}"
}

# Finds cargo, also where rustup puts it without telling the shell, and checks its age.
want_rust() {
  local found
  command -v cargo >/dev/null || PATH="${CARGO_HOME:-${HOME:-/root}/.cargo}/bin:$PATH"
  if ! command -v cargo >/dev/null; then
    say "There is no Rust on this machine; Parvis needs $rust_wanted or newer. Install it from https://rustup.rs:"
    say "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal"
    say "then start this script again."
    exit 1
  fi
  found=$(cd "$root" && cargo --version | cut -d ' ' -f 2)
  if [[ $(printf '%s\n' "$rust_wanted" "$found" | sort -V | head -n 1) != "$rust_wanted" ]]; then
    say "Rust $found is too old; Parvis needs $rust_wanted or newer. With rustup:"
    say "    rustup update stable"
    exit 1
  fi
  detail "Rust $found"
}

# One build folder for demo, tests and CI, outside the checkout: what one has compiled the others need not.
choose_build_folder() {
  local folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/parvis/target
  if [[ -z ${CARGO_TARGET_DIR:-} ]] && mkdir -p "$folder" 2>/dev/null && [[ -w $folder ]]; then
    export CARGO_TARGET_DIR=$folder
  fi
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
  detail "building in $CARGO_TARGET_DIR"
}

# How many crates a build from nothing compiles, at most.
count_crates() { cargo tree --locked --prefix none --edges normal,build,dev 2>/dev/null | cut -d ' ' -f 1,2 | sort -u | wc -l; }

# start_virtual_display WIDTHxHEIGHT: an X server in memory, on the first free number; sets DISPLAY.
start_virtual_display() {
  local number='' channel=$scratch/display
  mkfifo "$channel"
  Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$channel" >"$scratch/xvfb.log" 2>&1 &
  children+=("$!")
  read -r -t 30 number <"$channel" || true
  if [[ -z $number ]]; then
    cat "$scratch/xvfb.log" >&2
    fail "the virtual display did not start"
  fi
  export DISPLAY=:$number
  unset WAYLAND_DISPLAY
}

# What Vulkan draws is drawn in software, so that every machine draws the same.
draw_in_software() {
  local drivers
  drivers=$(find /usr/share/vulkan/icd.d -name 'lvp_icd*.json' 2>/dev/null | paste -sd :)
  [[ -z $drivers ]] || export VK_DRIVER_FILES=$drivers
}
