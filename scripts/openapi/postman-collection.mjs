import converter from 'openapi-to-postmanv2';
import { requestSequence } from './request-sequence.mjs';
import { VARIABLES, WARNING } from './steps.mjs';

const OPTIONS = {
  parametersResolution: 'Example',
  // The values of optional parameters would be invented, differently each time.
  enableOptionalParameters: false,
};

/** Returns a collection that succeeds as a whole: each request has a test of its status, and keeps what later ones need. */
export async function postmanCollection(document, note) {
  const { item, info } = await convert(document);
  const requests = new Map(requestsIn(item).map((request) => [keyOf(request), request]));
  return {
    info: { name: info.name, description: `${note} ${WARNING}`, schema: info.schema },
    auth: authOf('token'),
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
    item: requestSequence(document).map(({ title, requests: steps }) => ({
      name: title,
      item: steps.map((step) => itemOf(step, requests.get(`${step.method} ${step.template}`))),
    })),
  };
}

async function convert(document) {
  const { result, reason, output } = await new Promise((resolve, reject) =>
    converter.convertV2({ type: 'json', data: document }, OPTIONS, (error, conversion) =>
      error ? reject(error) : resolve(conversion),
    ),
  );
  if (!result) throw new Error(`The document cannot be converted: ${reason}`);
  return output[0].data;
}

function requestsIn(items) {
  return items.flatMap(({ item, request }) => (item ? requestsIn(item) : [request]));
}

function keyOf({ method, url }) {
  return `${method} /${url.path.map((part) => part.replace(/^:(.*)$/, '{$1}')).join('/')}`;
}

function itemOf(
  { title, status, path, query, bearer, headers, form, json, keep },
  { method, url, description },
) {
  return {
    name: title,
    request: {
      method,
      description: textOf(description),
      ...(bearer !== 'token' && { auth: authOf(bearer) }),
      url: {
        ...{ raw: `${url.host[0]}/${url.path.join('/')}`, host: url.host, path: url.path },
        query: queryOf(url.query, query),
        variable: url.variable.map(({ key, description }) => ({
          key,
          value: path[key],
          description: textOf(description),
        })),
      },
      header: Object.entries(headers).map(([key, value]) => ({ key, value })),
      ...(form && {
        body: {
          mode: 'urlencoded',
          urlencoded: Object.entries(form).map(([key, value]) => ({ key, value })),
        },
      }),
      ...(json && {
        body: { mode: 'raw', raw: JSON.stringify(json, null, 2), options: { raw: { language: 'json' } } },
      }),
    },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: testOf(status, keep) } }],
  };
}

function authOf(variable) {
  if (variable === '') return { type: 'noauth' };
  return { type: 'bearer', bearer: [{ key: 'token', value: `{{${variable}}}`, type: 'string' }] };
}

/** A request may send more than the parameters, such as a ticket. */
function queryOf(parameters, query) {
  const descriptions = new Map(parameters.map(({ key, description }) => [key, textOf(description)]));
  return [...new Set([...descriptions.keys(), ...Object.keys(query)])].map((key) => ({
    ...{ key, value: query[key] ?? '', disabled: !(key in query), description: descriptions.get(key) },
  }));
}

/** The converter adds whether a parameter is required, also to one without a description. */
function textOf(description) {
  return description?.content?.replace(/^\(Required\) $/, '') || undefined;
}

function testOf(status, keep) {
  const kept = Object.entries(keep).map(([variable, place]) => {
    const value = place.startsWith('[') ? `body${place}` : `body.${place}`;
    return `pm.collectionVariables.set('${variable}', ${value});`;
  });
  return [
    `pm.test('returns ${status}', () => pm.response.to.have.status(${status}));`,
    ...(kept.length > 0 ? ['const body = pm.response.json();', ...kept] : []),
  ];
}
