/** What the `soap` package does not know of a type that it finds beside a value in rpc/encoded. */
interface Typed {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly $value?: unknown;
}

/** Top-level nulls end in a TypeError of the package; so written they go out as nil. */
export function withNils(args: object): object {
  const nil = { attributes: { 'xsi:nil': 'true' } };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value ?? nil]));
}

/** A result without the types, which the package leaves beside every value. */
export function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const { attributes, ...members } = value as Typed;
  if ('$value' in members) return members.$value;
  // An empty element has nothing but its type.
  if (attributes?.['xsi:type'] === 'xsd:string') return '';
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, withoutTypes(member)]));
}
