import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { routeOf } from '../../../../main/engine/gateway/matching/match.ts';
import { compileResources } from '../../../../main/engine/gateway/matching/resources.ts';
import { compileUriTemplate } from '../../../../main/engine/gateway/matching/uriTemplate.ts';
import { apiRow, resource } from '../../../helpers/gateway.ts';

test('2.1 the longest context wins, by whole segments and case', () => {
  const rows = [
    apiRow({ id: 1, name: 'short', context: '/a' }),
    apiRow({ id: 2, name: 'long', context: '/a/1.0.0/b' }),
    apiRow({ id: 3, name: 'replaced', context: '/{version}/api' }),
  ];
  const table: readonly [path: string, expected: string | undefined][] = [
    ['/a/1.0.0', 'short /'],
    ['/a/1.0.0/', 'short /'],
    ['/a/1.0.0/x', 'short /x'],
    ['/a/1.0.0/x%2Fy//z/', 'short /x%2Fy//z/'],
    ['/a/1.0.0/b', 'short /b'],
    ['/a/1.0.0/b/1.0.0', 'long /'],
    ['/a/1.0.0/b/1.0.0/c', 'long /c'],
    ['/1.0.0/api/x', 'replaced /x'],
    ['/a/1.0.01/x', undefined],
    ['/A/1.0.0/x', undefined],
    ['/a', undefined],
    ['/', undefined],
    ['', undefined],
    ['*', undefined],
  ];
  for (const [path, expected] of table) {
    const route = routeOf(rows, path);
    assert.equal(route && `${route.api.row.name} ${route.resourcePath}`, expected, path);
  }
});

test('2.2 a default version answers paths without a version', () => {
  const rows = [
    apiRow({ id: 1, version: '1.0.0', isDefaultVersion: true }),
    apiRow({ id: 2, version: '2.0.0' }),
    apiRow({ id: 3, name: 'replaced', context: '/{version}/api', isDefaultVersion: true }),
  ];
  const table: readonly [path: string, expected: string | undefined][] = [
    ['/orders/2.0.0/x', '2.0.0 /x'],
    ['/orders/1.0.0/x', '1.0.0 /x'],
    ['/orders/x', '1.0.0 /x'],
    ['/orders', '1.0.0 /'],
    ['/orders/9.9.9/x', '1.0.0 /9.9.9/x'],
    ['/api/x', '1.0.0 /x'],
  ];
  for (const [path, expected] of table) {
    const route = routeOf(rows, path);
    assert.equal(route && `${route.api.row.version} ${route.resourcePath}`, expected, path);
  }
});

test('3.1 CREATED and RETIRED APIs are unknown, and hide no other API', () => {
  const rows = [
    apiRow({ id: 1, name: 'live', context: '/a' }),
    apiRow({ id: 2, name: 'retired', context: '/a/1.0.0/b', state: 'RETIRED' }),
    apiRow({ id: 3, name: 'created', context: '/c', state: 'CREATED' }),
  ];
  assert.equal(routeOf(rows, '/a/1.0.0/b/1.0.0/x')?.api.row.name, 'live');
  assert.equal(routeOf(rows, '/c/1.0.0/x'), undefined);
});

test('2.3 a resource is elected: exact, URI template, prefix, extension', () => {
  const table: readonly [templates: string, path: string, elected: string | undefined][] = [
    // Exact mappings ignore trailing slashes.
    ['/menu /*', '/menu', '/menu'],
    ['/menu /*', '/menu//', '/menu'],
    ['/* /menu', '/menu', '/menu'],
    ['/menu/ /*', '/menu', '/menu/'],
    ['/menu', '/Menu', undefined],
    ['/', '/', '/'],
    // Prefixes: more segments win, equal ones in declared order.
    ['/a/* /a/b/*', '/a/b/c', '/a/b/*'],
    ['/a/b/* /a/*', '/a/b/c', '/a/b/*'],
    ['/* /foo/*', '/foo/x', '/*'],
    ['/foo/* /*', '/foo/x', '/foo/*'],
    ['/foo/*', '/foo', '/foo/*'],
    ['/foo/*', '/foo/', '/foo/*'],
    ['/foo/*', '/foobar', undefined],
    ['/*', '/', '/*'],
    // Extensions come last.
    ['*.jsp', '/a/b.jsp', '*.jsp'],
    ['*.jsp /*', '/a/b.jsp', '/*'],
    ['*.jsp', '/a/b', undefined],
    // The ruling: a URI template beats a wildcard mapping, whatever the declared order.
    ['/* /pets/{id}', '/pets/5', '/pets/{id}'],
    ['/pets/{id} /*', '/pets/5', '/pets/{id}'],
    ['/pets/* /pets/{id}', '/pets/5', '/pets/{id}'],
    ['/pets/{id} /pets/mine', '/pets/mine', '/pets/mine'],
    ['/* /pets/{id}', '/pets/5/x', '/*'],
    // The first declared template wins, the most specific or not.
    ['/{a} /x{b}', '/x1', '/{a}'],
    ['/x{b} /{a}', '/x1', '/x{b}'],
    // A template with a star inside is a URI template.
    ['/a*', '/abc/d', '/a*'],
    ['/a/*/b*', '/a/*/bc', '/a/*/b*'],
  ];
  for (const [templates, path, elected] of table) {
    const resources = compileResources(
      '/x/1',
      templates.split(' ').map((template) => resource(template)),
    );
    assert.equal(resources.find('GET', path, '')?.row.template, elected, `${path} of ${templates}`);
  }
});

test('2.3 only resources with the verb are looked at; HEAD is not implied by GET', () => {
  const resources = compileResources('/x/1', [
    resource('/a'),
    resource('/*', { verb: 'POST' }),
    resource('/a', { verb: 'HEAD' }),
  ]);
  assert.equal(resources.find('POST', '/a', '')?.row.template, '/*');
  assert.equal(resources.find('HEAD', '/b', ''), undefined);
  assert.equal(resources.find('TRACE', '/a', ''), undefined);
  assert.deepEqual(resources.verbsOf('/a', ''), ['GET', 'POST', 'HEAD']);
  assert.deepEqual(resources.verbsOf('/b', ''), ['POST']);
  assert.deepEqual(resources.find('GET', '/a', '')?.verbs, ['GET', 'HEAD']);
});

test('2.3 URI templates match by the rules of the table', () => {
  const table: readonly [template: string, target: string, matches: boolean][] = [
    ['/pets/{id}', '/pets/5', true],
    ['/pets/{id}', '/Pets/5', false],
    ['/pets/{id}', '/pets/', false],
    ['/pets/{id}', '/pets', false],
    ['/pets/{id}', '/pets/5/', true],
    ['/pets/{id}', '/pets/5//', false],
    ['/pets/{id}/', '/pets/5', true],
    ['/pets/{id}', '/pets/5/6', false],
    ...[':', '@', '+', '!', '$', '&', "'", '(', ')', '*', ',', ';', '=', '[', ']'].map(
      (delimiter): [string, string, boolean] => ['/pets/{id}', `/pets/a${delimiter}b`, false],
    ),
    ['/pets/{id}', '/pets/a%3Ab', true],
    ['/pets/{id}', '/pets/a.b-c_d~e', true],
    ['/pets/{id}', '/pets/%E4%B8', true],
    ['/pets/{id}.json', '/pets/a.json', true],
    ['/pets/{id}.json', '/pets/a.b.json', false],
    ['/{a}/x/{b}', '/1/x/2', true],
    ['/{a}/x/{b}', '//x/2', true],
    ['/{a}/{a}', '/1/1', true],
    ['/{a}/{a}', '/1/2', false],
    ['/{a}/{a}', '/a%62/ab', true],
    ['/at/{a,b}', '/at/1,2', true],
    ['/at/{a,b}', '/at/1', true],
    ['/at/{a,b}', '/at/1,2,3', false],
    ['/at/{a,b,a}', '/at/1,2,1', true],
    ['/at/{a,b,a}', '/at/1,2,3', false],
    ['/files{+path}', '/files/a/b:c', true],
    ['/files/{+path}/x', '/files/a/x', true],
    ['/files{/a}', '/files/x', true],
    ['/files{/a}', '/files/x/y', false],
    ['/files{/a,b}', '/files/x/y', true],
    ['/files{/a,b}', '/files/x/y/z', false],
    ['/file{.ext}', '/file.txt', true],
    ['/file{.ext}', '/file', false],
    ['/file{.ext}', '/file.tar.gz', false],
    ['/file{.a,b}', '/file.tar.gz', true],
    ['/file{#part}', '/file#a/b', true],
    ['/pets/{id}/*', '/pets/5', true],
    ['/pets/{id}/*', '/pets/5/a/b?c=d', true],
    ['/pets/{id}*', '/pets/5:anything', true],
    ['/a*', '/abc/d', true],
    ['/a*b', '/a*b', true],
    ['/a*b', '/axb', false],
    ['/pets/{id}', '/pets/5?a=1', true],
    ['/find?a={a}', '/find?a=1', true],
    ['/find?a={a}', '/find?a=', true],
    ['/find?a={a}', '/find?b=1', false],
    ['/find?a={a}', '/find', false],
    ['/find?a={a}&b={b}', '/find?a=1&b=2', true],
    ['/find?a={a}&b={b}', '/find?b=2&a=1', false],
    // Malformed templates match nothing.
    ['/a{', '/a{', false],
    ['/a}', '/a}', false],
    ['/{}', '/x', false],
    ['/{a,}', '/x', false],
    ['/{?a}', '/x', false],
  ];
  for (const [template, target, expected] of table) {
    const [path = '', query = ''] = target.split('?');
    assert.equal(compileUriTemplate(template)(path, query), expected, `${template} and ${target}`);
  }
});

const piece = fc.constantFrom(
  '/',
  '{',
  '}',
  '{a}',
  '{a,b}',
  '{+a}',
  '{/a}',
  '{.a}',
  '*',
  '.',
  '?',
  '%',
  '%41',
  'x',
  ',',
  '=',
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

test('any templates and any path: matching never throws, and the same request always leads to the same resource', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), text, text, (templates, path, query) => {
      const rows = templates.map((template) => resource(template));
      const first = compileResources('/x/1', rows).find('GET', path, query);
      const again = compileResources('/x/1', rows);
      assert.equal(again.find('GET', path, query)?.row, first?.row);
      assert.deepEqual(again.verbsOf(path, query), first === undefined ? [] : ['GET']);
      assert.ok(first === undefined || again.matching('GET', path, query).includes(first.row));
    }),
  );
});

test('any path: the context of the API that answers is at its start', () => {
  const contexts = fc.array(fc.constantFrom('/a', '/a/b', '/a/1/b', '/{version}/a', '/b'), { maxLength: 4 });
  fc.assert(
    fc.property(contexts, text, (all, path) => {
      const rows = all.map((context, at) => apiRow({ id: at + 1, context, version: '1' }));
      const route = routeOf(rows, path);
      if (route === undefined) return;
      assert.ok(path === route.api.basePath || path === `${route.api.basePath}${route.resourcePath}`);
    }),
  );
});
