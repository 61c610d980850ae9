/** Milliseconds since 1970-01-01 UTC. Core has no clock of its own: the composition root hands one in. */
export type Clock = () => number;
