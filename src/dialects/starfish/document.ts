import type { XmlNode } from '../../xml/xml-writer.ts';

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
/** What the .NET DataContract serializer makes of the C# namespace of Starfish's classes. */
export const DATA_CONTRACT = 'http://schemas.datacontract.org/2004/07/StarfishAPI.Controllers';

/** A member of one of Starfish's classes. */
export type Member = string | number | boolean | null;

/** What is answered, in both of its forms; only the one that was asked for is made. */
export interface StarfishDocument {
  readonly json: () => unknown;
  readonly xml: () => XmlNode;
}

/** An object of one of Starfish's classes. JSON has the members in the order of `value`. */
export function objectDocument(className: string, value: Readonly<Record<string, Member>>): StarfishDocument {
  return {
    json: () => value,
    xml: () => ({ ...objectNode(className, value), attributes: ROOT_ATTRIBUTES }),
  };
}

/** A collection of such objects. */
export function arrayDocument(
  className: string,
  values: readonly Readonly<Record<string, Member>>[],
): StarfishDocument {
  return {
    json: () => values,
    xml: () => ({
      name: `ArrayOf${className}`,
      attributes: ROOT_ATTRIBUTES,
      content: values.map((value) => objectNode(className, value)),
    }),
  };
}

const ROOT_ATTRIBUTES = { 'xmlns:i': INSTANCE, xmlns: DATA_CONTRACT };

/** The DataContract serializer writes members in the alphabet's order, upper case before lower: runID, runTime. */
function objectNode(name: string, value: Readonly<Record<string, Member>>): XmlNode {
  return {
    name,
    content: Object.keys(value)
      .sort()
      .map((member) => memberNode(member, value[member] ?? null)),
  };
}

function memberNode(name: string, value: Member): XmlNode {
  return value === null ? { name, attributes: { 'i:nil': 'true' } } : { name, content: String(value) };
}
