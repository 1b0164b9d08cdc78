#!/bin/sh
# Drives a running stand-in with PyPI stripe==16.0.1. Usage: run.sh STRIPE_URL KEY CONTROL_TOKEN
set -eu
cd "$(dirname "$0")"
if ! [ -f .venv/.ready ] || [ requirements.txt -nt .venv/.ready ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
  touch .venv/.ready
fi
exec .venv/bin/python drive.py "$@"
