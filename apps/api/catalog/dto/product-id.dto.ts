import { IsId } from '../../ids/dto/id.dto.js';
import { seededProductId } from '../../openapi/seeded-ids.js';

/** The path of a product, with a seeded one as its example. */
export class ProductIdDto {
  @IsId({ example: seededProductId(1) })
  id: string;
}
