import { DATA_CONTRACT } from '../../src/dialects/starfish/document.ts';
import { CLM_PATH, element, envelope } from '../e2e/clm-client.ts';
import type { HttpRequest, UsualRequest } from './attack-cost.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';

/** How a room takes a document, and how it says that it is none. */
export interface DocumentRoom {
  readonly name: string;
  /** A request of which `document` is the body. */
  send(gateway: GatewayUnderAttack, document: string): HttpRequest;
  /** Any large document that is in order, with as many rows of some 40 characters as it takes. */
  readonly usual: UsualRequest;
  /** The answer to a document that is refused; `text` is what it says was wrong. */
  refusal(text: string): { readonly statuses: readonly number[]; readonly text: RegExp };
}

export interface XmlRoom extends DocumentRoom {
  /** A document of the room's kind with `content` among what it has to say, in no namespace but the room's. */
  wrap(content: string, attributes?: string): string;
}

export interface JsonRoom extends DocumentRoom {
  /** A document of the room's kind in which `member`, `"name":value`, stands too, or is all. */
  wrap(member: string): string;
}

/** Something to fill a document with, to about `bytes` of them. */
export function rows(bytes: number, row: (index: number) => string, separator = ''): string {
  const count = Math.max(1, Math.floor(bytes / (row(10_000).length + separator.length)));
  return Array.from({ length: count }, (_, index) => row(10_000 + index)).join(separator);
}

const xmlRow = (index: number) => `<Row Id="${index}">any text</Row>`;
const jsonRow = (index: number) => `{"Id":${index},"Name":"any text"}`;
const bearer = ({ token }: GatewayUnderAttack) => ({ Authorization: `Bearer ${token}` });

export const CLM: XmlRoom = {
  name: 'clm',
  send: (_, body) => ({
    path: CLM_PATH,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
    body,
  }),
  wrap: (content, attributes = '') =>
    envelope('logout', '').replace(
      '<soap:Body>',
      `<soap:Header><a:any xmlns:a="urn:any"${attributes}>${content}</a:any></soap:Header><soap:Body>`,
    ),
  usual: {
    kind: 'clm',
    build: (gateway, bytes) => CLM.send(gateway, clmJob(gateway, bytes - 500)),
  },
  refusal: (text) => ({
    // 400 where it is no envelope yet, 500 as SOAP 1.1 has it from then on.
    statuses: [400, 500],
    text: new RegExp(`<faultcode>soap:Client</faultcode>.*${text}`, 's'),
  }),
};

const RPC_PATH = `${CLM_PATH}Rpc`;

/** The same with everything of a message, whatever refers to it, read before any is understood. */
export const CLM_RPC: DocumentRoom = {
  ...CLM,
  name: 'clm, rpc/encoded',
  send: (gateway, body) => ({ ...CLM.send(gateway, body), path: RPC_PATH }),
  usual: {
    kind: 'clm, rpc/encoded',
    build: (gateway, bytes) =>
      CLM_RPC.send(
        gateway,
        clmJob(gateway, bytes - 500).replace(
          /<asyncExecuteProgram xmlns="([^"]*)">(.*)<\/asyncExecuteProgram>/s,
          '<c:asyncExecuteProgram xmlns:c="$1">$2<arguments/></c:asyncExecuteProgram>',
        ),
      ),
  },
};

function clmJob({ token }: GatewayUnderAttack, bytes: number): string {
  const targets = rows(bytes, (index) => element('item', `device-${index}.example.net`));
  return envelope(
    'asyncExecuteProgram',
    `<token>${element('token', token)}</token><jobGroup/>${element('programName', 'walk')}<targetIds>${targets}</targetIds>`,
  );
}

export const WEB3_XML: XmlRoom = {
  name: 'web3, XML',
  send: (gateway, body) => ({
    path: '/web3/topicmaps/attacked/jobs',
    headers: { ...bearer(gateway), Accept: 'application/json', 'Content-Type': 'application/xml' },
    body,
  }),
  wrap: (content, attributes = '') =>
    `<Job Type="Import" Status="Created"${attributes}><Parameters>Program=walk</Parameters>${content}</Job>`,
  usual: {
    kind: 'web3, XML',
    build: (gateway, bytes) => WEB3_XML.send(gateway, WEB3_XML.wrap(rows(bytes - 500, xmlRow))),
  },
  refusal: (text) => ({ statuses: [400], text: new RegExp(`^\\{"Status":400,"Message":".*${text}`, 's') }),
};

export const STARFISH_XML: XmlRoom = {
  name: 'starfish, XML',
  send: (gateway, body) => ({
    path: '/v1/ExecuteJobAsync',
    headers: { ...bearer(gateway), 'Content-Type': 'text/xml' },
    body,
  }),
  wrap: (content, attributes = '') =>
    `<execJobAsyncRequest xmlns="${DATA_CONTRACT}"${attributes}>${content}<jobID>first</jobID><projectID>sample</projectID><runID>attacked</runID></execJobAsyncRequest>`,
  usual: {
    kind: 'starfish, XML',
    build: (gateway, bytes) =>
      STARFISH_XML.send(gateway, STARFISH_XML.wrap(`<Rows xmlns="">${rows(bytes - 500, xmlRow)}</Rows>`)),
  },
  refusal: (text) => ({ statuses: [400], text: new RegExp(`^\\{"Message":".*${text}`, 's') }),
};

export const XML_ROOMS = [CLM, WEB3_XML, STARFISH_XML];

function jsonRoom(
  name: string,
  path: (gateway: GatewayUnderAttack) => string,
  headers: (gateway: GatewayUnderAttack) => Readonly<Record<string, string>>,
  refused: (text: string) => string,
  wrap: JsonRoom['wrap'],
  fill: (bytes: number) => string = (bytes) => wrap(`"Rows":[${rows(bytes - 500, jsonRow, ',')}]`),
): JsonRoom {
  const send: JsonRoom['send'] = (gateway, body) => ({
    path: path(gateway),
    headers: { 'Content-Type': 'application/json', ...headers(gateway) },
    body,
  });
  return {
    name,
    send,
    wrap,
    usual: { kind: name, build: (gateway, bytes) => send(gateway, fill(bytes)) },
    refusal: (text) => ({ statuses: [400], text: new RegExp(refused(text), 's') }),
  };
}

export const WEB3_JSON = jsonRoom(
  'web3, JSON',
  () => '/web3/topicmaps/attacked/jobs',
  (gateway) => ({ ...bearer(gateway), Accept: 'application/json' }),
  (text) => `^\\{"Status":400,"Message":".*${text}`,
  (member) => `{"JobType":3,"Status":0,"Parameters":"Program=walk",${member}}`,
);

export const STARFISH_JSON = jsonRoom(
  'starfish, JSON',
  () => '/v1/ExecuteJobAsync',
  bearer,
  (text) => `^\\{"Message":".*${text}`,
  (member) => `{"runID":"attacked","projectID":"sample","jobID":"first",${member}}`,
);

export const PYRAMID = jsonRoom(
  'pyramid',
  () => '/API3/tasks/findSchedule',
  ({ token }) => ({ paToken: token }),
  (text) => `^\\{"error":\\{"message":".*${text}`,
  (member) => `{"searchCriteria":{"searchValue":"no such"},${member}}`,
);

export const PROTRAK = jsonRoom(
  'protrak',
  () => '/protrak/api/asyncJobs',
  bearer,
  (text) => `^\\{"message":".*${text}`,
  (member) => `{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":"walk"},${member}}`,
);

/** Of a call nothing is passed over: the usual one tells how far the targets are. */
export const CALLBACK = jsonRoom(
  'callback',
  ({ callback }) => `/jobgate/callback/${callback.jobId}`,
  ({ callback }) => ({ Authorization: `Bearer ${callback.token}` }),
  (text) => `^\\{"error":".*${text}`,
  (member) => `{"status":"working",${member}}`,
  (bytes) =>
    `{"log":[${rows(bytes, (index) => `{"level":1,"text":"${index} ${'any text '.repeat(50)}"}`, ',')}]}`,
);

export const JSON_ROOMS = [WEB3_JSON, STARFISH_JSON, PYRAMID, PROTRAK, CALLBACK];
