# Shared by the scripts: a virtual environment with latentedit in it. Sourced, not run.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${LATENTEDIT_VENV:-$repository/.venv}

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
  say "error: Python 3.11 or newer was not found."
  say "hint: install it (Debian: apt-get install python3 python3-venv)."
  exit 4
}

make_venv() {
  local python
  python=$(find_python)
  # Debian splits ensurepip into python3-venv; its text about that would alarm where it is mended in the next line.
  "$python" -m venv --clear "$venv" >/dev/null 2>&1 && return
  rm -rf "$venv" # half-made: it has a python, but no pip
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing python3-venv (this may take a few minutes)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && "$python" -m venv --clear "$venv" && return
    rm -rf "$venv"
  fi
  say "error: Python cannot make a virtual environment."
  say "hint: install what it needs (Debian: apt-get install python3-venv)."
  exit 4
}

# PyPI's torch for Linux is a CUDA build of several gigabytes. A machine without an NVIDIA driver gets the CPU build, which counts as newer than
# the same version without "+cpu"; a machine with an index of its own gets what that has.
torch_index() {
  [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null || return 0
  # In a variable: grep -q at the end of a pipe may stop pip before it has written all, which counts as a failure.
  local settings
  settings=$("$venv/bin/python" -m pip config list 2>/dev/null)
  case $settings in *index-url*) return ;; esac
  printf -- '--extra-index-url https://download.pytorch.org/whl/cpu'
}

# What the wheels of Qt take from the system, by Debian's names. Desktops have it; containers and bare machines do not.
qt_packages="libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"

# need_debian PACKAGE...: install what is missing of these where that can be done, else say what to install.
need_debian() {
  local package missing=()
  for package in "$@"; do
    # An error of dpkg-query is a package that is not known: on another system than Debian, all of them.
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      *" installed") ;;
      *) missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} != 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing ${missing[*]} (this may take a few minutes)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && return
  fi
  say "error: libraries or programs of the system are missing."
  say "hint: install them (Debian: apt-get install ${missing[*]})."
  exit 4
}

qt_starts() { "$venv/bin/python" -c "import PyQt6.QtWidgets, PyQt6.QtSvg" >/dev/null 2>&1; }

# Without these libraries PyQt6 cannot even be imported.
need_qt() {
  qt_starts && return
  # shellcheck disable=SC2086 # several words
  need_debian $qt_packages
  qt_starts && return
  say "error: PyQt6 cannot be imported."
  "$venv/bin/python" -c "import PyQt6.QtWidgets, PyQt6.QtSvg" 2>&1 | tail -n 1 >&2
  say "hint: install the library that it misses."
  exit 4
}

# prepare EXTRAS: the environment with latentedit[EXTRAS], made again only when pyproject.toml or constraints.txt change.
prepare() {
  local extras=$1 stamp
  stamp="$extras $(cat "$repository/pyproject.toml" "$repository/constraints.txt" | cksum)"
  if [ "$(cat "$venv/.latentedit-$extras" 2>/dev/null)" != "$stamp" ]; then
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
    say "installing latentedit into $venv (the first time takes a few minutes)"
    # shellcheck disable=SC2046 # two words, or none
    "$venv/bin/python" -m pip install --quiet $(torch_index) --disable-pip-version-check \
      -c "$repository/constraints.txt" -e "$repository[$extras]"
    case ,$extras, in *,dev,* | *,gui,*) need_qt ;; esac
    printf '%s' "$stamp" >"$venv/.latentedit-$extras"
  fi
}

# start_screen: an X server of its own, whose number goes into DISPLAY; "$screen_server" is for the caller's trap to end.
start_screen() {
  command -v Xvfb >/dev/null || { say "error: Xvfb was not found."; say "hint: install it (Debian: apt-get install xvfb)."; exit 4; }
  local number
  number=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1920x1200x24 -nolisten tcp >/dev/null 2>&1 3>"$number" &
  screen_server=$!
  for _ in $(seq 100); do
    [ -s "$number" ] && break
    sleep 0.1
  done
  DISPLAY=:$(cat "$number")
  rm -f "$number"
  [ "$DISPLAY" != : ] || { say "error: Xvfb did not start."; exit 4; }
  export DISPLAY
}
