# Shared by krita-host and gimp-host: what a file that runs in another program finds around it. Sourced after lib.sh, not run.

host_limit=${LATENTEDIT_HOST_LIMIT:-180} # seconds until the host is ended

# host_program FOLDER: the command latentedit in FOLDER, in this checkout and its environment. PYTHONPATH is set for it alone, so that the
# host's Python cannot import latentedit by chance; and only this folder goes on PATH, since the environment's own has a python3, which hosts
# would take for their plug-ins.
host_program() {
  [ -x "$venv/bin/latentedit" ] || { say "error: latentedit is not in $venv."; say "hint: scripts/test installs it there."; exit 4; }
  mkdir -p "$1"
  printf '#!/bin/sh\nPYTHONPATH=%q:%q exec %q "$@"\n' "$repository" "$repository/gui" "$venv/bin/latentedit" >"$1/latentedit"
  chmod +x "$1/latentedit"
}

# told_status FILE STATUS: the status that the file in the host ended with, else the host's own, which must not pass for success.
told_status() {
  [ -s "$1" ] && { cat "$1"; return; }
  [ "$2" = 124 ] && say "error: the host was ended after $host_limit s (LATENTEDIT_HOST_LIMIT)."
  [ "$2" = 0 ] && { say "error: the host ended without running the file."; echo 70; return; }
  echo "$2"
}
