#!/usr/bin/env bash
# The virtual environment, from the hash-pinned lock; wheels only, so that nothing is compiled here.
set -euo pipefail
cd "$(dirname "$0")/.."

refuse() { echo "setup: $1" >&2; exit 1; }

python=""
for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$name; break; fi
done
[ -n "$python" ] || refuse "Python 3.11 or newer is needed (set PYTHON=/path/to/python3.12 if it has another name)."

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian and Ubuntu keep these two modules in a package of their own.
    package=$("$python" -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "  $package …"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null
    else
        refuse "Python's venv module is missing; install it first: sudo apt install $package"
    fi
fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    echo "  virtual environment …"
    "$python" -m venv --clear .venv
fi
echo "  libraries …"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
.venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
