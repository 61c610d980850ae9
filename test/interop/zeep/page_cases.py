from datetime import datetime, timedelta, timezone

from expect import ToolkitFault, found, items, same, true


def targets(first, count):
    return [f'target-{number}' for number in range(first, first + count)]


def page_of(clm, group, offset, max, total, expected):
    """Checks one whole page."""
    page = clm.page(group, offset, max)
    same('status', [page.status.errorCode, page.status.errorMessage], [0, None])
    same('pagination', [page.pagination.offset, page.pagination.max], [offset, max])
    same('total', page.total, total)
    same('targets', [item.id for item in items(page.items)], expected)
    return page


def page_none(clm):
    page = page_of(clm, clm.group('nothing'), 0, 100, 0, [])
    answer = clm.last_answer()
    sent = found('<items[^>]*/>', answer)
    if page.items is None:
        raise ToolkitFault(sent)


def page_one(clm):
    [record] = items(page_of(clm, 'page-one', 0, 100, 1, targets(1, 1)).items)
    same(
        'the record', [record.jobId, record.jobGroup, record.errorCode, record.errorMessage, record.username],
        ['job-of-page-one', 'page-one', 1, 'message 1', 'interop'],
    )


def page_three(clm):
    page_of(clm, 'page-three', 0, 100, 3, targets(1, 3))


def page_250(clm):
    page_of(clm, 'page-250', 0, 100, 250, targets(1, 100))
    page_of(clm, 'page-250', 100, 100, 250, targets(101, 100))
    page_of(clm, 'page-250', 200, 100, 250, targets(201, 50))


def page_past_end(clm):
    page_of(clm, 'page-three', 3, 100, 3, [])


def page_max_0(clm):
    page_of(clm, 'page-three', 0, 0, 3, [])


def page_all(clm):
    page_of(clm, 'page-250', 0, -1, 250, targets(1, 250))


def invalid_pagination(clm):
    page = clm.page('page-three', -1, 10)
    same('errorCode', page.status.errorCode, 30)
    same('pagination', [page.pagination.offset, page.pagination.max], [-1, 10])
    same('items', items(page.items), [])


def add(clm):
    group = clm.group('add')
    added = clm.add(group, 'switch-1', 'no answer')
    true('recordId is a text', isinstance(added.recordId, str) and added.recordId != '')
    same(
        'the record', [added.jobId, added.jobGroup, added.id, added.errorCode, added.errorMessage, added.username],
        [group, group, 'switch-1', 7, 'no answer', clm.user],
    )
    same('its status', [added.status.errorCode, added.status.errorMessage], [0, None])
    [listed] = items(clm.page(group, 0, 10).items)
    same('listed', [listed.recordId, listed.created], [added.recordId, added.created])


def date_time(clm):
    long_ago = datetime(1999, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    created = clm.add(clm.group('date-time'), 'a', None, created=long_ago).created
    now = datetime.now(timezone.utc)
    true(f'{created} has an offset of zero', created.utcoffset() == timedelta(0))
    true(f'{created} is near {now}', abs(created - now) < timedelta(minutes=1))


CASES = {
    'page-none': page_none,
    'page-one': page_one,
    'page-three': page_three,
    'page-250': page_250,
    'page-past-end': page_past_end,
    'page-max-0': page_max_0,
    'page-all': page_all,
    'invalid-pagination': invalid_pagination,
    'add': add,
    'date-time': date_time,
}
