import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import type { JobDataReference, JobStatus, JobStatusList, Web3Document } from './representation.ts';

/** The page's policy: it has no script, no style and no picture, and nobody may put any in. */
export const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The document as a plain page for people. */
export function toHtml(document: Web3Document): string {
  switch (document.kind) {
    case 'job':
      return page(`Job ${document.job.id}`, jobTable(document.job));
    case 'jobs':
      return page('Jobs', listTable(document.list));
    case 'reference':
      return page('Job data', referenceList([document.reference]));
    case 'references':
      return page('Job data', referenceList(document.references));
    case 'error':
      return page(`Error ${document.error.status}`, `<p>${escapeText(document.error.message)}</p>`);
  }
}

function page(title: string, body: string): string {
  const heading = escapeText(title);
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${heading}</title></head><body><h1>${heading}</h1>${body}</body></html>\n`;
}

function jobTable(job: JobStatus): string {
  const { progress } = job;
  return table([
    ['Type', escapeText(job.type.name)],
    ['Status', escapeText(job.status.name)],
    ['Address', link(job.address, job.address)],
    ['Parameters', escapeText(job.parameters)],
    ['Identity', escapeText(job.identity)],
    ['Worker', escapeText(job.workerId ?? '')],
    ['Message', escapeText(job.statusMessage ?? '')],
    ['Created', time(job.created)],
    ['Updated', time(job.updated)],
    ['Completed', time(job.completed)],
    ['Started', time(progress.started)],
    ['Progress', progress.target > 0 ? `${progress.count} of ${progress.target}` : String(progress.count)],
    ['Data', referenceList(job.jobData)],
  ]);
}

function table(rows: readonly (readonly [string, string])[]): string {
  return `<table>${rows.map(([name, html]) => `<tr><th scope="row">${name}</th><td>${html}</td></tr>`).join('')}</table>`;
}

function listTable({ start, count, next, previous, items }: JobStatusList): string {
  const head =
    '<tr><th>Job</th><th>Type</th><th>Status</th><th>Identity</th><th>Updated</th><th>Message</th></tr>';
  const rows = items.map(({ id, address, type, status, identity, updated, statusMessage }) => {
    const cells = [link(address, id), type.name, status.name, escapeText(identity), time(updated)];
    return `<tr>${[...cells, escapeText(statusMessage ?? '')].map((html) => `<td>${html}</td>`).join('')}</tr>`;
  });
  const shown = items.length === 0 ? 'None' : `${start + 1} to ${start + items.length}`;
  const links = [previous && link(previous, 'Previous'), next && link(next, 'Next')]
    .filter(Boolean)
    .join(' ');
  return `<p>${shown} of ${count}</p><table>${head}${rows.join('')}</table><p>${links}</p>`;
}

function referenceList(references: readonly JobDataReference[]): string {
  const items = references.map(
    ({ address, contentType, length, created }) =>
      `<li>${link(address, address)} ${escapeText(contentType)}, ${length} bytes, ${time(created)}</li>`,
  );
  return items.length === 0 ? 'None' : `<ul>${items.join('')}</ul>`;
}

function link(address: string, text: string): string {
  return `<a href="${escapeAttribute(address)}">${escapeText(text)}</a>`;
}

function time(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}
