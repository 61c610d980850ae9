from datetime import datetime

from clm import until
from expect import ToolkitFault, found, items, same, true

FOREVER = '600000'


def start(clm):
    group = clm.group('start')
    job_id = clm.start('walk', ['a', 'b', 'c'], ['0'], group)
    true('the id is a text', isinstance(job_id, str) and job_id != '')
    job = clm.job(job_id)
    same('the job', [job.jobId, job.jobGroup, job.operation, job.username], [job_id, group, 'walk', clm.user])


def start_without_group(clm):
    job_id = clm.start('walk')
    same('jobGroup', clm.job(job_id).jobGroup, job_id)


def watch(clm):
    targets = ['one', 'two', 'three']
    job_id = clm.start('walk', targets, ['40'])
    seen = []

    def ask():
        status = clm.port.getAsyncOperationStatus(token=clm.token, taskID=job_id)
        if status.errorCode == 0:
            same('targetIds', items(status.targetIds), targets)
            same('a percentage for each', len(items(status.progress)), 3)
            seen.append(status.overallPercentage)
        return status

    until('the job is not found any more', ask, lambda status: status.errorCode == 20)
    true(f'progress only grows: {seen}', seen != [] and seen == sorted(seen))
    job = clm.job(job_id)
    same('the job', [job.status, job.statusName, job.overallPercentage], [2, 'Complete', 100])
    true('completed is a time', isinstance(job.completed, datetime))


def failed_job(clm):
    job_id = clm.start('fail', arguments=['the disk is full'])
    same('errorMessage', clm.until_status(job_id, 'Failed').errorMessage, 'the disk is full')


def kill(clm):
    job_id = clm.start('walk', ['a'], [FOREVER])
    clm.until_status(job_id, 'Running')
    same('the first', clm.kill(job_id).errorCode, 0)
    same('status', clm.until_status(job_id, 'Killed').status, 4)
    same('the second', clm.kill(job_id).errorCode, 22)


def null_job(clm):
    job = clm.job('no-such-job')
    answer = clm.last_answer()
    if clm.binding == 'rpc' and job is not None:
        raise ToolkitFault(found('<[^ <]*Result [^>]*xsi:nil="true"/>', answer))
    same('the job', job, None)


def list_all(clm):
    job_id = clm.start('fail')
    clm.until_status(job_id, 'Failed')
    answer = clm.port.listAllAsyncOperationJobRecords(token=clm.token, include_all_user=False)
    same('errorCode', answer.errorCode, 0)
    true('the job is in it', job_id in [item.clmJob.jobId for item in items(answer.items)])
    same('owners', {item.clmJob.username for item in items(answer.items)}, {clm.user})


def list_running(clm):
    ended, running = clm.start('fail'), clm.start('walk', ['a'], [FOREVER])
    clm.until_status(ended, 'Failed')
    clm.until_status(running, 'Running')
    answer = clm.port.listRunningAsyncOperationJobRecords(token=clm.token, include_all_user=False)
    clm.kill(running)
    same('jobs', [item.clmJob.jobId for item in items(answer.items)], [running])


def all_users_refused(clm):
    answer = clm.port.listAllAsyncOperationJobRecords(token=clm.token, include_all_user=True)
    same('errorCode', answer.errorCode, 13)
    same('items', items(answer.items), [])


def set_comment(clm, job_id, comment):
    status = clm.port.setAsyncOperationJobComment(token=clm.token, job_id=job_id, comment=clm.nullable(comment))
    same('errorCode', status.errorCode, 0)
    return clm.job(job_id).comment


def comment(clm):
    same('comment', set_comment(clm, clm.start('fail'), 'ask José'), 'ask José')


def comment_cleared(clm):
    job_id = clm.start('fail')
    set_comment(clm, job_id, 'soon gone')
    same('comment', set_comment(clm, job_id, None), None)


def delete(clm):
    group = clm.group('delete')
    ended, running = clm.start('walk', ['a'], ['0'], group), clm.start('walk', ['a'], [FOREVER])
    clm.until_status(ended, 'Complete')
    same('records', clm.page(group, 0, -1).total, 1)
    answer = clm.port.deleteAsyncOperationJobRecords(
        token=clm.token, job_ids=clm.array_of([ended, running, 'no-such-job']),
    )
    clm.kill(running)
    same('errorCode', answer.errorCode, 0)
    same(
        'items', [(item.id, item.errorCode) for item in items(answer.items)],
        [(ended, 0), (running, 21), ('no-such-job', 20)],
    )
    # null-job shows that in rpc a null is read as a job of nothing but nulls.
    job = clm.job(ended)
    same('the job', job and job.jobId, None)
    same('records', clm.page(group, 0, -1).total, 0)


CASES = {
    'start': start,
    'start-without-group': start_without_group,
    'watch': watch,
    'failed-job': failed_job,
    'kill': kill,
    'null-job': null_job,
    # Before the cases whose killed jobs may still be running.
    'list-running': list_running,
    'list-all': list_all,
    'all-users-refused': all_users_refused,
    'comment': comment,
    'comment-cleared': comment_cleared,
    'delete': delete,
}
