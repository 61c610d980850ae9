import { createPool } from 'mysql2/promise';

// listPersistentIDStatusByGroup as a Node peer answers it: the records of CLM_ROWS, `memory` or a MariaDB's URL.

const ITEMS = `SELECT CONCAT(group_id, '-', group_pos) AS recordId, job_id AS jobId, target AS id, error_code AS errorCode,
    error_message AS errorMessage, username, created
  FROM records WHERE group_id = (SELECT id FROM job_groups WHERE name = ?) ORDER BY group_pos LIMIT ? OFFSET ?`;
const TOTAL = `SELECT COUNT(*) AS total FROM records WHERE group_id = (SELECT id FROM job_groups WHERE name = ?)`;
const MEMORY_ROWS = 1_000;

/** (group, offset, max) => { total, items }, the items as the contract has them. */
const readPage = process.env.CLM_ROWS === 'memory' ? pageInMemory() : pageInDatabase(process.env.CLM_ROWS);

/** The operation's answer to what a SOAP library has read of its request. */
export async function listPersistentIDStatusByGroup({ jobGroup, pageinfo }) {
  // strong-soap leaves numbers as they are written.
  const offset = Number(pageinfo.offset);
  const max = Number(pageinfo.max);
  const { total, items } = await readPage(jobGroup, offset, max);
  return {
    listPersistentIDStatusByGroupResult: {
      status: { errorCode: 0, errorMessage: null },
      pagination: { offset, max },
      total,
      items: { item: items },
    },
  };
}

function pageInDatabase(url) {
  // mysql2's own default: 10 connections.
  const pool = createPool({ uri: url, timezone: 'Z' });
  return async (group, offset, max) => {
    const [[rows], [[{ total }]]] = await Promise.all([
      pool.query(ITEMS, [group, max, offset]),
      pool.query(TOTAL, [group]),
    ]);
    return { total, items: rows.map((row) => toItem(row, group)) };
  };
}

function pageInMemory() {
  const rows = Array.from({ length: MEMORY_ROWS }, (_, index) => ({
    recordId: `1-${index}`,
    jobId: `bench-${Math.floor(index / 1_000)}`,
    id: `device-${index}`,
    errorCode: index % 3,
    errorMessage: index % 3 === 0 ? null : `no answer from 10.0.${index % 250}.1`,
    username: 'admin',
    created: 1_700_000_000_000 + index * 37,
  }));
  return async (group, offset, max) => ({
    total: rows.length,
    items: rows.slice(offset, offset + max).map((row) => toItem(row, group)),
  });
}

/** In the contract's order: not every library sorts by it. */
function toItem(row, jobGroup) {
  return {
    recordId: row.recordId,
    jobId: row.jobId,
    jobGroup,
    id: row.id,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    username: row.username,
    created: new Date(row.created).toISOString(),
    status: null,
  };
}
