from expect import same, true


def login(clm):
    token = clm.token
    true('token is a text', isinstance(token.token, str) and len(token.token) >= 43)
    same('the rest', [token.username, token.timeout, token.sslEnabled], [clm.user, 30, False])


def second_login(clm):
    first, clm.token = clm.token, clm.login(clm.password)
    same('the first', clm.port.logout(token=first).errorCode, 10)
    same('the second', clm.page('page-one', 0, 1).status.errorCode, 0)


def logout(clm):
    same('the first', clm.port.logout(token=clm.token).errorCode, 0)
    same('the second', clm.port.logout(token=clm.token).errorCode, 10)


CASES = {'login': login, 'second-login': second_login, 'logout': logout}
