import { describe, expect, test } from 'vitest';
import { arrayDocument, objectDocument } from '../../../src/dialects/starfish/document.ts';
import { toResultsResponse } from '../../../src/dialects/starfish/wire.ts';
import { writeXmlElement } from '../../../src/xml/xml-writer.ts';
import { sampleJob } from './sample-job.ts';

const XMLNS =
  'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/StarfishAPI.Controllers"';

describe('resultsResponse', () => {
  test('has its members in the order of the JSON sample', () => {
    const counters = { total: 5, inserts: 6, updates: 7, deletes: 8, errors: 9, skips: 10, ignores: 11 };
    expect(JSON.stringify(toResultsResponse(sampleJob({ counters }), 0))).toBe(
      '{"runID":"run 1","startTime":"2024-02-29T12:00:00.000+00:00","runTime":"00:00:01.500","status":"Complete",' +
        '"totalRows":5,"inserts":6,"updates":7,"deletes":8,"errors":9,"skips":10,"ignores":11}',
    );
  });

  test('of a job that has not started has neither startTime nor runTime', () => {
    const job = sampleJob({ state: 'queued', started: null, completed: null });
    expect(toResultsResponse(job, 0)).toMatchObject({ startTime: null, runTime: null, status: 'Pending' });
  });

  test('of a follower that was cancelled before it started says Failed, and no times', () => {
    const job = sampleJob({ state: 'cancelled', started: null });
    expect(toResultsResponse(job, 0)).toMatchObject({ startTime: null, runTime: null, status: 'Failed' });
  });

  test('of a running job counts its runTime up to now', () => {
    const job = sampleJob({ state: 'running', completed: null });
    const now = (job.started ?? 0) + 61_001;
    expect(toResultsResponse(job, now).runTime).toBe('00:01:01.001');
  });

  test.each([
    [0, '00:00:00.000'],
    [999, '00:00:00.999'],
    [59_999, '00:00:59.999'],
    [3_599_999, '00:59:59.999'],
    [86_400_000, '24:00:00.000'],
    [360_000_007, '100:00:00.007'],
    [-5, '00:00:00.000'],
  ])('a job of %i ms ran %s', (ms, text) => {
    const job = sampleJob();
    expect(toResultsResponse({ ...job, completed: (job.started ?? 0) + ms }, 0).runTime).toBe(text);
  });
});

describe('in XML', () => {
  test('an object has its members in the order of the DataContract serializer, and null as i:nil', () => {
    const document = objectDocument('execJobAsyncResponse', { runID: 'a<b', started: true, error: null });
    expect(writeXmlElement(document.xml())).toBe(
      `<execJobAsyncResponse ${XMLNS}><error i:nil="true"/>` +
        '<runID>a&lt;b</runID><started>true</started></execJobAsyncResponse>',
    );
  });

  test('a collection is an ArrayOf', () => {
    const document = arrayDocument('resultsResponse', [toResultsResponse(sampleJob(), 0)]);
    expect(writeXmlElement(document.xml())).toBe(
      `<ArrayOfresultsResponse ${XMLNS}><resultsResponse>` +
        '<deletes>0</deletes><errors>0</errors><ignores>0</ignores><inserts>0</inserts><runID>run 1</runID>' +
        '<runTime>00:00:01.500</runTime><skips>0</skips><startTime>2024-02-29T12:00:00.000+00:00</startTime>' +
        '<status>Complete</status><totalRows>0</totalRows><updates>0</updates>' +
        '</resultsResponse></ArrayOfresultsResponse>',
    );
  });

  test('a collection of none is an element without content', () => {
    expect(writeXmlElement(arrayDocument('resultsResponse', []).xml())).toBe(
      `<ArrayOfresultsResponse ${XMLNS}/>`,
    );
  });
});
