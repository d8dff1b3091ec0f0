import type { components } from './schema.js';

type Schemas = components['schemas'];

export type Order = Schemas['OrderDto'];
export type Product = Schemas['ProductDto'];
export type Menu = Schemas['MenuDto'];
export type Shop = Schemas['ShopDto'];
export type Board = Schemas['BoardDto'];
export type CancelReason = NonNullable<Schemas['CancelOrderDto']['reason']>;
export type Role = Schemas['AccountDto']['role'];
export type Status = Order['status'];
