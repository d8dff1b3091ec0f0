import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore

export const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];

export class OrderItemDto {
  @IsUUID() product_id: string;
  @IsUUID() variation_id: string;
  @IsInt() @Min(1) @Max(100) quantity: number;
}

export class PlaceOrderDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OrderItemDto)
  items: OrderItemDto[];

  @IsOptional() @IsInt() @Min(0) total_cents?: number;
  @IsOptional() @IsObject() metadata?: object;
  @IsOptional() @IsString() @Length(1, 40) pickup_name?: string;
  @IsOptional() @IsString() @MaxLength(280) note?: string;
}

export class ChangeStatusDto {
  @IsIn(STATUSES) status: string;
}

export class LoginDto {
  @IsString() username: string;
  @IsString() password: string;
}
