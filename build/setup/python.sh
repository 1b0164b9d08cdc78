#!/usr/bin/env bash
# A Python of our own in .tools/python with the SMTP server that the mail tests talk to.
source "$(dirname "$0")/../lib.sh"

REQUIREMENTS=end2end/smtp/requirements.txt
STAMP=.tools/python/installed

venv_with_packages() {
    python3 -m venv .tools/python &&
        .tools/python/bin/python -m pip install --quiet --disable-pip-version-check -r "$REQUIREMENTS"
}

if newer_than "$STAMP" "$REQUIREMENTS" || ! .tools/python/bin/python -c 'import aiosmtpd' 2>/dev/null; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install "Python 3 with venv" python3 python3-venv
    rm -rf .tools/python
    step "Making a Python environment with aiosmtpd (seconds)" venv_with_packages
    touch "$STAMP"
fi
