"""A zeep client of the gateway, made from its WSDL, and the calls that several cases need."""

import time

from lxml import etree
from zeep import Client, Plugin, xsd
from zeep.plugins import HistoryPlugin

from encoding_schema import TransportWithSchema

PORTS = {'soap11': 'LicenseManager', 'soap12': 'LicenseManager12', 'rpc': 'LicenseManager'}
PATIENCE_SECONDS = 15


class Spoiler(Plugin):
    """Puts a wrong text into the next request: zeep itself would not let it out."""

    def __init__(self):
        self.spoil = None

    def egress(self, envelope, http_headers, operation, binding_options):
        if self.spoil:
            name, text = self.spoil
            envelope.find(f'.//{{*}}{name}').text = text
            self.spoil = None
        return envelope, http_headers


class Clm:
    def __init__(self, wsdl, binding, user, password):
        self.binding, self.user, self.password = binding, user, password
        self.history, self.spoiler = HistoryPlugin(maxlen=1), Spoiler()
        client = Client(wsdl, transport=TransportWithSchema(), plugins=[self.spoiler, self.history])
        self.array_type = client.get_type('{http://clm.cisco.com}ArrayOfString')
        self.port = client.bind('LicenseManagerService', PORTS[binding])
        self.token = self.login(password)

    def login(self, password):
        return self.port.login(
            user=self.user, password=password, server_host='clm.example', port=8080, idle_timeout=30,
            eula={'accepted': True},
        )

    def group(self, name):
        """A job group that no other program uses."""
        return f'{self.user}-{name}'

    def array_of(self, texts):
        if self.binding != 'rpc':
            return {'item': list(texts)}
        item = xsd.Element('item', xsd.String())
        return self.array_type([xsd.AnyObject(item, text) for text in texts])

    def nullable(self, value):
        """The WSDL cannot say of an rpc parameter that it may be nil, so zeep must be told."""
        return xsd.Nil if value is None and self.binding == 'rpc' else value

    def start(self, program, targets=(), arguments=(), group=None):
        return self.port.asyncExecuteProgram(
            token=self.token, jobGroup=self.nullable(group), programName=program,
            targetIds=self.array_of(targets), arguments=self.array_of(arguments),
        )

    def job(self, job_id):
        return self.port.getAsyncOperationJobRecords(token=self.token, job_id=job_id)

    def kill(self, job_id):
        return self.port.killAsyncOperation(token=self.token, job_id=job_id)

    def add(self, group, target, message, created=None):
        record = {
            'recordId': None, 'jobId': group, 'jobGroup': group, 'id': target, 'errorCode': 7,
            'errorMessage': message, 'username': None, 'created': created, 'status': None,
        }
        return self.port.addPersistentIDStatus(token=self.token, pidStatus=record)

    def page(self, group, offset, max):
        return self.port.listPersistentIDStatusByGroup(
            token=self.token, jobGroup=group, pageinfo={'offset': offset, 'max': max},
        )

    def last_answer(self):
        return etree.tostring(self.history.last_received['envelope'], encoding='unicode')

    def until_status(self, job_id, name):
        return until(f'job {job_id} is {name}', lambda: self.job(job_id), lambda job: job.statusName == name)


def until(what, ask, enough):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = ask()
        if enough(answer):
            return answer
        time.sleep(0.02)
    raise TimeoutError(f'{what}: not within {PATIENCE_SECONDS} s; last: {answer}')
