/** The processor time of this process that the work took, in ms: unlike the clock's it leaves out what other processes do. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
