import type { AuditEntryDto } from '../../apps/api/audit/dto/audit-entry.dto.js';
import type { ProductDto } from '../../apps/api/catalog/dto/product.dto.js';
import { AuditContext } from '../audit/audit-context.js';
import { eventually } from './eventually.js';
import type { Person } from './person.js';

const PRODUCTS = '/api/v1/admin/products';

/** How products and variations show that they are not sold out. */
export const AVAILABLE = { sold_out: false, sold_out_until: null };
/** How they show that they are sold out without an end. */
export const SOLD_OUT = { sold_out: true, sold_out_until: null };

/** Returns the path of the availability of a product, or of one of its variations. */
export function availabilityPath({ id, variations }: ProductDto, variation?: number): string {
  const part = variation === undefined ? '' : `/variations/${variations[variation]?.id}`;
  return `${PRODUCTS}/${id}${part}/availability`;
}

/** An app in which a barista marks products as sold out. */
export class AvailabilityContext {
  private constructor(
    private readonly audit: AuditContext,
    readonly barista: Person,
    readonly manager: Person,
  ) {}

  static async start(): Promise<AvailabilityContext> {
    const audit = await AuditContext.start();
    return new AvailabilityContext(audit, await audit.app.barista(), audit.manager);
  }

  async create(): Promise<ProductDto> {
    return this.read(await this.audit.createProduct({ variations: [{ name: 'Oat' }, { name: 'Soy' }] }));
  }

  async read(id: string): Promise<ProductDto> {
    return (await this.manager.get(`${PRODUCTS}/${id}`).expect(200)).body as ProductDto;
  }

  async change(id: string, changes: object): Promise<ProductDto> {
    return (await this.manager.patch(`${PRODUCTS}/${id}`, changes).expect(200)).body as ProductDto;
  }

  async mark(product: ProductDto, body: object, variation?: number): Promise<ProductDto> {
    const path = availabilityPath(product, variation);
    return (await this.barista.put(path, body).expect(200)).body as ProductDto;
  }

  /** Returns the audit entries about the product's availability, newest first. */
  async entriesOf({ id }: ProductDto): Promise<AuditEntryDto[]> {
    return this.audit.entries(`?subject=${id}&action=product.availability`);
  }

  /** Makes the times of the product's variations pass. */
  async letTimesPass({ id }: ProductDto): Promise<void> {
    const sql = `UPDATE product_variations SET sold_out_until = now() - interval '1 second'
                  WHERE product_id = $1 AND sold_out_until IS NOT NULL`;
    await this.audit.app.database.query(sql, [id]);
    await eventually('an available product', async () =>
      (await this.read(id)).variations.every(({ sold_out: isSoldOut }) => !isSoldOut),
    );
  }

  close(): Promise<void> {
    return this.audit.close();
  }
}
