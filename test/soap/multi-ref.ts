import { XMLBuilder, XMLParser } from 'fast-xml-parser';

type Node = Record<string, unknown>;

const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
} as const;

/**
 * One element with its content moved behind references, as Axis sends it: of all elements within
 * about half, chosen by `seed`, become empty with an href, and `multiRef` elements around them
 * in an order of their own.
 */
export function behindReferences(xml: string, seed: number): string {
  const [root] = new XMLParser(OPTIONS).parse(xml) as Node[];
  if (!root) throw new Error('no element');
  const random = generator(seed);
  const moved: Node[] = [];
  const move = (node: Node): Node => {
    const [name] = Object.keys(node).filter((key) => key !== ':@');
    if (name === undefined || name === '#text') return node;
    const children = (node[name] as Node[]).map(move);
    if (random() < 0.5) return { ...node, [name]: children };
    const id = `id${moved.length}`;
    moved.push({ multiRef: children, ':@': { ...(node[':@'] as object), id, 'soapenc:root': '0' } });
    return { [name]: [], ':@': { href: `#${id}` } };
  };
  const value = move(root);
  const all = [value, ...moved];
  for (let i = all.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [all[i], all[other]] = [all[other] as Node, all[i] as Node];
  }
  return String(new XMLBuilder({ ...OPTIONS, suppressEmptyNode: true }).build(all));
}

/** Numbers from 0 to 1 that look random: mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
