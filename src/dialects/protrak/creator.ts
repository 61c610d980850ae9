import { createHash } from 'node:crypto';

/** The source's User. */
export interface Creator {
  readonly userId: string;
  readonly userName: string;
  readonly userEmail: string;
}

/** Made once, for this: a name-based GUID is one of its namespace (RFC 9562, version 5). Never changes. */
const NAMESPACE = Buffer.from('6f2c1d5e8b0a4c7f9d3e5a7b1c9e4f20', 'hex');

/** Accounts have names only: the GUID is made of the name, always the same, and the address is empty. */
export function creatorOf(userName: string): Creator {
  return { userId: nameGuid(userName), userName, userEmail: '' };
}

function nameGuid(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
