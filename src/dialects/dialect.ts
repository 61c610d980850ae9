import type { Callbacks } from '../core/callbacks.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { JobDataAccess } from '../core/job-data-access.ts';
import type { JobWatch } from '../core/job-watch.ts';
import type { Jobs } from '../core/jobs.ts';
import type { Records } from '../core/records.ts';
import type { Runs } from '../core/runs.ts';
import type { Schedules } from '../core/schedules.ts';
import type { Sessions } from '../core/sessions.ts';
import type { JsonLimits } from '../http/json-body.ts';
import type { BodyLimits } from '../http/read-body.ts';
import type { Room } from '../http/room.ts';
import type { XmlLimits } from '../xml/xml-limits.ts';

/** What every room may use. It never sees a store: only the use cases of core. */
export interface House {
  readonly jobs: Jobs;
  readonly runs: Runs;
  readonly watch: JobWatch;
  readonly records: Records;
  readonly callbacks: Callbacks;
  readonly jobData: JobDataAccess;
  readonly schedules: Schedules;
  readonly sessions: Sessions;
  readonly catalogue: Catalogue;
  readonly bodyLimits: BodyLimits;
  /** Whose pages may call a room from a browser: for `cors`. */
  readonly corsOrigins: readonly string[];
  readonly xmlLimits: XmlLimits;
  readonly jsonLimits: JsonLimits;
  readonly web3: {
    /** How JSON answers write a time: `\/Date(ms)\/` or ISO 8601. */
    readonly dates: 'microsoft' | 'iso';
    /** Most jobs in one page of a list. */
    readonly maxTake: number;
  };
  readonly pyramid: {
    /** How answers spell the values of enumerations, unless the request says. */
    readonly enums: 'numbers' | 'names';
  };
  readonly protrak: {
    /** Largest arguments of a job, bytes of JSON. */
    readonly maxArgumentsBytes: number;
  };
}

/** One legacy system: its folder's one export. */
export interface Dialect {
  readonly name: string;
  /** Builds the room once, at start: whatever can be compiled or checked then, is. Throws on what cannot work. */
  mount(house: House): Room | Promise<Room>;
  /** Renders what a webhook of this room's says about a job that has ended; undefined when there is no such job any more. */
  webhookBody?(house: House): (jobId: string) => Promise<string | undefined>;
  /** A REST room's share of the OpenAPI document; a SOAP room has its WSDL. */
  readonly openapi?: OpenApiPart;
}

/** Parts of an OpenAPI 3.1 document, by the names that they have there. Component names begin with the room's. */
export interface OpenApiPart {
  readonly paths: Readonly<Record<string, object>>;
  readonly components: {
    readonly schemas?: Readonly<Record<string, object>>;
    readonly securitySchemes?: Readonly<Record<string, object>>;
  };
}
