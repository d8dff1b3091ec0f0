import type { AuditEntryDto } from '../../apps/api/audit/dto/audit-entry.dto.js';
import type { Person } from '../support/person.js';
import { AuditContext, PATH } from './audit-context.js';

describe('GET /admin/audit', () => {
  let context: AuditContext;
  let otherManager: Person;
  let product: string;

  beforeAll(async () => {
    context = await AuditContext.start();
    otherManager = await context.app.manager();
    product = await context.createProduct();
    const path = `/api/v1/admin/products/${product}`;
    for (const cents of [310, 320, 330])
      await context.manager.patch(path, { base_price_cents: cents }).expect(200);
    await otherManager.delete(path).expect(204);
    await context.createProduct();
  });
  afterAll(() => context.close());

  async function actionsOf(query: string): Promise<string[]> {
    return (await context.entries(query)).map(({ action }) => action);
  }

  /** Returns one page and the query of the next one. */
  async function readPage(query: string): Promise<{ entries: AuditEntryDto[]; next?: string }> {
    const { body, headers } = await context.manager.get(PATH + query).expect(200);
    const [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    return { entries: body, next };
  }

  /** Returns the entries of each page. */
  async function readPages(query: string): Promise<AuditEntryDto[][]> {
    const pages: AuditEntryDto[][] = [];
    for (let next: string | undefined = query; next !== undefined;) {
      const page = await readPage(next);
      pages.push(page.entries);
      next = page.next;
    }
    return pages;
  }

  it('lists all entries, newest first', async () => {
    const updates = Array<string>(3).fill('product.update');

    expect(await actionsOf('')).toEqual(['product.create', 'product.withdraw', ...updates, 'product.create']);
  });

  it.each([
    ['actor', () => `?actor=${otherManager.id}`, ['product.withdraw']],
    ['action', () => '?action=product.create', ['product.create', 'product.create']],
    ['subject', () => `?subject=${product.toUpperCase()}&limit=2`, ['product.withdraw', 'product.update']],
    ['all of them', () => `?actor=${otherManager.id}&subject=${product}&action=product.create`, []],
    ['an unknown subject', () => `?subject=${context.customer.id}`, []],
  ])('filters by %s', async (_, query, expected) => {
    expect(await actionsOf(query())).toEqual(expected);
  });

  it('has pages that contain each entry exactly once', async () => {
    const all = await context.entries(`?subject=${product}`);

    const pages = await readPages(`?subject=${product}&limit=2`);

    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(all);
  });

  it('has pages that contain each entry exactly once if all have the same time', async () => {
    const { app } = context;
    const at = '2026-03-01T09:30:00.123Z';
    await app.database.query('UPDATE audit_log SET created_at = $1 WHERE subject_id = $2', [at, product]);

    const entries = (await readPages(`?subject=${product}&limit=2`)).flat();

    expect(entries).toHaveLength(5);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(5);
  });

  it.each([
    ['actor', 'me'],
    ['action', 'product.delete'],
    ['subject', 'latte'],
    ['limit', '101'],
    ['cursor', 'next'],
    ['from', '2026-11-24'],
  ])('rejects %s=%s', async (field, value) => {
    const { body } = await context.manager.get(`${PATH}?${field}=${value}`).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.stringContaining(field) }]);
  });
});
