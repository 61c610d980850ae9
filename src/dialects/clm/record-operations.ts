import { mapBatches } from '../../core/batches.ts';
import type { RecordPage } from '../../core/record-store.ts';
import type { PageRequest, Records } from '../../core/records.ts';
import type { Sessions } from '../../core/sessions.ts';
import { type ClmCall, inBand } from './call.ts';
import { counted } from './counted.ts';
import { authenticate } from './session-operations.ts';
import {
  type GivenToken,
  type Pagination,
  type PersistentIDStatus,
  type PersistentIDStatusPagingInfo,
  SUCCESS,
  toListedRecord,
  toPersistentIDStatus,
} from './wire.ts';

interface PageQuery {
  readonly token: GivenToken;
  readonly pageinfo: Pagination;
}

export function recordOperations(sessions: Sessions, records: Records) {
  return {
    /**
     * Stores a record. The synopsis returns the record, the text a Status: the stored record
     * with a `status` in it serves both.
     */
    async addPersistentIDStatus(
      { token, pidStatus }: { token: GivenToken; pidStatus: PersistentIDStatus },
      call: ClmCall,
    ): Promise<PersistentIDStatus> {
      return inBand(
        call,
        async () => {
          const caller = await authenticate(sessions, token, call);
          const stored = await records.add(caller, {
            jobId: pidStatus.jobId,
            group: pidStatus.jobGroup,
            targetId: pidStatus.id,
            errorCode: pidStatus.errorCode,
            errorMessage: pidStatus.errorMessage,
          });
          return toPersistentIDStatus(stored, SUCCESS);
        },
        (status) => ({ ...pidStatus, recordId: null, username: null, created: null, status }),
      );
    },

    /** Records of one job. */
    async listPersistentIDStatus(
      { token, id, pageinfo }: PageQuery & { id: string },
      call: ClmCall,
    ): Promise<PersistentIDStatusPagingInfo> {
      return page(token, pageinfo, call, (range) => records.listByJob(id, range));
    },

    /** Records of one job group. */
    async listPersistentIDStatusByGroup(
      { token, jobGroup, pageinfo }: PageQuery & { jobGroup: string },
      call: ClmCall,
    ): Promise<PersistentIDStatusPagingInfo> {
      return page(token, pageinfo, call, (range) => records.listByGroup(jobGroup, range));
    },
  };

  /** "If offset is greater than the number of records, it returns an array of zero size"; max -1 = all. */
  async function page(
    token: GivenToken,
    pagination: Pagination,
    call: ClmCall,
    list: (range: PageRequest) => Promise<RecordPage>,
  ): Promise<PersistentIDStatusPagingInfo> {
    return inBand(
      call,
      async () => {
        await authenticate(sessions, token, call);
        const { total, items } = await list(pagination);
        return {
          status: SUCCESS,
          pagination,
          total,
          items: counted(mapBatches(items, toListedRecord), lengthOf(pagination, total)),
        };
      },
      (status) => ({ status, pagination, total: 0, items: [] }),
    );
  }
}

/** Of the stretch of a list of `total` records that a page is. */
function lengthOf({ offset, max }: Pagination, total: number): number {
  const rest = Math.max(0, total - offset);
  return max === -1 ? rest : Math.min(max, rest);
}
