#!/usr/bin/env bash
# run.sh FOLDER WSDL BINDING USER PASSWORD: the program that build.sh has compiled into FOLDER.
set -euo pipefail
exec "$1/program" "${@:2}"
