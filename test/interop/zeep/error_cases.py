from expect import fault, same


def bad_token(clm):
    status = clm.port.killAsyncOperation(token=unknown_token(), job_id='x')
    same('errorCode', status.errorCode, 10)
    same('errorMessage', status.errorMessage.split(':')[0], 'INVALID_TOKEN')


def fault_bad_token(clm):
    def call():
        return clm.port.getAsyncOperationJobRecords(token=unknown_token(), job_id='x')

    fault(clm, 'Server.userException', '[10] INVALID_TOKEN', call)


def fault_wrong_password(clm):
    fault(clm, 'Server.userException', '[12] LOGIN_FAILED', lambda: clm.login('wrong'))


def fault_unknown_program(clm):
    fault(clm, 'Server.userException', '[23] PROGRAM_NOT_FOUND', lambda: clm.start('no-such-program'))


def fault_wrong_type(clm):
    clm.spoiler.spoil = ('max', 'many')
    fault(clm, 'Client', 'pageinfo/max', lambda: clm.page('page-one', 0, 1))


def unknown_token():
    return {'token': 'never-given', 'username': None, 'timeout': 0, 'sslEnabled': False}


CASES = {
    'bad-token': bad_token,
    'fault-bad-token': fault_bad_token,
    'fault-wrong-password': fault_wrong_password,
    'fault-unknown-program': fault_unknown_program,
    'fault-wrong-type': fault_wrong_type,
}
