import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsOptional,
  IsString,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { PageRequest } from '#database';
import { IsQueryInteger } from '../../numbers/query-integer.decorator.js';
import { decodeCursor } from '../cursor.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

@ValidatorConstraint()
class IsCursor implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && decodeCursor(value) !== undefined;
  }

  defaultMessage(): string {
    return "$property must come from a Link header's next";
  }
}

/** The page of a list. Each list extends it with its filters. */
export class PageDto {
  @IsQueryInteger({ minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  limit?: number;

  @ApiPropertyOptional({
    description:
      'Leave it empty for the first page. Each page has the cursor of the next one in the `next` of its `Link` header',
  })
  @IsOptional()
  @Validate(IsCursor)
  @IsString()
  cursor?: string;

  toRequest(): PageRequest {
    return {
      limit: this.limit ?? DEFAULT_LIMIT,
      after: this.cursor === undefined ? undefined : decodeCursor(this.cursor),
    };
  }
}
