/** What is recorded of the staff and of commands. Each name begins with the type of its subject. */
export const AUDIT_ACTIONS = [
  'product.create',
  'product.update',
  'product.withdraw',
  'product.availability',
  'order.status',
  'order.cancel',
  'refund.create',
  'refund.resolve',
  'placement.resolve',
  'notification.redrive',
  'notification.redrive_all',
  'shop.hours',
  'shop.pause',
  'shop.resume',
  'shop.limits',
  'user.create',
  'user.update',
  'user.password',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The types of subjects, with which the names of their actions begin. */
export type AuditSubjectType = AuditAction extends `${infer Type}.${string}` ? Type : never;
