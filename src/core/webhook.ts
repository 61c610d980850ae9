/** A message that is to be sent when a job has ended. */
export interface NewWebhook {
  /** `msg_` and a GUID without hyphens: what the receiver knows repetitions by. */
  readonly id: string;
  /** Absolute, http or https, at most 2,048 characters. */
  readonly url: string;
  /** Names the renderer of its body. */
  readonly format: string;
}
