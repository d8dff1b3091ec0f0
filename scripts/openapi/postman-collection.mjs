import converter from 'openapi-to-postmanv2';
import { VARIABLES } from './walk-steps.mjs';
import { walk } from './walk.mjs';

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
    info: { name: info.name, description: note, schema: info.schema },
    auth: authOf('token'),
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
    item: walk(document).map(({ title, requests: steps }) => ({
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
      ...(description && { description: description.content }),
      ...(bearer !== 'token' && { auth: authOf(bearer) }),
      url: {
        ...{ raw: `${url.host[0]}/${url.path.join('/')}`, host: url.host, path: url.path },
        query: url.query.map((parameter) => queryOf(parameter, query)),
        variable: url.variable.map(({ key, description }) => ({
          key,
          value: path[key],
          description: description?.content,
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

function queryOf({ key, description }, query) {
  const isSent = key in query;
  return { key, value: isSent ? query[key] : '', disabled: !isSent, description: description?.content };
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
