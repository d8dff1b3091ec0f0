import { requestSequence } from './request-sequence.mjs';
import { VARIABLES, WARNING } from './steps.mjs';

/** Returns the text of a file with all requests of the sequence, for the REST Client of VS Code and what reads its files. */
export function httpFile(document, note) {
  const variables = Object.entries(VARIABLES).map(([name, value]) => `@${name} = ${value}`);
  const names = new Set();
  let kept = [];
  const blocks = requestSequence(document).flatMap(({ requests }) =>
    requests.map((request) => {
      const name = uniqueName(request.call, names);
      const block = blockOf(request, name, kept);
      kept = Object.entries(request.keep).map(
        ([variable, place]) => `@${variable} = {{${name}.response.body.${jsonPath(place)}}}`,
      );
      return block;
    }),
  );
  return [
    `# ${note}`,
    '# Send the requests from the top: later ones use what earlier ones returned.',
    `# ${WARNING}`,
    ...variables,
    '',
    ...blocks,
  ].join('\n');
}

/** What earlier requests returned is defined before the next one, because what follows a request is its body. */
function blockOf({ title, status, method, template, path, query, bearer, headers, form, json }, name, kept) {
  const target = template.replaceAll(/\{(\w+)\}/g, (_, parameter) => path[parameter]);
  const search = Object.keys(query).length > 0 ? `?${joined(query)}` : '';
  const body = form ? joined(form) : json && JSON.stringify(json, null, 2);
  return [
    `### ${title}`,
    ...kept,
    `# @name ${name}`,
    `# Returns ${status}.`,
    `${method} {{baseUrl}}${target}${search}`,
    ...(bearer ? [`Authorization: Bearer {{${bearer}}}`] : []),
    ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`),
    ...(body ? ['', body] : []),
    '',
  ].join('\n');
}

/** Values are left as they are, because they hold variables: none of them needs to be encoded. */
function joined(pairs) {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

/** `[0].id` and `products[0].id` are places in the body. */
function jsonPath(place) {
  return place.startsWith('[') ? `$${place}` : `$.${place}`;
}

function uniqueName(call, names) {
  let name = call;
  for (let number = 2; names.has(name); number += 1) name = `${call}${number}`;
  names.add(name);
  return name;
}
