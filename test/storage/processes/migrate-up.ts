import { openStore } from '../../../src/storage/open-store.ts';

// A process of its own: brings the database of its first argument up and prints what it applied.
const store = await openStore({ url: process.argv[2] ?? '' });
console.log(JSON.stringify(await store.migrations.up()));
await store.close();
