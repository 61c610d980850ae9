/** What the store has to say to operators; a pino logger fits. */
export interface StoreLog {
  warn(details: object, message: string): void;
  debug(details: object, message: string): void;
}
