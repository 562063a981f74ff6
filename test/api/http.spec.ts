import { auditServer } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { post } from '../support/client.js';
import { startServer } from '../support/server.js';

/** What Apollo itself does otherwise than the specification advises; all other audits must pass. */
const APOLLO_DIFFERS: Readonly<Record<string, string>> = {
  '572B':
    'warn: SHOULD use 200 status code on document parsing failure when accepting application/json',
  '7B9B':
    'warn: SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  FDE2: 'warn: SHOULD use 200 status code on document validation failure when accepting application/json',
  '5A70': 'notice: MAY accept application/x-www-form-urlencoded formatted GET requests',
  '6A70':
    'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  D6D5: 'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
};

describe('GraphQL over HTTP', () => {
  it('passes the audit suite of graphql-http, but for what Apollo itself differs in', async () => {
    const { url } = await startServer();
    const results = await auditServer({ url: `${url}/graphql` });
    const remarks = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, name, status }) => [id, `${status}: ${name}`]);
    expect(Object.fromEntries(remarks)).toEqual(APOLLO_DIFFERS);
  });

  it('refuses a subscription by name', async () => {
    const { url } = await startServer();
    expect(await post(url, 'subscription { events { position } }')).toMatchObject({
      errors: [
        { message: expect.stringContaining('WebSocket'), extensions: { code: 'BAD_REQUEST' } },
      ],
    });
  });

  it('refuses a mutation by GET', async () => {
    const { url } = await startServer();
    const query = encodeURIComponent('mutation { createUser(input: {name: "A"}) { success } }');
    const response = await fetch(`${url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(response.status).toBe(405);
  });

  it.each([
    ['of another type', 'text/plain', '{"query":"{head{position}}"}', 415],
    ['that is not JSON', 'application/json', '{"query":', 400],
    ['above 1 MiB', 'application/json', JSON.stringify({ query: '#'.repeat(1 << 20) }), 413],
  ])('refuses a body %s, as JSON', async (_, type, body, status) => {
    const { url } = await startServer();
    const headers = { 'content-type': type };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
  });

  it.each([
    ['is not UTF-8', 'application/json', 400],
    ['says that it is not', 'application/json; charset=utf-16', 415],
  ])('refuses a body that %s, which would be kept mangled for ever', async (_, type, status) => {
    const { url } = await startServer();
    const query = 'mutation { createUser(input: {name: "?"}) { success } }';
    const body = Buffer.from(JSON.stringify({ query }));
    body[body.indexOf('?')] = 0xff;
    const headers = { 'content-type': type };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
  });

  it('takes JSON that says its charset', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"query":"{head{position}}"}',
    });
    expect(await response.json()).toEqual({ data: { head: { position: '0' } } });
  });

  it('answers questions about the schema, but not in production', async () => {
    const introspection = '{ __schema { queryType { name } } }';
    const open = await startServer();
    expect(await post(open.url, introspection)).toHaveProperty('data.__schema.queryType');
    const closed = await startServer({ NODE_ENV: 'production' });
    expect(await post(closed.url, introspection)).toHaveProperty('errors');
  });
});

describe('the other paths', () => {
  it('lead a browser to GraphiQL', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/graphiql`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphiql/']);
    const page = await fetch(`${url}/graphiql`);
    expect(await page.text()).toContain('<title>');
  });

  it('serve a page whole or not at all', async () => {
    const { url } = await startServer();
    const range = await fetch(`${url}/graphiql/`, { headers: { range: 'bytes=10-5' } });
    expect([range.status, await range.text()]).toEqual([200, expect.stringContaining('</html>')]);
    const head = await fetch(`${url}/graphiql/`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const written = await fetch(`${url}/graphiql/`, { method: 'POST', body: 'x' });
    expect(written.status).toBe(405);
  });

  it('tell of health and readiness', async () => {
    const { url } = await startServer();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
  });

  it('that are none answer 404 as JSON', async () => {
    const { url } = await startServer();
    for (const path of ['/nothing', '/../package.json', '/%2e%2e/package.json', '/graphql/x']) {
      const response = await fetch(`${url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
    }
  });
});
