"""What the cases check with."""

import re

from zeep.exceptions import Fault


class ToolkitFault(Exception):
    """The gateway was right, as the quoted bytes show; the toolkit was not."""


def same(what, actual, expected):
    if actual != expected:
        raise AssertionError(f'{what} is {actual!r:.200}, not {expected!r:.200}')


def true(what, value):
    if not value:
        raise AssertionError(f'not so: {what}')


def found(pattern, answer):
    """What the pattern finds in the answer, which must have it."""
    match = re.search(pattern, answer)
    true(f'{pattern} is in {answer}', match)
    return match.group()


def items(array):
    """The items of an array. In rpc it is one. Else zeep reads an empty one as null: page-none shows it, with the bytes."""
    if isinstance(array, list):
        return array
    return array.item if array else []


def fault(clm, kind, text, call):
    """`call` is answered by a fault: kind 'Client' or 'Server.userException', text within its message."""
    try:
        answer = call()
    except Fault as error:
        if clm.binding == 'soap12':
            same('Code', error.code.split(':')[-1], 'Sender' if kind == 'Client' else 'Receiver')
            same('Subcode', [code.localname for code in error.subcodes], [] if kind == 'Client' else [kind])
        else:
            same('faultcode', error.code.split(':')[-1], kind)
        true(f'{text!r} in {error.message!r}', text in error.message)
        same('detail', error.detail, None)
        return
    raise AssertionError(f'no fault but {answer!r:.200}')
