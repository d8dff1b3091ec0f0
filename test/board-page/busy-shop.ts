import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import type { Choice } from '../support/person.js';
import type { TestApp } from '../support/test-app.js';

interface Order {
  lines: Choice[];
  name?: string;
  note?: string;
  /** In minutes. */
  age: number;
}

const WAITING: Order[] = [
  {
    age: 11,
    name: 'Maximilian von Hohenstein',
    lines: [
      ['Latte', 'Pumpkin Spice', 2],
      ['Donuts', 'Boston Cream'],
    ],
    note: 'One of them with oat milk, please.\nNut allergy!',
  },
  { age: 8, name: 'Priya', lines: [['Espresso', 'Double Shot']] },
  {
    age: 6,
    lines: [
      ['Iced Coffee', 'Sweetened', 3],
      ['Macchiato', 'Caramel'],
    ],
  },
  { age: 4, name: 'Zoë', lines: [['Latte', 'Vanilla']] },
  {
    age: 3,
    name: '王小明',
    lines: [
      ['Macchiato', 'Vanilla'],
      ['Donuts', 'Glazed', 2],
    ],
    note: 'Extra hot',
  },
  { age: 1, name: 'Søren', lines: [['Espresso', 'Single Shot', 4]] },
  { age: 0, name: 'Ines', lines: [['Latte', 'Hazelnut']] },
];
const IN_PREPARATION: Order[] = [
  {
    age: 19,
    name: 'Oluwaseun',
    lines: [
      ['Latte', 'Hazelnut', 12],
      ['Espresso', 'Double Shot', 4],
    ],
    note: 'For the meeting: pick-up at the side door.',
  },
  { age: 9, name: 'Bartholomew & Sons', lines: [['Iced Coffee', 'Extra Ice', 2]] },
  { age: 7, name: 'Tom', lines: [['Macchiato', 'Caramel']] },
  {
    age: 5,
    name: 'Lea',
    lines: [
      ['Latte', 'Pumpkin Spice'],
      ['Donuts', 'Jelly', 6],
    ],
  },
];
const READY: Order[] = [
  {
    age: 14,
    name: 'Jean-Luc',
    lines: [
      ['Espresso', 'Double Shot'],
      ['Latte', 'Vanilla'],
    ],
  },
  { age: 12, name: 'Mia', lines: [['Iced Coffee', 'Sweetened']], note: 'No lid' },
  { age: 9, name: 'Dr. K. Featherstonehaugh', lines: [['Latte', 'Vanilla']] },
  { age: 4, name: 'Ada', lines: [['Donuts', 'Glazed']] },
];

/** Fills the board as on a busy morning. Returns the orders that wait. */
export async function fillBoard(app: TestApp): Promise<OrderDto[]> {
  const [customer, manager] = await Promise.all([app.customer(), app.manager()]);
  const place = async ({ lines, name, note, age }: Order, statuses: string[]): Promise<OrderDto> => {
    const body = { ...(await customer.orderFor(...lines)), pickup_name: name, note };
    const order: OrderDto = (await customer.post('/api/v1/orders', body).expect(201)).body;
    for (const status of statuses) await manager.changeStatus(order.id, status).expect(200);
    await app.database.query(
      "UPDATE orders SET created_at = now() - make_interval(mins => $2) - interval '5 s' WHERE id = $1",
      [order.id, age],
    );
    return order;
  };
  for (const order of READY) await place(order, ['preparation', 'ready']);
  for (const order of IN_PREPARATION) await place(order, ['preparation']);
  const waiting = [];
  for (const order of WAITING) waiting.push(await place(order, []));
  return waiting;
}
