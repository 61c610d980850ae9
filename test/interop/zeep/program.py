"""Runs the interop cases with zeep: program.py WSDL BINDING USER PASSWORD. Prints a JSON line a case."""

import json
import sys

import array_cases
import error_cases
import job_cases
import page_cases
import session_cases
import text_cases
from clm import Clm
from expect import ToolkitFault

# The sessions come last: among them are those that end the others' session.
MODULES = [job_cases, page_cases, array_cases, text_cases, error_cases, session_cases]


def run(case, clm):
    try:
        case(clm)
    except ToolkitFault as fault:
        return 'toolkit', str(fault)
    except Exception as error:
        return 'fail', f'{type(error).__name__}: {error}'
    return 'pass', ''


clm = Clm(*sys.argv[1:])
for module in MODULES:
    for name, case in module.CASES.items():
        outcome, detail = run(case, clm)
        print(json.dumps({'case': name, 'outcome': outcome, 'detail': detail}), flush=True)
