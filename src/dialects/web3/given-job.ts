/** A JobRepr's members as they came: names in XML, numbers in JSON; null = not there. */
export interface GivenJob {
  readonly type: string | number | null;
  readonly status: string | number | null;
  readonly parameters: string | null;
}
