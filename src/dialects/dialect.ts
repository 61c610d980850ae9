import type { Jobs } from '../core/jobs.ts';
import type { Records } from '../core/records.ts';
import type { Sessions } from '../core/sessions.ts';
import type { BodyLimits } from '../http/read-body.ts';
import type { Room } from '../http/room.ts';
import type { XmlLimits } from '../xml/xml-limits.ts';

/** What every room may use. It never sees a store: only the use cases of core. */
export interface House {
  readonly jobs: Jobs;
  readonly records: Records;
  readonly sessions: Sessions;
  readonly bodyLimits: BodyLimits;
  readonly xmlLimits: XmlLimits;
}

/** One legacy system: its folder's one export. */
export interface Dialect {
  readonly name: string;
  /** Builds the room once, at start: whatever can be compiled or checked then, is. Throws on what cannot work. */
  mount(house: House): Room | Promise<Room>;
}
