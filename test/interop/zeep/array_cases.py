from expect import items, same


def of(count):
    """Deletes unknown jobs: the answer has an item for each job id that arrived, in order."""

    def case(clm):
        ids = [f'no-such-job-{number}' for number in range(count)]
        answer = clm.port.deleteAsyncOperationJobRecords(token=clm.token, job_ids=clm.array_of(ids))
        same('errorCode', answer.errorCode, 0)
        same('items', [(item.id, item.errorCode) for item in items(answer.items)], [(id, 20) for id in ids])

    return case


CASES = {'array-0': of(0), 'array-1': of(1), 'array-3': of(3)}
