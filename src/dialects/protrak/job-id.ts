/** A GUID in any of .NET's spellings as it is stored; whatever else is looked for as it is. */
export function readJobId(given: string): string {
  const digits = given.toLowerCase().replace(/^\{(.+)\}$|^\((.+)\)$/, '$1$2');
  const parts = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/.exec(digits);
  return parts ? parts.slice(1).join('-') : given;
}
