/** What a command that works on one job is told. */
export interface OneJob {
  readonly id: string;
  readonly json: boolean;
}
