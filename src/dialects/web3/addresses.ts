import type { HttpContext } from '../../http/exchange.ts';
import { publicOrigin } from '../../http/public-origin.ts';

export const PREFIX = '/web3';

/** The addresses of one topic map's jobs, absolute, as the client reaches us. */
export class Addresses {
  /** Of the list of jobs. */
  readonly list: string;

  constructor(ctx: HttpContext, topicMap: string) {
    this.list = `${publicOrigin(ctx)}${PREFIX}/topicmaps/${encodeURIComponent(topicMap)}/jobs`;
  }

  job(id: string): string {
    return `${this.list}/${encodeURIComponent(id)}`;
  }

  dataItem(jobId: string, number: number): string {
    return `${this.job(jobId)}/data/${number}`;
  }
}
