/**
 * A renderer of bodies for each format: the JSON that is sent about a job that has ended, or undefined
 * where there is no such job any more.
 */
export type WebhookBodies = ReadonlyMap<string, (jobId: string) => Promise<string | undefined>>;
