import { readFile } from 'node:fs/promises';
import { NOTIFICATION_TRANSITIONS } from '#notifications';
import { ORDER_TRANSITIONS } from '#orders';
import { PLACEMENT_TRANSITIONS } from '#placements';
import { REFUND_TRANSITIONS } from '#refunds';
import { allowedPairs } from './support/state-pairs.js';

const MACHINES = [
  { heading: 'Order', initial: 'waiting', pairs: allowedPairs(ORDER_TRANSITIONS) },
  { heading: 'Placement', initial: 'charging', pairs: allowedPairs(PLACEMENT_TRANSITIONS) },
  { heading: 'Refund', initial: 'pending', pairs: allowedPairs(REFUND_TRANSITIONS) },
  { heading: 'Notification', initial: 'pending', pairs: allowedPairs(NOTIFICATION_TRANSITIONS) },
];

describe.each(MACHINES)(
  'the diagram in docs/order-states.md below $heading',
  ({ heading, initial, pairs }) => {
    let arrows: string[];

    beforeAll(async () => {
      arrows = arrowsBelow(heading, await readFile('docs/order-states.md', 'utf8'));
    });

    it('has an arrow for each transition of the table', () => {
      const transitions = pairs.map(({ from, to }) => `${from} --> ${to}`);
      expect(arrows.filter((arrow) => !isStart(arrow)).sort()).toEqual(transitions.sort());
    });

    it(`starts at ${initial}`, () => {
      expect(arrows.filter(isStart)).toEqual([`[*] --> ${initial}`]);
    });
  },
);

/** Returns the arrows of the first diagram below a heading, without their labels. */
function arrowsBelow(heading: string, markdown: string): string[] {
  const [, section = ''] = markdown.split(new RegExp(`^## ${heading}$`, 'm'));
  const [, diagram = ''] = /^```mermaid\nstateDiagram-v2\n(.*?)\n```$/ms.exec(section) ?? [];
  return diagram.split('\n').map((line) => {
    const [, arrow] = /^ {2}(\S+ --> \w+)(: .+)?$/.exec(line) ?? [];
    if (arrow === undefined) throw new Error(`Not an arrow in the diagram below ${heading}: "${line}"`);
    return arrow;
  });
}

function isStart(arrow: string): boolean {
  return arrow.startsWith('[*]');
}
