import { PassThrough, Readable } from 'node:stream';
import { readProviderBody } from './provider-body.js';

const MAX_BYTES = 64 * 1024;

function body(...chunks: (string | Buffer)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

describe("a provider's body", () => {
  it.each([
    ['JSON', '{"receipt": [1, null, "é"]}', { receipt: [1, null, 'é'] }],
    ['a bare number', '42', 42],
    ['a bare null', 'null', null],
    ['text', 'thank you', 'thank you'],
    ['broken JSON', '{"receipt":', '{"receipt":'],
    ['nothing', '', ''],
  ])('is kept as it is: %s', async (_, text, kept) => {
    expect(await readProviderBody(body(text))).toEqual(kept);
  });

  it.each([
    ['text that is no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['NUL inside text', Buffer.from('a\0b')],
    ['NUL inside JSON', Buffer.from('{"note":"a\\u0000b"}')],
    ['an unpaired surrogate', Buffer.from('"\\ud800"')],
    ['a name that reaches for the prototype', Buffer.from('{"__proto__":1}')],
    ['nesting beyond 32 levels', Buffer.from('['.repeat(33) + ']'.repeat(33))],
  ])('is kept as base64 where it cannot be stored: %s', async (_, bytes) => {
    expect(await readProviderBody(body(bytes))).toEqual({ base64: bytes.toString('base64') });
  });

  it('is put together from its pieces, also where a character is torn', async () => {
    const [first, second] = Buffer.from('é');

    expect(await readProviderBody(body('"', Buffer.from([first!]), Buffer.from([second!]), '"'))).toBe('é');
  });

  it('is cut at 64 KB', async () => {
    const kept = await readProviderBody(body('x'.repeat(MAX_BYTES - 1), 'yz', 'never read'));

    expect(kept).toBe(`${'x'.repeat(MAX_BYTES - 1)}y`);
  });

  it('is not read further than 64 KB, though it has no end', async () => {
    let produced = 0;
    const endless = new Readable({
      read(size) {
        produced += size;
        this.push(Buffer.alloc(size, 'x'));
      },
    });

    expect(await readProviderBody(endless)).toBe('x'.repeat(MAX_BYTES));
    expect(endless.destroyed).toBe(true);
    expect(produced).toBeLessThan(4 * MAX_BYTES);
  });

  it('is what arrived before it broke off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('socket hang up');
      })(),
    );

    expect(await readProviderBody(broken)).toBe('half');
  });

  it('is what arrived within two seconds, where it never ends', async () => {
    const stalled = new PassThrough();
    stalled.write('{"status":');
    const startedAt = performance.now();

    expect(await readProviderBody(stalled)).toBe('{"status":');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(stalled.destroyed).toBe(true);
  });

  it('is bytes: anything else in the stream is left out', async () => {
    expect(await readProviderBody(Readable.from([{ no: 'bytes' }, Buffer.from('yes')]))).toBe('yes');
  });
});
