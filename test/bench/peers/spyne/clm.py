"""listPersistentIDStatusByGroup by spyne: the records of CLM_ROWS, `memory` or a MariaDB's URL. A WSGI application."""

import os
from datetime import datetime, timedelta, timezone
from urllib.parse import unquote, urlparse

from spyne import Application, ComplexModel, DateTime, Integer32, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

NAMESPACE = 'http://clm.cisco.com'
MEMORY_ROWS = 1000
OF_GROUP = 'FROM records WHERE group_id = (SELECT id FROM job_groups WHERE name = %s)'
ITEMS = f"""SELECT CONCAT(group_id, '-', group_pos), job_id, target, error_code, error_message, username, created
  {OF_GROUP} ORDER BY group_pos LIMIT %s OFFSET %s"""
TOTAL = f'SELECT COUNT(*) {OF_GROUP}'
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

# What may be absent is there all the same, with xsi:nil.
Text = Unicode(min_occurs=1)
Number = Integer32(min_occurs=1)


class UserToken(ComplexModel):
    __namespace__ = NAMESPACE
    token = Unicode


class Pagination(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [('offset', Number), ('max', Number)]


class Status(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [('errorCode', Number), ('errorMessage', Text)]


class PersistentIDStatus(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [
        ('recordId', Text),
        ('jobId', Text),
        ('jobGroup', Text),
        ('id', Text),
        ('errorCode', Number),
        ('errorMessage', Text),
        ('username', Text),
        ('created', DateTime(min_occurs=1)),
        ('status', Status.customize(min_occurs=1)),
    ]


class ArrayOfPersistentIDStatus(ComplexModel):
    __namespace__ = NAMESPACE
    item = PersistentIDStatus.customize(max_occurs='unbounded')


class PersistentIDStatusPagingInfo(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [
        ('status', Status),
        ('pagination', Pagination),
        ('total', Number),
        ('items', ArrayOfPersistentIDStatus),
    ]


def memory_page():
    rows = [
        (f'1-{index}', f'bench-{index // 1000}', f'device-{index}', index % 3,
         None if index % 3 == 0 else f'no answer from 10.0.{index % 250}.1', 'admin', 1700000000000 + index * 37)
        for index in range(MEMORY_ROWS)
    ]
    return lambda group, offset, most: (len(rows), rows[offset:offset + most])


def database_page(url):
    """One connection, kept: each worker of a WSGI server has this to itself."""
    import MySQLdb

    at = urlparse(url)
    connection = MySQLdb.connect(
        host=at.hostname, port=at.port or 3306, user=unquote(at.username), passwd=unquote(at.password or ''),
        db=at.path.strip('/'), charset='utf8mb4', autocommit=True,
    )

    def page(group, offset, most):
        with connection.cursor() as cursor:
            cursor.execute(ITEMS, (group, most, offset))
            rows = cursor.fetchall()
            cursor.execute(TOTAL, (group,))
            return cursor.fetchone()[0], rows

    return page


rows_of = os.environ['CLM_ROWS']
read_page = memory_page() if rows_of == 'memory' else database_page(rows_of)


class Clm(ServiceBase):
    @rpc(UserToken, Unicode, Pagination, _returns=PersistentIDStatusPagingInfo,
         _args=['token', 'jobGroup', 'pageinfo'], _out_variable_name='listPersistentIDStatusByGroupResult')
    def listPersistentIDStatusByGroup(ctx, token, jobGroup, pageinfo):
        total, rows = read_page(jobGroup, pageinfo.offset, pageinfo.max)
        items = [
            PersistentIDStatus(
                recordId=record_id, jobId=job_id, jobGroup=jobGroup, id=target, errorCode=error_code,
                errorMessage=message, username=username, created=EPOCH + timedelta(milliseconds=created), status=None,
            )
            for record_id, job_id, target, error_code, message, username, created in rows
        ]
        return PersistentIDStatusPagingInfo(
            status=Status(errorCode=0, errorMessage=None), pagination=pageinfo, total=total,
            items=ArrayOfPersistentIDStatus(item=items),
        )


soap = Application([Clm], NAMESPACE, in_protocol=Soap11(validator='lxml'), out_protocol=Soap11())
application = WsgiApplication(soap)
