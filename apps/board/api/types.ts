import type { components } from '../../../clients/typescript/src/schema.js';

type Schemas = components['schemas'];

export type Order = Schemas['Order'];
export type Product = Schemas['Product'];
export type Menu = Schemas['Menu'];
export type Shop = Schemas['Shop'];
export type Board = Schemas['Board'];
export type CancelReason = Schemas['RefundReason'];
export type Role = Schemas['Role'];
export type Status = Order['status'];
