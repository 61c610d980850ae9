import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApiPart } from '../../src/dialects/dialect.ts';
import { openapiDocument } from '../../src/openapi.ts';
import type { RawResponse } from '../support/raw-exchange.ts';
import type { MessageFile } from './message-file.ts';

/** A request and the answer that it got. */
export interface DescribedExchange {
  readonly name: string;
  readonly request: MessageFile;
  readonly response: RawResponse;
}

interface Operation {
  readonly responses?: Readonly<Record<string, object>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const ID = 'https://jobgate.invalid/openapi.json';

/** Holds real exchanges against the OpenAPI document. */
export class OpenApiCheck {
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

  constructor(parts: readonly OpenApiPart[]) {
    this.#document = openapiDocument(parts) as Document;
    this.#ajv.addSchema({ $id: ID, ...this.#document });
  }

  /** What the document says otherwise of this exchange, a line a problem. */
  problemsOf({ name, request, response }: DescribedExchange): string[] {
    const [method = '', target = ''] = request.startLine.split(' ');
    const status = response.statusLine.split(' ')[1] ?? '';
    const path = this.#pathOf(target);
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = path === undefined ? undefined : this.#document.paths[path]?.[verb];
    if (path === undefined || operation === undefined) {
      // Where nothing is, that is what the case is about; a browser's preflight belongs to no operation.
      const nothing = ['404', '405', '501'].includes(status) || verb === 'options';
      return nothing ? [] : [`${name}: ${method} ${target} is not described`];
    }
    const key = operation.responses?.[status] ? status : 'default';
    if (!operation.responses?.[key])
      return [`${name}: ${verb} ${path} does not say that it answers ${status}`];
    return this.#bodyProblems(name, ['paths', path, verb, 'responses', key], response);
  }

  #pathOf(target: string): string | undefined {
    // Starfish's addresses may begin with /api, which the document leaves out.
    const path = decodeURI(target.split('?')[0] ?? '')
      .trimEnd()
      .replace(/^\/api(?=\/(v1|token)(\/|$))/i, '');
    return Object.keys(this.#document.paths).find((template) =>
      new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`, 'i').test(path),
    );
  }

  #bodyProblems(name: string, place: readonly string[], { headers, body }: RawResponse): string[] {
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (body.length === 0) return [];
    const content = this.#at([...place, 'content']) as Readonly<Record<string, object>> | undefined;
    const described = content?.[type] ? type : '*/*';
    if (!content?.[described]) return [`${name}: ${place.join(' ')} does not say that it may be ${type}`];
    if (!/json$/.test(type)) return [];
    const pointer = [...place, 'content', described, 'schema'].map(pointerToken).join('/');
    const validate = this.#ajv.compile({ $ref: `${ID}#/${pointer}` });
    return validate(JSON.parse(body.toString())) ? [] : [`${name}: ${this.#ajv.errorsText(validate.errors)}`];
  }

  #at(place: readonly string[]): unknown {
    let value: unknown = this.#document;
    for (const key of place) {
      value = (value as Record<string, unknown> | undefined)?.[key];
    }
    return value;
  }
}

function pointerToken(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
