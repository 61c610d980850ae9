import type { Addition } from './table.ts';

export const accountDisabled: Addition = {
  table: 'accounts',
  columns: (t) => [`disabled ${t.integer} NOT NULL DEFAULT 0`],
};
